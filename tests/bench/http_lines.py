"""HTTP as cheap as a measuring client needs it: kept-alive connections, requests as bytes, answers hardly
looked at.
"""

from __future__ import annotations

import asyncio
import gzip
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import msgspec

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
ETAG = re.compile(rb"\r\netag: *([^\r]+)", re.IGNORECASE)
HEAD_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """`size`: bytes of the whole answer, head and body."""

    status: int
    head: bytes
    body: bytes

    @property
    def size(self) -> int:
        """Bytes on the wire."""
        return len(self.head) + len(HEAD_END) + len(self.body)

    @property
    def etag(self) -> str:
        """The validator, empty where there is none."""
        found = ETAG.search(self.head)
        return found[1].decode() if found else ""

    @property
    def plain(self) -> bytes:
        """The body, unpacked."""
        return gzip.decompress(self.body) if b"content-encoding: gzip" in self.head else self.body

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return msgspec.json.decode(self.plain)


def get(address: str, **headers: str) -> bytes:
    """A GET as bytes; header names with _ for -."""
    named = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"GET {address} HTTP/1.1\r\nhost: bench\r\naccept-encoding: gzip\r\n{named}\r\n".encode()


class Line(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self) -> None:
        self._seen = bytearray()
        self._answer: asyncio.Future[Answer] | None = None
        self._transport: asyncio.Transport | None = None

    @classmethod
    async def to(cls, base_url: str) -> Line:
        """A connection to that server."""
        address = urlsplit(base_url)
        host, port = address.hostname or "127.0.0.1", address.port or 80
        _, line = await asyncio.get_running_loop().create_connection(cls, host, port)
        return line

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It stands."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is none by its class

    def connection_lost(self, exc: Exception | None) -> None:
        """The server has ended it."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionError("the server hung up"))

    def data_received(self, data: bytes) -> None:
        """A piece of an answer."""
        self._seen += data
        at = self._seen.find(HEAD_END)
        if at < 0:
            return
        found = LENGTH.search(self._seen, 0, at)
        ends = at + len(HEAD_END) + (int(found[1]) if found and self._status != 304 else 0)
        if len(self._seen) >= ends and self._answer is not None:
            head, body = bytes(self._seen[:at]), bytes(self._seen[at + len(HEAD_END) : ends])
            answer = Answer(self._status, head, body)
            del self._seen[:ends]
            self._answer.set_result(answer)

    @property
    def _status(self) -> int:
        return int(self._seen[9:12])

    async def ask(self, request: bytes) -> Answer:
        """Send it and wait for the answer."""
        assert self._transport is not None
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    async def keep_asking(
        self, request: Callable[[], bytes], until: float, take: Callable[[Answer], None]
    ) -> None:
        """One question after another up to that `time.monotonic()`."""
        while time.monotonic() < until:
            take(await self.ask(request()))

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()
