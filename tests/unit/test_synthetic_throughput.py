"""Learned throughput in the made city."""

from __future__ import annotations

import numpy as np
import pytest

from predictors.synthetic import scenarios
from predictors.synthetic_day import simulate
from predictors.synthetic_throughput import Lines, desk_minutes
from predictors.synthetic_view import moments
from predictors.throughput import Throughput
from tests.unit.test_synthetic_view import hand_made


def test_desk_minutes_of_a_line() -> None:
    """From 510 to 525 somebody stands in line A: one desk until the other is back from lunch at 520, counted
    in the middle of the span.
    """
    day = hand_made()
    day.arrived[2] = 509.0
    assert desk_minutes(day, 0) == (15.0, 1)
    day.arrived[3] = 524.0
    assert desk_minutes(day, 0) == (15.0 + 30.0, 2)


def test_unknown_first_and_learned_then() -> None:
    """No number on the first day; after a week ranges that hold about half below p50."""
    world = scenarios()["skills"]
    lines = Lines(Throughput())
    rng = np.random.default_rng(2)
    first = moments(simulate(world, world.branches[0], 0, 2), rng, 5)
    assert np.isnan(lines.ask(first)).all()
    for number in range(7):
        lines.learn([simulate(world, spec, number, 2) for spec in world.branches])
    asked = [each for spec in world.branches for each in moments(simulate(world, spec, 9, 2), rng, 15)]
    found = lines.ask(asked)
    assert not np.isnan(found).any() and (np.diff(found, axis=1) > 0).all()
    below = np.mean([each.actual for each in asked] <= found[:, 2])
    assert below == pytest.approx(0.9, abs=0.15), "seed 2"
