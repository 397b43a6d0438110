"""The rest of the day cannot take one more: kiosks and citizens hear it, reception decides by itself."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.city_files import SMALL
from tests.server import RunningServer, running_server
from tests.waiting import wait_until_sync


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Ten o'clock; the margin before closing is so long that nobody is called any more."""
    folder: Path = tmp_path_factory.mktemp("full")
    text = SMALL.replace("[policy]\n", "[policy]\nfull_day_margin_minutes = 540\n", 1)
    text = text.replace('city = "dolyna"\n', 'city = "dolyna"\nremote_tickets = true\n', 1)
    (folder / "full.toml").write_text(text, "utf-8")
    with running_server(folder, city=str(folder / "full.toml")) as running:
        yield running


def shown_wait(server: RunningServer) -> Any:
    """The wait of the queue for advice, as the board shows it."""
    [branch] = server.ask("GET", f"{server.city_url}/board?branch=center").json["branches"]
    return next(each["wait"] for each in branch["queues"] if each["queue"] == "advice")


def test_no_room_today(server: RunningServer) -> None:
    """The refusal names the closing hour; reception still may, and what a kiosk printed is taken."""
    path = f"{server.branch_url('center')}/tickets"
    kiosk, reception = server.token("kiosk", "center"), server.token("reception", "center")
    key = uuid.uuid4().hex
    early = server.command(path, {"service": "advice"}, token=kiosk, key=key)
    assert early.status == 201, "nobody knows the wait while no desk is open"
    server.desk("center", "4", "open")
    while server.desk("center", "4", "call-next").json["ticket"]:
        server.desk("center", "4", "left")
    wait_until_sync(lambda: shown_wait(server) is not None, what="the free desk on the board")
    for token in (kiosk, None):
        reply = server.command(path, {"service": "advice"}, token=token)
        assert (reply.status, reply.code) == (409, "no_room_today"), reply.body
        assert "18:00" in reply.json["detail"]
    assert server.command(path, {"service": "advice"}, token=kiosk, key=key).json == early.json
    assert server.command(path, {"service": "advice"}, token=reception).status == 201
    leased = server.command(f"{server.branch_url('center')}/leases", {"count": 1}, token=kiosk).json
    slip = leased["slips"][0]["number"]
    assert server.command(path, {"service": "advice", "number": slip}, token=kiosk).status == 201
