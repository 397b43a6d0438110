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
Rows = IntArray | slice

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
        self.desks, self.samples = busy.shape
        self._index = np.arange(busy.size, dtype=np.int64).reshape(busy.shape)
        self._starts, self._ends = _gaps(spans)
        self._free: IntArray = moments(busy) + self._index
        self._settle()

    def _settle(self) -> None:
        """Move every desk out of its gaps, and note where its next gap starts."""
        self._free = self._opened(self._free, slice(None))
        self._flat = self._free.reshape(-1)
        nearest = np.full(self._free.shape, _AFTER_ALL)
        for starts in self._starts.T[::-1]:
            nearest = np.where(starts[:, None] > self._free, starts[:, None], nearest)
        self._limit = nearest.reshape(-1)

    def _opened(self, found: IntArray, rows: Rows) -> IntArray:
        """The same moments (rows, K), those within a gap moved to its end."""
        for starts, ends in zip(self._starts[rows].T, self._ends[rows].T, strict=True):
            inside = (found >= starts[:, None]) & (found < ends[:, None])
            found = np.where(inside, ends[:, None] + (found & _INDEX), found)
        return found

    def earliest(self, rows: Rows, since: int = 0) -> IntArray:
        """(K,) the first moment, not before `since`, at which one of the desks may call, with its index."""
        free = self._free[rows]
        if since > 0:
            index = free & _INDEX
            free = self._opened(np.maximum(free - index, since) + index, rows)
        return np.asarray(np.minimum.reduce(free, axis=0))

    def take(self, found: IntArray, lasting: IntArray) -> None:
        """Let the desks that `earliest` found serve for `lasting` (K,) from then."""
        flat = found & _INDEX
        done = found + lasting
        late = done >= self._limit[flat]
        if late.any():
            self._pass_gaps(done, flat, late)
        self._flat[flat] = done

    def take_some(self, found: IntArray, lasting: IntArray, mask: BoolArray) -> None:
        """`take` in those samples only."""
        if mask.any():
            self.take(found[mask], lasting[mask])

    def _pass_gaps(self, done: IntArray, flat: IntArray, late: BoolArray) -> None:
        some = np.flatnonzero(late)
        moved, cells = done[some], flat[some]
        starts, ends = self._starts[cells // self.samples], self._ends[cells // self.samples]
        for gap in range(starts.shape[1]):
            inside = (moved >= starts[:, gap]) & (moved < ends[:, gap])
            moved = np.where(inside, ends[:, gap] + cells, moved)
        later = np.where(starts > moved[:, None], starts, _AFTER_ALL)
        self._limit[cells] = later.min(axis=1)
        done[some] = moved

    def advance(self, since: int) -> None:
        """Nobody whom a desk could take is left: let all of them idle until `since`."""
        self._free = np.maximum(self._free - self._index, since) + self._index
        self._settle()


def _gaps(spans: Sequence[Sequence[Span]]) -> tuple[IntArray, IntArray]:
    """(D, G) starts and ends of the times in which each desk may not call; unused ones lie after all."""
    gaps = [_between(each) for each in spans]
    most = max((len(each) for each in gaps), default=0)
    starts = np.full((len(gaps), most), _AFTER_ALL)
    ends = np.full((len(gaps), most), _AFTER_ALL)
    for desk, each in enumerate(gaps):
        for at, (start, end) in enumerate(each):
            starts[desk, at], ends[desk, at] = moment(start), moment(end)
    return starts, ends


def _between(spans: Sequence[Span]) -> list[Span]:
    """What a desk's spans leave out, from now on; spans that are none are left out."""
    gaps, reached = [], 0.0
    for start, end in sorted(span for span in spans if span[1] > max(span[0], 0.0)):
        if start > reached:
            gaps.append((reached, start))
        reached = max(reached, end)
    return [*gaps, (reached, float("inf"))] if reached < _LONGEST else gaps
