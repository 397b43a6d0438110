"""One client of the public HTTP API: commands that are sent once and confirmed, whatever happens on the way.

A command keeps its idempotency key through every repeat, so a lost reply, a restarted server or a full rate
limit never doubles it. Only a real refusal (4xx) comes back to the caller, as CommandRefused.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import aiohttp
import msgspec

from balancer.messages import (
    BoardView,
    BranchAnswer,
    BranchFrame,
    DeskAnswer,
    Hello,
    IssueAnswer,
    TicketAnswer,
)

T = TypeVar("T")
_FRAME_MARK = '"type":"branch"'
PATIENCE_SECONDS = 60.0
FIRST_PAUSE_SECONDS = 0.05
LONGEST_PAUSE_SECONDS = 2.0
COVER_SECONDS = 20.0
READ_SECONDS = 15.0


class DriverError(Exception):
    """Base of what a client of the API may meet."""


class CommandRefused(DriverError):
    """The server understood the command and refused it: `code` is a row of its table of refusals."""

    def __init__(self, status: int, code: str, what: str) -> None:
        super().__init__(f"{what}: {status} {code}")
        self.status = status
        self.code = code


class ServerGone(DriverError):
    """No answer within the client's patience."""


class _Problem(msgspec.Struct):
    """The part of a problem+json body that a client acts on."""

    code: str = "unknown"


@dataclass
class Tally:
    """What happened to the commands of one run: `repeats` after lost replies and 5xx, `rate_limited` 429s."""

    sent: int = 0
    refused: int = 0
    repeats: int = 0
    rate_limited: int = 0


class CityClient:
    """Commands and reads of one city under one token. Safe for concurrent use on one event loop."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        server: str,
        city: str,
        token: str | None,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self.tally = Tally()
        self._session = session
        self._base = f"{server.rstrip('/')}/api/v1/cities/{city}"
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._patience = patience

    async def issue(self, branch: str, service: str) -> IssueAnswer:
        """Take a ticket."""
        path = f"/branches/{branch}/tickets"
        return await self._command(path, {"service": service}, IssueAnswer)

    async def desk(self, branch: str, desk: str, verb: str, **body: str | int | bool | None) -> DeskAnswer:
        """A desk's verb, as in the address: open, call-next, start, finish, no-show, …"""
        return await self._command(f"/branches/{branch}/desks/{desk}/{verb}", body, DeskAnswer)

    async def ticket(self, ticket: str, verb: str, **body: str) -> TicketAnswer:
        """A verb on a ticket by its id: left, reinstate, …"""
        return await self._command(f"/tickets/{ticket}/{verb}", body, TicketAnswer)

    async def branch(self, branch: str, verb: str, **body: str) -> BranchAnswer:
        """A branch's verb: alarm, all-clear, power-off, …"""
        return await self._command(f"/branches/{branch}/{verb}", body, BranchAnswer)

    async def board(self, branch: str | None = None, covering: int = 0) -> BoardView:
        """The public board (of one branch) once it covers the offset `covering`; ServerGone if it never
        does.
        """
        query = {"branch": branch} if branch else {}
        deadline = time.monotonic() + COVER_SECONDS
        pause = FIRST_PAUSE_SECONDS / 10
        while True:
            body = await self._send("GET", "/board", query, None, {"Cache-Control": "no-cache"})
            view = msgspec.json.decode(body, type=BoardView)
            if view.offset >= covering:
                return view
            if time.monotonic() > deadline:
                raise ServerGone(f"the board stands at {view.offset} and does not reach {covering}")
            await asyncio.sleep(pause)
            pause = min(pause * 2, FIRST_PAUSE_SECONDS)

    async def hello(self) -> Hello:
        """What the live socket says first: city time and how fast it runs."""
        try:
            async with self._session.ws_connect(f"{self._base}/live") as socket:
                frame = await socket.receive_str(timeout=READ_SECONDS)
        except (aiohttp.ClientError, TimeoutError, TypeError) as fault:
            raise ServerGone(f"no live socket at {self._base}/live: {fault}") from fault
        return msgspec.json.decode(frame, type=Hello)

    async def watch(self, show: Callable[[BranchFrame], None]) -> None:
        """Show every live frame of the city, for ever; a lost socket is opened again."""
        pause = FIRST_PAUSE_SECONDS
        while True:
            with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                async with self._session.ws_connect(f"{self._base}/live") as socket:
                    pause = FIRST_PAUSE_SECONDS
                    async for message in socket:
                        if message.type is aiohttp.WSMsgType.TEXT and _FRAME_MARK in message.data[:32]:
                            show(msgspec.json.decode(message.data, type=BranchFrame))
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def read(self, path: str = "") -> bytes:
        """The body of a GET below the city's address; "" is its public definition."""
        return await self._send("GET", path, {}, None, {})

    async def _command(
        self, path: str, body: dict[str, str | int | bool | None] | dict[str, str], to: type[T]
    ) -> T:
        headers = {"Idempotency-Key": uuid.uuid4().hex, "Content-Type": "application/json"}
        self.tally.sent += 1
        answer = await self._send("POST", path, {}, msgspec.json.encode(body), headers)
        return msgspec.json.decode(answer, type=to)

    async def _send(
        self, method: str, path: str, query: dict[str, str], body: bytes | None, headers: dict[str, str]
    ) -> bytes:
        """Send until there is an answer that repeating cannot change; ServerGone when patience ends."""
        deadline = time.monotonic() + self._patience
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                status, answer, wait = await self._once(method, path, query, body, headers)
            except (aiohttp.ClientError, TimeoutError) as fault:
                status, answer, wait = 0, str(fault).encode(), None
            if 200 <= status < 300:
                return answer
            self._note(status, answer, f"{method} {path}")
            if time.monotonic() > deadline:
                raise ServerGone(f"{method} {path}: {status or 'no answer'} for {self._patience:.0f} s")
            await asyncio.sleep(pause if wait is None else wait)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def _once(
        self, method: str, path: str, query: dict[str, str], body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, bytes, float | None]:
        """(status, body, seconds to wait if the server said so)."""
        async with self._session.request(
            method, self._base + path, params=query, data=body, headers=self._headers | headers
        ) as response:
            answer = await response.read()
            after = response.headers.get("Retry-After", "")
            return response.status, answer, float(after) if after.isdigit() else None

    def _note(self, status: int, answer: bytes, what: str) -> None:
        """Count a failed attempt; raise where a repeat would be answered the same."""
        if status == 429:
            self.tally.rate_limited += 1
        elif 400 <= status < 500:
            self.tally.refused += 1
            raise CommandRefused(status, _code(answer), what)
        else:
            self.tally.repeats += 1


def _code(answer: bytes) -> str:
    try:
        return msgspec.json.decode(answer, type=_Problem).code
    except msgspec.DecodeError:
        return "unknown"


def open_session() -> aiohttp.ClientSession:
    """A session for many concurrent commands to one server."""
    timeout = aiohttp.ClientTimeout(total=None, connect=READ_SECONDS, sock_read=READ_SECONDS)
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=64), timeout=timeout)


def first_fault(fault: BaseException) -> BaseException:
    """The fault itself, or the first one inside a group of tasks that failed together."""
    while isinstance(fault, BaseExceptionGroup):
        fault = fault.exceptions[0]
    return fault
