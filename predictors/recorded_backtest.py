"""Recorded days predicted from days before: every method on the same moments, in one run.

`throughput` is what the product ships where desks are not known (`predictors.line_waits`); `learned` the
plain product of learned minutes a ticket and people ahead; the rest are usual or published answers, and
gradient-boosted trees that get the same columns. The test days teach nobody anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from predictors.boosting import Growth
from predictors.line_columns import COLUMN, Moments, moments, together
from predictors.line_habits import SLACK
from predictors.line_waits import GROWTH, LineWaits, known, rows_by_day
from predictors.recorded import FloatArray, RecordedLine
from predictors.rivals.recorded_trees import recorded_trees

SHIPPED = "throughput"
Answers = dict[str, tuple[FloatArray, FloatArray]]
Days = Sequence[Sequence[RecordedLine]]

_LEVELS = (0.1, 0.9)


def _column(name: str) -> Callable[[FloatArray], FloatArray]:
    return lambda columns: columns[:, COLUMN[name]]


def _queue_length(columns: FloatArray) -> FloatArray:
    """(Q + 1)·S ÷ c; minutes of backlog a call × usual desks is S."""
    desks = np.maximum(columns[:, COLUMN["desks"]], 1.0)
    usual = np.maximum(columns[:, COLUMN["desks"]] - columns[:, COLUMN["desks_more"]], 1.0)
    return np.asarray((columns[:, COLUMN["ahead"]] + 1) * columns[:, COLUMN["pace"]] * usual / desks)


POINTS: Mapping[str, Callable[[FloatArray], FloatArray]] = {
    "learned": _column("each_ahead"),
    "ql": _queue_length,
    "les": _column("last_waited"),
    "hol": _column("head"),
    "rolling": _column("rolling"),
    "historical": _column("mean_wait"),
    "published": _column("published"),
}
"""Methods that give one figure; their ranges are that figure × what their own errors on the training days
say.
"""


def warsaw_backtest(
    train: Days, test: Days, seed: int, trees: bool = True, growth: Growth = GROWTH
) -> Answers:
    """p10, p50, p90 (n, 3) and the waits that followed (n,), by method; NaN where a method has no answer.

    Raises TooLittleRecorded, and with `trees` RivalMissing without scikit-learn.
    """
    shipped = LineWaits.fit(train, seed, growth)
    past, _ = rows_by_day(train)
    asked = asked_rows(shipped, test)
    found: Answers = {SHIPPED: (shipped.predict(asked.columns), asked.waits)}
    for name, method in POINTS.items():
        found[name] = (ranged(method(past.columns), past.waits, method(asked.columns)), asked.waits)
    if trees:
        found["trees"] = (_trees(past, asked, seed), asked.waits)
    return found


def _trees(past: Moments, asked: Moments, seed: int) -> FloatArray:
    return recorded_trees(past.columns, past.waits, asked.columns, COLUMN["each_ahead"], seed)


def asked_rows(shipped: LineWaits, test: Days) -> Moments:
    """The scored moments of the test days: opening hours, somebody waiting, wait known."""
    return together([known(moments(day, shipped.habits)) for day in test])


def ranged(past: FloatArray, waits: FloatArray, asked: FloatArray) -> FloatArray:
    """A method's figures (m,) with p10 and p90 (m, 3) from the ratios of waits (n,) to its figures (n,)."""
    told = np.isfinite(past)
    if not told.any():
        return np.full((len(asked), 3), np.nan)
    ratios = (waits[told] + SLACK) / (past[told] + SLACK)
    low, high = np.quantile(ratios, _LEVELS)
    ends = [np.maximum((asked + SLACK) * ratio - SLACK, 0.0) for ratio in (min(low, 1.0), max(high, 1.0))]
    return np.stack([ends[0], asked, ends[1]], axis=1)


def steps(train: Days, test: Days, seed: int, growth: Growth = GROWTH) -> Answers:
    """What each step of the shipped method buys: the same moments after one, two and three steps."""
    shipped = LineWaits.fit(train, seed, growth)
    asked = asked_rows(shipped, test)
    middles = {
        "learned × ahead": asked.columns[:, COLUMN["each_ahead"]],
        "came alike": asked.columns[:, COLUMN["alike"]],
        "+ regression": shipped.unmended(asked.columns),
    }
    found = {name: (np.repeat(middle[:, None], 3, axis=1), asked.waits) for name, middle in middles.items()}
    return found | {"+ trees = shipped": (shipped.predict(asked.columns), asked.waits)}
