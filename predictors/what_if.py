"""What a day gives with other desks, other visitors or an alarm, beside the plan, and what of it is chance.

Both days are simulated with the same seeds, so their difference is taken day by day and its error is small.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from predictors.staffing import (
    STEP_MINUTES,
    FloatArray,
    IntArray,
    Load,
    Standard,
    by_step,
    simulate,
)

TWO_SIDED_95 = 1.96
BACK_AFTER_ALARM = 30


@dataclass(frozen=True)
class Span:
    """From minute `begin` up to `end`, counted from the day's first slot; whole steps of STEP_MINUTES."""

    begin: int
    end: int

    def steps(self, total: int) -> slice:
        """The steps in it, of `total`."""
        return slice(max(0, self.begin // STEP_MINUTES), min(total, -(-self.end // STEP_MINUTES)))


@dataclass(frozen=True)
class Outcome:
    """Means over the simulated days; minutes. `p50`: half of a day's visitors are called sooner, `p90`: nine
    of ten; inf where that many never were. `within[i]`: share within standard i. `visitors`, `unserved` a
    day; `overtime`: from closing to the last call.
    """

    p50: float
    p90: float
    within: tuple[float, ...]
    visitors: float
    unserved: float
    overtime: float
    desk_hours: float


@dataclass(frozen=True, eq=False)
class Days:
    """The same day by day: arrays (repeats,); `within` (standards, repeats)."""

    p50: FloatArray
    p90: FloatArray
    within: FloatArray
    visitors: FloatArray
    unserved: FloatArray
    overtime: FloatArray
    desk_hours: float

    @property
    def outcome(self) -> Outcome:
        """The means."""
        return Outcome(
            p50=_mean(self.p50),
            p90=_mean(self.p90),
            within=tuple(_mean(row) for row in self.within),
            visitors=_mean(self.visitors),
            unserved=_mean(self.unserved),
            overtime=_mean(self.overtime),
            desk_hours=self.desk_hours,
        )


@dataclass(frozen=True)
class Difference:
    """`value` = what-if − plan; beyond ± `chance` (95 %, paired days) it is not chance. NaN: unknown."""

    value: float
    chance: float


def live_through(
    load: Load,
    desks: ArrayLike,
    standards: Sequence[Standard],
    *,
    closes: float,
    seed: int,
    repeats: int,
) -> Days:
    """Simulate so many days; `closes`: minute from the first slot on. ValueError on what makes no day."""
    plan = by_step(desks, len(load.by_step))
    day = simulate(load, plan, seed, repeats)
    ordered = np.sort(day.waits, axis=1)  # NaN last
    came = np.isfinite(day.arrived).sum(axis=1)
    served = np.where(np.isinf(day.waits), np.nan, day.arrived + day.waits)
    last = np.nanmax(np.concatenate([served, np.full((repeats, 1), closes)], axis=1), axis=1)
    within = [np.nansum(day.waits <= each.minutes, axis=1) / np.maximum(came, 1) for each in standards]
    rows = np.stack(within) if within else np.empty((0, repeats))
    return Days(
        p50=_quantile(ordered, came, 0.5),
        p90=_quantile(ordered, came, 0.9),
        within=np.where(came > 0, rows, np.nan),
        visitors=came.astype(float),
        unserved=np.isposinf(day.waits).sum(axis=1).astype(float),
        overtime=last - closes,
        desk_hours=float(plan.sum() * STEP_MINUTES / 60),
    )


def _quantile(ordered: FloatArray, came: IntArray, share: float) -> FloatArray:
    """The smallest wait that so many of the day's visitors do not exceed; NaN on a day without any."""
    place = np.clip(np.ceil(share * came).astype(np.int64) - 1, 0, ordered.shape[1] - 1)
    return np.where(came > 0, ordered[np.arange(len(ordered)), place], np.nan)


def _mean(values: FloatArray) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def difference(plan: FloatArray, other: FloatArray) -> Difference:
    """Of two figures by day (repeats,), paired; days on which one of them is not finite make it NaN."""
    pairs = ~(np.isnan(plan) | np.isnan(other))
    if pairs.sum() < 2 or not np.isfinite(plan[pairs] + other[pairs]).all():
        return Difference(float("nan"), float("nan"))
    each = other[pairs] - plan[pairs]
    return Difference(float(each.mean()), float(TWO_SIDED_95 * each.std(ddof=1) / np.sqrt(len(each))))


def busier(load: Load, factor: float, span: Span | None = None) -> Load:
    """`factor` times the visitors, in the span or all day. ValueError for a factor below 0."""
    if not factor >= 0:
        raise ValueError(f"visitors cannot be multiplied by {factor}")
    arrivals = load.by_step.copy()
    arrivals[span.steps(len(arrivals)) if span else slice(None)] *= factor
    return replace(load, arrivals=arrivals, slot_minutes=STEP_MINUTES)


def with_alarm(load: Load, desks: IntArray, span: Span) -> tuple[Load, IntArray]:
    """Nobody is called during the alarm; who would have come then comes in the half-hour after it.

    `desks` by step. Whoever is at a desk when it begins is served to the end.
    """
    arrivals, plan = load.by_step.copy(), desks.copy()
    paused = span.steps(len(arrivals))
    kept_away = float(arrivals[paused].sum())
    arrivals[paused], plan[paused] = 0.0, 0
    open_after = np.flatnonzero(desks[paused.stop :])[: BACK_AFTER_ALARM // STEP_MINUTES] + paused.stop
    if len(open_after):
        arrivals[open_after] += kept_away / len(open_after)
    return replace(load, arrivals=arrivals, slot_minutes=STEP_MINUTES), plan


def with_desks(desks: IntArray, count: int, span: Span) -> IntArray:
    """Just so many desks in that span; `desks` by step. ValueError for fewer than none."""
    if count < 0:
        raise ValueError(f"{count} desks cannot be")
    plan = desks.copy()
    plan[span.steps(len(plan))] = count
    return plan


def more_desks(desks: IntArray, extra: int) -> IntArray:
    """So many more (or fewer, down to none) wherever any desk is open; `desks` by step."""
    return np.where(desks > 0, np.maximum(desks + extra, 0), 0)
