"""A recorded day of one line, as somebody who watches its display knows it, and how its day went so far.

Where desks are not known (imported feeds), a snapshot every few minutes is all there is: how many wait, which
ticket was called last, how many desks the office says are open. Every figure here at a snapshot is made from
snapshots up to it, so the same code serves records and a live display. Minutes are minutes of the day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from predictors.traces import LARGEST_JUMP

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

WINDOWS = (30.0, 60.0, 120.0)
LONGEST_GAP = 20.0
"""Minutes between two snapshots of which nothing is learned: the display was away."""


@dataclass(frozen=True, eq=False)
class RecordedLine:
    """One line's day; arrays of length T ≥ 1, one entry a snapshot, `minutes` rising strictly.

    `called`: calls so far, as known at that moment. `published`: the minutes that the city itself shows, NaN
    where none. `waits`: what a visitor who came then waited, NaN where nobody knows (yet).
    """

    line: str
    office: str
    weekday: int
    opens: float
    closes: float
    minutes: FloatArray
    waiting: FloatArray
    called: FloatArray
    desks: FloatArray
    published: FloatArray
    waits: FloatArray

    def __post_init__(self) -> None:
        """ValueError names the array that does not fit."""
        length = len(self.minutes)
        for name in ("waiting", "called", "desks", "published", "waits"):
            if len(getattr(self, name)) != length:
                given = len(getattr(self, name))
                raise ValueError(f"{self.line}: {name} has {given} entries, needs {length}")
        if length == 0 or bool((np.diff(self.minutes) <= 0).any()):
            raise ValueError(f"{self.line}: minutes must rise, and there must be one")
        if bool((self.waiting < 0).any()):
            raise ValueError(f"{self.line}: waiting below zero")

    @property
    def asked(self) -> BoolArray:
        """Snapshots (T,) within opening hours with somebody waiting: the moments that predictions are for."""
        return (self.minutes >= self.opens) & (self.minutes < self.closes) & (self.waiting > 0)


def calls_as_seen(numbers: FloatArray) -> FloatArray:
    """Calls so far (T,) from ticket numbers (T,; NaN where none), each entry from the numbers up to it.

    A step of more than LARGEST_JUMP, or back, counts as a misreading; seen twice running, it is a new start
    of the numbers and counts no call.
    """
    counted = np.zeros(len(numbers))
    calls, latest, odd = 0.0, np.nan, np.nan
    for at, number in enumerate(numbers):
        if not np.isnan(number):
            if 0 <= number - latest <= LARGEST_JUMP:
                calls += number - latest
                latest, odd = number, np.nan
            elif np.isnan(latest) or 0 <= number - odd <= LARGEST_JUMP:
                latest, odd = number, np.nan
            else:
                odd = number
        counted[at] = calls
    return counted


@dataclass(frozen=True, eq=False)
class Progress:
    """A line's day so far, at each snapshot (T,).

    `busy`: minutes with a backlog since the morning; `served`: calls in them. `last_waited`: the wait of the
    last one called; `head`: how long the first in line has waited; `since_call`: minutes since a call;
    `recent_busy`, `recent_served`, `recent_calls`: (T, 3), over WINDOWS; `watched`: (T, 3), the minutes of
    each window that were seen; `rise`: change of the line over 15 and 30 minutes (T, 2); `joined`: tickets
    issued within half an hour.
    """

    busy: FloatArray
    served: FloatArray
    last_waited: FloatArray
    head: FloatArray
    since_call: FloatArray
    recent_busy: FloatArray
    recent_served: FloatArray
    recent_calls: FloatArray
    watched: FloatArray
    rise: FloatArray
    joined: FloatArray


def progress(line: RecordedLine) -> Progress:
    """How the day of `line` went, seen from each snapshot."""
    minutes, called = line.minutes, line.called
    busy, served = _backlog(line)
    issued = np.maximum.accumulate(called + line.waiting)
    places = np.arange(len(minutes))
    last = np.maximum.accumulate(np.where(np.diff(called, prepend=called[0] - 1) > 0, places, 0))
    came = np.minimum(np.searchsorted(issued, called[last]), last)
    head = np.minimum(np.searchsorted(issued, called + 1), places)
    back = {window: _back(minutes, window) for window in (15.0, *WINDOWS)}
    windows = [back[window] for window in WINDOWS]
    return Progress(
        busy=busy,
        served=served,
        last_waited=minutes[last] - minutes[came],
        head=np.where(line.waiting > 0, minutes - minutes[head], 0.0),
        since_call=minutes - minutes[last],
        recent_busy=np.stack([busy - busy[at] for at in windows], axis=1),
        recent_served=np.stack([served - served[at] for at in windows], axis=1),
        recent_calls=np.stack([called - called[at] for at in windows], axis=1),
        watched=np.stack([np.minimum(minutes - minutes[0], window) for window in WINDOWS], axis=1),
        rise=np.stack([line.waiting - line.waiting[back[window]] for window in (15.0, 30.0)], axis=1),
        joined=issued - issued[back[30.0]],
    )


def _back(minutes: FloatArray, window: float) -> IntArray:
    """The first snapshot no older than `window` minutes, for each snapshot."""
    return np.minimum(np.searchsorted(minutes, minutes - window), np.arange(len(minutes)))


def _backlog(line: RecordedLine) -> tuple[FloatArray, FloatArray]:
    """Minutes with somebody waiting since the morning, and the calls in them, both (T,).

    An interval with a line at one end only counts half. Calls of tickets that came and were called between
    two snapshots with nobody waiting at the first say nothing about a backlog.
    """
    spent, calls = np.diff(line.minutes), np.diff(line.called)
    before, after = line.waiting[:-1] > 0, line.waiting[1:] > 0
    share = np.where(before & after, 1.0, np.where(before | after, 0.5, 0.0)) * (spent <= LONGEST_GAP)
    counted = np.where(before & after, calls, np.minimum(calls, line.waiting[:-1])) * (share > 0)
    zero = np.zeros(1)
    return (
        np.concatenate([zero, np.cumsum(spent * share)]),
        np.concatenate([zero, np.cumsum(counted)]),
    )
