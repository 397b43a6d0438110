"""The record of one kind of span (a service at a branch, say) in logarithmic bins, and its robust moments.

A bin keeps how many spans ended in it, their minutes and how many were cut off there (censored: "at least so
long"). Cut-off spans are redistributed to the right (Kaplan & Meier 1958). Spans over the fence are forgotten
"finish" clicks and count as nothing: over three spreads above the median, the spread measured below it, where
no forgotten click can reach, but never under an hour or four priors.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from predictors.laws import LONGEST_MINUTES

FloatArray = NDArray[np.float64]

SHORTEST_MINUTES = 0.05
FENCE_SPREADS = 3.0
FENCE_LEAST_MINUTES = 60.0
FENCE_PRIORS = 4.0
MEMORY = 4000.0
"""Spans remembered: older ones fade out."""

_WIDTH = 0.1
_LOW = math.log(SHORTEST_MINUTES)
_BINS = int((math.log(LONGEST_MINUTES) - _LOW) / _WIDTH) + 2
_CENTRES = np.exp(_LOW + _WIDTH * (np.arange(_BINS) + 0.5))
_LOWER_QUARTILE_Z = 0.6744897501960817


class Moments(NamedTuple):
    """`evidence`: spans (faded) below the fence, their mean in minutes and coefficient of variation."""

    evidence: float
    mean: float
    cv: float


class SpanRecord:
    """Spans of one kind, faded over MEMORY of them; `count` of them ended."""

    __slots__ = ("count", "_ended", "_minutes", "_cut", "_moments")

    def __init__(self) -> None:
        self.count = 0.0
        self._ended: FloatArray = np.zeros(_BINS)
        self._minutes: FloatArray = np.zeros(_BINS)
        self._cut: FloatArray = np.zeros(_BINS)
        self._moments: tuple[float, Moments] | None = None

    def add(self, minutes: float, censored: bool = False) -> None:
        """Take in one span, SHORTEST_MINUTES to LONGEST_MINUTES (the caller has looked)."""
        found = int((math.log(max(minutes, SHORTEST_MINUTES)) - _LOW) / _WIDTH)
        if self.count >= MEMORY:
            self.count *= 1.0 - 1.0 / MEMORY
            for part in (self._ended, self._minutes, self._cut):
                part *= 1.0 - 1.0 / MEMORY
        if censored:
            self._cut[found] += 1.0
        else:
            self.count += 1.0
            self._ended[found] += 1.0
            self._minutes[found] += minutes
        self._moments = None

    def moments(self, prior: float) -> Moments:
        """Robust count, mean and spread; `prior` (minutes) only sets how low the fence may be."""
        if self._moments is None or self._moments[0] != prior:
            self._moments = (prior, self._measure(prior))
        return self._moments[1]

    def _measure(self, prior: float) -> Moments:
        if not self._ended.any():
            return Moments(0.0, prior, 0.0)
        share = self._shares()
        fence = self._fence(share, prior)
        share = np.where(_CENTRES < fence, share, 0.0)
        total = float(share.sum())
        if total <= 0.0:
            return Moments(0.0, prior, 0.0)
        minutes = np.where(self._ended > 0.0, self._minutes / np.maximum(self._ended, 1e-12), _CENTRES)
        mean = float(share @ minutes) / total
        variance = float(share @ (minutes - mean) ** 2) / total
        count = float(self._ended[_CENTRES < fence].sum())
        return Moments(count, mean, math.sqrt(variance) / mean)

    def _shares(self) -> FloatArray:
        """Share of spans by bin, those cut off redistributed to the right; sums to about the ended share."""
        at_risk = np.cumsum((self._ended + self._cut)[::-1])[::-1]
        ends = self._ended / np.maximum(at_risk, 1e-12)
        alive = np.concatenate(([1.0], np.cumprod(1.0 - ends)[:-1]))
        return np.asarray(alive * ends)

    @staticmethod
    def _fence(share: FloatArray, prior: float) -> float:
        reached = np.cumsum(share) / share.sum()
        quartile, median = np.interp([0.25, 0.5], reached, np.log(_CENTRES) + _WIDTH / 2)
        spread = (median - quartile) / _LOWER_QUARTILE_Z
        statistical = math.exp(median + FENCE_SPREADS * spread)
        return max(statistical, FENCE_LEAST_MINUTES, FENCE_PRIORS * prior)

    def to_state(self) -> list[list[float]]:
        """Bins that hold something, as [bin, ended, minutes, cut]; JSON-able."""
        used = np.flatnonzero((self._ended > 0.0) | (self._cut > 0.0))
        columns = (self._ended, self._minutes, self._cut)
        return [[int(at), *(round(float(column[at]), 6) for column in columns)] for at in used]

    @classmethod
    def from_state(cls, rows: Sequence[Sequence[float]]) -> SpanRecord:
        """The record that `to_state` wrote; ValueError where it is not one."""
        record = cls()
        for row in rows:
            at, ended, minutes, cut = row
            if not (0 <= at < _BINS and all(math.isfinite(each) and each >= 0.0 for each in row)):
                raise ValueError(f"not a bin of spans: {row!r}")
            record._ended[int(at)], record._minutes[int(at)], record._cut[int(at)] = ended, minutes, cut
        record.count = float(record._ended.sum())
        return record
