"""A robust regression of waits: the logarithm of (wait ÷ what those waited who came alike) is linear in terms
made from the columns; the mean absolute error in minutes is what is brought down, with a ridge.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from predictors.line_columns import COLUMN
from predictors.line_habits import SLACK
from predictors.recorded import FloatArray

LARGEST = 2.0
"""The regression moves a wait by a factor of at most e²."""

_ROUNDS, _STEP, _RIDGE = 250, 0.03, 0.03
_CLIP = 4.0
_SOFT = 1.0
"""Minutes within which an error counts as a square."""

_NEAR_FIRST = ("since_call", "head", "head_paces", "today", "pace_30", "pace_60", "office_today", "early",
               "past_closing", "alike", "served")  # fmt: skip
"""Terms that matter more the fewer there are ahead: also taken ÷ (ahead + ½)."""


def terms(columns: FloatArray) -> FloatArray:
    """The terms (n, m) of rows (n, k) of `predictors.line_columns`."""

    def of(name: str) -> FloatArray:
        return columns[:, COLUMN[name]]

    plain = np.log(of("each_ahead") + SLACK)
    made = {**_own_terms(of, plain), **_time_terms(of, plain), **_around_terms(of, plain)}
    first = 1.0 / (of("ahead") + 0.5)
    made |= {f"{name}_first": made[name] * first for name in _NEAR_FIRST}
    return np.stack(list(made.values()), axis=1)


def _own_terms(of: Any, plain: FloatArray) -> dict[str, FloatArray]:
    """How long the line is, what its record says, and how it moves now."""
    ahead = np.log(of("ahead") + 0.5)
    return {
        "alike": np.log(of("alike") + SLACK) - plain,
        "pace_ahead": np.log(of("pace_ahead") + SLACK) - plain,
        "ahead": ahead,
        "ahead_bend": (ahead - 1.5) ** 2,
        "alike_count": of("alike_count"),
        "evidence": np.log1p(of("evidence")),
        "mean_wait": np.log(of("mean_wait") + 0.1) - plain,
        "each": np.log(of("each") + 0.1),
        "pace": np.log(of("pace")),
        "a_day": np.log(of("a_day") + 1.0),
        "last_waited": np.log(of("last_waited") + 5) - plain,
        "head": np.log(of("head") + 5) - plain,
        "head_paces": np.log1p(of("head") / of("pace")),
        "rolling": np.clip(np.log(of("rolling") + SLACK) - plain, -2, 2),
        "since_call": np.log1p(of("since_call") / (of("each") + 0.1)),
        "still": np.minimum(of("since_call"), 60.0) / 30,
        **{name: of(name) for name in ("today", "pace_30", "pace_60", "pace_120")},
        "served": np.log1p(of("served")),
        "calls_30": np.log1p(of("calls_30")),
        "rise_15": of("rise_15") / (of("ahead") + 3),
        "rise_30": of("rise_30") / (of("ahead") + 3),
        "joined_30": np.log1p(of("joined_30")),
    }


def _time_terms(of: Any, plain: FloatArray) -> dict[str, FloatArray]:
    """The hour, and whether the usual wait would end after closing."""
    left, hour = np.log(np.maximum(of("to_close"), 3.0)), of("hour")
    return {
        "closing": np.maximum(plain - left, -2),
        "past_closing": np.maximum(plain - left, -0.5),
        "to_close": left,
        "last_hour": np.clip(of("to_close"), 0, 60) / 60,
        "afternoon": np.clip(of("to_close"), 0, 150) / 150,
        "hour": (hour - 12) / 3,
        "hour_bend": ((hour - 12) / 3) ** 2,
        "early": np.exp(-2 * np.maximum(hour - 8, 0)),
        "lunch": np.exp(-0.5 * ((hour - 12) / 0.7) ** 2),
    }


def _around_terms(of: Any, plain: FloatArray) -> dict[str, FloatArray]:
    """The office and the city around the line."""
    shown = np.nan_to_num(of("published"), nan=10.0)
    return {
        **{name: of(name) for name in ("office_today", "city_today", "fuller", "office_fuller")},
        "office_waiting": np.log1p(of("office_waiting")),
        "desks": np.log1p(np.maximum(of("desks"), 0)),
        "desks_more": np.clip(of("desks_more"), -4, 4),
        "published": np.log(np.maximum(shown, 0) + SLACK) - plain,
    }


class LineRegression:
    """`middle` and `spread` scale the terms (m,); `weights` (m + 1,), the constant first."""

    def __init__(self, middle: FloatArray, spread: FloatArray, weights: FloatArray) -> None:
        self._middle, self._spread, self._weights = middle, spread, weights

    @classmethod
    def fit(cls, columns: FloatArray, waits: FloatArray) -> LineRegression:
        """Learn from rows (n, k) and their waits (n,), n ≥ 1, by Adam on all rows at once."""
        made = terms(columns)
        middle, spread = made.mean(axis=0), made.std(axis=0) + 1e-6
        scaled = _scaled(made, middle, spread)
        base = np.log(columns[:, COLUMN["alike"]] + SLACK)
        weights, momentum, squares = (np.zeros(scaled.shape[1]) for _ in range(3))
        mean = float(np.exp(base).mean())
        for step in range(1, _ROUNDS + 1):
            found = np.exp(base + np.clip(_times(scaled, weights), -LARGEST, LARGEST))
            push = np.tanh((found - SLACK - waits) / _SOFT) * found / (len(waits) * mean)
            slope = np.einsum("ij,i->j", scaled, push)
            slope[1:] += _RIDGE * weights[1:]
            momentum = 0.9 * momentum + 0.1 * slope
            squares = 0.99 * squares + 0.01 * slope**2
            size = np.sqrt(squares / (1 - 0.99**step)) + 1e-8
            weights -= _STEP * (1 - step / _ROUNDS) * momentum / (1 - 0.9**step) / size
        return cls(middle, spread, weights)

    def predict(self, columns: FloatArray) -> FloatArray:
        """The median wait in minutes (n,)."""
        moved = _times(_scaled(terms(columns), self._middle, self._spread), self._weights)
        alike = columns[:, COLUMN["alike"]] + SLACK
        return np.asarray(np.maximum(alike * np.exp(np.clip(moved, -LARGEST, LARGEST)) - SLACK, 0.0))

    def to_state(self) -> dict[str, list[float]]:
        """Everything, ready for JSON."""
        parts = {"middle": self._middle, "spread": self._spread, "weights": self._weights}
        return {name: part.tolist() for name, part in parts.items()}

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> LineRegression:
        """What `to_state` wrote."""
        return cls(*(np.array(state[name], dtype=np.float64) for name in ("middle", "spread", "weights")))


def _times(scaled: FloatArray, weights: FloatArray) -> FloatArray:
    """(n,). Not by BLAS: its threads spin, and a row's result would hang on how many rows there are."""
    return np.asarray(np.einsum("ij,j->i", scaled, weights))


def _scaled(made: FloatArray, middle: FloatArray, spread: FloatArray) -> FloatArray:
    """(n, m + 1): a constant, then each term in its own spreads, wild values cut off."""
    scaled = np.clip((made - middle) / spread, -_CLIP, _CLIP)
    return np.concatenate([np.ones((len(made), 1)), scaled], axis=1)
