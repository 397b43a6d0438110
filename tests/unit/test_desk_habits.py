"""No-shows, walks and unlogged rests: shares by branch, shrunk to the city's."""

from __future__ import annotations

import math

import numpy as np
import pytest

from predictors.desk_habits import DeskHabits, Ratio

SEED = 20260204


def test_no_shows_are_none_before_any_call_and_the_branchs_own_after_many() -> None:
    habits = DeskHabits()
    assert habits.no_show("s", "b") == 0.0
    for at in range(1000):
        habits.observe_call("s", "b", missed=at % 4 == 0)
        habits.observe_call("s", "other", missed=False)
    assert habits.no_show("s", "b") == pytest.approx(0.25, abs=0.02)
    assert habits.no_show("s", "other") < 0.01
    assert 0.1 < habits.no_show("s", "new") < 0.15


def test_walks_and_missed_calls_cost_their_own_minutes() -> None:
    habits = DeskHabits()
    assert (habits.walk_minutes("b"), habits.missed_minutes("b")) == (0.0, 3.0)
    for _ in range(200):
        habits.observe_call("s", "b", missed=False, minutes=0.8)
        habits.observe_call("s", "b", missed=True, minutes=2.0)
    assert habits.walk_minutes("b") == pytest.approx(0.8, abs=0.03)
    assert habits.walk_minutes("new") == pytest.approx(0.8, abs=0.03)
    assert habits.missed_minutes("b") == pytest.approx(2.0, abs=0.05)


@pytest.mark.parametrize("minutes", [-1.0, math.nan, math.inf, 500.0])
def test_absurd_minutes_teach_nothing(minutes: float) -> None:
    habits = DeskHabits()
    habits.observe_walk("b", minutes)
    habits.observe_rest("b", minutes)
    habits.observe_call("s", "b", missed=True, minutes=minutes)
    assert (habits.walk_minutes("b"), habits.missed_minutes("b"), habits.rests("b").share) == (0.0, 3.0, 0.0)


def test_rests_are_as_frequent_and_as_long_as_seen() -> None:
    """Twelve in a hundred visits are followed by about twelve minutes of rest."""
    habits, rng = DeskHabits(), np.random.default_rng(SEED)
    for _ in range(3000):
        habits.observe_rest("b", float(rng.lognormal(math.log(11.0), 0.45)) if rng.random() < 0.12 else 0.1)
    share, law = habits.rests("b")
    assert share == pytest.approx(0.12, abs=0.02)
    assert law.mean == pytest.approx(11.0 * math.exp(0.45**2 / 2), rel=0.06)


@pytest.mark.parametrize(("total", "count"), [(math.nan, 1.0), (1.0, -1.0), (math.inf, 2.0)])
def test_a_sum_that_is_none_is_refused(total: float, count: float) -> None:
    with pytest.raises(ValueError):
        Ratio(total, count)


def test_old_figures_fade() -> None:
    ratio = Ratio()
    for figure in [1.0] * 500 + [3.0] * 300:
        ratio.add(figure, memory=100.0)
    assert ratio.shrunk(0.0) == pytest.approx(3.0, abs=0.15)
