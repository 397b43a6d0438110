"""How far waits stray from the predicted middle: a quantile regression of the logarithm, then conformal.

Learned from predictions of days that the predictor had not seen. The conformal step leaves each of those days
out once more: the shift is the quantile of what was missed on days left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from predictors.line_columns import COLUMN
from predictors.line_habits import SLACK
from predictors.recorded import FloatArray, IntArray

LEVELS = (0.1, 0.9)
LARGEST = 4.0
_ROUNDS, _STEP, _RIDGE = 300, 0.05, 1e-3


class LineRanges:
    """`weights` (2, m): what the lower and the upper end take of the terms, on the logarithm's scale."""

    def __init__(self, weights: FloatArray) -> None:
        self._weights = weights

    @classmethod
    def fit(cls, columns: FloatArray, middle: FloatArray, waits: FloatArray, days: IntArray) -> LineRanges:
        """Learn from rows (n, k) of at least two `days` (n,), with middles (n,) predicted without the row's
        own day.
        """
        made, missed = _terms(columns, middle), np.log((waits + SLACK) / (middle + SLACK))
        ends = []
        for level in LEVELS:
            stray = np.empty(len(missed))
            for day in np.unique(days):
                others = days != day
                weights = _quantile(made[others], missed[others], level)
                stray[~others] = missed[~others] - np.einsum("ij,j->i", made[~others], weights)
            weights = _quantile(made, missed, level)
            weights[0] += np.quantile(stray, level)
            ends.append(weights)
        return cls(np.array(ends))

    def around(self, columns: FloatArray, middle: FloatArray) -> FloatArray:
        """p10, p50, p90 (n, 3) in minutes around the middles (n,)."""
        low, high = (_terms(columns, middle) @ self._weights.T).T
        lower = (middle + SLACK) * np.exp(np.clip(low, -LARGEST, 0.0)) - SLACK
        upper = (middle + SLACK) * np.exp(np.clip(high, 0.0, LARGEST)) - SLACK
        return np.stack([np.maximum(lower, 0.0), middle, upper], axis=1)

    def to_state(self) -> dict[str, Any]:
        """Everything, ready for JSON."""
        return {"weights": self._weights.tolist()}

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> LineRanges:
        """What `to_state` wrote."""
        return cls(np.array(state["weights"], dtype=np.float64))


def _terms(columns: FloatArray, middle: FloatArray) -> FloatArray:
    """What a range's width hangs on (n, 6): the constant first; each about 0 ± 1."""
    ahead, length = np.log(columns[:, COLUMN["ahead"]] + 0.5), np.log(middle + SLACK)
    closing = np.log(np.maximum(columns[:, COLUMN["to_close"]], 3.0))
    return np.stack(
        [
            np.ones(len(middle)),
            ahead - 1.0,
            length - 2.5,
            columns[:, COLUMN["alike_count"]] / 3 - 1.0,
            np.log1p(columns[:, COLUMN["served"]]) - 3.0,
            np.maximum(length - closing, -2.0),
        ],
        axis=1,
    )


def _quantile(made: FloatArray, missed: FloatArray, level: float) -> FloatArray:
    """Weights (m,) of the linear quantile of `missed` (n,), by Adam on the pinball loss."""
    weights, momentum, squares = (np.zeros(made.shape[1]) for _ in range(3))
    weights[0] = np.quantile(missed, level)
    for step in range(1, _ROUNDS + 1):
        short = (missed < np.einsum("ij,j->i", made, weights)) - level
        slope = np.einsum("ij,i->j", made, short) / len(missed)
        slope[1:] += _RIDGE * weights[1:]
        momentum = 0.9 * momentum + 0.1 * slope
        squares = 0.99 * squares + 0.01 * slope**2
        size = np.sqrt(squares / (1 - 0.99**step)) + 1e-8
        weights -= _STEP * (1 - step / _ROUNDS) * momentum / (1 - 0.9**step) / size
    return weights
