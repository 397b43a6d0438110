"""A branch in training: its staff work in it as in any other, and nothing public knows of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from balancer.routes.door import Door
from balancer.routes.doors import DOORS
from tests.city_files import spoiled
from tests.server import RunningServer, running_server
from tests.waiting import wait_until_sync

NAME = "village"
QUERIES = {"advice": "?service=extract&lat=49&lon=24", "services": "?q=extract"}
OPEN = [door for door in DOORS if door.action is None and door.method == "GET"]
CITY_WIDE = [
    door for door in OPEN if "{" not in door.path.replace("{city}", "") and "events" not in door.path
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Two branches; the village is in training and has given out tickets."""
    folder: Path = tmp_path_factory.mktemp("training")
    file = folder / "training.toml"
    changes = [('branch = "village"', 'branch = "village"\nmode = "training"')]
    changes.append(('contact = "0', 'remote_tickets = true\ncontact = "0'))
    file.write_text(spoiled(*changes), "utf-8")
    with running_server(city=str(file)) as running:
        for _ in range(3):
            assert running.issue(NAME, "extract").status == 201
        for verb in ("open", "call-next", "start", "finish"):
            assert running.desk(NAME, "1", verb).status == 200
        yield running


def test_its_staff_work_in_it(server: RunningServer) -> None:
    """Desk, reception and supervisor see their rooms; the definition that they read has their branch."""
    room = server.ask("GET", server.branch_url(NAME), token=server.token("reception", NAME))
    assert room.status == 200 and [each["state"] for each in room.json["tickets"]] == ["waiting"] * 2
    desk = server.ask("GET", server.desk_url(NAME, "1"), token=server.token("desk", NAME, "1"))
    assert desk.status == 200 and desk.json["waiting"] == 2
    mine = server.ask("GET", server.city_url, token=server.token("supervisor", NAME)).json
    assert {each["branch"]: each["mode"] for each in mine["branches"]} == {"center": "live", NAME: "training"}


@pytest.mark.parametrize("door", CITY_WIDE, ids=lambda door: door.handler.__name__)
def test_no_public_door_knows_of_it(server: RunningServer, door: Door) -> None:
    """Definition, board, advice, search, accuracy: not a word of the village."""
    path = door.path.format(city=server.definition.city) + QUERIES.get(door.path.rpartition("/")[2], "")
    wait_until_sync(lambda: server.ask("GET", path).status != 503, what=f"{path} is ready")
    reply = server.ask("GET", path)
    assert reply.status == 200 and NAME not in reply.body.decode(), path


def test_the_pages_do_not_name_it(server: RunningServer) -> None:
    """Not in the first paint either."""
    for path in ("/", "/embed", "/accuracy"):
        assert NAME not in server.ask("GET", path).body.decode(), path


@pytest.mark.parametrize("door", [d for d in DOORS if "{branch}" in d.path], ids=lambda d: d.operation)
def test_named_by_anybody_it_is_unknown(server: RunningServer, door: Door) -> None:
    """At every door of a branch, as if it were not there: also where citizens may take tickets."""
    path = door.path.format(city=server.definition.city, branch=NAME, desk="1", device="x")
    body = {"service": "extract"} if door.operation == "issue" else {}
    reply = server.command(path, body) if door.is_command else server.ask("GET", path)
    assert (reply.status, reply.code) == (404, "unknown_branch"), path


def test_practice_stays_apart_from_visitors(server: RunningServer) -> None:
    """No practice ticket comes into a line of visitors, and no visitor into the hidden branch."""
    chief = server.token("admin")
    for home, goal in ((NAME, "center"), ("center", NAME)):
        made = server.issue(home, "extract").json["ticket"]
        body = {"to_branch": goal}
        moved = server.command(f"{server.city_url}/tickets/{made['id']}/transfer", body, token=chief)
        assert (moved.status, moved.code, moved.json["field"]) == (422, "invalid_field", "to_branch"), home
    for verb in ("call-next", "start"):
        assert server.desk(NAME, "1", verb).status == 200
    handed = server.desk(NAME, "1", "transfer", {"to_branch": "center"})
    assert (handed.code, handed.json["field"]) == ("invalid_field", "to_branch")
    assert server.desk(NAME, "1", "finish").status == 200


def test_nobody_can_be_on_the_way_to_it(server: RunningServer) -> None:
    """No intent, and no narrowing of the board or the feed to it."""
    body = {"service": "extract", "branch": NAME, "minutes": 10}
    assert server.command(f"{server.city_url}/intents", body).code == "unknown_branch"
    assert server.ask("GET", f"{server.city_url}/board?branch={NAME}").code == "unknown_branch"
    assert server.ask("GET", f"{server.city_url}/live/events?branch={NAME}").code == "unknown_branch"


def live(server: RunningServer, query: str = "") -> Any:
    return connect(f"ws{server.base_url.removeprefix('http')}{server.city_url}/live{query}", open_timeout=10)


def test_the_socket_is_silent_about_it(server: RunningServer) -> None:
    """Neither its state on joining nor what happens there; the other branch's next change comes first."""
    with pytest.raises(InvalidStatus):
        live(server, f"?branch={NAME}").close()
    with live(server) as socket:
        assert json.loads(socket.recv(10))["type"] == "hello"
        assert json.loads(socket.recv(10))["branch"] == "center"
        assert server.issue(NAME, "extract").status == 201
        assert server.issue("center", "extract").status == 201
        seen = json.loads(socket.recv(10))
        while seen["type"] != "branch":
            seen = json.loads(socket.recv(10))
        assert seen["branch"] == "center"
