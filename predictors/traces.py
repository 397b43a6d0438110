"""Clean a recorded day of one queue and rebuild what its snapshots do not say: calls, arrivals, leavers,
waits.

A record is a row of snapshots about five minutes apart: how many waited (L) and which ticket number was
called last. Cleaned, the number gives C, the tickets called so far. Everything else follows: C + L never
falls unless somebody left, its rise are the tickets issued, and a visitor who comes with L ahead waits until
C has grown by L.

Minutes are minutes after midnight on the office's clock. Source of the rules: the README of the Warsaw data
(City of Warsaw's open queue API, collected by the authors of kolejkeR, MIT, 2019).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

FEWEST_CALLS = 25
LARGEST_JUMP = 30


class Unusable(StrEnum):
    """Why a queue's day cannot be replayed; tested in this order."""

    NO_NUMBER = "no_number"
    FROZEN = "frozen"
    FEW_CALLS = "under_25_calls"
    JUMP = "jump_over_30"


@dataclass(frozen=True, eq=False)
class QueueRecord:
    """One queue's day as recorded; arrays of equal length T, one entry a snapshot.

    `minutes` rise strictly; `waiting` ≥ 0; `numbers` are ticket numbers without the letter, NaN where none
    was shown; `desks` are the desks said to be open (often shared with other queues). `published`: the
    minutes that the city showed, NaN or None where none.
    """

    minutes: IntArray
    waiting: IntArray
    numbers: FloatArray
    desks: IntArray
    published: FloatArray | None = None


@dataclass(frozen=True, eq=False)
class Trace:
    """One queue's cleaned day; arrays of length T ≥ 2. `called` is C, never falling; `waiting` is L."""

    minutes: IntArray
    waiting: IntArray
    called: IntArray
    desks: IntArray


class Flows(NamedTuple):
    """Tickets that came, were called and left between two snapshots; each of length T − 1, none negative."""

    issued: IntArray
    called: IntArray
    left: IntArray


class Move(StrEnum):
    """What happens to a queue between two snapshots."""

    ISSUE = "issue"
    CALL = "call"
    LEAVE = "leave"


class Step(NamedTuple):
    """One move at a moment (minutes after midnight, fractions allowed)."""

    minute: float
    move: Move


def called_so_far(numbers: FloatArray) -> IntArray:
    """C(t) from ticket numbers (T,), NaN where none was shown; at least one must be a number.

    A missing number repeats the one before (at the start: the first one that came). The three-point median
    drops single misreadings, the minimum over the future drops numbers that were taken back later.
    """
    known = np.flatnonzero(~np.isnan(numbers))
    latest = np.searchsorted(known, np.arange(len(numbers)), side="right") - 1
    filled = numbers[known[np.maximum(latest, 0)]]
    smooth = filled.copy()
    smooth[1:-1] = np.median(np.stack([filled[:-2], filled[1:-1], filled[2:]]), axis=0)
    future_minimum = np.minimum.accumulate(smooth[::-1])[::-1]
    return future_minimum.astype(np.int64)


def clean(record: QueueRecord) -> Trace | Unusable:
    """The record with C in place of its numbers, or the first reason why it cannot be used."""
    if bool(np.isnan(record.numbers).all()):
        return Unusable.NO_NUMBER
    called = called_so_far(record.numbers)
    calls = int(called[-1] - called[0])
    if calls == 0:
        return Unusable.FROZEN
    if calls < FEWEST_CALLS:
        return Unusable.FEW_CALLS
    if int(np.diff(called).max()) > LARGEST_JUMP:
        return Unusable.JUMP
    return Trace(record.minutes, record.waiting, called, record.desks)


def changed(trace: Trace) -> BoolArray:
    """For each snapshot (T,), whether L or C differs from the snapshot before; the first one never does."""
    moved = (np.diff(trace.waiting) != 0) | (np.diff(trace.called) != 0)
    return np.concatenate([[False], moved])


def flows(trace: Trace) -> Flows:
    """What moved between snapshots: a rise of C + L was issued, a fall of it left without being called."""
    growth = np.diff(trace.called + trace.waiting)
    return Flows(np.maximum(growth, 0), np.diff(trace.called), np.maximum(-growth, 0))


def steps(trace: Trace, interval: int) -> list[Step]:
    """The moves between snapshot `interval` and the next one, in order, spread evenly between the two.

    A call that would find the line empty comes right after the next arrival. Nobody leaves in an interval in
    which somebody comes, so leavers are always there to leave.
    """
    moves = flows(trace)
    begin, end = int(trace.minutes[interval]), int(trace.minutes[interval + 1])
    arrivals = _spread(begin, end, int(moves.issued[interval]))
    calls = _spread(begin, end, int(moves.called[interval]))
    short = int(trace.waiting[interval])
    for index in range(short, len(calls)):
        calls[index] = max(calls[index], arrivals[index - short])
    leavers = _spread(begin, end, int(moves.left[interval]))
    planned = [Step(minute, Move.ISSUE) for minute in arrivals]
    planned += [Step(minute, Move.CALL) for minute in calls]
    planned += [Step(minute, Move.LEAVE) for minute in leavers]
    return sorted(planned, key=lambda step: step.minute)


def _spread(begin: float, end: float, count: int) -> list[float]:
    """`count` moments evenly inside (begin, end), each in the middle of its share."""
    return [begin + (end - begin) * (index + 0.5) / count for index in range(count)]


def rebuilt_waits(trace: Trace) -> FloatArray:
    """Minutes that a visitor who comes at each snapshot (T,) waits: until C reaches C(t) + L(t).

    C is taken to grow evenly between snapshots. NaN where the record ends before that.
    """
    waits = np.full(len(trace.minutes), np.nan)
    for at, target in enumerate(trace.called + trace.waiting):
        reached = int(np.searchsorted(trace.called, target, side="left"))
        if reached <= at:
            waits[at] = 0.0
        elif reached < len(waits):
            below, above = trace.called[reached - 1], trace.called[reached]
            begin, end = trace.minutes[reached - 1], trace.minutes[reached]
            waits[at] = begin + (end - begin) * (target - below) / (above - below) - trace.minutes[at]
    return waits
