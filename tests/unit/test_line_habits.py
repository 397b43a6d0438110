"""Habits of lines: their own pace where they have a record, the city's where they have none."""

from __future__ import annotations

import json

import numpy as np
import pytest

from predictors.line_habits import PRIOR, Habits, learn_habits
from tests.recorded_town import one_line, recorded_town

SEED = 3


def test_each_line_has_its_own_pace() -> None:
    dice = np.random.default_rng(SEED)
    paces = {"slow": 14.0, "quick": 5.0}
    days = [[one_line(name, "o", pace, pace, dice) for name, pace in paces.items()] for _ in range(8)]
    habits = learn_habits(days)
    assert habits.of("slow").pace == pytest.approx(14.0, rel=0.25), SEED
    assert habits.of("quick").pace == pytest.approx(5.0, rel=0.25), SEED
    assert habits.of("quick").each < habits.of("slow").each
    assert habits.of("quick").pace < habits.of("never seen").pace < habits.of("slow").pace


def test_without_any_day_everybody_is_a_stranger() -> None:
    habits = learn_habits([])
    assert habits.of("a").pace == PRIOR
    alike, count = habits.of("a").alike(np.array([2.0]), np.array([600.0]))
    assert (alike.tolist(), count.tolist()) == ([2 * PRIOR], [0.0])


def test_those_who_came_alike_are_remembered() -> None:
    """A line that calls slowly before noon is remembered so, at the hours when it is slow."""
    dice = np.random.default_rng(SEED)
    days = []
    for _ in range(6):
        line = one_line("a", "o", 8.0, 8.0, dice)
        line.waits[line.minutes < 600] *= 3.0
        days.append([line])
    habit = learn_habits(days).of("a")
    early, late = habit.alike(np.full(2, 4.0), np.array([520.0, 880.0]))[0]
    assert early > 1.5 * late, SEED


def test_json_keeps_habits() -> None:
    habits = learn_habits(recorded_town(SEED, 2))
    kept = Habits.from_state(json.loads(json.dumps(habits.to_state())))
    ahead, minute = np.array([1.0, 7.0]), np.array([500.0, 700.0])
    for name in habits.lines:
        alike = habits.of(name).alike(ahead, minute)[0]
        assert kept.of(name).alike(ahead, minute)[0] == pytest.approx(alike, rel=0.01)
