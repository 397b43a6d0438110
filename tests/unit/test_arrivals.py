"""The forecast of arrivals: known profiles are found again, ranges hold, days off are zero."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from predictors.arrivals import ArrivalForecast, Kind, UnfitHistory, holiday_name, kind_of
from predictors.counts import FloatArray

SEED = 7
MONDAY = date(2026, 1, 5)
WEEKDAY = np.array([1.3, 1.1, 0.9, 0.9, 0.8, 0.0, 0.0])
Counts = dict[tuple[str, str], FloatArray]


def shape() -> FloatArray:
    """Share of a day's people by half-hour: open from 9 to 18, busiest at 11."""
    found = np.zeros(48)
    found[18:36] = np.interp(np.arange(18), [0, 4, 9, 12, 17], [1.0, 2.2, 0.8, 1.3, 0.3])
    return np.asarray(found / found.sum())


def history(
    days: int, sizes: dict[tuple[str, str], float], seed: int = SEED
) -> tuple[list[date], Counts, Counts]:
    """Days, drawn counts and true rates; a branch's day factor has the relative variance 0.03."""
    rng = np.random.default_rng(seed)
    dates = [MONDAY + timedelta(shift) for shift in range(days)]
    weekday = WEEKDAY[[day.weekday() for day in dates]]
    factors = {branch: rng.gamma(1 / 0.03, 0.03, days) for branch in sorted({key[0] for key in sizes})}
    rates = {key: size * weekday[:, None] * shape() for key, size in sizes.items()}
    counts = {key: rng.poisson(rows * factors[key[0]][:, None]).astype(float) for key, rows in rates.items()}
    return dates, counts, rates


SIZES = {("center", "a"): 300.0, ("center", "b"): 40.0, ("village", "a"): 25.0}


def test_profiles_are_found_again() -> None:
    """From 16 weeks: size, weekday and shape of the next Monday and Friday, of large and small queues."""
    days, counts, rates = history(112, SIZES)
    fitted = ArrivalForecast.fit(days, counts)
    for shift in (0, 4):
        told = fitted.forecast(days[-1] + timedelta(1 + shift))
        for key, rows in rates.items():
            true, mean = rows[shift], told.queues[key].mean
            assert mean.sum() == pytest.approx(true.sum(), rel=0.15), (SEED, key, shift)
            assert np.abs(mean - true).sum() < 0.25 * true.sum(), (SEED, key, shift)


def test_ranges_hold_what_they_promise() -> None:
    """Forecast day by day: about 8 of 10 half-hours and whole days lie within p10–p90, never far fewer."""
    days, counts, _ = history(140, SIZES)
    slots, totals = [], []
    for at in range(56, 140):
        told = ArrivalForecast.fit(days[:at], {key: rows[:at] for key, rows in counts.items()}).forecast(
            days[at]
        )
        for key, rows in counts.items():
            mine, busy = told.queues[key], told.queues[key].mean > 0.05
            if busy.any():
                slots += ((rows[at] >= mine.p10) & (rows[at] <= mine.p90))[busy].tolist()
                totals.append(mine.total[1] <= rows[at].sum() <= mine.total[2])
    assert 0.80 <= np.mean(slots) <= 0.95, (SEED, np.mean(slots))
    assert 0.72 <= np.mean(totals) <= 0.93, (SEED, np.mean(totals))


def test_the_day_itself_corrects_the_forecast() -> None:
    """At noon of a day half as busy again: the rest is expected busier, and the range is narrower."""
    days, counts, rates = history(84, SIZES)
    fitted = ArrivalForecast.fit(days, counts)
    came = {key: np.where(np.arange(48) < 26, np.round(1.5 * rows[0]), np.nan) for key, rows in rates.items()}
    day = days[-1] + timedelta(1)
    before, now = fitted.forecast(day), fitted.forecast(day, came)
    assert 1.25 < now.factor["center"] < 1.55
    rest = slice(26, 36)
    ratio = now.branches["center"].mean[rest].sum() / before.branches["center"].mean[rest].sum()
    assert ratio == pytest.approx(now.factor["center"], rel=0.01)
    width = [each.branches["center"].total[2] - each.branches["center"].total[1] for each in (before, now)]
    assert width[1] < 0.7 * width[0]


