"""A WebSocket client that can misbehave: stop reading, ignore pings, break the protocol. And a server to try
it on.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import struct
from collections.abc import AsyncIterator, Iterator
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from balancer.live.socket import SOCKET_SETTINGS

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
KEY = "dGhlIHNhbXBsZSBub25jZQ=="


class TestServer(uvicorn.Server):
    """uvicorn in the test's own loop, without its signal handlers."""

    __test__ = False

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def serving(app: ASGIApp, **settings: Any) -> AsyncIterator[tuple[int, TestServer]]:
    """Serve an app on a free port with the live path's settings; (port, server)."""
    options: dict[str, Any] = {**SOCKET_SETTINGS, "lifespan": "off", "log_config": None, **settings}
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        server = TestServer(uvicorn.Config(app, timeout_graceful_shutdown=2, **options))
        running = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield int(listener.getsockname()[1]), server
        finally:
            server.should_exit = True
            await running


class RawSocket:
    """One client connection. Nothing is read unless the test asks for it."""

    def __init__(self, link: socket.socket) -> None:
        self.link = link
        self.received = b""

    @classmethod
    @contextlib.asynccontextmanager
    async def open(
        cls, port: int, path: str, *, buffer: int | None = None, headers: str = ""
    ) -> AsyncIterator[RawSocket]:
        """Connect and shake hands; `buffer`: bytes that the kernel takes for an application that does not
        read.
        """
        link = socket.socket()
        if buffer is not None:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        link.setblocking(False)
        try:
            await asyncio.get_running_loop().sock_connect(link, ("127.0.0.1", port))
            client = cls(link)
            await client.send(
                f"GET {path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                f"Sec-WebSocket-Key: {KEY}\r\nSec-WebSocket-Version: 13\r\n{headers}\r\n".encode()
            )
            yield client
        finally:
            link.close()

    async def send(self, data: bytes) -> None:
        """Bytes as they are."""
        await asyncio.get_running_loop().sock_sendall(self.link, data)

    async def say(self, opcode: int, payload: bytes = b"") -> None:
        """One masked frame."""
        mask = os.urandom(4)
        size = len(payload)
        if size < 126:
            length = bytes([0x80 | size])
        else:
            short = size < 1 << 16
            length = b"\xfe" + struct.pack("!H", size) if short else b"\xff" + struct.pack("!Q", size)
        body = bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))
        await self.send(bytes([0x80 | opcode]) + length + mask + body)

    async def _more(self) -> None:
        data = await asyncio.wait_for(asyncio.get_running_loop().sock_recv(self.link, 1 << 16), 10)
        if not data:
            raise ConnectionResetError("the server closed")
        self.received += data

    async def head(self) -> str:
        """The answer's status line and headers."""
        while b"\r\n\r\n" not in self.received:
            await self._more()
        head, _, self.received = self.received.partition(b"\r\n\r\n")
        return head.decode()

    async def frame(self) -> tuple[int, bytes]:
        """The next frame: opcode and payload. Raises ConnectionResetError at the end of the connection."""
        while True:
            size, start = (self.received[1] & 127 if len(self.received) >= 2 else -1), 2
            if size == 126 and len(self.received) >= 4:
                size, start = int.from_bytes(self.received[2:4], "big"), 4
            elif size == 127 and len(self.received) >= 10:
                size, start = int.from_bytes(self.received[2:10], "big"), 10
            elif size >= 126:
                size = -1
            if size >= 0 and len(self.received) >= start + size:
                opcode, payload = self.received[0] & 15, self.received[start : start + size]
                self.received = self.received[start + size :]
                return opcode, payload
            await self._more()

    async def text(self) -> bytes:
        """The next text frame; pings are answered on the way."""
        while True:
            opcode, payload = await self.frame()
            if opcode == PING:
                await self.say(PONG, payload)
            elif opcode == TEXT:
                return payload
            else:
                raise AssertionError(f"frame {opcode}: {payload!r}")

    async def close_code(self) -> int:
        """Read to the close frame; its code. Nothing may follow it."""
        while True:
            opcode, payload = await self.frame()
            if opcode == CLOSE:
                break
        await self.say(CLOSE, payload[:2])
        assert await self.rest() == b"", "bytes after the close frame"
        return int.from_bytes(payload[:2], "big")

    async def rest(self) -> bytes:
        """Everything until the connection ends."""
        with contextlib.suppress(ConnectionResetError):
            while True:
                await self._more()
        return self.received
