"""The branch's wall clock in minutes of its day."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from balancer.live.wall_time import day_minute
from tests.town import KYIV, MINUTE, NINE


def test_it_is_the_wall_clock_of_the_branch() -> None:
    shown = day_minute(KYIV, NINE + 90 * MINUTE + 30_000)
    assert date.fromordinal(shown.day) == date(2026, 11, 23)
    assert shown.minute == pytest.approx(630.5)
    assert shown.hour == pytest.approx(10.508, abs=0.001)


@pytest.mark.parametrize(("hour", "minute"), [(0, 0.0), (12, 720.0), (23, 1380.0)])
def test_a_day_with_another_clock_still_has_its_hours(hour: int, minute: float) -> None:
    """On the day of the autumn change noon is minute 720, as the opening hours have it."""
    at = datetime(2027, 10, 31, hour, tzinfo=ZoneInfo(KYIV))
    assert day_minute(KYIV, round(at.timestamp() * 1000)).minute == minute
