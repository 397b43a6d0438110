"""Simple predictions of recorded visits, as the literature has them, from joins and calls alone.

Used where nothing is known of the desks: on archives, beside the ranges that were shown. See
`predictors.baselines` for the same methods with desks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from predictors.baselines import ROLLING_MINUTES, Ranges
from predictors.outcome import Answers

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

METHODS = ("learned", "les", "rolling", "historical")
_USUAL_WEIGHT = 5.0


@dataclass(frozen=True, eq=False)
class Visits:
    """Tickets of many lines and days, arrays of one length n. `line`: a number for each branch and queue.

    `joined` and `left` (called, or gone without a call; NaN: never) are minutes on one clock over all days;
    `wait` is minutes from joining to the call without pauses, NaN for those never called; `hour` is the local
    hour of joining (0–24). `scored`: may be compared (not within an alarm, say); the others only stand in
    line.
    """

    line: IntArray
    joined: FloatArray
    left: FloatArray
    wait: FloatArray
    hour: FloatArray
    scored: BoolArray


@dataclass(frozen=True, eq=False)
class _Seen:
    """What each ticket's visitor saw when joining, (n,) each: people ahead, the wait of the last one called
    (NaN: none in the last half day), calls of the last 45 minutes.
    """

    ahead: FloatArray
    les: FloatArray
    calls: FloatArray


def visit_answers(train: Visits, test: Visits) -> dict[str, Answers]:
    """Ranges of METHODS for the test visits with a wait, learned on the training visits.

    ValueError where either has none to score.
    """
    for name, visits in (("training", train), ("test", test)):
        if not (visits.scored & ~np.isnan(visits.wait)).any():
            raise ValueError(f"no visit of the {name} days has a wait")
    past = _points(train, train)
    now = _points(train, test)
    known, asked = (each.scored & ~np.isnan(each.wait) for each in (train, test))
    return {
        name: Answers(
            Ranges(past[name][known], train.wait[known]).around(now[name][asked]),
            test.wait[asked],
            test.hour[asked],
        )
        for name in METHODS
    }


def _points(train: Visits, asked: Visits) -> dict[str, FloatArray]:
    """The middle of each method for all `asked` visits."""
    learnt, seen = _see(train), _see(asked)
    lines = int(max(train.line.max(), asked.line.max())) + 1
    known = train.scored & ~np.isnan(train.wait)
    line, wait = train.line[known], train.wait[known]
    tickets = np.bincount(line, learnt.ahead[known] + 1.0, lines)
    total, count = np.bincount(line, wait, lines), np.bincount(line, minlength=lines)
    city = wait.sum() / (learnt.ahead[known] + 1.0).sum()
    a_ticket = (total + _USUAL_WEIGHT * city) / (tickets + _USUAL_WEIGHT)
    learned = a_ticket[asked.line] * (seen.ahead + 1.0)
    usual = (total + _USUAL_WEIGHT * wait.mean()) / (count + _USUAL_WEIGHT)
    cell = line * 25 + train.hour[known].astype(np.int64)
    at = asked.line * 25 + asked.hour.astype(np.int64)
    sums, counts = np.bincount(cell, wait, lines * 25), np.bincount(cell, minlength=lines * 25)
    hourly = (sums[at] + _USUAL_WEIGHT * usual[asked.line]) / (counts[at] + _USUAL_WEIGHT)
    moving = seen.calls > 0
    pace = (seen.ahead + 1.0) * ROLLING_MINUTES / np.where(moving, seen.calls, 1.0)
    return {
        "learned": learned,
        "les": np.where(np.isnan(seen.les), learned, seen.les),
        "rolling": np.where(moving, pace, learned),
        "historical": hourly,
    }


def _see(visits: Visits) -> _Seen:
    count = len(visits.line)
    seen = _Seen(np.zeros(count), np.full(count, np.nan), np.zeros(count))
    for rows in _lines(visits.line):
        joined = visits.joined[rows]
        order = np.argsort(joined, kind="stable")
        rows, joined = rows[order], joined[order]
        gone = np.sort(np.nan_to_num(visits.left[rows], nan=np.inf))
        before = np.searchsorted(joined, joined, side="left")
        seen.ahead[rows] = np.maximum(before - np.searchsorted(gone, joined, side="right"), 0)
        called = rows[~np.isnan(visits.wait[rows])]
        called = called[np.argsort(visits.left[called], kind="stable")]
        moments = visits.left[called]
        last = np.searchsorted(moments, joined, side="right")
        seen.calls[rows] = last - np.searchsorted(moments, joined - ROLLING_MINUTES, side="right")
        if len(called):
            latest = called[np.maximum(last - 1, 0)]
            recent = (last > 0) & (joined - visits.left[latest] < 720.0)
            seen.les[rows] = np.where(recent, visits.wait[latest], np.nan)
    return seen


def _lines(line: IntArray) -> Iterator[IntArray]:
    """The rows of each line."""
    order = np.argsort(line, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(line[order])) + 1)
