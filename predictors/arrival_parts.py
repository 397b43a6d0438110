"""The learned parts of the arrival forecast: level, weekday, shape of the day, what days vary by.

Every step is a shrunken mean (gamma-Poisson): (seen + weight × what the parent says) / (expected + weight).
Shapes: S series (branch, queue), B branches, D days, T half-hours; `expected` and `counts` are people.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from predictors.arrival_history import WEEK, BoolArray, History, IntArray
from predictors.counts import FloatArray

K = TypeVar("K", bound=Hashable)

ROUNDS = 3
SHAPE_WEIGHT = 40.0
WEEKDAY_SHAPE_WEIGHT = 150.0
WEEKDAY_DAYS = 4.0
LEVEL_PEOPLE = 1.0
ODD_DAY = 2.5
DAY_SPREAD, SPREAD_DAYS = 0.05, 4.0
SLOT_SPREAD, SPREAD_SLOTS = 0.02, 30.0
EFFECT_DAYS = 1.0
SURE = 2.0


@dataclass(frozen=True, eq=False)
class Fitted:
    """`level` (S,) people a usual day; `weekday` (S, 7) about 1; `shape` (S, 7, T) sums to about 1 over the
    usual opening; `expected` (S, D, T) of the past; `weight` (D,) how much a past day speaks for the level.
    """

    level: FloatArray
    weekday: FloatArray
    shape: FloatArray
    expected: FloatArray
    weight: FloatArray


@dataclass(frozen=True, eq=False)
class Spreads:
    """Relative variances of the rate: `day` (the day's own factor), `level` (thin history), `slots` (T,)."""

    day: float
    level: float
    slots: FloatArray
    weekdays_seen: IntArray


def fit_parts(history: History, ordinary: BoolArray, half_life: float) -> Fitted:
    """Level, weekday and shape in turns, from ordinary days (all, where none is ordinary)."""
    known = np.isfinite(history.counts) & history.worked[history.branch_of][:, :, None]
    if (known & ordinary[None, :, None]).any():
        known &= ordinary[None, :, None]
    counts = np.where(known, np.nan_to_num(history.counts), 0.0)
    opened = np.where(known, history.opened[history.branch_of], 0.0)
    ages = np.array([(history.days[-1] - day).days for day in history.days], float)
    weight = 0.5 ** (ages / half_life)
    seen_days = np.maximum(known.any(axis=2).sum(axis=1), 1)
    level = (counts.sum(axis=(1, 2)) + LEVEL_PEOPLE * 0.5) / seen_days
    weekday = np.ones((len(history.keys), WEEK))
    shape = np.empty((len(history.keys), WEEK, history.slots))
    for _ in range(ROUNDS):
        base = (level[:, None] * weekday[:, history.weekday])[:, :, None] * opened
        shape = _shapes(history, counts, base)
        per_day = (shape[:, history.weekday] * opened).sum(axis=2)
        weekday = _weekdays(history, counts.sum(axis=2), level[:, None] * per_day)
        plain = weekday[:, history.weekday] * per_day
        level = _levels(counts.sum(axis=2), plain, weight, level)
    full = history.opened[history.branch_of] * shape[:, history.weekday]
    expected = (level[:, None] * weekday[:, history.weekday])[:, :, None] * full
    return Fitted(level, weekday, shape, expected, weight)


def _shapes(history: History, counts: FloatArray, base: FloatArray) -> FloatArray:
    """(S, 7, T): a queue's own shape, leaning on its branch and city, times its branch's way on that weekday.

    `base` (S, D, T): people a usual day × open share; counts ÷ base is the share of a day's people.
    """
    slots = history.slots
    city = _lean(counts.sum(axis=(0, 1)), base.sum(axis=(0, 1)), np.full(slots, 1.0 / slots), 1.0)
    found = np.empty((len(history.keys), WEEK, slots))
    for index in range(len(history.branches)):
        rows = np.flatnonzero(history.branch_of == index)
        came, could = counts[rows], base[rows]
        branch = _lean(came.sum(axis=(0, 1)), could.sum(axis=(0, 1)), city, SHAPE_WEIGHT)
        own = _lean(came.sum(axis=1), could.sum(axis=1), branch, SHAPE_WEIGHT)
        for each in range(WEEK):
            days = history.weekday == each
            that = _lean(
                came[:, days].sum(axis=(0, 1)), could[:, days].sum(axis=(0, 1)), branch, WEEKDAY_SHAPE_WEIGHT
            )
            tilt = np.divide(that, branch, out=np.ones(slots), where=branch > 0)
            shaped = own * tilt
            usual = history.usual_open[index, each]
            if not usual.any():
                usual = np.ones(slots)
            found[rows, each] = shaped / np.maximum((shaped * usual).sum(axis=1, keepdims=True), 1e-12)
    return found


def _lean(seen: FloatArray, expected: FloatArray, parent: FloatArray, weight: float) -> FloatArray:
    return np.asarray((seen + weight * parent) / np.maximum(expected + weight, 1e-12))


def _weekdays(history: History, came: FloatArray, usual: FloatArray) -> FloatArray:
    """(S, 7) factors, queue ← branch ← city ← 1. `came`, `usual` (S, D): people, and people a plain day."""
    found = np.ones((len(history.keys), WEEK))
    for each in range(WEEK):
        days = history.weekday == each
        seen, could = came[:, days], usual[:, days]
        size = usual.sum(axis=1) / np.maximum((usual > 0).sum(axis=1), 1)
        weight = WEEKDAY_DAYS * size
        city = (seen.sum() + weight.sum()) / max(could.sum() + weight.sum(), 1e-12)
        for index in range(len(history.branches)):
            rows = history.branch_of == index
            lean = weight[rows].sum()
            branch = (seen[rows].sum() + lean * city) / max(could[rows].sum() + lean, 1e-12)
            own = seen[rows].sum(axis=1) + weight[rows] * branch
            found[rows, each] = own / np.maximum(could[rows].sum(axis=1) + weight[rows], 1e-12)
    worked = usual > 0
    of_days = (found[:, history.weekday] * worked).sum(axis=1) / np.maximum(worked.sum(axis=1), 1)
    return np.asarray(found / np.where(of_days > 0, of_days, 1.0)[:, None])  # a trend is the level's affair


def _levels(came: FloatArray, plain: FloatArray, weight: FloatArray, level: FloatArray) -> FloatArray:
    """(S,) people a usual day, recent days first; a day beyond ODD_DAY deviations counts as just that far."""
    expected = level[:, None] * plain
    deviation = np.sqrt(expected + DAY_SPREAD * expected**2)
    kept = np.clip(came, expected - ODD_DAY * deviation, expected + ODD_DAY * deviation)
    kept = np.where(plain > 0, np.maximum(kept, 0.0), 0.0)
    total = (weight * plain).sum(axis=1)
    return np.where(total > 0, (weight * kept).sum(axis=1) / np.maximum(total, 1e-12), level)


def kind_effects(
    history: History, parts: Fitted, kinds: NDArray[np.object_], known: Sequence[K]
) -> dict[K, float]:
    """Factor by the kind of day: the first is 1, the second (days off) 0 unless people were served on such
    days, a kind whose days were closed 0, others 1 unless they differ by more than SURE standard errors.
    """
    effects: dict[K, float] = {known[0]: 1.0}
    worked = history.worked[history.branch_of]
    for place, kind in enumerate(known[1:]):
        days = (kinds == kind) & np.isfinite(history.counts).any(axis=(0, 2))
        planned = history.usual_open[history.branch_of][:, history.weekday].sum(axis=2) > 0
        usual_day = parts.level[:, None] * parts.weekday[:, history.weekday] * planned
        open_days = worked[:, days].any(axis=0)
        default = 0.0 if place == 0 else 1.0
        if usual_day[:, days].sum() <= 0:
            effects[kind] = default
        elif open_days.mean() <= 0.5:
            effects[kind] = 0.0
        else:
            effects[kind] = _effect(history, usual_day, days, default)
    return effects


def _effect(history: History, usual_day: FloatArray, days: BoolArray, default: float) -> float:
    seen = np.nan_to_num(history.counts).sum(axis=(0, 2))[days]
    usual = usual_day[:, days].sum(axis=0)
    factor = float((seen.sum() + EFFECT_DAYS * usual.mean()) / (usual.sum() + EFFECT_DAYS * usual.mean()))
    error = float(np.sqrt(DAY_SPREAD / len(seen) + 1.0 / max(usual.sum(), 1.0)))
    if default == 0.0 or abs(seen.sum() / usual.sum() - 1.0) > SURE * error:
        return factor
    return 1.0


def spreads(history: History, parts: Fitted, row: int, *, whole: bool) -> Spreads:
    """What series `row` (or branch `row`, if `whole`) varies by, leaning on a usual office's figures."""
    rows = history.branch_of == row if whole else np.arange(len(history.keys)) == row
    counts, worked = history.counts[rows], history.worked[history.branch_of[rows][0]]
    known = np.isfinite(counts).all(axis=2) & worked
    both = known[:, :, None] & np.ones(history.slots, bool)
    came = np.where(both, np.nan_to_num(counts), 0.0).sum(axis=0)
    usual = np.where(both, parts.expected[rows], 0.0).sum(axis=0)
    days = np.flatnonzero(usual.sum(axis=1) > 0)
    seen, could = came[days].sum(axis=1), usual[days].sum(axis=1)
    ratio = np.clip(seen / np.maximum(could, 1e-9), 0.0, 3.0)
    spare = max(len(days) - 2, 0)
    excess = ((ratio - 1.0) ** 2 - 1.0 / np.maximum(could, 1e-9)).sum() * len(days) / max(spare, 1)
    day = max(0.002, (excess * (spare > 0) + SPREAD_DAYS * DAY_SPREAD) / (len(days) + SPREAD_DAYS))
    fitted = usual[days] * ratio[:, None]
    extra = ((came[days] - fitted) ** 2 - fitted).sum()
    base = (fitted**2).sum()
    lean = SPREAD_SLOTS * base / max(fitted.size, 1) if base > 0 else 1.0
    slot = max(0.0, (extra + SLOT_SPREAD * lean) / (base + lean))
    effective = parts.weight[days].sum() ** 2 / max((parts.weight[days] ** 2).sum(), 1e-9)
    level = (day + 1.0 / max(float(could.mean()) if len(days) else 1.0, 0.5)) / max(effective, 0.5)
    unsure = 1.0 / (came.sum(axis=0) + SHAPE_WEIGHT / max(history.slots, 1))
    slots = slot + np.minimum(unsure, 0.5)
    return Spreads(float(day), float(level), slots, np.bincount(history.weekday[days], minlength=WEEK))
