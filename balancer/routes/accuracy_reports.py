"""The accuracy reports that were asked for lately: each is made once in five minutes, whoever asks."""

from __future__ import annotations

import asyncio
import time
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from balancer.routes.caching import Held

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from balancer.archive.archiver import Archiver
    from balancer.city.definition import City
    from balancer.messages.accuracy import AccuracyView

FRESH_SECONDS = 300.0


class AccuracyReports:
    """Reports by their number of weeks. One is made at a time; who asks meanwhile waits for it."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, date], tuple[float, Held]] = {}
        self._making = asyncio.Lock()

    async def of(self, archiver: Archiver, city: City, today: date, weeks: int) -> Held:
        """The report of the last weeks up to today. BalancerError("archive_unavailable")."""
        async with self._making:
            kept = self._kept.get((weeks, today))
            if kept is not None and time.monotonic() - kept[0] < FRESH_SECONDS:
                return kept[1]

            def look(engine: Engine) -> AccuracyView:
                from balancer.archive.reports import accuracy  # with SQLAlchemy: not before somebody asks

                apart = city.branch_by_id.keys() - city.public_branches.keys()
                return accuracy(engine, city.city, today, weeks, city.time_zone, apart)

            held = Held(msgspec.json.encode(await archiver.read(look)))
            self._kept = {key: each for key, each in self._kept.items() if key[1] == today}
            self._kept[weeks, today] = time.monotonic(), held
            return held
