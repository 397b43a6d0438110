"""The names on which others rely (design §8), word for word, at a real Kharkiv."""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from collections.abc import Iterator

import pytest
from websockets.sync.client import connect

from tests.server import RunningServer, running_server
from tests.waiting import wait_until_sync

API = "/api/v1/cities/kharkiv"
DESK_VERBS = (
    "open pause resume close call-next call recall start finish no-show park wake requeue transfer add-leg "
    "next-leg quick-serve left"
).split()
TICKET_VERBS = "cancel transfer set-priority reinstate left".split()
BRANCH_VERBS = "open close close-tickets open-tickets alarm all-clear power-off power-on hold resume".split()
TICKET = {"id", "number", "state", "branch", "service", "queue", "desk", "version", "ahead", "wait"}
FRAME = {"branch", "state", "seq", "as_of", "waiting", "desks_open", "queues", "last_called"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Kharkiv on a Monday at ten, its desk 1 of the city branch open."""
    with running_server(tmp_path_factory.mktemp("kharkiv"), city="kharkiv") as running:
        assert running.desk("city", "1", "open").status == 200
        yield running


def test_the_cities_and_the_public_definition(server: RunningServer) -> None:
    """`GET cities`, `GET cities/{city}` with its branches, queues, desks and services."""
    cities = server.ask("GET", "/api/v1/cities").json
    assert "kharkiv" in json.dumps(cities)
    city = server.ask("GET", API).json
    branch = city["branches"][0]
    assert {"branch", "name", "kind", "lat", "lon", "queues", "desks"} <= branch.keys()
    assert {"queue", "letter", "services"} <= branch["queues"][0].keys()
    assert {"desk", "queues"} <= branch["desks"][0].keys()
    assert {"service", "name", "needs_power"} <= city["services"][0].keys()
    assert {"uk", "en"} <= city["services"][0]["name"].keys()
    of_the_register = [each for each in city["services"] if each["purpose"] is None]
    assert (len(city["branches"]), len(of_the_register)) == (15, 41)


def test_a_ticket_from_issue_to_finish_on_the_board(server: RunningServer) -> None:
    """Fields of an issue answer, a holder's view, a desk's answer, and the board that covers their offset."""
    desk = next(d for d in server.definition.branch("city").desks if d.desk == "1")
    service = server.definition.branch("city").queue(desk.queues[0]).services[0]
    issued = server.issue("city", service)
    assert issued.status == 201
    assert {"ticket", "secret", "offset"} <= issued.json.keys()
    ticket = issued.json["ticket"]
    assert ticket.keys() >= TICKET
    seen = server.ask("GET", f"{API}/tickets/{ticket['id']}", token=issued.json["secret"])
    assert (seen.status, seen.json["ticket"]["id"]) == (200, ticket["id"])
    called = server.desk("city", "1", "call-next")
    assert called.status == 200 and {"desk", "ticket", "offset"} <= called.json.keys()
    assert called.json["ticket"]["id"] == ticket["id"]
    board = wait_until_sync(lambda: covering(server, called.json["offset"]), what="the board covers the call")
    row = next(row for row in board["branches"] if row["branch"] == "city")
    assert FRAME | {"name", "kind", "lat", "lon"} <= row.keys()
    assert {"number", "desk", "at"} == row["last_called"][0].keys()
    assert row["last_called"][0]["number"] == ticket["number"]
    assert {"queue", "waiting", "serving", "wait"} <= row["queues"][0].keys()
    assert server.desk("city", "1", "start").status == 200
    assert server.desk("city", "1", "finish").json["ticket"]["state"] == "done"
    empty = server.desk("city", "1", "call-next")
    assert empty.status == 200 and empty.json["ticket"] is None


def covering(server: RunningServer, offset: int) -> dict[str, list[dict[str, object]]] | None:
    reply = server.ask("GET", f"{API}/board")
    assert {"city", "epoch", "as_of", "branches", "offset"} <= reply.json.keys()
    found: dict[str, list[dict[str, object]]] = reply.json
    return found if reply.json["offset"] >= offset else None


def test_the_board_is_made_for_a_cdn(server: RunningServer) -> None:
    """ETag, 304, and the cache headers word for word."""
    first = server.ask("GET", f"{API}/board")
    assert (
        first.headers["cache-control"]
        == "public, max-age=1, stale-while-revalidate=10, stale-if-error=60"
    )
    again = server.ask("GET", f"{API}/board", headers={"if-none-match": first.headers["etag"]})
    assert again.status == 304 and again.body == b""
    one = server.ask("GET", f"{API}/board?branch=saltiv").json["branches"]
    assert [row["branch"] for row in one] == ["saltiv"]
    offering = server.ask("GET", f"{API}/board?service=id-card-exchange").json["branches"]
    assert 0 < len(offering) < 15


def test_the_socket_says_hello_and_sends_every_branch(server: RunningServer) -> None:
    """First `hello`, then one `branch` frame each, narrowed by the same queries."""
    url = server.base_url.replace("http", "ws", 1) + f"{API}/live"
    with connect(url) as socket:
        hello = json.loads(socket.recv(10))
        assert hello["type"] == "hello" and {"protocol", "epoch", "city_time", "speed"} <= hello.keys()
        frames = [json.loads(socket.recv(10)) for _ in range(15)]
    assert {frame["type"] for frame in frames} == {"branch"}
    assert all(FRAME | {"epoch"} <= frame.keys() for frame in frames)
    assert len({frame["branch"] for frame in frames}) == 15
    with connect(url + "?branch=saltiv") as socket:
        assert json.loads(socket.recv(10))["type"] == "hello"
        assert json.loads(socket.recv(10))["branch"] == "saltiv"


@pytest.mark.parametrize(
    "path",
    [f"branches/city/desks/1/{verb}" for verb in DESK_VERBS]
    + [f"tickets/nosuch/{verb}" for verb in TICKET_VERBS]
    + [f"branches/city/{verb}" for verb in BRANCH_VERBS],
)
def test_every_verb_has_its_door(server: RunningServer, path: str) -> None:
    """Without a token every verb's door is there and shut; another verb is unknown."""
    reply = server.command(f"{API}/{path}", {})
    assert (reply.status, reply.code) == (401, "token_missing")
    other = path.rpartition("/")[0] + "/levitate"
    assert server.command(f"{API}/{other}", {}).code == "unknown_verb"


def test_two_people_collide(server: RunningServer) -> None:
    """`If-Match` with an old version: 409 `stale_version` with the current state."""
    admin = server.token("admin")
    ticket = server.issue("city", "id-card-exchange").json["ticket"]
    path = f"{API}/tickets/{ticket['id']}/set-priority"
    classes = server.definition.priority_classes
    body = {"priority": classes[0].priority, "reason": "seen the document"}
    assert server.command(path, body, token=admin, version=ticket["version"]).status == 200
    stale = server.command(path, body, token=admin, version=ticket["version"])
    assert (stale.status, stale.code) == (409, "stale_version")
    assert stale.json["state"]["ticket"]["version"] == ticket["version"] + 1


def test_health_and_documents(server: RunningServer) -> None:
    """`/livez`, `/readyz`, `/docs`, and problems with a stable code."""
    assert server.ask("GET", "/livez").status == 200
    assert server.ask("GET", "/readyz").status == 200
    assert server.ask("GET", "/docs").headers["content-type"].startswith("text/html")
    assert server.ask("GET", "/api/v1/cities/nowhere/board").code == "unknown_city"


def test_a_token_command_prints_the_token_alone(server: RunningServer) -> None:
    """`token create` beside the running server: one line on stdout, and it opens its door at once."""
    words = ["token", "create", "--role", "kiosk", "--branch", "city", "--data", str(server.data)]
    command = [sys.executable, "-m", "balancer", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    token = done.stdout.strip()
    assert done.stdout == token + "\n" and " " not in token
    body = {"service": "id-card-exchange"}
    headers = {"idempotency-key": uuid.uuid4().hex}
    reply = server.ask("POST", f"{API}/branches/city/tickets", body, token=token, headers=headers)
    assert reply.status == 201
