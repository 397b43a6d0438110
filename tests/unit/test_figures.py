"""Figures of outcomes made by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from predictors.figures import Outcome, figures, gini, mean_wait, swing
from predictors.network import Day

DESKS = np.array([1, 1])


def small_day(count: int) -> Day:
    """That many visitors a minute apart, one minute of travel, five of service."""
    return Day(
        sets_out=np.arange(1.0, count + 1),
        home=np.zeros(count, dtype=np.int64),
        travel=np.ones((count, 2)),
        service=np.full(count, 5.0),
        head_start=np.zeros(count),
        queue=("A",) * count,
        luck=np.zeros((count, 4)),
    )


def outcome(waits: list[float], branch: list[int]) -> Outcome:
    return Outcome(np.array(waits), np.ones(len(waits)), np.array(branch, dtype=np.int64))


def test_means_tails_and_shares() -> None:
    """Three waited 0, 10 and 20; nearest 30, pooled 0: two thirds of the way."""
    one = figures([small_day(3)], [outcome([0.0, 10.0, 20.0], [0, 0, 1])], DESKS, (30.0, 0.0), 2.0)
    assert one.mean_wait == pytest.approx(10.0) and one.door_to_desk == pytest.approx(11.0)
    assert one.gain_share == pytest.approx(2 / 3) and one.p95_wait == pytest.approx(19.0)
    assert one.branch_waits == pytest.approx((5.0, 20.0)) and one.spread == pytest.approx(15.0)
    assert (one.visitors, one.unserved, one.data_age) == (3, 0, 2.0)


def test_those_never_served_are_told_apart() -> None:
    """They are counted, not averaged; a day of nobody has no figures and breaks nothing."""
    one = figures([small_day(2)], [outcome([4.0, math.nan], [0, 1])], DESKS, (4.0, 4.0), 0.0)
    assert one.mean_wait == 4.0 and one.unserved == 1 and math.isnan(one.gain_share)
    none = figures([small_day(0)], [outcome([], [])], DESKS, (math.nan, math.nan), 0.0)
    assert math.isnan(none.mean_wait) and none.visitors == 0 and none.swing == 0.0
    assert math.isnan(mean_wait([outcome([], [])]))


def test_gini() -> None:
    """Equal is 0, everything at one of four is 3/4, nothing at all is 0."""
    assert gini([5.0, 5.0, 5.0]) == pytest.approx(0.0)
    assert gini([0.0, 0.0, 0.0, 8.0]) == pytest.approx(0.75)
    assert gini([]) == gini([0.0]) == 0.0


def test_swing_is_people_a_desk_apart() -> None:
    """All at one of two branches: the day's mean number there; shared evenly: nearly nothing."""
    day = small_day(40)
    waits = [4.0 * number for number in range(40)]
    together = swing(day, outcome(waits, [0] * 40), DESKS)
    apart = swing(day, outcome(waits, [0, 1] * 20), DESKS)
    assert together > 10.0 and apart < 2.0
    assert swing(day, outcome(waits, [0] * 40), np.array([2, 1])) == pytest.approx(together / 2)
