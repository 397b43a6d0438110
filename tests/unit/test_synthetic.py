"""The made city: loads, skills and lunches as they are told."""

from __future__ import annotations

import numpy as np
import pytest

from predictors.synthetic import LOADS, QUEUES, Lognormal, branch, lunch_of, scenarios


def test_a_law_has_its_mean_and_spread() -> None:
    """15 minutes with a coefficient of variation of 0.8."""
    drawn = Lognormal(15.0, 0.8).sample(np.random.default_rng(3), 200_000)
    assert drawn.mean() == pytest.approx(15.0, rel=0.01), "seed 3"
    assert drawn.std() / drawn.mean() == pytest.approx(0.8, rel=0.03), "seed 3"


def test_the_five_worlds() -> None:
    """Each by its name; every queue of every branch has a desk."""
    worlds = scenarios()
    assert list(worlds) == ["skills", "breaks", "skew", "alarm", "rush"]
    for world in worlds.values():
        for spec in world.branches:
            served = set().union(*(desk.queues for desk in spec.desks))
            assert served == set(range(len(QUEUES))), (world.name, spec.branch)


def test_uneven_branches() -> None:
    """In `skew` the big branches have ten times the visitors of the small ones."""
    by_name = {spec.branch: spec.visitors for spec in scenarios()["skew"].branches}
    for number in (1, 2, 3):
        assert by_name[f"big-{number}"] / by_name[f"small-{number}"] == pytest.approx(10, rel=0.2)


def test_visitors_follow_the_load() -> None:
    """More load, more visitors, in proportion."""
    assert branch("x", 0.9).visitors / branch("x", 0.45).visitors == pytest.approx(2.0)
    assert len(LOADS) == len(scenarios()["skills"].branches)


def test_lunches_in_turns() -> None:
    """Two desks at a time, one pair after the other."""
    spans = [lunch_of(place) for place in range(6)]
    assert spans[0] == spans[1] and spans[1][1] == spans[2][0] and spans[3][1] == spans[4][0]
