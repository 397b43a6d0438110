"""How a command survives a store that does not answer, and how replies become answers and exceptions."""

from __future__ import annotations

import asyncio

import pytest

from balancer.core.caller import Caller
from balancer.core.commands import read_answer
from balancer.errors import Refused, StaleVersion, StoreUnavailable, Unconfirmed
from tests.proxy import proxy_to
from tests.stores import Server
from tests.town import KIOSK, Town, taken


async def test_a_lost_reply_is_asked_for_again(valkey: Server, city_name: str) -> None:
    """The ticket was made, its reply was lost: the same command under the same key brings it, once."""
    async with proxy_to(valkey.port) as proxy:
        async with Town.found(f"redis://127.0.0.1:{proxy.port}", city_name) as town:
            await town.ticket()
            lost: list[bytes] = []

            def lose_once(request: bytes) -> bool:
                if lost or b"EVALSHA" not in request:
                    return False
                lost.append(request)
                return True

            proxy.loses_reply = lose_once
            made = taken(await town.queue.issue(Caller("kiosk", "lost-00001", "f"), "centre", "address"))
            assert lost and made.number == "A002"
            lost.clear()
            await town.queue.issue(KIOSK, "centre", "address")
            assert lost, "a command without a key of its caller's is safe too"
            assert await town.new_types() == ["ticket_issued"] * 3
            assert await town.books("centre") == (3, 3)


async def test_an_outcome_that_stays_unknown(valkey: Server, city_name: str) -> None:
    """After a few attempts the caller is told; his own repeat later brings the answer."""
    async with proxy_to(valkey.port) as proxy:
        async with Town.found(f"redis://127.0.0.1:{proxy.port}", city_name) as town:
            await town.ticket()
            caller = Caller("kiosk", "lost-00002", "f")
            proxy.loses_reply = lambda request: b"EVALSHA" in request
            with pytest.raises((Unconfirmed, StoreUnavailable)):
                await asyncio.wait_for(town.queue.issue(caller, "centre", "address"), 20)
            proxy.loses_reply = lambda request: False
            assert taken(await town.queue.issue(caller, "centre", "address")).number == "A002"
            assert await town.new_types() == ["ticket_issued"] * 2


def test_refusals_become_exceptions() -> None:
    """With their words filled in and the state as it is."""
    with pytest.raises(Refused) as refusal:
        read_answer(
            b'{"error":{"code":"wrong_state","params":{"state":"done"},"state":{"ticket":{"id":"x"}}}}'
        )
    assert str(refusal.value) == "The ticket is done"
    assert refusal.value.state == {"ticket": {"id": "x"}}
    with pytest.raises(StaleVersion):
        read_answer(b'{"error":{"code":"stale_version","state":{"desk":{}}}}')


def test_an_answer_without_a_ticket() -> None:
    """Nobody waits: an offset and a time."""
    answer = read_answer(b'{"offset":7,"at":1795417200000}')
    assert (answer.offset, answer.ticket, answer.desk, answer.facts) == (7, None, None, None)


async def test_city_time_never_falls(valkey: Server, city_name: str) -> None:
    """A process whose clock is behind writes at the time of the last event."""
    async with Town.found(valkey.url, city_name) as town:
        first = await town.ticket()
        town.clock.now -= 60_000
        second = await town.ticket()
        assert second.arrived == first.arrived
        assert await town.line() == [first.number, second.number]


async def test_counts_of_an_unknown_branch_are_empty(valkey: Server, city_name: str) -> None:
    """Nothing ever came or went."""
    async with Town.found(valkey.url, city_name) as town:
        assert await town.queue.counts("moon") == {}


async def test_a_script_gets_exactly_what_it_takes(valkey: Server, city_name: str) -> None:
    """A slip in an argument's name is found at the first call."""
    async with Town.found(valkey.url, city_name) as town:
        with pytest.raises(TypeError, match="cancel takes"):
            await town.queue._command("cancel", KIOSK, ticket="x", reason="y")
