"""A small correction of ranges by what happened: conformal, by branch, bounded, and nothing without data.

What is learned is by how much the half-ranges must be stretched: for each range that was shown, how far
beyond the median the wait lay, in half-ranges (p90 − p50 above, p50 − p10 below). The share of those factors
that must be covered gives the stretch (split-conformal; Romano, Patterson & Candès 2019 for quantiles); it
moves towards 1 while the record is short. The median is not touched: it is what the error is measured by.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

COVER = 0.9
MEMORY = 2000
"""Ranges remembered; older ones are forgotten."""

WEIGHT = 60.0
"""Ranges whose say equals that of the prior "nothing to correct"."""

LEAST, MOST = 0.5, 2.5
_HALF_LEAST = 0.5
"""A half-range counts as half a minute at least, so that certain ranges do not blow up."""


class Quantiles(NamedTuple):
    """A range of waits in minutes: one in ten is called before p10, half before p50, nine in ten before
    p90.
    """

    p10: float
    p50: float
    p90: float


class _Side:
    """Factors of one side in order of time and of size."""

    def __init__(self, factors: Sequence[float] = ()) -> None:
        self.latest: deque[float] = deque(factors, maxlen=MEMORY)
        self._sorted = sorted(self.latest)

    def add(self, factor: float) -> None:
        if len(self.latest) == MEMORY:
            del self._sorted[bisect_left(self._sorted, self.latest[0])]
        self.latest.append(factor)
        insort(self._sorted, factor)

    def stretch(self) -> float:
        """The factor below which COVER of them lie (with the conformal one more), shrunk to 1, bounded."""
        count = len(self._sorted)
        if not count:
            return 1.0
        place = min(math.ceil(COVER * (count + 1)), count) - 1
        found = min(max(self._sorted[place], LEAST), MOST)
        return math.exp(math.log(found) * count / (count + WEIGHT))


class Conformal:
    """Corrections of one branch (or of whatever record it is taught)."""

    def __init__(self) -> None:
        self._above, self._below = _Side(), _Side()

    def observe(self, predicted: Quantiles, actual: float) -> None:
        """Take in a range as it was predicted, before any correction, and the wait that followed (minutes).

        Figures that are no waits teach nothing.
        """
        if not all(math.isfinite(each) and each >= 0.0 for each in (*predicted, actual)):
            return
        p10, p50, p90 = predicted
        self._above.add((actual - p50) / max(p90 - p50, _HALF_LEAST))
        self._below.add((p50 - actual) / max(p50 - p10, _HALF_LEAST))

    def adjust(self, predicted: Quantiles) -> Quantiles:
        """The corrected range; p50 stays, p10 is never negative."""
        p10, p50, p90 = predicted
        return Quantiles(
            max(p50 - (p50 - p10) * self._below.stretch(), 0.0),
            p50,
            p50 + (p90 - p50) * self._above.stretch(),
        )

    def to_state(self) -> dict[str, Any]:
        """Everything learned, JSON-able."""
        return {
            "above": [round(each, 4) for each in self._above.latest],
            "below": [round(each, 4) for each in self._below.latest],
        }

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> Conformal:
        """What `to_state` wrote; ValueError where it is not that."""
        learned = cls()
        try:
            above, below = ([float(each) for each in state[side]] for side in ("above", "below"))
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a state of corrections: {error!r}") from error
        if not all(math.isfinite(each) for each in (*above, *below)):
            raise ValueError("a correction that is not a number")
        learned._above, learned._below = _Side(above), _Side(below)
        return learned
