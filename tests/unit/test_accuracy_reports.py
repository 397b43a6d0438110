"""Accuracy reports are made once in a while, whoever asks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any, cast

import pytest

from balancer.archive.archiver import Archiver
from balancer.errors import BalancerError
from balancer.messages.accuracy import AccuracyView, ErrorFigures
from balancer.routes import accuracy_reports as module
from balancer.routes.accuracy_reports import AccuracyReports
from tests.city_files import small_city

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


class Counting:
    """An archive that counts how often it is asked; `broken` while it does not answer."""

    def __init__(self) -> None:
        self.asked = 0
        self.broken = False

    async def read(self, look: Callable[[Any], Any]) -> AccuracyView:
        """Something, after a moment in which others may come."""
        self.asked += 1
        await asyncio.sleep(0)
        if self.broken:
            raise BalancerError("archive_unavailable", why="away")
        return AccuracyView("dolyna", 4, "", "", 0, ErrorFigures(n=self.asked), [], [], [], [])


async def ask(reports: AccuracyReports, archive: Counting, day: date = MONDAY, weeks: int = 4) -> bytes:
    """The body of a report."""
    return (await reports.of(cast(Archiver, archive), small_city(), day, weeks)).body


async def test_many_ask_one_is_made() -> None:
    """A crowd at once gets one report; other weeks and another day get their own."""
    reports, archive = AccuracyReports(), Counting()
    bodies = await asyncio.gather(*(ask(reports, archive) for _ in range(20)))
    assert len(set(bodies)) == archive.asked == 1
    await ask(reports, archive, weeks=2)
    await ask(reports, archive, day=TUESDAY)
    assert archive.asked == 3


async def test_made_anew_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    """An old report is not given out."""
    reports, archive = AccuracyReports(), Counting()
    await ask(reports, archive)
    monkeypatch.setattr(module, "FRESH_SECONDS", -1.0)
    await ask(reports, archive)
    assert archive.asked == 2


async def test_a_failure_is_not_kept() -> None:
    """Once the archive answers again, so does the report."""
    reports, archive = AccuracyReports(), Counting()
    archive.broken = True
    with pytest.raises(BalancerError, match="away"):
        await ask(reports, archive)
    archive.broken = False
    assert b'"n":2' in await ask(reports, archive)
