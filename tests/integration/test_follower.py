"""The follower on real stores: nothing is missed, and after a gap, a loss or a restore it begins anew."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from balancer.core.event_log import EpochChanged, EventLog
from balancer.live.ending import end_tasks
from balancer.live.follower import Follower, check_contiguous
from balancer.messages import Event, Snapshot
from tests.stores import Server, redis_server, valkey_program
from tests.town import CLERK, HOUR, Town
from tests.waiting import wait_until


class Notes:
    """A picture that writes down what it is told."""

    def __init__(self) -> None:
        self.snapshots: list[Snapshot] = []
        self.remembered: list[int] = []
        self.folded: list[int] = []
        self.lost = 0
        self.fresh = False

    async def begin(self, snapshot: Snapshot) -> None:
        self.snapshots.append(snapshot)

    def remember(self, events: Sequence[Event]) -> None:
        assert not self.fresh
        self.remembered += [event.offset for event in events]

    async def fold(self, events: Sequence[Event]) -> None:
        self.folded += [event.offset for event in events]

    def hear(self) -> None:
        self.fresh = True

    def lose(self) -> None:
        self.fresh, self.lost = False, self.lost + 1


@pytest.fixture
async def town(valkey: Server, city_name: str) -> AsyncIterator[Town]:
    async with Town.found(valkey.url, city_name) as town:
        yield town


@contextlib.asynccontextmanager
async def following(town: Town) -> AsyncIterator[Notes]:
    notes = Notes()
    follower = Follower(EventLog(town.store, town.city.city), notes)
    running = asyncio.create_task(follower.run())
    try:
        await wait_until(lambda: notes.fresh, what="the first picture")
        yield notes
    finally:
        await end_tasks([running])


async def test_history_snapshot_then_every_event_once(town: Town) -> None:
    for _ in range(5):
        await town.ticket()
    async with following(town) as notes:
        start = notes.snapshots[0].offset
        assert notes.remembered == list(range(1, start + 1))
        for _ in range(30):
            await asyncio.gather(*(town.ticket() for _ in range(4)))
        await wait_until(lambda: len(notes.folded) == 120)
        assert notes.folded == list(range(start + 1, start + 121))
        assert (len(notes.snapshots), notes.lost) == (1, 0)


async def test_an_event_arrives_without_waiting_for_the_next_poll(town: Town) -> None:
    async with following(town) as notes:
        loop = asyncio.get_running_loop()
        began = loop.time()
        for number in range(1, 6):
            await town.ticket()
            await wait_until(lambda n=number: len(notes.folded) == n)
        assert loop.time() - began < 0.9, "five events within one block of a second"


async def test_a_gap_is_closed_by_a_fresh_snapshot(town: Town) -> None:
    async with following(town) as notes:
        made = await town.ticket()
        await wait_until(lambda: notes.folded)
        await town.store.writer.command("XTRIM", town.queue.keys.events, "MINID", "1000-0")
        await town.store.writer.command("HSET", town.queue.keys.city, "offset", 1000)
        later = await town.ticket()
        await wait_until(lambda: len(notes.snapshots) == 2)
        assert {made.id, later.id} <= {ticket.id for ticket in notes.snapshots[-1].tickets}
        await town.ticket()
        await wait_until(lambda: notes.folded[-1] == notes.snapshots[-1].offset + 1)


async def test_an_old_history_is_bounded_and_a_trimmed_one_is_no_harm(town: Town) -> None:
    for _ in range(12):
        await town.ticket()
        town.clock.forward(HOUR)
    await town.log.mark_reader("archive", await town.log.head())
    oldest = await town.log.trim(town.clock.real)
    async with following(town) as notes:
        assert notes.remembered == list(range(oldest, notes.snapshots[0].offset + 1))


async def test_a_long_history_ends_with_the_latest_events(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow start leaves out the middle, never the end: the hall shows the last calls."""
    monkeypatch.setattr("balancer.live.follower.HISTORY_SECONDS", 0.0)
    monkeypatch.setattr("balancer.live.follower.LATEST_EVENTS", 4)
    for _ in range(12):
        await town.ticket()
    async with following(town) as notes:
        end = notes.snapshots[0].offset
        assert notes.remembered == list(range(end - 3, end + 1))


async def test_a_store_that_comes_back_is_followed_again(tmp_path: Path, city_name: str) -> None:
    with redis_server(tmp_path, valkey_program()) as server:
        async with Town.found(server.url, city_name) as town, following(town) as notes:
            made = await town.ticket()
            await wait_until(lambda: notes.folded)
            server.kill()
            await wait_until(lambda: not notes.fresh, what="lost")
            server.start()
            await wait_until(lambda: notes.fresh, what="found again")
            assert made.id in {ticket.id for ticket in notes.snapshots[-1].tickets}
            assert notes.snapshots[-1].epoch == notes.snapshots[0].epoch
            assert len(notes.remembered) == notes.snapshots[0].offset, "history is read once"
            await town.queue.call_next(CLERK, "centre", "1")
            await wait_until(lambda: notes.folded[-1] == notes.snapshots[-1].offset + 1)


async def test_data_that_went_back_get_a_new_epoch(tmp_path: Path, city_name: str) -> None:
    """A restore from older data: offsets run again through numbers that watchers have seen."""
    with redis_server(tmp_path, valkey_program()) as server:
        async with Town.found(server.url, city_name) as town, following(town) as notes:
            keys = town.queue.keys
            head = await town.log.head()
            for _ in range(5):
                await town.ticket()
            await wait_until(lambda: len(notes.folded) == 5)
            server.kill()
            await wait_until(lambda: not notes.fresh)
            server.start()
            server.ask("XTRIM", keys.events, "MAXLEN", "0")
            server.ask("HSET", keys.city, "offset", str(head))
            await wait_until(lambda: notes.fresh and len(notes.snapshots) >= 2)
            assert notes.snapshots[-1].epoch != notes.snapshots[0].epoch


def test_a_gap_within_a_batch_is_noticed() -> None:
    def event(offset: int) -> Event:
        return Event(offset=offset, type="x", at=0, real=0, actor="test")

    check_contiguous(4, [event(5), event(6)])
    for events in ([], [event(6)], [event(5), event(7)], [event(4), event(5)]):
        with pytest.raises(EpochChanged):
            check_contiguous(4, events)
