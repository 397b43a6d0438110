"""Desks needed: they keep the standard on days that were not used to find them, and grow with the load."""

from __future__ import annotations

import numpy as np
import pytest

from predictors.staffing import Load, Standard, desks_needed, simulate, stationary_desks

ARRIVALS = np.array([12.0, 20.0, 24.0, 18.0, 10.0, 8.0, 12.0, 14.0, 9.0, 5.0])
STANDARD = Standard.parse("90%/20min")


@pytest.mark.parametrize("standard", ["90%/20min", "80%/15min", "95%/10min"])
def test_the_standard_is_kept_on_other_days(standard: str) -> None:
    """Simulated anew with other seeds, nearly that many of each half-hour are called in time, and no fewer in
    all.
    """
    goal = Standard.parse(standard)
    load = Load(ARRIVALS, 12.0, 0.9, day_cv=0.15)
    desks = desks_needed(load, goal, seed=1)
    for seed in (101, 102):
        day = simulate(load, desks, seed, 400)
        assert day.share_within(goal.minutes) >= goal.share, (seed, desks)
        slot = (np.nan_to_num(day.arrived) // 30).astype(int)
        real = ~np.isnan(day.waits)
        worst = min(
            float((day.waits[real & (slot == each)] <= goal.minutes).mean()) for each in range(len(ARRIVALS))
        )
        assert worst >= goal.share - 0.05, (seed, desks, worst)


def test_far_fewer_would_miss_it() -> None:
    """The need is a need: with a fifth fewer desks the standard is missed."""
    load = Load(ARRIVALS, 12.0, 0.9, day_cv=0.15)
    desks = desks_needed(load, STANDARD, seed=1)
    fewer = np.maximum(1, np.floor(0.8 * desks).astype(int))
    assert simulate(load, fewer, 5, 200).share_within(20.0) < STANDARD.share


def test_more_people_or_a_harder_standard_need_more() -> None:
    """Desk-hours grow with visitors, with service minutes, with the share and with impatience."""
    usual = desks_needed(Load(ARRIVALS, 12.0), STANDARD, seed=3).sum()
    assert desks_needed(Load(1.3 * ARRIVALS, 12.0), STANDARD, seed=3).sum() > usual
    assert desks_needed(Load(ARRIVALS, 16.0), STANDARD, seed=3).sum() > usual
    assert desks_needed(Load(ARRIVALS, 12.0), Standard(0.98, 20.0), seed=3).sum() > usual
    assert desks_needed(Load(ARRIVALS, 12.0), Standard(0.9, 3.0), seed=3).sum() > usual


def test_a_line_is_carried_into_the_next_half_hour() -> None:
    """After a short rush that no standard can swallow, the half-hour after it needs more than by itself."""
    load = Load(np.array([4.0, 60.0, 4.0, 4.0]), 15.0)
    alone = stationary_desks(load, STANDARD)
    found = desks_needed(load, STANDARD, seed=2, most=20)
    assert found[1] == 20 and found[2] > alone[2]


def test_nobody_needs_no_desk() -> None:
    """Zeros stay zeros, and what cannot be is refused."""
    assert desks_needed(Load(np.zeros(4), 10.0), STANDARD).tolist() == [0, 0, 0, 0]
    with pytest.raises(ValueError):
        desks_needed(Load(np.array([np.nan, 5.0]), 10.0), STANDARD)
    for text in ("90", "0%/5min", "100%/5min", "x%/5", "90%/0min"):
        with pytest.raises(ValueError):
            Standard.parse(text)
