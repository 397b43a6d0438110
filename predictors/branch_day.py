"""What if: one branch's day with these arrivals and these desks, many times over at once.

First come, first served over desks that open and close by slot. The recursion walks the visitors of all
samples together (one numpy step a visitor), so a hundred days of a branch take some ten milliseconds. Minutes
count from the beginning of the first slot.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

MOST_VISITORS = 20_000


class ServiceLaw(Protocol):
    """Anything that draws service times; `predictors.service_times.Law` does."""

    def sample(self, rng: np.random.Generator, shape: tuple[int, ...]) -> FloatArray:
        """Positive minutes of the shape asked for."""


@dataclass(frozen=True)
class Lognormal:
    """Service times with this mean (minutes) and coefficient of variation; `cv` 0 is a constant."""

    mean: float
    cv: float = 0.9

    def __post_init__(self) -> None:
        if not (math.isfinite(self.mean) and self.mean > 0.0 and math.isfinite(self.cv) and self.cv >= 0.0):
            raise ValueError(f"service times need a mean above 0 and a cv of at least 0, not {self}")

    def sample(self, rng: np.random.Generator, shape: tuple[int, ...]) -> FloatArray:
        """Positive minutes of the shape asked for."""
        sigma = math.sqrt(math.log1p(self.cv**2))
        drawn: FloatArray = self.mean * np.exp(sigma * rng.standard_normal(shape) - sigma**2 / 2.0)
        return drawn


@dataclass(frozen=True, eq=False)
class BranchDay:
    """Waits of a branch's day; arrays (samples, visitors), NaN where a sample had fewer visitors.

    `waits` is inf for one whom no desk ever served. `slots` is the number of slots that arrivals fall into.
    """

    arrived: FloatArray
    waits: FloatArray
    slots: int
    slot_minutes: float

    def share_within(self, minutes: float) -> float:
        """Share of all visitors who were called within that wait; NaN without visitors."""
        real = ~np.isnan(self.waits)
        return float((self.waits[real] <= minutes).mean()) if real.any() else math.nan

    def share_within_by_slot(self, minutes: float) -> FloatArray:
        """The same by slot of arrival (slots,); NaN in a slot without visitors."""
        return self._by_slot(lambda waits: float((waits <= minutes).mean()))

    def mean_by_slot(self) -> FloatArray:
        """Mean wait by slot of arrival (slots,), those never served left out."""
        return self._by_slot(lambda waits: _mean(waits[np.isfinite(waits)]))

    def quantiles_by_slot(self, levels: Sequence[float] = (0.1, 0.5, 0.9)) -> FloatArray:
        """Quantiles of the wait by slot of arrival (levels, slots); those never served wait without end."""
        rows = [
            self._by_slot(lambda w, q=level: float(np.quantile(w, q, method="inverted_cdf")))
            for level in levels
        ]
        return np.stack(rows)

    @property
    def mean_wait(self) -> float:
        """Of all who were served; NaN without any."""
        return _mean(self.waits[np.isfinite(self.waits)])

    @property
    def unserved(self) -> float:
        """Visitors a day whom no desk served."""
        return float(np.isposinf(self.waits).sum() / len(self.waits))

    def _by_slot(self, figure: SlotFigure) -> FloatArray:
        real = ~np.isnan(self.waits)
        arrived, waits = self.arrived[real], self.waits[real]
        slot = np.minimum((arrived / self.slot_minutes).astype(np.int64), self.slots - 1)
        split = np.split(
            waits[np.argsort(slot, kind="stable")], np.cumsum(np.bincount(slot, minlength=self.slots))
        )
        return np.array([figure(one) if len(one) else math.nan for one in split[: self.slots]])


class SlotFigure(Protocol):
    """A figure of the waits (n ≥ 1,) of one slot."""

    def __call__(self, waits: FloatArray, /) -> float:
        """The figure."""


def _mean(values: FloatArray) -> float:
    return float(values.mean()) if len(values) else math.nan


def simulate_branch_day(
    arrivals: ArrayLike,
    desks: ArrayLike,
    law: ServiceLaw,
    rng: np.random.Generator,
    *,
    slot_minutes: float = 30.0,
    samples: int = 100,
    day_cv: float = 0.0,
    no_show: float = 0.0,
    no_show_minutes: float = 1.0,
) -> BranchDay:
    """Waits with `arrivals` expected visitors (slots,) and `desks` open desks (slots,) in each slot.

    Arrivals are Poisson around the expectation times a day factor (gamma, `day_cv`). A desk that closes
    finishes its visitor first; the desks of the last slot stay until the line is empty. A `no_show` share
    holds a desk for `no_show_minutes`; their waits count like the others'. Give a generator of the same seed
    to compare two plans under the same chance. ValueError on shapes or numbers that make no day.
    """
    expected, open_desks = _checked(arrivals, desks, slot_minutes, samples, day_cv, no_show)
    arrived = _arrivals(expected, slot_minutes, samples, day_cv, rng)
    services = law.sample(rng, arrived.shape)
    missed = rng.random(arrived.shape) < no_show
    services = np.where(missed, no_show_minutes, services)
    starts = _starts(arrived, services, open_desks, slot_minutes)
    return BranchDay(arrived, starts - arrived, len(expected), slot_minutes)


def _checked(
    arrivals: ArrayLike, desks: ArrayLike, slot_minutes: float, samples: int, day_cv: float, no_show: float
) -> tuple[FloatArray, IntArray]:
    expected = np.asarray(arrivals, dtype=np.float64)
    given = np.asarray(desks, dtype=np.float64)
    if expected.ndim != 1 or expected.shape != given.shape or not len(expected):
        raise ValueError(f"arrivals and desks need one number a slot each: {expected.shape}, {given.shape}")
    if not np.isfinite(expected).all() or (expected < 0).any() or expected.sum() > MOST_VISITORS:
        raise ValueError(f"arrivals must be finite, not negative and at most {MOST_VISITORS} a day")
    if not np.isfinite(given).all() or (given < 0).any() or (given != np.floor(given)).any():
        raise ValueError("desks must be whole numbers, not negative")
    if not (math.isfinite(slot_minutes) and slot_minutes > 0.0 and samples >= 1):
        raise ValueError("slots need a length and there must be a sample")
    if not (math.isfinite(day_cv) and day_cv >= 0.0 and 0.0 <= no_show <= 1.0):
        raise ValueError("day_cv must be at least 0 and no_show a share")
    return expected, given.astype(np.int64)


def _arrivals(
    expected: FloatArray, slot_minutes: float, samples: int, day_cv: float, rng: np.random.Generator
) -> FloatArray:
    """Sorted minutes (samples, most visitors), NaN after a sample's last one."""
    factors = rng.gamma(day_cv**-2, day_cv**2, samples) if day_cv > 0.0 else np.ones(samples)
    counts = rng.poisson(factors[:, None] * expected)
    totals = counts.sum(axis=1)
    arrived = np.full((samples, max(1, int(totals.max()))), math.nan)
    for row, by_slot in enumerate(counts):
        slot = np.repeat(np.arange(len(expected)), by_slot)
        arrived[row, : totals[row]] = np.sort((slot + rng.random(len(slot))) * slot_minutes)
    return arrived


