"""A kiosk at a real server: it leases numbers, loses the server, comes back and enters what it gave out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.server import Reply, RunningServer, running_server


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    with running_server() as running:
        yield running


def lease(server: RunningServer, count: int = 5) -> Any:
    path = f"{server.branch_url('center')}/leases"
    reply = server.command(path, {"count": count}, token=server.token("kiosk", "center"))
    assert reply.status == 201
    return reply.json


def issue(server: RunningServer, role: str = "kiosk", **body: Any) -> Reply:
    path = f"{server.branch_url('center')}/tickets"
    return server.command(path, {"service": "extract"} | body, token=server.token(role, "center"))


def ago(server: RunningServer, minutes: int) -> str:
    city_time = server.ask("GET", f"{server.city_url}/board").json["as_of"]
    return (datetime.fromisoformat(city_time) - timedelta(minutes=minutes)).isoformat()


def test_a_slip_becomes_the_ticket_that_was_printed(server: RunningServer) -> None:
    """Id and secret are those of the lease, place and wait those of the arrival; nothing was promised."""
    leased = lease(server)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+02:00", leased["expires"])
    assert leased["expires"].startswith(leased["day"]) or leased["expires"].endswith("T00:00:00+02:00")
    letters = {slip["letter"] for slip in leased["slips"]}
    assert len(leased["slips"]) == 5 * len(letters) > 5
    definition = server.ask("GET", server.city_url).json
    [queue] = [
        each["queue"]
        for branch in definition["branches"]
        for each in branch["queues"]
        if branch["branch"] == "center" and "extract" in each["services"]
    ]
    later = issue(server)
    slip = next(each for each in leased["slips"] if each["queue"] == queue)
    arrived = ago(server, 10)
    reply = issue(server, number=slip["number"], lease=leased["lease"], arrived=arrived)
    assert reply.status == 201
    made = reply.json
    assert (made["ticket"]["id"], made["secret"]) == (slip["ticket"], slip["secret"])
    assert made["ticket"]["number"] == slip["number"] and made["ticket"]["wait"] is None
    assert datetime.fromisoformat(made["ticket"]["arrived"]) == datetime.fromisoformat(arrived)
    mine = f"{server.city_url}/tickets/{slip['ticket']}"
    assert server.ask("GET", mine, token=slip["secret"]).json["ticket"]["ahead"] == 0
    theirs = f"{server.city_url}/tickets/{later.json['ticket']['id']}"
    assert server.ask("GET", theirs, token=later.json["secret"]).json["ticket"]["ahead"] >= 1
    again = issue(server, number=slip["number"])
    assert (again.status, again.code) == (409, "slip_used") and slip["number"] in again.json["detail"]


def test_what_is_wrong_is_named(server: RunningServer) -> None:
    """A number that nobody leased, an instant without zone, of tomorrow, a kiosk's arrival without number."""
    unknown = issue(server, number="A999")
    assert (unknown.status, unknown.code) == (409, "slip_unknown")
    for body, field in (
        ({"arrived": "2026-11-23T10:00:00"}, "arrived"),
        ({"arrived": ago(server, -60), "number": lease(server, 1)["slips"][0]["number"]}, "arrived"),
        ({"arrived": ago(server, 1)}, "number"),
    ):
        reply = issue(server, **body)
        assert (reply.status, reply.code, reply.json["field"]) == (422, "invalid_field", field), body
    for count in (0, 101):
        path = f"{server.branch_url('center')}/leases"
        reply = server.command(path, {"count": count}, token=server.token("kiosk", "center"))
        assert (reply.status, reply.json["field"]) == (422, "count")


def test_reception_enters_what_was_written_by_hand(server: RunningServer) -> None:
    """Without a number it gets the next of the series, at the place of its arrival."""
    reply = issue(server, "reception", arrived=ago(server, 30))
    assert reply.status == 201 and reply.json["ticket"]["number"][1:] < "500"
    assert reply.json["ticket"]["ahead"] == 0
