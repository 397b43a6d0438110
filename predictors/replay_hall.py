"""The desks of a replayed branch: K samples side by side, each moment one integer.

Moments are minutes from now in 1/65,536ths, shifted left; the bits below hold the flat index (desk × K +
sample) of the desk that is free then. So one minimum over the desks' rows finds both the earliest moment and
the desk, and adding a duration (its low bits are 0) keeps the desk.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
Span = tuple[float, float]

INDEX_BITS = 18
MOST_CELLS = 1 << INDEX_BITS
"""Most desks × samples."""

_INDEX = MOST_CELLS - 1
NEVER = 1 << 61
_AFTER_ALL = 1 << 62
_LONGEST = 60.0 * 24 * 30


def moments(minutes: FloatArray) -> IntArray:
    """Minutes (any shape, infinite allowed) as moments without a desk."""
    kept = np.minimum(minutes, _LONGEST)
    ticks = (kept * 65_536.0).astype(np.int64) << INDEX_BITS
    return np.where(minutes > _LONGEST, NEVER, ticks)


def durations(minutes: FloatArray) -> IntArray:
    """`moments` of minutes that are known to be finite."""
    return np.asarray((minutes * 65_536.0).astype(np.int64) << INDEX_BITS)


def moment(minutes: float) -> int:
    """One `moments`."""
    return NEVER if minutes > _LONGEST else int(minutes * 65_536.0) << INDEX_BITS


def minutes_of(found: IntArray) -> FloatArray:
    """Moments as minutes; infinite where never."""
    return np.where(found >= NEVER, np.inf, (found >> INDEX_BITS) / 65_536.0)


class Hall:
    """D desks in K samples. `busy` (D, K): minutes until each has finished what is in hand; `spans`: when
    each may call, in minutes from now.
    """

    def __init__(self, busy: FloatArray, spans: Sequence[Sequence[Span]]) -> None:
        self.samples = busy.shape[1]
        self._index = np.arange(busy.size, dtype=np.int64).reshape(busy.shape)
        self._starts, self._ends, first = _gap_table(spans)
        self._gap = np.repeat(first, self.samples)
        self._limit = self._starts[self._gap]
        self._free: IntArray = moments(busy) + self._index
        self._flat = self._free.reshape(-1)
        self._settle()

    def _settle(self) -> None:
        """Move every desk out of its gaps."""
        late = self._flat >= self._limit
        if np.count_nonzero(late):
            self._pass_gaps(self._flat, self._index.reshape(-1), late)

    def earliest(self, rows: IntArray) -> IntArray:
        """(K,) the first moment at which one of the desks may call, with its index."""
        found: IntArray = np.minimum.reduce(self._free.take(rows, axis=0), axis=0)
        return found

    def earliest_since(self, rows: IntArray, since: int) -> IntArray:
        """`earliest`, but not before that moment."""
        index = self._index[rows]
        free = np.maximum(self._free[rows] - index, since) + index
        gap = self._gap.reshape(self._free.shape)[rows]
        while np.count_nonzero(late := free >= self._starts[gap]):
            free = np.where(late & (free < self._ends[gap]), self._ends[gap] + index, free)
            gap = gap + late
        return np.asarray(np.minimum.reduce(free, axis=0))

    def take(self, found: IntArray, lasting: IntArray) -> None:
        """Let the desks that `earliest` found serve for `lasting` (K,) from then."""
        flat = found & _INDEX
        done = found + lasting
        late = done >= self._limit[flat]
        if np.count_nonzero(late):
            self._pass_gaps(done, flat, late)
        self._flat[flat] = done

    def take_many(self, rows: IntArray, lasting: IntArray) -> None:
        """Let as many of these desks as there are services (M, K), the earliest, serve them; if there are
        fewer desks, each serves every so many one after the other.
        """
        together = min(len(rows), len(lasting))
        loads = lasting[:together].copy()
        for later in range(together, len(lasting)):
            loads[later % together] += lasting[later]
        found = np.sort(self._free.take(rows, axis=0), axis=0)[:together]
        self.take(found.reshape(-1), loads.reshape(-1))

    def _pass_gaps(self, done: IntArray, flat: IntArray, late: BoolArray) -> None:
        """Move `done` moments of the cells `flat` that lie in or behind their next gap; all of one shape."""
        while True:
            some = late.nonzero()[0]
            cells, moved = flat[some], done[some]
            gap = self._gap[cells]
            ends = self._ends[gap]
            done[some] = moved = np.where(moved < ends, ends + cells, moved)
            self._gap[cells] = gap = gap + 1
            self._limit[cells] = limit = self._starts[gap]
            again = moved >= limit
            if not np.count_nonzero(again):
                return
            late[some] = again

    def advance(self, since: int) -> None:
        """Nobody whom a desk could take is left: let all of them idle until `since`."""
        np.maximum(self._free - self._index, since, out=self._free)
        self._free += self._index
        self._settle()


def _gap_table(spans: Sequence[Sequence[Span]]) -> tuple[IntArray, IntArray, IntArray]:
    """Starts and ends of the times in which desks may not call, each desk's one after another with an end
    mark, and where each desk's begin.
    """
    starts: list[int] = []
    ends: list[int] = []
    first: list[int] = []
    for each in spans:
        first.append(len(starts))
        for start, end in [*_between(each), (np.inf, np.inf)]:
            starts.append(moment(start))
            ends.append(moment(end))
        starts[-1] = ends[-1] = _AFTER_ALL
    return np.array(starts), np.array(ends), np.array(first)


def _between(spans: Sequence[Span]) -> list[Span]:
    """What a desk's spans leave out, from now on; spans that are none are left out."""
    gaps, reached = [], 0.0
    for start, end in sorted(span for span in spans if span[1] > max(span[0], 0.0)):
        if start > reached:
            gaps.append((reached, start))
        reached = max(reached, end)
    return [*gaps, (reached, float("inf"))] if reached < _LONGEST else gaps
