"""Advice levels the load: people leave the busy branch, nobody is lost, nobody travels for nothing."""

from __future__ import annotations

import numpy as np
import pytest

from predictors.levelling import level_out, travel_minutes

STEPS = 60
BUSY, QUIET = np.full(STEPS, 5.0), np.full(STEPS, 1.0)
DESKS = np.full((2, STEPS), 8.0)
SERVICE = np.array([12.0, 12.0])
NEAR = np.array([[0.0, 10.0], [10.0, 0.0]])


def test_the_busy_branch_is_relieved() -> None:
    """With advice some go to the quiet branch, more the more follow it; everybody arrives somewhere."""
    arrivals = np.stack([BUSY, QUIET])
    left = []
    for adoption in (0.0, 0.3, 1.0):
        moved = level_out(arrivals, DESKS, SERVICE, NEAR, np.ones((2, 2)), adoption)
        assert moved.arrivals.sum() == pytest.approx(arrivals.sum())
        assert (moved.arrivals >= -1e-9).all() and moved.left[1] == 0
        left.append(moved.left[0])
    assert left[0] == 0 < left[1] < left[2] < arrivals[0].sum()


def test_nobody_goes_far_for_little_or_for_what_is_not_offered() -> None:
    """An hour's way, or other services there: all stay."""
    arrivals = np.stack([BUSY, QUIET])
    short_day = arrivals[:, :12], DESKS[:, :12]
    assert level_out(*short_day, SERVICE, 30 * NEAR, np.ones((2, 2)), 1.0).left.sum() == 0
    assert level_out(arrivals, DESKS, SERVICE, NEAR, np.eye(2), 1.0).left.sum() == 0
    with pytest.raises(ValueError):
        level_out(arrivals, DESKS, SERVICE, NEAR, np.ones((2, 2)), 1.5)


def test_the_way_grows_with_the_distance() -> None:
    """Two kilometres take ten minutes or so; the way back is as long."""
    minutes = travel_minutes(np.array([[50.0, 36.0], [50.018, 36.0], [50.1, 36.2]]))
    assert minutes[0, 0] == 0 and 7 < minutes[0, 1] < 13 < minutes[0, 2]
    assert np.allclose(minutes, minutes.T)
