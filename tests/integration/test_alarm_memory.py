"""One process asks, all know how the feed fares."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from balancer.core.alarm_memory import AlarmMemory, FeedState, Passed
from balancer.core.connect import connect
from tests.waiting import wait_until


@pytest.fixture
async def memory(store_url: str, city_name: str) -> AsyncIterator[AlarmMemory]:
    """An empty memory on each kind of store."""
    store = await connect(store_url, city_name)
    yield AlarmMemory(store.writer, city_name)
    await store.close()


async def test_one_process_asks_until_it_steps_down_or_falls_silent(memory: AlarmMemory) -> None:
    """A lease of real time: who dies asks no more after it."""
    assert await memory.lead("a", 60_000)
    assert not await memory.lead("b", 60_000)
    assert await memory.lead("a", 60_000)
    await memory.step_down("b")
    assert not await memory.lead("b", 60_000)
    await memory.step_down("a")
    assert await memory.lead("b", 50)
    taken: bool = await wait_until(lambda: leads(memory, "a"), what="the end of a lease")
    assert taken


async def leads(memory: AlarmMemory, process: str) -> bool:
    """Whether it has become the one that asks."""
    return await memory.lead(process, 60_000)


async def test_what_was_passed_on_is_remembered(memory: AlarmMemory) -> None:
    """By branch; and how the feed fares."""
    assert await memory.passed() == {} and await memory.state() is None
    await memory.note("centre", Passed(1, True))
    await memory.note("harbour", Passed(4, False))
    assert await memory.passed() == {"centre": Passed(1, True), "harbour": Passed(4, False)}
    state = FeedState("alerts.in.ua", 5, 3, "too_many: HTTP 429")
    await memory.tell(state)
    assert await memory.state() == state
