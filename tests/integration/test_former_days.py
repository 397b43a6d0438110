"""A process that starts on an archive of former days knows from the first minute what they taught."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from balancer.archive.database import open_archive
from balancer.former_days import learn_former_days, lessons_of
from balancer.live.estimates import Estimates
from balancer.messages import Wait
from tests.archives import archive_all, archiver_of, sqlite_at
from tests.stores import Server
from tests.town import CLERK, KIOSK, MINUTE, NINE, FrozenClock, Town

DAY = 24 * 60 * MINUTE


@pytest.fixture
async def town(valkey: Server, city_name: str) -> AsyncIterator[Town]:
    async with Town.found(valkey.url, city_name) as town:
        yield town


async def a_morning(town: Town, visits: int = 12) -> None:
    """Each visit waits three minutes, walks one and is served for seven."""
    for _ in range(visits):
        await town.queue.issue(KIOSK, "harbour", "address", quote=Wait(2, 5, 9))
        town.clock.forward(3 * MINUTE)
        await town.queue.call_next(CLERK, "harbour", "1")
        town.clock.forward(MINUTE)
        await town.queue.start(CLERK, "harbour", "1")
        town.clock.forward(7 * MINUTE)
        await town.queue.finish(CLERK, "harbour", "1")


async def test_rows_become_lessons(town: Town, tmp_path: Path) -> None:
    await a_morning(town)
    url = sqlite_at(tmp_path)
    await archive_all(town, url)
    engine = open_archive(url)
    legs, desks = lessons_of(engine, town.city.city, date(2026, 11, 23))
    engine.dispose()
    assert len(legs) == 12
    assert legs[0].at > legs[-1].at, "the latest first"
    assert {(each.minutes, each.walk, each.waited, each.missed) for each in legs} == {(7.0, 1.0, 3.0, False)}
    assert legs[0].shown == (2.0, 5.0, 9.0)
    assert {(each.branch, each.desk, each.open) for each in desks} >= {("harbour", "1", True)}


async def test_a_process_that_starts_later_has_learned_them(town: Town, tmp_path: Path) -> None:
    """The archive opens while the process serves already; the lesson waits for it."""
    await a_morning(town)
    archiver = archiver_of(town, sqlite_at(tmp_path))
    estimates = Estimates(town.city)
    clock = FrozenClock(now=NINE + DAY)
    parts: Any = SimpleNamespace(
        archiver=archiver,
        city=town.city,
        clock=clock,
        feed=SimpleNamespace(picture=SimpleNamespace(estimates=estimates)),
    )
    assert not estimates.learning.times.known("address", "harbour")
    await archiver.run(until=await town.log.head())
    assert await learn_former_days(parts) >= 12
    assert estimates.learning.times.law("address", "harbour", 10.0).mean == pytest.approx(7.0, rel=0.5)
    await archiver.close()


async def test_without_an_archive_there_is_nothing_to_learn() -> None:
    parts: Any = SimpleNamespace(archiver=None)
    assert await learn_former_days(parts) == 0
