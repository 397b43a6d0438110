"""The client of the API against a server that fails in every way a real one may."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from loadtest.driver import CityClient, CommandRefused, ServerGone, open_session

ISSUED = (
    b'{"ticket":{"id":"t1","number":"A001","state":"waiting","branch":"b","service":"s","queue":"q","desk":null,'
    b'"version":1,"ahead":0,"wait":null,"arrived":"2026-11-23T09:00:00+02:00","called_at":null,"park_until":null},'
    b'"secret":"x","offset":7}'
)
Step = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def cut(request: web.Request) -> web.StreamResponse:
    """The connection breaks after the command was read: nobody knows whether it happened."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


def answer(status: int, body: bytes = b"{}", **headers: str) -> Step:
    async def step(request: web.Request) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=status, body=body, headers=named)

    return step


@dataclass
class Scripted:
    """A server that answers one step after another and notes the keys it was sent."""

    steps: list[Step] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        await request.read()
        self.keys.append(request.headers.get("Idempotency-Key", ""))
        return await self.steps[min(len(self.keys), len(self.steps)) - 1](request)


@pytest.fixture
async def scripted() -> AsyncIterator[tuple[Scripted, CityClient]]:
    """A server to script, and a client of it with little patience."""
    script = Scripted()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", script.handle)
    async with TestServer(app) as server, open_session() as session:
        yield script, CityClient(session, str(server.make_url("")), "town", "token", patience=2.0)


async def test_a_lost_reply_is_asked_for_under_the_same_key(scripted: tuple[Scripted, CityClient]) -> None:
    """Cut, not confirmed, then answered: one command, one key, two repeats."""
    script, client = scripted
    script.steps = [cut, answer(503), answer(201, ISSUED)]
    issued = await client.issue("b", "s")
    assert issued.ticket.number == "A001"
    assert len(set(script.keys)) == 1
    assert (client.tally.sent, client.tally.repeats, client.tally.refused) == (1, 2, 0)


async def test_a_full_rate_limit_is_waited_for(scripted: tuple[Scripted, CityClient]) -> None:
    """429 is no refusal: the command goes again when the server says so."""
    script, client = scripted
    script.steps = [answer(429, Retry_After="0"), answer(201, ISSUED)]
    await client.issue("b", "s")
    assert (client.tally.rate_limited, client.tally.refused) == (1, 0)


async def test_a_refusal_comes_back_with_its_code(scripted: tuple[Scripted, CityClient]) -> None:
    """4xx is an answer: repeating it would not change it."""
    script, client = scripted
    script.steps = [answer(409, b'{"code":"branch_closed"}')]
    with pytest.raises(CommandRefused, match="409 branch_closed") as refusal:
        await client.desk("b", "1", "call-next")
    assert refusal.value.code == "branch_closed"
    assert client.tally.refused == 1
    assert len(script.keys) == 1


async def test_patience_ends(scripted: tuple[Scripted, CityClient]) -> None:
    """A server that never answers is given up, with its last word."""
    script, client = scripted
    script.steps = [answer(500)]
    with pytest.raises(ServerGone, match="POST .*tickets: 500"):
        await client.issue("b", "s")


async def test_the_board_must_cover_the_offset(scripted: tuple[Scripted, CityClient]) -> None:
    """An older board is asked for again until it shows the command that was acknowledged."""
    script, client = scripted
    board = b'{"city":"town","epoch":"e","offset":%d,"as_of":"","branches":[]}'
    script.steps = [answer(200, board % 6), answer(200, board % 6), answer(200, board % 7)]
    assert (await client.board("b", covering=7)).offset == 7
    assert len(script.keys) == 3
