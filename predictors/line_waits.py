"""Waits in lines whose desks are not known, learned from recorded days: what the product ships for imported
feeds.

Three steps, each measured in docs/predictions-warsaw.md: what those waited who came alike (`line_habits`), a
robust regression on how the day goes (`line_regression`), trees that mend what is left (`boosting`). Ranges
come from days left out (`line_ranges`). `predictors.throughput` serves until three days are recorded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from predictors.boosting import Boosted, Growth, boost
from predictors.conformal import Quantiles
from predictors.line_columns import COLUMN, NAMES, Moments, moments, together
from predictors.line_habits import SLACK, Habits, learn_habits
from predictors.line_ranges import LineRanges
from predictors.line_regression import LineRegression
from predictors.recorded import FloatArray, IntArray, RecordedLine

FEWEST_DAYS = 3
FEWEST_MOMENTS = 200
GROWTH = Growth(trees=120, depth=4, rate=0.08)


class TooLittleRecorded(ValueError):
    """The record has fewer than three days with waits, or fewer than 200 moments."""


class LineWaits:
    """A predictor that has learned; `habits` are those of all days it was given."""

    def __init__(
        self, habits: Habits, regression: LineRegression, mended: Boosted, ranges: LineRanges
    ) -> None:
        self.habits = habits
        self._regression, self._mended, self._ranges = regression, mended, ranges

    @classmethod
    def fit(
        cls, days: Sequence[Sequence[RecordedLine]], seed: int, growth: Growth = GROWTH
    ) -> LineWaits:
        """Learn from whole days. Raises TooLittleRecorded."""
        rows, of_day = rows_by_day(days)
        middle = np.empty(len(rows.waits))
        for day in np.unique(of_day):
            others = of_day != day
            found = _fit_middle(rows.columns[others], rows.waits[others], seed, growth)
            middle[~others] = _middle(*found, rows.columns[~others])
        ranges = LineRanges.fit(rows.columns, middle, rows.waits, of_day)
        whole = _fit_middle(rows.columns, rows.waits, seed, growth)
        return cls(learn_habits(days), *whole, ranges)

    def predict(self, columns: FloatArray) -> FloatArray:
        """p10, p50, p90 (n, 3) in minutes for rows (n, k) of `predictors.line_columns`."""
        return self._ranges.around(columns, _middle(self._regression, self._mended, columns))

    def unmended(self, columns: FloatArray) -> FloatArray:
        """The middle (n,) without the trees, for the table of what each step buys."""
        return self._regression.predict(columns)

    def waits(self, today: Sequence[RecordedLine]) -> dict[str, Quantiles]:
        """The range of one who joins now, by line, with the last snapshot of each as the present. A line
        without anybody waiting is left out: nothing was learned about it.
        """
        latest = [np.arange(len(line.minutes)) == len(line.minutes) - 1 for line in today]
        now = [last & (line.waiting > 0) for last, line in zip(latest, today, strict=True)]
        rows = moments(today, self.habits, now)
        ranges = self.predict(rows.columns)
        return {
            today[place].line: Quantiles(*(float(minutes) for minutes in each))
            for place, each in zip(rows.lines, ranges, strict=True)
        }

    def to_state(self) -> dict[str, Any]:
        """Everything, ready for JSON."""
        return {
            "columns": list(NAMES),
            "habits": self.habits.to_state(),
            "regression": self._regression.to_state(),
            "mended": self._mended.to_state(),
            "ranges": self._ranges.to_state(),
        }

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> LineWaits:
        """What `to_state` wrote; ValueError where it is not that, or was written for other columns."""
        try:
            if state["columns"] != list(NAMES):
                raise ValueError("the state was written for other columns")
            return cls(
                Habits.from_state(state["habits"]),
                LineRegression.from_state(state["regression"]),
                Boosted.from_state(state["mended"]),
                LineRanges.from_state(state["ranges"]),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not a state of line waits: {error!r}") from error


def rows_by_day(days: Sequence[Sequence[RecordedLine]]) -> tuple[Moments, IntArray]:
    """Rows with known waits, made with the habits of the other days, and the place of each row's day (n,).

    Raises TooLittleRecorded.
    """
    parts = []
    for place, day in enumerate(days):
        others = learn_habits([other for at, other in enumerate(days) if at != place])
        parts.append(known(moments(day, others)))
    counts = [len(part.waits) for part in parts]
    if sum(count > 0 for count in counts) < FEWEST_DAYS or sum(counts) < FEWEST_MOMENTS:
        raise TooLittleRecorded(f"{sum(counts)} moments on {sum(count > 0 for count in counts)} days")
    return together(parts), np.repeat(np.arange(len(days)), counts)


def known(rows: Moments) -> Moments:
    """The rows whose wait is known."""
    kept = np.isfinite(rows.waits)
    return Moments(rows.columns[kept], rows.waits[kept], rows.lines[kept], rows.minutes[kept])


def _fit_middle(
    columns: FloatArray, waits: FloatArray, seed: int, growth: Growth
) -> tuple[LineRegression, Boosted]:
    regression = LineRegression.fit(columns, waits)
    missed = np.log((waits + SLACK) / (regression.predict(columns) + SLACK))
    rng = np.random.default_rng(seed)
    return regression, boost(_filled(columns), missed, np.ones(len(waits)), rng, growth)


def _middle(regression: LineRegression, mended: Boosted, columns: FloatArray) -> FloatArray:
    plain = regression.predict(columns) + SLACK
    return np.asarray(np.maximum(plain * np.exp(mended.predict(_filled(columns))) - SLACK, 0.0))


def _filled(columns: FloatArray) -> FloatArray:
    """Columns without NaN: nothing published counts as 0."""
    filled = columns.copy()
    shown = COLUMN["published"]
    filled[:, shown] = np.nan_to_num(columns[:, shown])
    return filled
