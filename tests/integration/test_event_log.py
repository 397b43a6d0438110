"""The log: a snapshot and the events after it are all there is; what a reader cannot trust it is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from balancer.core.event_log import EpochChanged, EventLog
from balancer.messages import BranchState, DeskState, Snapshot, TicketState
from tests.stores import Server
from tests.town import CLERK, HOUR, MINUTE, RECEPTION, SUPERVISOR, TIMER, Town

DAY = 24 * HOUR


@pytest.fixture
async def town(valkey: Server, city_name: str) -> AsyncIterator[Town]:
    async with Town.found(valkey.url, city_name) as town:
        yield town


Folded = tuple[dict[str, TicketState], dict[tuple[str, str], DeskState], dict[str, BranchState]]


def load(snapshot: Snapshot) -> Folded:
    tickets = {each.id: each for each in snapshot.tickets}
    desks = {(each.branch, each.desk): each for each in snapshot.desks}
    return tickets, desks, {each.branch: each for each in snapshot.branches}


async def test_state_is_the_snapshot_and_what_came_after(town: Town) -> None:
    """Invariant 4: fold = newer replaces."""
    await town.ticket()
    await town.serving("passport")
    before = await town.log.snapshot()
    await town.queue.park(CLERK, "centre", "1", "copy")
    await town.called("pension")
    moved = await town.ticket("address", priority="parent")
    await town.queue.transfer_ticket(RECEPTION, moved.id, to_branch="harbour")
    await town.queue.alarm(SUPERVISOR, "centre")
    town.clock.forward(MINUTE)
    await town.queue.close_day(TIMER, "harbour")
    tickets, desks, branches = load(before)
    for event in await town.log.read(before.offset, block_ms=0):
        if event.ticket:
            tickets[event.ticket.id] = event.ticket
        if event.desk:
            desks[event.desk.branch, event.desk.desk] = event.desk
        if event.facts:
            branches[event.facts.branch] = event.facts
    after = await town.log.snapshot()
    assert load(after) == ({k: v for k, v in tickets.items() if v.ended is None}, desks, branches)
    assert (after.epoch, after.definition) == (before.epoch, 1)
    assert await town.log.head() == after.offset


async def test_events_in_pieces(town: Town) -> None:
    """A reader that fell behind gets as many as it can take, without a gap."""
    for _ in range(7):
        await town.ticket()
    at, got = 0, []
    while events := await town.log.read(at, block_ms=0, count=4):
        assert len(events) <= 4
        at = events[-1].offset
        got += [each.offset for each in events]
    assert got == list(range(1, 16))


async def test_a_reader_waits_for_the_next_event(town: Town) -> None:
    """It hears of it when it happens, and comes back empty-handed when nothing does."""
    reader = EventLog(town.store, town.city.city)
    assert await reader.read(town.read_to, block_ms=20) == []
    waiting = asyncio.create_task(reader.read(town.read_to, block_ms=1500))
    await asyncio.sleep(0)
    made = await town.ticket()
    (event,) = await asyncio.wait_for(waiting, 5)
    assert event.ticket == made


async def test_other_data_are_another_epoch(town: Town) -> None:
    """A reader of data that were lost or replaced must begin anew."""
    await town.log.snapshot()
    await town.store.writer.command("HSET", town.queue.keys.city, "epoch", "other")
    with pytest.raises(EpochChanged):
        await town.log.read(town.read_to, block_ms=0)


async def test_older_data_get_a_new_epoch(town: Town) -> None:
    """After a restore offsets would run again through numbers that readers know: the first to see it renews
    the epoch."""
    snapshot = await town.log.snapshot()
    with pytest.raises(EpochChanged, match="the log ends at 8, before 20"):
        await town.log.read(20, block_ms=0)
    renewed = (await town.log.snapshot()).epoch
    assert renewed != snapshot.epoch
    await town.log.read(8, block_ms=0)
    other = EventLog(town.store, town.city.city)
    other.epoch = snapshot.epoch
    with pytest.raises(EpochChanged, match="epoch"):
        await other.read(8, block_ms=0)
    assert (await town.log.snapshot()).epoch == renewed


async def test_trimming_behind_marked_readers(town: Town) -> None:
    """What one of them has not done with stays, and so does the last hour for those who follow live."""
    for _ in range(12):
        await town.ticket()
        town.clock.forward(HOUR)
    head = await town.log.head()
    await town.log.mark_reader("archive", head)
    await town.log.mark_reader("reports", 11)
    assert await town.log.trim(town.clock.real) == 12
    assert await town.log.oldest() == 12
    await town.log.forget_reader("reports")
    assert await town.log.trim(town.clock.real) == head
    with pytest.raises(EpochChanged, match="trimmed"):
        await town.log.read(3, block_ms=0)
    assert [each.offset for each in await town.log.read(head - 1, block_ms=0)] == [head]


async def test_trimming_without_a_reader(town: Town) -> None:
    """The log keeps some real days; the state does not need the log."""
    waits = await town.ticket()
    town.clock.forward(2 * DAY)
    await town.ticket()
    assert await town.log.trim(town.clock.real) == 1
    assert await town.log.trim(town.clock.real, keep_days=1) == 10
    town.clock.forward(30 * DAY)
    assert await town.log.trim(town.clock.real) == 11
    assert (await town.log.oldest(), await town.log.head()) == (11, 10)
    assert await town.log.read(10, block_ms=0) == []
    assert waits.id in {each.id for each in (await town.log.snapshot()).tickets}
    await town.ticket()
    assert [each.offset for each in await town.log.read(10, block_ms=0)] == [11]
