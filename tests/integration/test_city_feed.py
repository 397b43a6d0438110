"""The feed on a real store: from a command to every watcher, and what readers are told."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import statistics
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from balancer.city.definition import encode_city
from balancer.errors import BalancerError, StoreUnavailable
from balancer.live import city_feed as module
from balancer.live.board import Board
from balancer.messages import BoardView
from tests.live_town import Watcher, feeding
from tests.stores import Server, redis_server, valkey_program
from tests.town import ADMIN, CLERK, MINUTE, RECEPTION, SUPERVISOR, Town, refused
from tests.waiting import wait_until


@pytest.fixture
async def town(valkey: Server, city_name: str) -> AsyncIterator[Town]:
    async with Town.found(valkey.url, city_name) as town:
        yield town


def random_command(town: Town, dice: random.Random, tickets: list[str]) -> Awaitable[Any]:
    """Something that a clerk, a visitor or a supervisor does; it may be refused."""
    queue, desk, some = town.queue, str(dice.randint(1, 3)), dice.choice(tickets or ["none"])
    at, other = dice.choice(["centre", "harbour"]), dice.choice(["centre", "harbour"])
    acts: list[Callable[[], Awaitable[Any]]] = [
        lambda: town.ticket(dice.choice(["address", "passport"]), at=at),
        lambda: town.ticket("pension", priority=dice.choice([None, "veteran"])),
        lambda: queue.call_next(CLERK, "centre", desk),
        lambda: queue.call_next(CLERK, "harbour", "1"),
        lambda: queue.start(CLERK, "centre", desk),
        lambda: queue.finish(CLERK, "centre", desk),
        lambda: queue.no_show(CLERK, "harbour", "1"),
        lambda: queue.requeue(CLERK, "centre", desk),
        lambda: queue.park(CLERK, "centre", desk, "copy"),
        lambda: queue.transfer_ticket(RECEPTION, some, to_branch=other),
        lambda: queue.cancel(RECEPTION, some),
        lambda: queue.alarm(SUPERVISOR, at),
        lambda: queue.all_clear(SUPERVISOR, at),
    ]
    return dice.choice(acts)()


async def random_commands(town: Town, dice: random.Random, count: int) -> None:
    for _ in range(count):
        town.clock.forward(dice.randint(0, 2 * MINUTE))
        with contextlib.suppress(BalancerError):
            await random_command(town, dice, [each.id for each in (await town.log.snapshot()).tickets])


def shown(board: Board) -> dict[str, Any]:
    return {
        load.branch.branch: (
            load.facts,
            sorted(load.desks.items()),
            {name: (q.waiting, q.called, q.serving, q.parked) for name, q in load.queues.items()},
            [load.line(desk.desk) for desk in load.branch.desks],
        )
        for load in board.branches()
    }


@pytest.mark.parametrize("seed", range(3))
async def test_the_fold_of_real_events_equals_a_later_snapshot(town: Town, seed: int) -> None:
    async with feeding(town) as (feed, _):
        await random_commands(town, random.Random(seed), 120)
        later = await town.log.snapshot()
        assert await feed.wait_offset(later.offset, 5)
        fresh = Board(town.city)
        fresh.load(later)
        assert shown(feed.picture.board) == shown(fresh), seed


async def test_hello_then_one_frame_a_branch_then_changes(town: Town) -> None:
    await town.ticket()
    async with feeding(town) as (feed, hub):
        watcher = Watcher()
        feed.admit(watcher, None)
        assert watcher.kinds() == ["hello", "branch", "branch"]
        hello = watcher.frames[0]
        assert (hello["protocol"], hello["city"], hello["beat_seconds"]) == (1, town.city.city, 15.0)
        assert (hello["epoch"], hello["offset"]) == (feed.epoch, feed.offset)
        made = await town.ticket("pension")
        await wait_until(lambda: watcher.of("centre")[-1]["waiting"] == 2)
        last = watcher.of("centre")[-1]
        assert last["seq"] == made.tie == feed.offset
        assert [frame["seq"] for frame in watcher.of("harbour")] == [watcher.of("harbour")[0]["seq"]]
        assert json.loads(feed.frame("centre"))["seq"] == last["seq"]
        assert len(hub) == 1


async def test_a_change_reaches_watchers_within_a_tenth_of_a_second(town: Town) -> None:
    async with feeding(town) as (feed, _):
        watcher = Watcher()
        feed.admit(watcher, None)
        loop = asyncio.get_running_loop()
        delays = []
        for number in range(1, 21):
            await town.ticket(at="harbour")
            acknowledged = loop.time()
            while watcher.of("harbour")[-1]["waiting"] != number:
                assert loop.time() < acknowledged + 5
                await asyncio.sleep(0.001)
            delays.append(loop.time() - acknowledged)
        assert statistics.median(delays) < 0.1, delays


async def test_watchers_who_come_while_everything_changes_miss_nothing(town: Town) -> None:
    """Each ends with the same state, and none ever sees a branch go back."""
    async with feeding(town) as (feed, _):
        watchers: list[Watcher] = []

        async def arrive() -> None:
            for _ in range(60):
                watchers.append(Watcher())
                feed.admit(watchers[-1], None)
                await asyncio.sleep(0.002)

        await asyncio.gather(arrive(), *(town.ticket(at=at) for at in ["centre", "harbour"] * 60))
        await wait_until(lambda: all(w.of("harbour")[-1]["waiting"] == 60 for w in watchers))
        await wait_until(lambda: all(w.of("centre")[-1]["waiting"] == 60 for w in watchers))
        for watcher in watchers:
            for branch in ("centre", "harbour"):
                seqs = [frame["seq"] for frame in watcher.of(branch)]
                assert seqs == sorted(seqs)


async def test_the_board_and_its_validator(town: Town) -> None:
    async with feeding(town) as (feed, _):
        body, etag = feed.board_view(None, None)
        board = msgspec.json.decode(body, type=BoardView)
        assert (board.city, board.epoch, board.offset) == (town.city.city, feed.epoch, feed.offset)
        assert [branch.branch for branch in board.branches] == ["centre", "harbour"]
        assert feed.board_view(None, None)[0] is body, "made once for all who ask"
        town.clock.forward(MINUTE)
        feed._boards._generation = -1
        later, same = feed.board_view(None, None)
        assert later != body and same == etag, "as_of moved on, nothing else"
        made = await town.ticket()
        await feed.wait_offset(made.tie, 5)
        assert feed.board_view(None, None)[1] != etag


async def test_readers_may_narrow_to_a_service_or_to_branches(town: Town) -> None:
    async with feeding(town) as (feed, _):

        def branches(service: str | None, branch: str | None) -> list[str]:
            body, _ = feed.board_view(service, branch)
            return [each.branch for each in msgspec.json.decode(body, type=BoardView).branches]

        assert branches("land", None) == ["centre"]
        assert branches(None, "harbour, centre") == ["centre", "harbour"]
        assert branches("land", "harbour") == []
        watcher = Watcher()
        feed.admit(watcher, feed.narrow(None, "harbour"))
        await town.ticket()
        await town.ticket(at="harbour")
        await wait_until(lambda: watcher.of("harbour")[-1]["waiting"] == 1)
        assert watcher.of("centre") == []
        async with refused("unknown_service"):
            feed.board_view("nothing", None)
        async with refused("unknown_branch"):
            feed.board_view(None, "centre,nowhere")


async def test_a_desks_room_and_a_tickets_place(town: Town) -> None:
    async with feeding(town) as (feed, _):
        first, second = await town.ticket(), await town.ticket("pension")
        third = await town.ticket("address", priority="veteran")
        called = await town.queue.call_next(CLERK, "centre", "2")
        await feed.wait_offset(called.offset, 5)
        room = feed.desk_room("centre", "1")
        assert room and room.ticket is None
        assert [each.number for each in room.line] == [first.number, second.number]
        other = feed.desk_room("centre", "2")
        assert other and other.ticket and other.ticket.number == third.number
        assert [each.number for each in other.line] == [first.number]
        parked = await town.queue.park(CLERK, "centre", "2", "photo")
        await feed.wait_offset(parked.offset, 5)
        other = feed.desk_room("centre", "2")
        assert other and [each.number for each in other.parked] == [third.number]
        fourth = await town.ticket()
        await feed.wait_offset(fourth.tie, 5)
        assert feed.ahead_of(fourth.id) == (await town.queue.read_ticket(fourth.id))[1] == 1
        assert feed.wait_of(fourth) == (None, None), "no evidence yet"
        assert feed.quote("centre", "land") is not None, "a free desk is evidence enough"


async def test_a_process_that_starts_late_shows_the_same(town: Town) -> None:
    async with feeding(town) as (old, _):
        for _ in range(10):
            await town.ticket(at="harbour")
            await town.queue.call_next(CLERK, "harbour", "1")
            await town.queue.start(CLERK, "harbour", "1")
            town.clock.forward(4 * MINUTE)
            await town.queue.finish(CLERK, "harbour", "1")
        await old.wait_offset(await town.log.head(), 5)
        async with feeding(town) as (late, _):
            mine, its = json.loads(old.frame("harbour")), json.loads(late.frame("harbour"))
            assert its["last_called"] == mine["last_called"] and len(its["last_called"]) == 6
            assert its["seq"] == mine["seq"]
            centre = [json.loads(feed.frame("centre"))["seq"] for feed in (old, late)]
            assert centre[0] == centre[1]


async def test_a_changed_city_shows_without_a_restart(town: Town) -> None:
    async with feeding(town) as (feed, _):
        watcher = Watcher()
        feed.admit(watcher, None)
        centre, harbour = town.city.branches
        smaller = msgspec.structs.replace(harbour, desks=harbour.desks[:1])
        await town.queue.close_desk(CLERK, "harbour", "2")
        city = msgspec.structs.replace(town.city, branches=[centre, smaller])
        await town.queue.apply_city(ADMIN, encode_city(city))
        await wait_until(lambda: watcher.of("harbour")[-1]["desks_total"] == 1)
        assert feed.city.version == 2


async def test_beats_while_the_store_lives_and_silence_while_it_does_not(
    tmp_path: Path, city_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr(module, "STALE_SECONDS", 0.2)
    with redis_server(tmp_path, valkey_program()) as server:
        async with Town.found(server.url, city_name) as town, feeding(town) as (feed, _):
            watcher = Watcher()
            feed.admit(watcher, None)
            await wait_until(lambda: watcher.kinds().count("beat") >= 2)
            assert feed.board_view(None, None)
            server.kill()
            await wait_until(lambda: feed.picture.lost_seconds > 0.2)
            beats = watcher.kinds().count("beat")
            with pytest.raises(StoreUnavailable):
                feed.board_view(None, None)
            await wait_until(lambda: feed.picture.lost_seconds > 0.8)
            assert watcher.kinds().count("beat") == beats
            server.start()
            await wait_until(lambda: watcher.kinds().count("beat") > beats)
            await town.ticket(at="harbour")
            await wait_until(lambda: watcher.of("harbour")[-1]["waiting"] == 1)
            assert feed.board_view(None, None)
