"""What a supervisor decides for a branch, what its staff see of it, and what its hall display shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from balancer.core.transitions import BRANCH_VERBS
from balancer.routes.branch import DOORS
from tests.server import Reply, RunningServer, running_server
from tests.waiting import wait_until_sync


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """The small city, ten o'clock."""
    with running_server() as running:
        yield running


def verb(server: RunningServer, name: str, body: Any = None, **more: Any) -> Reply:
    chief = server.token("supervisor", "center")
    return server.command(f"{server.branch_url('center')}/{name}", body, token=chief, **more)


def test_every_verb_of_a_branch_has_a_door() -> None:
    """All but the one that only the timer has."""
    assert {row.verb for row in BRANCH_VERBS} - {"end_alarm"} <= {door.action for door in DOORS}


def test_each_decision_and_its_end(server: RunningServer) -> None:
    """Tickets, alarm, power, hold: each on and off, each time with the facts as they are now."""
    for name, body, field, on, end, off in (
        ("close-tickets", None, "phase", "tickets_closed", "open-tickets", "open"),
        ("alarm", None, "alarm", "pause", "all-clear", "none"),
        ("power-off", None, "power", "off", "power-on", "on"),
        ("hold", {"reason": "пожежна тривога"}, "hold", "пожежна тривога", "resume", None),
        ("close", None, "phase", "closed", "open", "open"),
    ):
        begun = verb(server, name, body)
        assert (begun.status, begun.json["branch"][field]) == (200, on), begun.body
        twice = verb(server, name, body)
        assert (twice.status, twice.code) == (409, "branch_state")
        assert twice.json["state"]["branch"][field] == on
        ended = verb(server, end)
        assert (ended.status, ended.json["branch"][field]) == (200, off)


def test_an_alarm_stops_what_it_must(server: RunningServer) -> None:
    """No ticket is given and none is called, in the reader's words; the all-clear ends it."""
    verb(server, "alarm")
    refused = server.issue("center", "extract", headers={"accept-language": "en"})
    assert (refused.code, refused.json["detail"]) == ("branch_paused", "Service is paused. Places are kept")
    calls = server.ask("GET", f"{server.branch_url('center')}/calls", token=server.token("display", "center"))
    shown = wait_until_sync(
        lambda: (found := calls_of(server))["state"] == "paused" and found, what="the hall display"
    )
    assert calls.status == 200 and shown["reason"] == "alarm"
    verb(server, "all-clear")
    assert server.issue("center", "extract").status == 201


def calls_of(server: RunningServer) -> Any:
    path = f"{server.branch_url('center')}/calls"
    return server.ask("GET", path, token=server.token("display", "center")).json


def test_the_hall_display_sees_calls(server: RunningServer) -> None:
    """Number, desk and when, newest first; nothing else about anybody."""
    server.desk("center", "1", "open")
    server.desk("center", "2", "open")
    server.issue("center", "extract")
    server.issue("center", "extract")
    numbers = [server.desk("center", desk, "call-next").json["ticket"]["number"] for desk in "12"]
    shown = wait_until_sync(
        lambda: (found := calls_of(server)["calls"]) and len(found) >= 2 and found, what="two calls"
    )
    assert [(call["number"], call["desk"]) for call in shown[:2]] == [(numbers[1], "2"), (numbers[0], "1")]
    assert set(shown[0]) == {"number", "desk", "at"}
    assert shown[0]["at"].startswith("2026-11-23T10:")


def test_what_the_branch_s_staff_see(server: RunningServer) -> None:
    """Facts, desks, and tickets: in hand first, then those who wait by their place."""
    server.desk("center", "3", "open")
    made = [server.issue("center", "extract").json for _ in range(3)]
    called = server.desk("center", "3", "call-next").json
    reception = server.token("reception", "center")

    def look() -> Any:
        return server.ask("GET", server.branch_url("center"), token=reception).json

    seen = wait_until_sync(lambda: (found := look())["offset"] >= called["offset"] and found, what="the room")
    states = [ticket["state"] for ticket in seen["tickets"]]
    assert states == sorted(states, key=["called", "serving", "waiting", "parked", "no_show"].index)
    waiting = [ticket["id"] for ticket in seen["tickets"] if ticket["state"] == "waiting"]
    newest = [each["ticket"]["id"] for each in made]
    assert [each for each in waiting if each in newest] == [each for each in newest if each in waiting]
    assert {"desk": "3", "state": "open"}.items() <= {d["desk"]: d for d in seen["desks"]}["3"].items()
    assert seen["branch"]["state"] == "open" and seen["city_time"].startswith("2026-11-23T10:")


def test_a_branch_with_tickets_in_hand_does_not_close(server: RunningServer) -> None:
    """First the desks finish."""
    server.desk("center", "1", "open")
    server.issue("center", "extract")
    server.desk("center", "1", "call-next")
    refused = verb(server, "close", headers={"accept-language": "en"})
    assert (refused.status, refused.code) == (409, "tickets_in_hand")
    assert refused.json["detail"].startswith("Desks still have tickets in hand: ")


def test_two_supervisors_collide(server: RunningServer) -> None:
    """If-Match on a branch's facts."""
    version = verb(server, "power-off").json["branch"]["version"]
    stale = verb(server, "power-on", version=version - 1)
    assert (stale.code, stale.json["state"]["branch"]["power"]) == ("stale_version", "off")
    assert verb(server, "power-on", version=version).status == 200
