"""The live doors in a real server: socket, event stream and board, for good clients and bad ones."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute

from balancer.live import city_feed
from balancer.live.city_feed import CityFeed
from balancer.live.draining import drain
from balancer.live.hub import Hub
from balancer.routes.board import board
from balancer.routes.live import live_endpoint, live_events
from balancer.routes.problems import PROBLEM_HANDLERS
from tests.live_town import feeding
from tests.raw_socket import BINARY, TEXT, RawSocket, serving
from tests.stores import Server
from tests.town import Town
from tests.waiting import wait_until

CITY = "/api/v1/cities/{city}"
ROUTES = [
    WebSocketRoute(CITY + "/live", live_endpoint),
    Route(CITY + "/live/events", live_events),
    Route(CITY + "/board", board),
]


@dataclass
class Doors:
    """A town whose live doors stand open on `port`."""

    town: Town
    feed: CityFeed
    hub: Hub
    port: int
    parts: Any

    def path(self, rest: str) -> str:
        return f"/api/v1/cities/{self.town.city.city}/{rest}"

    @contextlib.asynccontextmanager
    async def watcher(self, query: str = "") -> AsyncIterator[RawSocket]:
        async with RawSocket.open(self.port, self.path("live" + query)) as client:
            assert "101" in await client.head()
            yield client

    async def get(self, rest: str, headers: str = "") -> tuple[str, bytes]:
        """Head and body of one GET."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        asked = f"GET {self.path(rest)} HTTP/1.1\r\nHost: x\r\n{headers}Connection: close\r\n\r\n"
        writer.write(asked.encode())
        answer = await asyncio.wait_for(reader.read(), 10)
        writer.close()
        head, _, body = answer.partition(b"\r\n\r\n")
        return head.decode().lower(), body


@pytest.fixture
async def doors(valkey: Server, city_name: str) -> AsyncIterator[Doors]:
    async with Town.found(valkey.url, city_name) as town, feeding(town) as (feed, hub):
        app = Starlette(routes=ROUTES, exception_handlers=PROBLEM_HANDLERS)
        parts = SimpleNamespace(feed=feed, hub=hub, city=feed.city, draining=False)
        app.state.parts = parts
        async with serving(app, ws_ping_interval=0.2) as (port, _):
            yield Doors(town, feed, hub, port, parts)


async def next_branch(client: Any) -> Any:
    """The next frame of a branch; on a slow machine a beat may come before it."""
    while (frame := json.loads(await client.text()))["type"] == "beat":
        pass
    return frame


async def test_hello_one_frame_a_branch_and_then_changes(doors: Doors) -> None:
    async with doors.watcher() as client:
        first = [json.loads(await client.text()) for _ in range(3)]
        assert [frame["type"] for frame in first] == ["hello", "branch", "branch"]
        await doors.town.ticket(at="harbour")
        change = await next_branch(client)
        assert (change["branch"], change["waiting"]) == ("harbour", 1)
    await wait_until(lambda: not len(doors.hub))


async def test_a_socket_may_watch_one_branch_or_one_service(doors: Doors) -> None:
    async with doors.watcher("?branch=harbour") as one, doors.watcher("?service=land") as other:
        assert json.loads(await one.text())["type"] == json.loads(await other.text())["type"] == "hello"
        assert json.loads(await one.text())["branch"] == "harbour"
        assert json.loads(await other.text())["branch"] == "centre"


@pytest.mark.parametrize(
    ("query", "code"),
    [("?branch=nowhere", "unknown_branch"), ("?service=levitation", "unknown_service")],
)
async def test_what_does_not_exist_is_refused_before_a_handshake(
    doors: Doors, query: str, code: str
) -> None:
    async with RawSocket.open(doors.port, doors.path("live" + query)) as client:
        assert " 404 " in (await client.head()).splitlines()[0]
        assert json.loads(await client.rest())["code"] == code
    for door in ("board", "live/events"):
        head, body = await doors.get(door + query)
        assert " 404 " in head.splitlines()[0] and json.loads(body)["code"] == code


async def test_another_city_is_unknown(doors: Doors) -> None:
    async with RawSocket.open(doors.port, "/api/v1/cities/atlantis/live") as client:
        assert " 404 " in (await client.head()).splitlines()[0]
        assert json.loads(await client.rest())["code"] == "unknown_city"


