"""On the way, at a real server: announced, seen on the board, turned into a ticket, given up, expired."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.city_files import spoiled
from tests.server import Reply, RunningServer, running_server
from tests.waiting import wait_until_sync

REMOTE = ('contact = "0 800 000 000"', 'contact = "0 800 000 000"\nremote_tickets = true')


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The small city, which here gives out tickets from afar."""
    file = tmp_path_factory.mktemp("city") / "remote.toml"
    file.write_text(spoiled(REMOTE), "utf-8")
    with running_server(city=str(file), intents_per_address="200") as running:
        running.desk("center", "4", "open")
        yield running


def announce(server: RunningServer, key: str | None = None, **body: Any) -> Reply:
    """On the way to the centre, there in twelve minutes unless said otherwise."""
    when = {} if body.keys() & {"arrival", "lat", "lon", "minutes"} else {"minutes": 12}
    whole = {"service": "extract", "branch": "center", **when, **body}
    return server.command(f"{server.city_url}/intents", whole, key=key)


def status(server: RunningServer, answer: Any) -> Any:
    """The intent as its holder sees it now."""
    path = f"{server.city_url}/intents/{answer['intent']['id']}"
    return server.ask("GET", path, token=answer["secret"]).json


def shown(server: RunningServer, branch: str = "center") -> int:
    """How many the board says are on the way."""
    board = server.ask("GET", f"{server.city_url}/board?branch={branch}").json
    return int(board["branches"][0]["on_the_way"])


def test_an_intent_is_fully_told(server: RunningServer) -> None:
    """201, where to read it, when it ends, the wait expected there; no place, no address, no name in it."""
    reply = announce(server)
    assert reply.status == 201 and reply.headers["cache-control"] == "no-store"
    intent = reply.json["intent"]
    assert reply.headers["location"] == f"{server.city_url}/intents/{intent['id']}"
    assert reply.headers["access-control-allow-origin"] == "*"
    assert (intent["state"], intent["branch"], intent["queue"], intent["ticket"]) == (
        *("on_the_way", "center", "papers"),
        None,
    )
    assert intent["arrives"].startswith("2026-11-23T10:1") and intent["expires"] > intent["arrives"]
    assert len(reply.json["secret"]) == 43
    fields = "id state branch service queue version announced arrives expires wait ticket"
    assert set(intent) == set(fields.split())
    assert status(server, reply.json)["intent"] == intent


def test_the_branch_sees_who_is_on_the_way(server: RunningServer) -> None:
    """One more on the board, one less when he gives up."""
    before = shown(server)
    answer = announce(server).json
    wait_until_sync(lambda: shown(server) == before + 1, what="the board counts him")
    path = f"{server.city_url}/intents/{answer['intent']['id']}/cancel"
    cancelled = server.command(path, {}, token=answer["secret"])
    assert (cancelled.status, cancelled.json["intent"]["state"]) == (200, "cancelled")
    wait_until_sync(lambda: shown(server) == before, what="the board counts him no more")
    again = server.command(path, {}, token=answer["secret"])
    assert (again.status, again.code) == (409, "intent_ended")
    assert again.json["state"]["intent"]["state"] == "cancelled"


def test_at_the_kiosk_it_becomes_the_ticket(server: RunningServer) -> None:
    """The kiosk needs its id only; the visitor's telephone finds the ticket through the intent."""
    answer = announce(server).json
    body = {"service": "extract", "intent": answer["intent"]["id"]}
    kiosk = server.token("kiosk", "center")
    made = server.command(f"{server.branch_url('center')}/tickets", body, token=kiosk)
    assert made.status == 201
    kept = status(server, answer)
    assert (kept["intent"]["state"], kept["intent"]["ticket"]) == ("kept", made.json["ticket"]["id"])
    path = f"{server.city_url}/tickets/{kept['intent']['ticket']}"
    assert server.ask("GET", path, token=kept["ticket_secret"]).json["ticket"]["state"] == "waiting"
    twice = server.command(f"{server.branch_url('center')}/tickets", body, token=kiosk)
    assert (twice.status, twice.code) == (409, "intent_ended")


def test_a_citizen_proves_that_it_is_his(server: RunningServer) -> None:
    """Who knows only the id of another's intent cannot end it by a ticket of his own."""
    answer = announce(server).json
    path = f"{server.branch_url('center')}/tickets"
    body = {"service": "extract", "intent": answer["intent"]["id"]}

    def take(**secret: str) -> Reply:
        headers = {"idempotency-key": uuid.uuid4().hex, **secret}
        return server.ask("POST", path, body, headers=headers)

    assert take().code == "secret_invalid"
    assert take(**{"intent-secret": announce(server).json["secret"]}).code == "secret_invalid"
    assert status(server, answer)["intent"]["state"] == "on_the_way"
    assert take(**{"intent-secret": answer["secret"]}).status == 201
    assert status(server, answer)["intent"]["state"] == "kept"


def test_ten_scans_at_once_make_one_ticket(server: RunningServer) -> None:
    """A hall full of kiosks."""
    answer = announce(server).json
    body = {"service": "extract", "intent": answer["intent"]["id"]}
    path, kiosk = f"{server.branch_url('center')}/tickets", server.token("kiosk", "center")
    with ThreadPoolExecutor(10) as threads:
        replies = list(threads.map(lambda _: server.command(path, body, token=kiosk), range(10)))
    assert sorted(reply.status for reply in replies) == [201] + [409] * 9


