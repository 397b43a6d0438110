"""The forecast view from a past in memory: what is told of today, of a week, of nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from balancer.planning.forecasting import REASONS, Known, clock, forecast_view, history_of, learn
from balancer.planning.past import Past
from balancer.planning.questions import read_question
from tests.city_files import small_city

CITY = small_city()
MONDAY = date(2026, 11, 23)
NOON = int(datetime(2026, 11, 23, 10, tzinfo=UTC).timestamp() * 1000)


def known(days: int) -> Known:
    """So many days up to this morning, three people in each open half-hour of a working day."""
    dates = [MONDAY - timedelta(days - 1 - shift) for shift in range(days)]
    rows = np.zeros((days, 48))
    for at, day in enumerate(dates):
        if day.weekday() < 5:
            rows[at, 18 : 24 if day == MONDAY else 36] = 3.0
    return learn(CITY, Past(dates, {("center", "papers"): rows}), NOON)


def test_today_is_part_past_part_forecast() -> None:
    """At noon six half-hours are over; the total is what came and what is to come."""
    view = forecast_view(known(29), read_question("forecast", "center", MONDAY, {}))
    day = view.days[0]
    assert [slot.actual for slot in day.slots[:7]] == [3] * 6 + [None]
    assert day.total.mean == pytest.approx(54, abs=3) and day.day_factor == pytest.approx(1.0, abs=0.1)
    assert view.so_far is not None and len(view.so_far.slots) == 6
    assert [each.date for each in view.past] == ["2026-11-16", "2026-11-09", "2026-11-02", "2026-10-26"]


def test_a_past_day_is_not_counted_as_future() -> None:
    """What is learned from ends yesterday; the span tells what there is."""
    span = history_of(known(8), "center")
    assert (span.first, span.last, span.days, span.visits) == ("2026-11-16", "2026-11-23", 6, 5 * 54 + 18)


def test_without_a_past_there_is_nothing() -> None:
    """The state is empty and says why; every reason has both languages."""
    view = forecast_view(learn(CITY, Past([], {}), NOON), read_question("forecast", "center", MONDAY, {}))
    assert view.state == "empty" and view.reason is not None and view.reason.code == "history_empty"
    first_day = forecast_view(known(1), read_question("forecast", "center", MONDAY, {}))
    assert first_day.state == "empty" and first_day.reason is not None
    assert first_day.reason.code == "history_today", "somebody came, but only today"
    assert all(uk and en for uk, en in REASONS.values())
    assert (clock(0), clock(19), clock(47)) == ("00:00", "09:30", "23:30")