@pytest.mark.parametrize(
    ("opcode", "payload", "code"),
    [
        (TEXT, b'{"type":"hello"}', 1003),
        (TEXT, b"[]", 1003),
        (BINARY, b'{"type":"hello"}', 1003),
        (TEXT, b"{", 1007),
        (TEXT, b"\x00\x01", 1007),
        (TEXT, b"\xc3\x28", 1007),
        (TEXT, b'"' + b"x" * 20_000 + b'"', 1009),
    ],
)
async def test_a_client_that_talks_is_closed_with_its_code(
    doors: Doors, opcode: int, payload: bytes, code: int
) -> None:
    async with doors.watcher() as bad, doors.watcher() as good:
        await bad.say(opcode, payload)
        await doors.town.ticket(at="harbour")
        assert await bad.close_code() == code
        await wait_until(lambda: len(doors.hub) == 1)
        while json.loads(await good.text()).get("waiting") != 1:
            pass


async def test_the_event_stream_carries_the_same_frames(doors: Doors) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", doors.port)
    writer.write(f"GET {doors.path('live/events?branch=harbour')} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    assert b" 200 " in head and b"text/event-stream" in head and b"no-store" in head
    assert (await event(reader))[0] == "hello"
    assert (await event(reader))[0] == "branch"
    await doors.town.ticket(at="harbour")
    name, frame = await event(reader)
    assert (name, frame["waiting"]) == ("branch", 1)
    writer.close()
    await wait_until(lambda: not len(doors.hub))


async def event(reader: asyncio.StreamReader) -> tuple[str, dict[str, Any]]:
    """The next named event; chunk sizes are passed over."""
    name = (await asyncio.wait_for(reader.readuntil(b"\n"), 10)).decode().strip()
    while not name.startswith("event: "):
        name = (await asyncio.wait_for(reader.readuntil(b"\n"), 10)).decode().strip()
    data = (await reader.readuntil(b"\n\n")).decode()
    return name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


async def test_an_event_stream_that_nobody_reads_is_cut_off(doors: Doors) -> None:
    doors.hub._abort_after = 0.3
    reader, writer = await asyncio.open_connection("127.0.0.1", doors.port, limit=1024)
    writer.write(f"GET {doors.path('live/events')} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    await wait_until(lambda: len(doors.hub) == 1)
    big = b'"' + b"x" * 6_000_000 + b'"'
    doors.hub.publish("centre", big)
    doors.hub.publish("harbour", big)
    await wait_until(lambda: not len(doors.hub), what="cut off by the sweep")
    assert doors.hub.aborted == 1
    with contextlib.suppress(ConnectionResetError):
        while await reader.read(1 << 20):
            pass
    writer.close()


async def test_the_board_answers_304_and_says_for_how_long_it_is_good(doors: Doors) -> None:
    head, body = await doors.get("board")
    assert "cache-control: public, max-age=1, stale-while-revalidate=10, stale-if-error=60\r\n" in head
    etag = next(line for line in head.splitlines() if line.startswith("etag: ")).removeprefix("etag: ")
    for known in (etag, etag.removeprefix("w/"), f'"other", {etag}', "*"):
        again, nothing = await doors.get("board", f"If-None-Match: {known.replace('w/', 'W/')}\r\n")
        assert " 304 " in again.splitlines()[0] and nothing == b"", known
        assert etag in again
    made = await doors.town.ticket()
    await doors.feed.wait_offset(made.tie, 5)
    changed, later = await doors.get("board", f"If-None-Match: {etag.replace('w/', 'W/')}\r\n")
    assert " 200 " in changed.splitlines()[0]
    assert json.loads(later)["offset"] == made.tie > json.loads(body)["offset"]


async def test_while_draining_sockets_are_told_when_and_new_ones_refused(doors: Doors) -> None:
    async with doors.watcher("?branch=harbour") as client:
        assert [json.loads(await client.text())["type"] for _ in range(2)] == ["hello", "branch"]
        doors.parts.draining = True
        draining = asyncio.create_task(drain(doors.hub, 0.2))
        told = json.loads(await client.text())
        assert told["type"] == "reconnect" and 0 <= told["reconnect_in"] <= 0.2
        assert await client.close_code() == 4012
        await draining
        async with RawSocket.open(doors.port, doors.path("live")) as late:
            assert " 503 " in (await late.head()).splitlines()[0]
            assert json.loads(await late.rest())["code"] == "draining"


async def test_an_old_picture_is_not_given_out(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(city_feed, "STALE_SECONDS", -1.0)
    for door in ("board", "live/events"):
        head, body = await doors.get(door)
        assert " 503 " in head.splitlines()[0] and "retry-after: 1" in head
        assert json.loads(body)["code"] == "store_unavailable"
    async with RawSocket.open(doors.port, doors.path("live")) as client:
        assert " 503 " in (await client.head()).splitlines()[0]
