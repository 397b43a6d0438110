"""Desks as integers: the earliest, its gaps, and idling until somebody comes."""

from __future__ import annotations

import math

import numpy as np
import pytest

from predictors.replay_hall import NEVER, Hall, minutes_of, moment, moments

ALL = np.array([0, 1])


def hall(*busy: float, spans: tuple[tuple[float, float], ...] = ((0.0, math.inf),), samples: int = 3) -> Hall:
    return Hall(np.repeat(np.array(busy)[:, None], samples, axis=1), [spans] * len(busy))


def took(desks: Hall, rows: np.ndarray, minutes: float) -> float:
    """When the earliest of these desks begins; it serves for so long."""
    found = desks.earliest(rows)
    desks.take(found, np.full(desks.samples, moment(minutes)))
    return float(minutes_of(found)[0])


def test_minutes_and_moments_agree_and_never_is_infinite() -> None:
    minutes = np.array([0.0, 0.25, 17.125, 4000.0, math.inf])
    assert minutes_of(moments(minutes)).tolist() == minutes.tolist()
    assert moment(math.inf) == NEVER


def test_the_earliest_desk_is_taken_and_then_the_other() -> None:
    desks = hall(4.0, 6.0)
    assert [took(desks, ALL, 5.0) for _ in range(4)] == [4.0, 6.0, 9.0, 11.0]


def test_only_the_desks_asked_for_are_taken() -> None:
    desks = hall(4.0, 6.0)
    assert [took(desks, np.array([1]), 5.0) for _ in range(2)] == [6.0, 11.0]
    assert took(desks, ALL, 1.0) == 4.0


def test_gaps_are_passed_one_after_the_other_even_within_one_service() -> None:
    """Spans 0–10, 20–30, 40–∞: what ends in a gap goes on after it; what lasts over one is not moved."""
    spans = ((0.0, 10.0), (20.0, 30.0), (40.0, math.inf))
    desks = hall(0.0, spans=spans)
    one = np.array([0])
    assert [took(desks, one, minutes) for minutes in (12.0, 5.0, 6.0, 1.0)] == [0.0, 20.0, 25.0, 40.0]
    over = hall(0.0, spans=spans)
    assert [took(over, one, minutes) for minutes in (25.0, 1.0)] == [0.0, 25.0]
    both = hall(0.0, spans=spans)
    assert [took(both, one, minutes) for minutes in (33.0, 1.0)] == [0.0, 40.0]


def test_a_desk_that_begins_in_a_gap_waits_for_its_end() -> None:
    assert took(hall(3.0, spans=((5.0, 9.0),)), np.array([0]), 1.0) == 5.0
    assert took(hall(9.5, spans=((5.0, 9.0),)), np.array([0]), 1.0) == math.inf


def test_asking_for_later_changes_nothing() -> None:
    desks = hall(4.0, 6.0, spans=((0.0, 10.0), (20.0, math.inf)))
    assert minutes_of(desks.earliest_since(ALL, moment(8.0)))[0] == 8.0
    assert minutes_of(desks.earliest_since(ALL, moment(12.0)))[0] == 20.0
    assert minutes_of(desks.earliest(ALL))[0] == 4.0
    desks.advance(moment(12.0))
    assert minutes_of(desks.earliest(ALL))[0] == 20.0


def test_several_together_take_the_earliest_desks() -> None:
    desks = hall(4.0, 1.0)
    desks.take_many(ALL, np.full((3, 3), moment(5.0)))
    assert took(desks, ALL, 1.0) == pytest.approx(9.0)
    assert took(desks, np.array([1]), 1.0) == pytest.approx(11.0)


def test_samples_are_apart() -> None:
    desks = Hall(np.array([[1.0, 9.0], [5.0, 2.0]]), [((0.0, math.inf),)] * 2)
    assert minutes_of(desks.earliest(ALL)).tolist() == [1.0, 2.0]
    desks.take(desks.earliest(ALL), np.array([moment(10.0), moment(20.0)]))
    assert minutes_of(desks.earliest(ALL)).tolist() == [5.0, 9.0]
