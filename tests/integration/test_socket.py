"""The seam to uvicorn on real sockets: each trap of design §5, on asyncio's loop and on uvloop."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from balancer.live.hub import Hub
from balancer.live.socket import (
    CLOSE_WITHIN_SECONDS,
    LiveProtocol,
    SocketClient,
    encode_text_frame,
    socket_client,
)
from tests.loops import on_both_loops
from tests.raw_socket import BINARY, CLOSE, PING, TEXT, RawSocket, TestServer, serving
from tests.waiting import wait_until

SMALL_BUFFER = 4096
BIG = b"x" * 6_000_000  # more than a kernel keeps for one socket


@dataclass
class Live:
    """A server with one hub; its handler does what the real one does."""

    hub: Hub
    port: int = 0
    server: TestServer | None = None
    clients: list[SocketClient] = field(default_factory=list)

    async def endpoint(self, websocket: WebSocket) -> None:
        await websocket.accept()
        client = socket_client(websocket.scope, self.hub)
        self.clients.append(client)
        self.hub.join(client)
        client.write(encode_text_frame(b"hello"))
        try:
            while (await websocket.receive())["type"] != "websocket.disconnect":
                await client.close(1003, "nothing to say")
        except WebSocketDisconnect:
            pass
        finally:
            client.leave()

    @contextlib.asynccontextmanager
    async def reader(self, **how: Any) -> AsyncIterator[RawSocket]:
        """A client that has shaken hands and read its hello."""
        async with RawSocket.open(self.port, "/live", **how) as client:
            assert "101" in await client.head()
            assert await client.text() == b"hello"
            yield client

    def buffered(self, client: SocketClient) -> int:
        return client._protocol.transport.get_write_buffer_size()


@contextlib.asynccontextmanager
async def live(hub: Hub | None = None, **settings: Any) -> AsyncIterator[Live]:
    made = Live(Hub() if hub is None else hub)
    app = Starlette(routes=[WebSocketRoute("/live", made.endpoint)])
    async with serving(app, **settings) as (made.port, made.server):
        yield made


async def blocked(made: Live, client: SocketClient) -> None:
    """Write more than the kernel takes for this client."""
    made.hub.publish("big", BIG)
    loop = asyncio.get_running_loop()
    await wait_until(lambda: client.blocked_seconds(loop.time()) > 0.02, what="blocked")


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 200_000])
@on_both_loops
async def test_a_frame_reaches_every_reader_whole(size: int) -> None:
    async with live() as made, made.reader() as one, made.reader() as other:
        made.hub.publish("centre", b"y" * size)
        assert await one.text() == await other.text() == b"y" * size


@on_both_loops
async def test_compression_is_not_accepted() -> None:
    """It would cost half of the speed, and shared frames could not be shared."""
    offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
    async with live() as made, RawSocket.open(made.port, "/live", headers=offer) as client:
        assert "permessage-deflate" not in await client.head()
        assert await client.text() == b"hello"


@on_both_loops
async def test_a_slow_reader_costs_little_and_gets_the_newest() -> None:
    async with live() as made, made.reader(buffer=SMALL_BUFFER) as slow, made.reader() as quick:
        await blocked(made, made.clients[0])
        for number in range(300):
            made.hub.publish("a", b"a%d" % number)
            made.hub.publish("b", b"b%d" % number)
            await quick.text()
        assert made.buffered(made.clients[0]) <= len(BIG) + 16
        outbox = made.clients[0].outbox
        assert len(outbox) <= 3
        assert outbox.skipped > 500
        seen = [await slow.text()]
        while seen[-1][:1] == b"x":
            seen.append(await slow.text())
        assert {seen[-1], await slow.text()} == {b"a299", b"b299"}
        made.hub.publish("a", b"and on")
        assert await slow.text() == b"and on"


@on_both_loops
async def test_whoever_takes_nothing_is_cut_off_and_the_others_go_on() -> None:
    hub = Hub(abort_after=0.05)
    async with live(hub) as made, made.reader(buffer=SMALL_BUFFER):
        await blocked(made, made.clients[0])
        async with made.reader() as quick:
            loop = asyncio.get_running_loop()
            await wait_until(lambda: hub.sweep(loop.time()) == 1)
            await wait_until(lambda: made.clients[0]._protocol.disconnected)
            assert len(hub) == 1
            made.hub.publish("centre", b"go on")
            assert await quick.text() == b"go on"


@on_both_loops
async def test_nothing_is_written_after_our_close_frame() -> None:
    """uvicorn marks the close as sent while the transport still looks open."""
    async with live() as made, made.reader() as client:
        await client.say(TEXT, b"what?")
        await wait_until(lambda: made.clients[0]._protocol.close_sent)
        assert not made.clients[0]._protocol.transport.is_closing()
        made.hub.publish("centre", b"too late")
        made.hub.broadcast("beat", b"too late")
        assert await client.close_code() == 1003
    assert len(made.hub) == 0


@on_both_loops
async def test_nothing_is_written_after_the_peers_close_frame() -> None:
    async with live() as made, made.reader() as client:
        await client.say(CLOSE, b"\x03\xe8")
        await wait_until(lambda: not len(made.hub))
        made.hub.publish("centre", b"too late")
        assert await client.frame() == (CLOSE, b"\x03\xe8")
        assert await client.rest() == b""


@pytest.mark.parametrize(
    ("opcode", "payload", "code"),
    [(TEXT, b"\xff\xfe", 1007), (TEXT, b"y" * 20_000, 1009), (3, b"", 1002), (BINARY, b"y" * 70_000, 1009)],
)
@on_both_loops
async def test_a_peer_that_breaks_the_protocol_gets_its_code(opcode: int, payload: bytes, code: int) -> None:
    async with live() as made, made.reader() as client:
        await client.say(opcode, payload)
        made.hub.publish("centre", b"in between")
        assert await client.close_code() == code
        await wait_until(lambda: not len(made.hub))


@on_both_loops
async def test_a_peer_that_stops_answering_pings_is_let_go() -> None:
    async with live(ws_ping_interval=0.05, ws_ping_timeout=0.1) as made, made.reader() as dead:
        opcode, _ = await dead.frame()
        assert opcode == PING
        await wait_until(lambda: not len(made.hub), within=5)
        assert b"" == (await dead.rest())[:0]


@on_both_loops
async def test_a_dead_peer_behind_a_full_buffer_is_cut_off_too() -> None:
    """A close frame cannot reach it, and waiting for the buffer to empty would be for ever."""
    async with (
        live(ws_ping_interval=0.05, ws_ping_timeout=0.1) as made,
        made.reader(buffer=SMALL_BUFFER),
    ):
        await blocked(made, made.clients[0])
        await wait_until(lambda: made.clients[0]._protocol.disconnected, within=5)
        assert len(made.hub) == 0


@on_both_loops
async def test_a_peer_that_answers_pings_stays_however_much_is_published() -> None:
    async with live(ws_ping_interval=0.05, ws_ping_timeout=0.5) as made, made.reader() as client:
        pings = 0
        while pings < 5:
            made.hub.publish("centre", b"z")
            opcode, payload = await client.frame()
            if opcode == PING:
                pings += 1
                await client.say(10, payload)
        assert len(made.hub) == 1


@on_both_loops
async def test_a_blocked_peer_is_closed_by_force() -> None:
    assert CLOSE_WITHIN_SECONDS == 10.0
    async with live() as made, made.reader(buffer=SMALL_BUFFER):
        client = made.clients[0]
        await blocked(made, client)
        closing = asyncio.create_task(client.close(4012, "draining"))
        await asyncio.sleep(0)
        assert client not in made.hub
        closing.cancel()
        await asyncio.gather(closing, return_exceptions=True)
        client.abort()
        await wait_until(lambda: client._protocol.disconnected)


@on_both_loops
async def test_a_peer_that_resets_is_forgotten() -> None:
    async with live() as made, made.reader() as client, made.reader() as other:
        client.link.close()
        made.hub.publish("centre", b"1")
        made.hub.publish("centre", b"2")
        await wait_until(lambda: len(made.hub) == 1)
        assert [await other.text(), await other.text()] == [b"1", b"2"]


@on_both_loops
async def test_when_the_server_stops_everybody_gets_1012_and_nothing_after() -> None:
    async with live() as made, made.reader() as client:
        assert made.server is not None
        made.server.should_exit = True
        assert await client.close_code() == 1012
        assert len(made.hub) == 0
        made.hub.publish("centre", b"too late")


def test_a_server_without_the_seam_is_told_so() -> None:
    """Somebody may run the application on something else."""
    with pytest.raises(RuntimeError, match="SOCKET_SETTINGS"):
        socket_client({"type": "websocket", "extensions": {"websocket.http.response": {}}}, Hub())


def test_the_attributes_that_the_seam_uses_still_exist() -> None:
    """uvicorn's version is pinned; whoever raises it reads what changed in these."""
    for name in ("handle_close", "handle_parser_exception", "keepalive_timeout", "shutdown", "run_asgi"):
        assert name in vars(LiveProtocol)
        assert callable(getattr(LiveProtocol.__mro__[1], name))
