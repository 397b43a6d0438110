"""Visitors on their way: announced, kept by a ticket, given up, expired by the city clock; each once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import msgspec
import pytest

from balancer.core.caller import Caller
from balancer.core.connect import connect
from balancer.core.event_log import EventLog
from balancer.core.ticket_queue import TicketQueue
from balancer.core.timers import Timers
from balancer.errors import BalancerError
from balancer.messages import IntentState, Wait
from tests.stores import Server
from tests.town import CITIZEN, KIOSK, MINUTE, NINE, SECOND, SUPERVISOR, Town, refused

PROMISED = Wait(5.0, 9.0, 17.0)


@pytest.fixture
async def town(valkey: Server, city_name: str) -> AsyncIterator[Town]:
    """The small town, where an intent is kept for twenty minutes after the announced arrival."""
    async with Town.found(valkey.url, city_name, intent_expires_minutes=20) as town:
        yield town


async def announced(town: Town, minutes: float = 15, branch: str = "centre", **more: object) -> IntentState:
    """A new intent for an address, `minutes` from now."""
    arrives = town.clock.now + round(minutes * MINUTE)
    answer = await town.queue.announce(CITIZEN, branch, "address", arrives, **more)  # type: ignore[arg-type]
    assert answer.intent is not None
    return answer.intent


async def coming(town: Town) -> set[str]:
    """Ids of the intents in a snapshot."""
    return {each.id for each in (await town.log.snapshot()).intents}


async def test_an_intent_is_whole(town: Town) -> None:
    """What is kept of it, in the answer, the event and the snapshot alike: nothing of who or from where."""
    intent = await announced(town, 15, quote=PROMISED, sender="mark", most=3)
    event = (await town.new_events())[-1]
    assert (event.type, event.branch, event.intent) == ("intent_announced", "centre", intent)
    assert (await town.log.snapshot()).intents == [intent]
    assert await town.queue.read_intent(intent.id) == intent
    assert intent == IntentState(
        id=intent.id,
        branch="centre",
        queue="papers",
        service="address",
        state="on_the_way",
        version=1,
        announced=NINE,
        arrives=NINE + 15 * MINUTE,
        expires=NINE + 35 * MINUTE,
        quoted=PROMISED,
    )


async def test_a_ticket_keeps_its_intent_in_one_step(town: Town) -> None:
    """Two events with neighbouring offsets, the answer at the last; the visitor is expected no more."""
    intent = await announced(town)
    await town.new_events()
    answer = await town.queue.issue(KIOSK, "centre", "address", intent=intent.id)
    issued, ended = await town.new_events()
    assert (issued.type, ended.type) == ("ticket_issued", "intent_ended")
    assert (answer.offset, ended.detail) == (ended.offset, {"outcome": "kept"})
    assert answer.ticket is not None and ended.intent is not None
    assert (ended.intent.state, ended.intent.ticket) == ("kept", answer.ticket.id)
    assert await coming(town) == set()
    assert await town.books("centre") == (1, 1)


async def test_a_ticket_elsewhere_gives_the_intent_up(town: Town) -> None:
    """Who turns up at another branch is not expected at the first any more, and did not keep it there."""
    intent = await announced(town)
    answer = await town.queue.issue(KIOSK, "harbour", "address", intent=intent.id)
    ended = await town.queue.read_intent(intent.id)
    assert answer.ticket is not None
    assert (ended.state, ended.branch, ended.ticket) == ("cancelled", "centre", answer.ticket.id)


async def test_only_one_ticket_comes_of_an_intent(town: Town, valkey: Server) -> None:
    """Twenty kiosks in two processes at once: one ticket, nineteen refusals with the intent as it is."""
    intent = await announced(town)
    await town.new_events()
    other = await connect(valkey.url, town.city.city)
    queues = [town.queue, TicketQueue(other, town.city.city, town.clock)]
    tries = [
        queues[n % 2].issue(Caller("kiosk", f"scan-{n:08}"), "centre", "address", intent=intent.id)
        for n in range(20)
    ]
    done = await asyncio.gather(*tries, return_exceptions=True)
    await other.close()
    codes = [each.code for each in done if isinstance(each, BalancerError)]
    assert codes == ["intent_ended"] * 19
    assert await town.new_types() == ["ticket_issued", "intent_ended"]


async def test_a_refused_ticket_leaves_the_intent(town: Town) -> None:
    """A branch that stands still takes nobody; who was on the way still is."""
    intent = await announced(town)
    await town.queue.hold_branch(SUPERVISOR, "centre", "no water")
    async with refused("branch_paused"):
        await town.queue.issue(KIOSK, "centre", "address", intent=intent.id)
    assert await coming(town) == {intent.id}
    async with refused("branch_paused"):
        await announced(town)


async def test_an_ended_intent_makes_no_ticket(town: Town) -> None:
    """Nor one that nobody knows; no number is lost by trying."""
    intent = await announced(town)
    await town.queue.cancel_intent(CITIZEN, intent.id)
    async with refused("intent_ended") as found:
        await town.queue.issue(KIOSK, "centre", "address", intent=intent.id)
    assert found[0].params == {"state": "cancelled"}
    async with refused("unknown_intent"):
        await town.queue.issue(KIOSK, "centre", "address", intent="nobody")
    async with refused("intent_ended"):
        await town.queue.cancel_intent(CITIZEN, intent.id)
    assert (await town.ticket()).number == "A001"


async def test_a_repeat_is_the_first_answer(town: Town) -> None:
    """Announced, cancelled or turned into a ticket twice under one key: once."""
    caller = Caller("citizen", "the-same-key", "mark")
    at = town.clock.now + 10 * MINUTE
    first = await town.queue.announce(caller, "centre", "address", at, intent_id="one")
    town.clock.forward(MINUTE)
    assert await town.queue.announce(caller, "centre", "address", at + MINUTE, intent_id="two") == first
    assert await coming(town) == {"one"}
    kiosk = Caller("kiosk", "another-key", "mark")
    ticket = await town.queue.issue(kiosk, "centre", "address", intent="one")
    assert await town.queue.issue(kiosk, "centre", "address", intent="one") == ticket
    async with refused("idempotency_key_reused"):
        await town.queue.announce(Caller("citizen", "the-same-key", "other"), "centre", "address", at)


async def test_it_expires_by_the_city_clock_in_two_processes(town: Town, valkey: Server) -> None:
    """Twenty minutes after the announced arrival, pause or not, and by one event however many look."""
    intent = await announced(town, 15)
    later = await announced(town, 30)
    await town.queue.hold_branch(SUPERVISOR, "centre", "no water")
    other = await connect(valkey.url, town.city.city)
    name = town.city.city
    second = Timers(TicketQueue(other, name, town.clock), town.clock, EventLog(other, name))
    both = (Timers(town.queue, town.clock, town.log), second)
    await town.new_events()
    town.clock.forward(35 * MINUTE - SECOND)
    await asyncio.gather(*(timers.tick() for timers in both))
    assert await coming(town) == {intent.id, later.id}
    town.clock.forward(SECOND)
    await asyncio.gather(*(timers.tick() for timers in both for _ in range(3)))
    await other.close()
    ended = [each for each in await town.new_events() if each.intent is not None]
    assert [(each.intent and each.intent.id, each.detail) for each in ended] == [
        (intent.id, {"outcome": "expired"})
    ]
    assert await coming(town) == {later.id}
    assert (await town.queue.read_intent(intent.id)).state == "expired"


async def test_a_sender_has_so_many_at_once(town: Town) -> None:
    """Whoever asked is let go with each of his intents that ends in any way; the mark is in no event."""
    first = await announced(town, 1, sender="mark", most=2)
    second = await announced(town, 1, sender="mark", most=2)
    async with refused("too_many_intents"):
        await announced(town, 1, sender="mark", most=2)
    await announced(town, 1, sender="somebody-else", most=2)
    await town.queue.cancel_intent(CITIZEN, first.id)
    await announced(town, 1, sender="mark", most=2)
    await town.queue.issue(KIOSK, "centre", "address", intent=second.id)
    await announced(town, 1, sender="mark", most=2)
    town.clock.forward(21 * MINUTE)
    await town.queue.expire_intents()
    keys = await town.store.writer.command("KEYS", f"{{{town.city.city}}}:sender*", writes=False)
    assert list(keys) == []
    events = await town.log.read(0, block_ms=0)
    assert "mark" not in repr(events)


async def test_a_city_of_before_this_setting(town: Town) -> None:
    """Applied by an older version, it goes on without being applied anew."""
    writer, config = town.store.writer, town.queue.keys.config
    old = msgspec.json.decode(await writer.command("HGET", config, "branch/centre", writes=False))
    del old["intent_expires_ms"]
    await writer.command("HSET", config, "branch/centre", msgspec.json.encode(old))
    intent = await announced(town, 10)
    assert intent.expires - intent.arrives == 30 * MINUTE


async def test_who_may_not(town: Town) -> None:
    """Announcing is the citizen's, expiring the timer's; a service must be offered there."""
    async with refused("forbidden"):
        await town.queue.announce(KIOSK, "centre", "address", town.clock.now)
    async with refused("service_not_offered"):
        await town.queue.announce(CITIZEN, "harbour", "land", town.clock.now)
    async with refused("unknown_branch"):
        await town.queue.announce(CITIZEN, "nowhere", "land", town.clock.now)
    await town.queue.power_off(SUPERVISOR, "centre")
    async with refused("no_power"):
        await town.queue.announce(CITIZEN, "centre", "passport", town.clock.now)


async def test_on_every_kind_of_store(store_url: str, city_name: str) -> None:
    """The whole life of three intents on Valkey, on Redis and on a cluster."""
    async with Town.found(store_url, city_name) as town:
        kept, given_up, late = [await announced(town, 1) for _ in range(3)]
        await town.queue.issue(KIOSK, "centre", "address", intent=kept.id)
        await town.queue.cancel_intent(CITIZEN, given_up.id)
        town.clock.forward(31 * MINUTE)
        assert (await town.queue.due()).overdue == 1
        await town.queue.expire_intents()
        states = [(await town.queue.read_intent(each.id)).state for each in (kept, given_up, late)]
        assert states == ["kept", "cancelled", "expired"]
        ttl = await town.store.writer.command("TTL", town.queue.keys.intents + kept.id, writes=False)
        assert 71 * 3600 < int(ttl) <= 72 * 3600
