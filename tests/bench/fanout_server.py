"""A server that `wsload` can drive: `python -m tests.bench.fanout_server KIND PORT` with UDP control on
PORT+1.

KIND `hub`: our hub, outbox and socket on uvicorn. KIND `await`: the rival, Starlette's `await send_text` on
each. Control (see wsload.c): `R <rate>` sets the broadcasts a second (-1 flat out, 0 stop), `A <seq>` says
that a broadcast has reached every socket; at most 4 are in flight. Frames are 300 bytes on the wire, as in
fanout.c.
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import sys
import time
from collections.abc import Awaitable, Callable

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from balancer.live.hub import Hub
from balancer.live.socket import SOCKET_SETTINGS, socket_client

PAYLOAD_BYTES = 296
IN_FLIGHT_FLAT, IN_FLIGHT_PACED = 4, 8

Broadcast = Callable[[bytes], Awaitable[None]]


class Control(asyncio.DatagramProtocol):
    """The UDP side: pace, and how many broadcasts are on their way."""

    def __init__(self) -> None:
        self.rate = 0.0
        self.sent = 0
        self.reached = 0
        self.changed = asyncio.Event()

    def datagram_received(self, data: bytes, addr: object) -> None:
        """Take `R <rate>` or `A <seq>`."""
        if data[:1] == b"R":
            self.rate = float(data[2:])
            self.reached = self.sent
        else:
            self.reached = min(self.reached + 1, self.sent)
        self.changed.set()

    def may_send(self) -> bool:
        """Whether the window allows one more."""
        window = IN_FLIGHT_FLAT if self.rate < 0 else IN_FLIGHT_PACED
        return self.rate != 0 and self.sent - self.reached < window

    async def drive(self, broadcast: Broadcast) -> None:
        """Broadcast for ever at the pace that was set."""
        due = time.monotonic()
        while True:
            while not self.may_send():
                self.changed.clear()
                await self.changed.wait()
                due = time.monotonic()
            if self.rate > 0:
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                due = max(due + 1 / self.rate, time.monotonic())
            else:
                await asyncio.sleep(0)
            await broadcast(payload(self.sent))
            self.sent += 1


def payload(seq: int) -> bytes:
    """JSON of PAYLOAD_BYTES that carries its number and the instant of sending (CLOCK_MONOTONIC, ns)."""
    head = b'{"s":%d,"t":%d,"d":"' % (seq, time.monotonic_ns())
    return head + b"x" * (PAYLOAD_BYTES - len(head) - 2) + b'"}'


def hub_server() -> tuple[Starlette, Broadcast]:
    """Our own path: the frame is encoded once and written to every transport."""
    hub = Hub()

    async def live(websocket: WebSocket) -> None:
        await websocket.accept()
        client = socket_client(websocket.scope, hub)
        hub.join(client)
        try:
            while (await websocket.receive())["type"] != "websocket.disconnect":
                pass
        finally:
            client.leave()

    async def broadcast(frame: bytes) -> None:
        for _ in hub.passing({"b": frame}):
            await asyncio.sleep(0)

    return Starlette(routes=[WebSocketRoute("/live", live)]), broadcast


def await_server() -> tuple[Starlette, Broadcast]:
    """The rival: what everybody writes first."""
    sockets: dict[int, WebSocket] = {}
    ids = itertools.count()

    async def live(websocket: WebSocket) -> None:
        await websocket.accept()
        mine = next(ids)
        sockets[mine] = websocket
        try:
            while (await websocket.receive())["type"] != "websocket.disconnect":
                pass
        finally:
            del sockets[mine]

    async def broadcast(frame: bytes) -> None:
        text = frame.decode()
        for websocket in list(sockets.values()):
            try:
                await websocket.send_text(text)
            except Exception:
                continue

    return Starlette(routes=[WebSocketRoute("/live", live)]), broadcast


async def main(kind: str, port: int) -> None:
    """Serve until the process is stopped."""
    app, broadcast = await_server() if kind == "await" else hub_server()
    control = Control()
    loop = asyncio.get_running_loop()
    await loop.create_datagram_endpoint(lambda: control, local_addr=("127.0.0.1", port + 1))
    driving = asyncio.create_task(control.drive(broadcast))
    settings = {**SOCKET_SETTINGS, "log_level": "warning", "access_log": False, "backlog": 4096}
    config = uvicorn.Config(app, host="127.0.0.1", port=port, **settings)
    gc.collect()
    gc.freeze()
    await uvicorn.Server(config).serve()
    driving.cancel()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvicorn.Config("").get_loop_factory()) as runner:
        runner.run(main(sys.argv[1], int(sys.argv[2])))
