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

STALE_SHARE = 0.01

_WIDTH = 0.1
_LOW = math.log(SHORTEST_MINUTES)
_BINS = int((math.log(LONGEST_MINUTES) - _LOW) / _WIDTH) + 2
_CENTRES = np.exp(_LOW + _WIDTH * (np.arange(_BINS) + 0.5))
_TAIL_LEAST = 0.9
_LOWER_QUARTILE_Z = 0.6744897501960817


class Moments(NamedTuple):
    """`evidence`: spans (faded) below the fence, their mean in minutes and coefficient of variation."""

    evidence: float
    mean: float
    cv: float


class SpanRecord:
    """Spans of one kind, faded over MEMORY of them; `count` of them ended."""

    __slots__ = ("count", "_ended", "_minutes", "_cut", "_moments", "_unmeasured")

    def __init__(self) -> None:
        self.count = 0.0
        self._ended: FloatArray = np.zeros(_BINS)
        self._minutes: FloatArray = np.zeros(_BINS)
        self._cut: FloatArray = np.zeros(_BINS)
        self._moments: tuple[float, Moments] | None = None
        self._unmeasured = 0

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
        self._unmeasured += 1

    def moments(self, prior: float) -> Moments:
        """Robust count, mean and spread; `prior` (minutes) only sets how low the fence may be.

        Measured anew once the record has grown by a STALE_SHARE: a long one hardly moves by one span.
        """
        stale = self._unmeasured > STALE_SHARE * self.count
        if self._moments is None or self._moments[0] != prior or stale:
            self._moments = (prior, self._measure(prior))
            self._unmeasured = 0
        return self._moments[1]

    def _measure(self, prior: float) -> Moments:
        if not self._ended.any():
            return Moments(0.0, prior, 0.0)
        share = self._shares()
        median, fence = self._fence(share, prior)
        share = np.where(_CENTRES < fence, share, 0.0)
        total = float(share.sum())
        if total <= 0.0:
            return Moments(0.0, prior, 0.0)
        minutes = np.where(self._ended > 0.0, self._minutes / np.maximum(self._ended, 1e-12), _CENTRES)
        mean = float(share @ minutes) / total
        square = float(share @ minutes**2) / total
        mean, square = _with_tail(mean, square, math.log(fence) - median)
        count = float(self._ended[_CENTRES < fence].sum())
        return Moments(count, mean, math.sqrt(max(square / mean**2 - 1.0, 0.0)))

    def _shares(self) -> FloatArray:
        """Share of spans by bin, those cut off redistributed to the right; sums to about the ended share."""
        at_risk = np.cumsum((self._ended + self._cut)[::-1])[::-1]
        ends = self._ended / np.maximum(at_risk, 1e-12)
        alive = np.concatenate(([1.0], np.cumprod(1.0 - ends)[:-1]))
        return np.asarray(alive * ends)

    @staticmethod
    def _fence(share: FloatArray, prior: float) -> tuple[float, float]:
        """ln of the median minutes, and the fence in minutes."""
        reached = np.cumsum(share) / share.sum()
        quartile, median = np.interp([0.25, 0.5], reached, np.log(_CENTRES) + _WIDTH / 2)
        spread = (median - quartile) / _LOWER_QUARTILE_Z
        statistical = math.exp(median + FENCE_SPREADS * spread)
        return float(median), max(statistical, FENCE_LEAST_MINUTES, FENCE_PRIORS * prior)

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


def _with_tail(mean: float, square: float, reach: float) -> tuple[float, float]:
    """Mean and mean square with what a lognormal law has beyond the fence, `reach` above ln of the median.

    It is a hundredth of the mean and a twentieth of the square at three spreads.
    """
    cut_mean, cut_square = mean, square
    for _ in range(3):
        sigma = math.sqrt(math.log(max(square / mean**2, 1.0)))
        if sigma < 0.05:
            break
        mean = cut_mean / max(_below(reach / sigma - sigma), _TAIL_LEAST)
        square = cut_square / max(_below(reach / sigma - 2.0 * sigma), _TAIL_LEAST)
    return mean, square


def _below(z: float) -> float:
    return 0.5 * math.erfc(-z / math.sqrt(2.0))
