"""Scores, by values worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from predictors.scores import by_group, calibration, score

SHOWN = np.array([[1.0, 4.0, 10.0], [0.0, 10.0, 20.0], [5.0, 8.0, 9.0], [2.0, 3.0, 6.0]])
TRUE = np.array([6.0, 10.0, 12.0, 1.0])


def test_errors_by_hand() -> None:
    """Errors of the middle: −2, 0, −4, +2."""
    found = score(SHOWN, TRUE)
    assert found.mae == pytest.approx(8 / 4)
    assert found.rmse == pytest.approx(math.sqrt(24 / 4))
    assert found.bias == pytest.approx(-4 / 4)
    assert found.n == 4


def test_coverage_by_hand() -> None:
    """A wait equal to the quantile is covered."""
    found = score(SHOWN, TRUE)
    assert (found.coverage_p10, found.coverage_p50, found.coverage_p90) == (0.25, 0.5, 0.75)


def test_the_last_digits_are_no_error() -> None:
    """Told the very minute: covered, though two sums differ; two seconds later it is not."""
    told = np.full((2, 3), 21.05)
    found = score(told, np.array([21.05 + 1e-9, 21.05 + 2 / 60]))
    assert found.coverage_p90 == 0.5


def test_pinball_by_hand() -> None:
    """Level × shortfall, or (1 − level) × excess; mean over three levels and four pairs."""
    p10 = [0.1 * 5, 0.1 * 10, 0.1 * 7, 0.9 * 1]
    p50 = [0.5 * 2, 0, 0.5 * 4, 0.5 * 2]
    p90 = [0.1 * 4, 0.1 * 10, 0.9 * 3, 0.1 * 5]
    assert score(SHOWN, TRUE).pinball == pytest.approx(sum(p10 + p50 + p90) / 12)


def test_unknown_pairs_are_not_counted() -> None:
    """NaN on either side: left out; nothing left: NaN, and None in JSON."""
    shown = np.array([[1.0, 2.0, 3.0], [math.nan, 2.0, 3.0], [1.0, 2.0, 3.0]])
    found = score(shown, np.array([3.0, 3.0, math.nan]))
    assert (found.n, found.mae) == (1, 1.0)
    nothing = score(np.empty((0, 3)), np.empty(0))
    assert nothing.n == 0 and nothing.row()["mae"] is None


def test_a_wrong_shape_is_refused() -> None:
    """Three quantiles a pair."""
    with pytest.raises(ValueError, match="shape"):
        score(np.zeros((2, 2)), np.zeros(2))


def test_calibration_between_the_quantiles() -> None:
    """Ranges of 0–10–30: the level 0.3 lies at 5, 0.7 at 20."""
    shown = np.tile([0.0, 10.0, 30.0], (4, 1))
    levels = np.array([0.1, 0.3, 0.5, 0.7, 0.9])
    found = calibration(shown, np.array([4.0, 9.0, 19.0, 40.0]), levels)
    assert found == pytest.approx([0.0, 0.25, 0.5, 0.75, 0.75])
    with pytest.raises(ValueError, match="0.1"):
        calibration(shown, np.zeros(4), np.array([0.05]))


def test_scores_by_group() -> None:
    """By hour: two in the first, none in the second, two in the third."""
    hours = np.array([9.0, 9.9, 11.0, 11.5])
    found = by_group(SHOWN, TRUE, hours, np.array([9.0, 10.0, 11.0, 12.0]))
    assert [each.n for each in found] == [2, 0, 2]
    assert found[0].mae == pytest.approx(1.0)