def test_a_holiday_is_zero_and_one_that_is_worked_is_not() -> None:
    """Poland is closed on 1 May; Ukraine works under martial law, and the day has its name."""
    days, counts, _ = history(84, SIZES)
    may_day = date(2026, 5, 1)
    assert (kind_of(may_day, "PL"), kind_of(may_day, "UA")) == (Kind.DAY_OFF, Kind.NAMED)
    after_epiphany = {key: rows[7:] for key, rows in counts.items()}
    polish = ArrivalForecast.fit(days[7:], after_epiphany, country="PL").forecast(may_day)
    assert polish.branches["center"].total == (0.0, 0.0, 0.0)
    ukrainian = ArrivalForecast.fit(days, counts).forecast(may_day)
    assert ukrainian.branches["center"].total[0] > 150
    assert holiday_name(may_day, "UA") == {"uk": "День праці", "en": "Labor Day"}
    with pytest.raises(ValueError, match="Atlantis"):
        ArrivalForecast.fit(days, counts, country="Atlantis")


def test_a_day_off_that_was_worked_is_expected_again() -> None:
    """History beats the calendar: whoever came on days off will come again; whoever was away stays away."""
    days, counts, _ = history(160, SIZES)
    assert kind_of(date(2026, 4, 6), "PL") is Kind.DAY_OFF  # Easter Monday, in the history
    worked = ArrivalForecast.fit(days, counts, country="PL").forecast(date(2026, 11, 11))
    assert worked.branches["center"].total[0] > 50
    named = {key: rows.copy() for key, rows in counts.items()}
    for rows in named.values():
        rows[days.index(date(2026, 5, 1))] = 0.0
    closed = ArrivalForecast.fit(days, named).forecast(date(2026, 8, 24))
    assert closed.branches["center"].total[0] == 0.0


def test_one_odd_day_moves_little() -> None:
    """A day with five times the visitors counts as an odd one."""
    days, counts, _ = history(56, SIZES)
    spoilt = {key: rows.copy() for key, rows in counts.items()}
    for rows in spoilt.values():
        rows[-4] *= 5
    day = days[-1] + timedelta(1)
    usual, odd = (
        ArrivalForecast.fit(days, each).forecast(day).branches["center"].total for each in (counts, spoilt)
    )
    assert odd[0] < 1.15 * usual[0]


def test_thin_history_is_wide() -> None:
    """One day is enough for a number, but its range is several times as wide as after twelve weeks."""
    days, counts, _ = history(85, {("center", "a"): 300.0})
    wide = ArrivalForecast.fit(days[:1], {key: rows[:1] for key, rows in counts.items()}).forecast(days[1])
    narrow = ArrivalForecast.fit(days[:84], {key: rows[:84] for key, rows in counts.items()}).forecast(
        days[84]
    )
    low, high = wide.branches["center"].total[1:]
    assert low < 300 < high
    assert (high - low) / wide.branches["center"].total[0] > 1.5 * (
        narrow.branches["center"].total[2] - narrow.branches["center"].total[1]
    ) / narrow.branches["center"].total[0]


def test_hours_decide_where_they_are_known() -> None:
    """A half day: nobody in the half-hours in which it is closed."""
    days, counts, _ = history(56, SIZES)
    hours = np.where((np.arange(48) >= 18) & (np.arange(48) < 26), 1.0, 0.0)
    told = ArrivalForecast.fit(days, counts).forecast(days[-1] + timedelta(1), open_share={"center": hours})
    assert told.branches["center"].mean[26:].sum() == 0 < told.branches["village"].mean[26:].sum()


@pytest.mark.parametrize(
    ("days", "counts", "code", "field"),
    [
        ([], {}, "history_empty", "days"),
        ([MONDAY], {}, "history_empty", "counts"),
        ([MONDAY], {("a", "q"): np.zeros((1, 48))}, "history_empty", "counts"),
        ([MONDAY], {("a", "q"): np.full((1, 48), np.nan)}, "history_empty", "counts"),
        ([MONDAY], {("a", "q"): np.full((1, 48), -1.0)}, "history_invalid", "count"),
        ([MONDAY], {("a", "q"): np.full((1, 48), np.inf)}, "history_invalid", "count"),
        ([MONDAY], {("a", "q"): np.ones((2, 48))}, "history_invalid", "counts"),
        ([MONDAY, MONDAY], {("a", "q"): np.ones((2, 48))}, "history_invalid", "days"),
    ],
)
def test_what_cannot_be_learned_from_is_named(
    days: list[date], counts: Counts, code: str, field: str
) -> None:
    """Empty, zero, negative, ragged, twice the same day."""
    with pytest.raises(UnfitHistory) as refused:
        ArrivalForecast.fit(days, counts)
    assert (refused.value.code, refused.value.field) == (code, field)
