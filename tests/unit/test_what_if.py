"""What-if: a change shows in the right direction, beyond chance; equal plans differ by nothing."""

from __future__ import annotations

import numpy as np
import pytest

from predictors.staffing import Load, Standard, by_step
from predictors.what_if import (
    Days,
    Span,
    busier,
    difference,
    live_through,
    more_desks,
    with_alarm,
    with_desks,
)

ARRIVALS = np.full(12, 15.0)
STANDARDS = [Standard(0.9, 20.0), Standard(0.9, 40.0)]
LOAD = Load(ARRIVALS, 12.0, 0.9, day_cv=0.1)
PLAN = by_step(np.full(12, 6), 72)


def live(load: Load = LOAD, desks: np.ndarray[tuple[int, ...], np.dtype[np.int64]] = PLAN) -> Days:
    return live_through(load, desks, STANDARDS, closes=360, seed=9, repeats=100)


def test_the_same_plan_differs_by_nothing() -> None:
    """Equal seeds are equal days."""
    told = difference(live().p90, live().p90)
    assert (told.value, told.chance) == (0.0, 0.0)


def test_a_desk_more_helps_beyond_chance() -> None:
    """Waits fall, more are within both standards, desk-hours rise by six."""
    plan, other = live(), live(desks=more_desks(PLAN, 1))
    told = difference(plan.p90, other.p90)
    assert told.value < -told.chance < 0
    assert other.outcome.within[0] > plan.outcome.within[0]
    assert other.desk_hours - plan.desk_hours == pytest.approx(6.0)


def test_a_rush_hurts_only_if_there_is_one() -> None:
    """Half as many again between minute 60 and 120; a factor of one changes nothing."""
    plan = live()
    assert difference(plan.p50, live(busier(LOAD, 1.0)).p50).value == pytest.approx(0.0, abs=0.3)
    rush = difference(plan.p90, live(busier(LOAD, 1.5, Span(60, 120))).p90)
    assert rush.value > rush.chance
    with pytest.raises(ValueError):
        busier(LOAD, float("nan"))


def test_an_alarm_keeps_everybody_waiting_and_nobody_away() -> None:
    """As many come, later; those in line wait through it."""
    load, desks = with_alarm(LOAD, PLAN, Span(120, 160))
    assert load.arrivals.sum() == pytest.approx(ARRIVALS.sum())
    assert desks[24:32].sum() == 0 and load.arrivals[24:32].sum() == 0
    assert live(load, desks).outcome.p90 > live().outcome.p90 + 5


def test_windows_set_desks() -> None:
    """Just in that window; a closed day stays closed."""
    assert with_desks(PLAN, 2, Span(30, 60))[5:13].tolist() == [6, 2, 2, 2, 2, 2, 2, 6]
    assert more_desks(np.zeros(4, dtype=np.int64), 3).tolist() == [0, 0, 0, 0]
    with pytest.raises(ValueError):
        with_desks(PLAN, -1, Span(0, 30))


def test_without_desks_it_is_never() -> None:
    """Nobody is called: waits without end, no difference is made up."""
    none = live(desks=np.zeros(72, dtype=np.int64))
    assert none.outcome.p50 == float("inf") and none.outcome.within == (0.0, 0.0)
    assert none.outcome.unserved == pytest.approx(none.outcome.visitors)
    assert np.isnan(difference(live().p90, none.p90).value)
