"""City time over processes, restarts, speeds and jumps of the wall clock."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from balancer.core.city_clock import Anchor, CityClock
from balancer.core.connect import Store, connect
from balancer.core.keys import Keys
from tests.stores import Server
from tests.town import MINUTE, NINE, SECOND, Town

TEN = datetime(2026, 11, 23, 10, tzinfo=timezone(timedelta(hours=2)))
TEN_MS = NINE + 60 * MINUTE
NEAR = 2 * SECOND


class Monotonic:
    """A process's monotonic clock, moved by the test."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
async def store(valkey: Server, city_name: str) -> AsyncIterator[Store]:
    store = await connect(valkey.url, city_name)
    yield store
    await store.close()


async def all_ended(store: Store, city: str) -> None:
    """No process lives by the clock any more; the sign of life would lapse by itself after some seconds."""
    await store.writer.command("DEL", Keys.of(city).clock_users)


def test_arithmetic() -> None:
    """An anchor and a speed; real time goes on beside it."""
    tick = Monotonic()
    clock = CityClock(Anchor(real=1_000_000, city=NINE, speed=60), real_ms=1_000_000, monotonic=tick)
    assert (clock.now_ms(), clock.speed) == (NINE, 60)
    tick.seconds += 1.5
    assert (clock.now_ms(), clock.real_ms()) == (NINE + 90_000, 1_001_500)


def test_a_late_joiner_is_in_step() -> None:
    """Who joins ten real seconds after the anchor was set shows what the others show."""
    clock = CityClock(Anchor(real=1_000_000, city=NINE, speed=6), real_ms=1_010_000, monotonic=Monotonic())
    assert clock.now_ms() == NINE + 60_000


def test_it_never_falls() -> None:
    """Whatever the speed, a later look shows a later or the same time."""
    seed = random.randrange(1 << 30)
    print(f"seed {seed}")
    chance, tick = random.Random(seed), Monotonic()
    clock = CityClock(Anchor(real=0, city=NINE, speed=chance.choice([0.5, 1, 7.3, 600])), 5, tick)
    last = clock.now_ms()
    for _ in range(1000):
        tick.seconds += chance.random() / 100
        assert clock.now_ms() >= last
        last = clock.now_ms()


async def test_the_first_sets_it_and_the_next_takes_it(store: Store, city_name: str) -> None:
    """Two processes on one city, started with the same command, agree; one of them restarted, still."""
    first = await CityClock.join(store, city_name, TEN, 60)
    second = await CityClock.join(store, city_name, TEN, 60)
    assert first.anchor == second.anchor == Anchor(first.anchor.real, TEN_MS, 60)
    assert abs(first.now_ms() - second.now_ms()) < 60 * NEAR
    again = await CityClock.join(store, city_name)
    assert again.anchor == first.anchor


async def test_without_a_start_it_is_real_time(store: Store, city_name: str) -> None:
    """A city that nobody scales lives in the present."""
    clock = await CityClock.join(store, city_name)
    assert clock.speed == 1
    assert abs(clock.now_ms() - datetime.now(UTC).timestamp() * 1000) < NEAR
    assert clock.now_ms() == clock.real_ms()


async def test_a_start_never_moves_it_behind_the_last_event(valkey: Server, city_name: str) -> None:
    """`--clock 10:00` a second time on data that have reached 12:00 goes on at 12:00."""
    async with Town.found(valkey.url, city_name) as town:
        clock = await CityClock.join(town.store, city_name, TEN, 60)
        town.clock.now = TEN_MS + 120 * MINUTE
        await town.ticket()
        await all_ended(town.store, city_name)
        again = await CityClock.join(town.store, city_name, TEN, 60)
        assert again.anchor.city == TEN_MS + 120 * MINUTE
        assert again.now_ms() >= town.clock.now
        await clock.refresh()
        assert clock.anchor == again.anchor
        said = (await town.new_events())[-1]
        assert (said.type, said.detail) == ("clock_set", {"city": town.clock.now, "speed": 60})


async def test_after_all_have_ended_a_start_counts_again(store: Store, city_name: str) -> None:
    """A demo that ran until the evening begins at ten once more, as long as no event says otherwise."""
    await CityClock.join(store, city_name, TEN + timedelta(hours=6), 60)
    await all_ended(store, city_name)
    assert (await CityClock.join(store, city_name, TEN, 60)).anchor.city == TEN_MS


async def test_while_others_live_only_a_start_ahead_counts(store: Store, city_name: str) -> None:
    """Nobody sets the others back; forward is allowed, and they take it over."""
    first = await CityClock.join(store, city_name, TEN, 1)
    back = await CityClock.join(store, city_name, TEN - timedelta(hours=2), 1)
    assert back.anchor == first.anchor
    ahead = await CityClock.join(store, city_name, TEN + timedelta(hours=2))
    assert ahead.anchor.city == TEN_MS + 120 * MINUTE
    await first.refresh()
    assert first.anchor == ahead.anchor


async def test_another_speed(store: Store, city_name: str) -> None:
    """From now on faster, without a jump."""
    first = await CityClock.join(store, city_name, TEN, 1)
    faster = await CityClock.join(store, city_name, speed=10)
    assert faster.speed == 10
    assert abs(faster.now_ms() - first.now_ms()) < 10 * NEAR


async def test_a_clock_without_a_store_needs_no_refresh() -> None:
    """Tests and tools may use the arithmetic alone."""
    clock = CityClock(Anchor(0, NINE, 1), 0, Monotonic())
    await clock.refresh()
    assert clock.now_ms() == NINE
