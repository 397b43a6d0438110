"""The history as arrays: days that do not count, hours that are known or guessed."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from predictors.arrival_history import UnfitHistory, gather

DAYS = [date(2026, 11, 2) + timedelta(shift) for shift in range(7)]


def week() -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Ten people at ten on every day of a week, nobody at the weekend, one by mistake on Thursday."""
    rows = np.zeros((7, 48))
    rows[:5, 20] = 100.0
    rows[3, 20] = 1.0
    return rows


def test_next_to_nobody_is_a_closed_day() -> None:
    """Weekend and the day with a single visitor do not count; the weekday is then usually closed."""
    found = gather(DAYS, {("a", "q"): week()}, None)
    assert found.worked[0].tolist() == [True, True, True, False, True, False, False]
    assert found.usual_open[0].any(axis=1).tolist() == [True, True, True, False, True, False, False]


def test_a_weekday_not_yet_seen_is_open_like_the_others() -> None:
    """Monday to Wednesday are known: Thursday is guessed open, Sunday is not."""
    found = gather(DAYS[:3], {("a", "q"): week()[:3]}, None)
    assert found.usual_open[0].any(axis=1).tolist() == [True] * 5 + [False] * 2


def test_visitors_outside_the_hours_count() -> None:
    """The hours say closed, but people came: it was open."""
    found = gather(DAYS[:1], {("a", "q"): week()[:1]}, {"a": np.zeros((1, 48))})
    assert found.opened[0, 0, 20] == 0.5 and found.worked[0, 0]


def test_hours_must_fit() -> None:
    """A branch without hours, or hours of another length, are named."""
    for hours in ({}, {"a": np.ones((2, 48))}):
        with pytest.raises(UnfitHistory) as refused:
            gather(DAYS, {("a", "q"): week()}, hours)
        assert refused.value.field == "open_share"