def test_a_double_tap_is_one_intent(server: RunningServer) -> None:
    """The same key: the same bytes; another body under it is refused."""
    key = uuid.uuid4().hex
    first = announce(server, key)
    time_passes = announce(server, key)
    assert (time_passes.status, time_passes.body) == (201, first.body)
    assert announce(server, key, minutes=13).code == "idempotency_key_reused"


@pytest.mark.parametrize(
    "when",
    [{"arrival": "2026-11-23T10:30:00+02:00"}, {"lat": 48.97, "lon": 24.02, "mode": "walk"}, {"minutes": 0}],
)
def test_when_is_said_in_three_ways(server: RunningServer, when: dict[str, Any]) -> None:
    """An instant, minutes, or a place and how one gets about, which is used and thrown away."""
    reply = announce(server, **when)
    assert reply.status == 201
    assert "2026-11-23T10:00" <= reply.json["intent"]["arrives"] <= "2026-11-23T10:31"


@pytest.mark.parametrize(
    ("body", "status_code", "code", "field"),
    [
        ({"minutes": 5, "arrival": "2026-11-23T10:30:00+02:00"}, 422, "invalid_field", "minutes"),
        ({"minutes": None}, 422, "invalid_field", "minutes"),
        ({"minutes": -1}, 422, "invalid_field", "minutes"),
        ({"minutes": 181}, 422, "invalid_field", "minutes"),
        ({"arrival": "2026-11-23T10:30:00"}, 422, "invalid_field", "arrival"),
        ({"arrival": "2026-11-23T08:30:00+02:00"}, 422, "invalid_field", "arrival"),
        ({"lat": 48.9}, 422, "invalid_field", "lon"),
        ({"lat": 95, "lon": 24.0}, 422, "invalid_field", "lat"),
        ({"lat": 48.9, "lon": 24.0, "mode": "boat"}, 422, "invalid_field", "mode"),
        ({"phone": "+380"}, 422, "invalid_field", "phone"),
        ({"branch": "nowhere"}, 404, "unknown_branch", None),
        ({"service": "nothing"}, 404, "unknown_service", None),
        ({"branch": "village", "service": "passport"}, 409, "service_not_offered", None),
        ({"branch": "village", "minutes": 150}, 409, "branch_closed", None),
    ],
)
def test_what_cannot_be(
    server: RunningServer, body: dict[str, Any], status_code: int, code: str, field: str | None
) -> None:
    """Refused by a code of its own and the name of the field; Monday from twelve to one the village rests."""
    reply = announce(server, **body)
    assert (reply.status, reply.code, reply.json.get("field")) == (status_code, code, field)


def test_a_branch_that_stands_still(server: RunningServer) -> None:
    """Nobody sets out for it; a repeat of what was said before is still answered."""
    supervisor, key = server.token("supervisor", "village"), uuid.uuid4().hex
    first = announce(server, key, branch="village")
    place = server.branch_url("village")
    assert server.command(f"{place}/hold", {"reason": "no water"}, token=supervisor).status == 200
    wait_until_sync(
        lambda: announce(server, branch="village").status == 409, what="the hold reaches the server's picture"
    )
    assert announce(server, branch="village").code == "branch_paused"
    assert announce(server, key, branch="village").body == first.body
    assert server.command(f"{place}/resume", {}, token=supervisor).status == 200


def test_an_intent_that_never_was(server: RunningServer) -> None:
    """An id nobody was given is refused like a wrong secret; staff learn that it does not exist."""
    path = f"{server.city_url}/intents/nosuch"
    assert server.ask("GET", path).code == "token_missing"
    assert server.ask("GET", path, token="wrong").code == "secret_invalid"
    assert server.ask("GET", path, token=server.token("admin")).code == "unknown_intent"
    assert server.ask("GET", f"{server.city_url}/intents/{'x' * 65}").code == "unknown_intent"
    body = {"service": "extract", "intent": "nosuch"}
    kiosk = server.token("kiosk", "center")
    reply = server.command(f"{server.branch_url('center')}/tickets", body, token=kiosk)
    assert (reply.status, reply.code) == (404, "unknown_intent")


def test_it_expires_by_the_city_clock() -> None:
    """A city whose clock runs 1800 times as fast: the 31 minutes are a second."""
    with running_server(speed=1800) as fast:
        answer = announce(fast, minutes=1).json
        wait_until_sync(lambda: status(fast, answer)["intent"]["state"] == "expired", what="it expires")
        wait_until_sync(lambda: shown(fast) == 0, what="the board counts nobody")


def test_one_address_has_so_many_at_once() -> None:
    """Two here; as soon as one is given up there is room for another. An administrator has no such limit."""
    with running_server(intents_per_address="2") as server:
        first, _ = announce(server), announce(server)
        refused = announce(server)
        assert (refused.status, refused.code) == (429, "too_many_intents") and refused.headers["retry-after"]
        path = f"{server.city_url}/intents"
        body = {"service": "extract", "branch": "center", "minutes": 1}
        assert server.command(path, body, token=server.token("admin")).status == 201
        path += f"/{first.json['intent']['id']}/cancel"
        assert server.command(path, {}, token=first.json["secret"]).status == 200
        assert announce(server).status == 201


def test_public_commands_are_limited() -> None:
    """Announcing too fast: 429 with Retry-After, and desks do not feel it."""
    with running_server(public_commands="1", intents_per_address="1000") as slow:
        replies = [announce(slow) for _ in range(12)]
        late = [reply for reply in replies if reply.status == 429]
        assert late and {reply.code for reply in late} == {"rate_limited"}
        assert all(int(reply.headers["retry-after"]) >= 1 for reply in late)
        assert slow.desk("center", "1", "open").status == 200
