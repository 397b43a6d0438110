"""A branch's wall clock as predictors count it: the day and the minutes since its midnight. Pure."""

from __future__ import annotations

import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

MINUTE_MS = 60_000


class DayMinute(NamedTuple):
    """`day`: proleptic ordinal of the date; `minute`: wall minutes after its midnight, 0 ≤ minute < 1440."""

    day: int
    minute: float

    @property
    def hour(self) -> float:
        """Hours after midnight."""
        return self.minute / 60.0


def day_minute(time_zone: str, city_ms: int) -> DayMinute:
    """What the wall clock of a zone shows at a city instant.

    >>> day_minute("Europe/Kyiv", 1795420800000).minute
    600.0
    """
    wall = datetime.datetime.fromtimestamp(city_ms / 1000, ZoneInfo(time_zone))
    seconds = wall.second + wall.microsecond / 1e6
    return DayMinute(wall.date().toordinal(), wall.hour * 60 + wall.minute + seconds / 60)
