"""What tests of a desk's page do over and over, on the real server."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from balancer.core.connect import open_store
from balancer.core.event_log import EventLog
from balancer.messages import Event
from tests.server import RunningServer
from tests.waiting import wait_until_sync

ENTER_SLEEPS_MS = 720


def room(server: RunningServer, number: str = "1", branch: str = "center") -> Any:
    """What the server shows that desk."""
    token = server.token("desk", branch, number)
    return server.ask("GET", server.desk_url(branch, number), token=token).json


def leave(server: RunningServer, number: str) -> None:
    """Ends whatever a desk of the centre was doing, and its line."""
    for verb in ("finish", "left", "resume", "close"):
        server.desk("center", number, verb)
    wait_until_sync(lambda: room(server, number)["desk"]["state"] == "closed", what="the desk's end")
    for each in room(server, number)["line"] + room(server, number)["parked"]:
        path = f"{server.city_url}/tickets/{each['id']}/left"
        assert server.command(path, token=server.token("supervisor", "center")).status == 200
    wait_until_sync(lambda: not room(server, number)["line"], what="an empty line")


def issue(server: RunningServer, service: str = "extract") -> str:
    """Gives out a ticket in the centre and answers its number."""
    reply = server.issue("center", service)
    assert reply.status == 201, reply.body
    return str(reply.json["ticket"]["number"])


def main_says(page: Any, text: str) -> None:
    """Wait until Enter would do this, and until it is awake."""
    page.locator(".key.main:enabled", has_text=text).wait_for()
    page.wait_for_timeout(ENTER_SLEEPS_MS)


def key_lives(page: Any, slot: str) -> None:
    """Wait until that key of the pad may be pressed."""
    page.locator(f".key.{slot}:enabled").wait_for()


def events(server: RunningServer, *types: str) -> list[Event]:
    """All events of those types in the server's log."""

    async def read() -> list[Event]:
        async with open_store("embedded", server.data) as store:
            return await EventLog(store, server.definition.city).read(0, block_ms=0, count=10_000)

    with ThreadPoolExecutor(1) as thread:
        return [each for each in thread.submit(asyncio.run, read()).result() if each.type in types]
