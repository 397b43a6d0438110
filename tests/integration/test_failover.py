"""The core through one failover: what was acknowledged stays, nothing is done twice, readers are told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from balancer.core.caller import Caller
from balancer.core.event_log import EpochChanged
from balancer.errors import BalancerError, StoreUnavailable, Unconfirmed
from balancer.messages import Answer, Event
from tests.stores import SentinelSetup
from tests.town import Town
from tests.waiting import wait_until


async def patiently(send: Callable[[Caller], Awaitable[Answer]], caller: Caller) -> Answer:
    """As a client does it: the same command under the same key until there is an answer."""
    found: list[Answer] = []

    async def attempt() -> bool:
        try:
            found.append(await send(caller))
        except (StoreUnavailable, Unconfirmed):
            return False
        return True

    await wait_until(attempt, within=40, what=f"an answer to {caller.key}")
    return found[0]


async def whole_log(town: Town) -> list[Event]:
    """Every event, read anew from the primary of this moment."""

    async def read() -> list[Event]:
        try:
            await town.log.snapshot()
            return await town.log.read(0, block_ms=0, count=10_000)
        except (BalancerError, EpochChanged):
            return []

    return await wait_until(read, within=20, what="a log that can be read")


async def test_a_failover_in_the_middle_of_a_morning(sentinels: SentinelSetup, city_name: str) -> None:
    """Four kiosks and two clerks work while the primary dies."""
    async with Town.found(sentinels.url, city_name) as town:
        issued: list[Answer] = []
        called: list[Answer] = []
        dead = asyncio.Event()

        async def kiosk(name: int) -> None:
            for number in range(12):
                caller = Caller(f"kiosk:{name}", f"kiosk-{name}-{number:04}", f"{name}-{number}")
                issued.append(await patiently(lambda c: town.queue.issue(c, "centre", "address"), caller))
                if number == 4:
                    dead.set()

        async def clerk(desk: str) -> None:
            for number in range(10):
                press = f"{desk}-{number:06}"
                for verb in ("call_next", "start", "finish"):
                    caller = Caller(f"desk:{desk}", f"{verb}-{press}", f"{desk}-{verb}-{number}")
                    try:
                        act = getattr(town.queue, verb)
                        answer = await patiently(lambda c, act=act: act(c, "centre", desk), caller)
                    except BalancerError as refusal:
                        assert refusal.code == "no_ticket_in_hand", refusal
                        break
                    if verb == "call_next" and answer.ticket:
                        called.append(answer)

        async def murderer() -> None:
            await dead.wait()
            sentinels.master.kill()

        await asyncio.gather(*(kiosk(n) for n in range(4)), clerk("1"), clerk("2"), murderer())
        assert sentinels.master_port() != sentinels.master.port
        events = await whole_log(town)
        assert [each.offset for each in events] == list(range(1, len(events) + 1))
        born = [each.ticket.id for each in events if each.type == "ticket_issued" and each.ticket]
        made = {each.ticket.id for each in issued if each.ticket}
        assert len(made) == 48 and set(born) == made and len(born) == 48, "lost, or made twice"
        numbers = [each.ticket.number for each in events if each.type == "ticket_issued" and each.ticket]
        assert len(set(numbers)) == 48
        calls = [each.ticket.id for each in events if each.type == "ticket_called" and each.ticket]
        assert len(calls) == len(set(calls)), "called twice"
        assert {each.ticket.id for each in called if each.ticket} <= set(calls)
        active, booked = await town.books("centre")
        assert active == booked
