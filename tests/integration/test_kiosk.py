"""What `/kiosk` asks for, at a real server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.server import RunningServer, running_server
from tests.waiting import wait_until_sync


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """One for all: each test leaves the branch as it was but for its tickets."""
    with running_server() as running:
        yield running


def test_the_view_tells_all_and_names_things_once(server: RunningServer) -> None:
    """The definition comes with the first answer and whenever it has changed."""
    kiosk = server.token("kiosk", "center")
    path = f"{server.branch_url('center')}/kiosk"
    first = server.ask("GET", path, token=kiosk).json
    assert (first["state"], first["full"], first["alternatives"]) == ("open", False, [])
    assert first["day"] == "2026-11-23" and first["city_time"].startswith("2026-11-23T10:0")
    assert {each["queue"] for each in first["queues"]} == {"papers", "advice"}
    assert [each["letter"] for each in first["catalogue"]["lines"]] == ["P", "K"]
    again = server.ask("GET", f"{path}?version={first['version']}", token=kiosk).json
    assert again["catalogue"] is None
    assert server.ask("GET", path, token=server.token("kiosk", "village")).code == "forbidden"
    assert server.ask("GET", path).code == "token_missing"


def test_a_branch_without_tickets_names_others(server: RunningServer) -> None:
    """Closed by its head: the kiosk says where else to go."""
    chief = server.token("supervisor", "center")
    assert server.command(f"{server.branch_url('center')}/close-tickets", token=chief).status == 200
    path = f"{server.branch_url('center')}/kiosk"
    view = server.ask("GET", path, token=chief).json
    assert view["state"] == "tickets_closed" and view["faster"] == []
    assert server.command(f"{server.branch_url('center')}/open-tickets", token=chief).status == 200


def test_a_slip_given_out_now_is_told_its_wait(server: RunningServer) -> None:
    """A kiosk names number and instant of every ticket, so that a repeat is the same ticket; the visitor and
    the accuracy of the waits lose nothing by it.
    """
    kiosk, path = server.token("kiosk", "center"), server.branch_url("center")
    server.desk("center", "1", "open")
    lease = server.command(f"{path}/leases", {"count": 2}, token=kiosk).json
    slip = next(each for each in lease["slips"] if each["letter"] == "P")

    def view() -> Any:
        return server.ask("GET", f"{path}/kiosk", token=kiosk).json

    def wait_is_known() -> bool:
        return any(each["queue"] == slip["queue"] and each["wait"] for each in view()["queues"])

    wait_until_sync(wait_is_known, what="the wait of the line")
    now = view()["city_time"]
    body = {"service": "extract", "number": slip["number"], "lease": lease["lease"], "arrived": now}
    given = server.command(f"{path}/tickets", body, token=kiosk).json["ticket"]
    assert given["number"] == slip["number"] and given["id"] == slip["ticket"]
    assert given["wait"] is not None and given["ahead"] is not None


def test_stopped_services_and_the_hour_after_the_alarm_are_told(server: RunningServer) -> None:
    """What the kiosk greys, and what its alarm screen says."""
    chief, path = server.token("supervisor", "center"), server.branch_url("center")
    assert server.command(f"{path}/suspend-service", {"service": "extract"}, token=chief).status == 200
    view = server.ask("GET", f"{path}/kiosk", token=chief).json
    assert view["suspended"] == ["extract"] and view["resumes_at"] is None
    assert server.command(f"{path}/restore-service", {"service": "extract"}, token=chief).status == 200