def _starts(arrived: FloatArray, services: FloatArray, desks: IntArray, slot_minutes: float) -> FloatArray:
    """When each is called (samples, visitors): in order, each by the desk that can first take him; inf if
    none will.
    """
    samples, visitors = arrived.shape
    most = int(desks.max())
    starts = np.where(np.isnan(arrived), math.nan, math.inf)
    if most == 0:
        return starts
    opens = _next_opening(desks, most, slot_minutes)
    steady = bool((desks == most).all())
    free = np.zeros((samples, most))
    rows, columns = np.arange(samples), np.arange(most)
    for visitor in range(visitors):
        ready = np.maximum(free, arrived[:, visitor, None])
        if not steady:
            slot = np.minimum(np.nan_to_num(ready) / slot_minutes, len(desks)).astype(np.int64)
            ready = np.maximum(ready, opens[columns, slot])
        desk = ready.argmin(axis=1)
        start = ready[rows, desk]
        served = np.isfinite(start)
        starts[served, visitor] = start[served]
        free[rows[served], desk[served]] = start[served] + services[served, visitor]
    return starts


def _next_opening(desks: IntArray, most: int, slot_minutes: float) -> FloatArray:
    """For a desk and a slot (most, slots + 1): 0 if it is open then, else the minute at which it opens next,
    inf if never. The last column is the time after the day.
    """
    is_open = np.concatenate([desks, desks[-1:]]) > np.arange(most)[:, None]
    opens = np.full(is_open.shape, math.inf)
    following = np.full(most, math.inf)
    for slot in range(is_open.shape[1] - 1, -1, -1):
        following = np.where(is_open[:, slot], slot * slot_minutes, following)
        opens[:, slot] = np.where(is_open[:, slot], 0.0, following)
    return opens
