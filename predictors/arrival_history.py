"""The history of arrivals as arrays: which days count, how the branches were open; what cannot be is named.

Shapes: S series (branch, queue), B branches, D days, T half-hours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from predictors.counts import FloatArray

Key = tuple[str, str]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

WEEK = 7
CLOSED_BELOW = 0.02


class UnfitHistory(ValueError):
    """Nothing can be learned from these counts; `code` says why: history_empty, or history_invalid with the
    `field` that is wrong.
    """

    def __init__(self, code: str, field: str, why: str) -> None:
        self.code, self.field, self.why = code, field, why
        super().__init__(f"{field}: {why}")


@dataclass(frozen=True, eq=False)
class History:
    """Counts as arrays. `counts` (S, D, T), NaN unknown; `opened` (B, D, T) share of the half-hour that was
    open; `usual_open` (B, 7, T); `weekday` (D,); `branch_of` (S,); `worked` (B, D): days that count.
    """

    days: tuple[date, ...]
    keys: tuple[Key, ...]
    branches: tuple[str, ...]
    branch_of: IntArray
    counts: FloatArray
    opened: FloatArray
    usual_open: FloatArray
    weekday: IntArray
    worked: BoolArray

    @property
    def slots(self) -> int:
        """Half-hours of a day."""
        return int(self.counts.shape[2])


def gather(
    days: Sequence[date], counts: Mapping[Key, FloatArray], open_share: Mapping[str, FloatArray] | None
) -> History:
    """The history as arrays; raises UnfitHistory for what cannot be: see there."""
    if not days or not counts:
        raise UnfitHistory("history_empty", "days" if not days else "counts", "there is no history yet")
    if any(later <= earlier for earlier, later in zip(days, days[1:], strict=False)):
        raise UnfitHistory("history_invalid", "days", "days must rise, each at most once")
    keys = tuple(sorted(counts))
    given = [np.asarray(counts[key], float) for key in keys]
    if any(each.ndim != 2 or each.shape != given[0].shape or len(each) != len(days) for each in given):
        raise UnfitHistory("history_invalid", "counts", "every queue needs an array (days, slots)")
    stacked = np.stack(given)
    if np.isinf(stacked).any() or (stacked < 0).any():
        raise UnfitHistory("history_invalid", "count", "counts cannot be negative or infinite")
    if not np.isfinite(stacked).any() or np.nansum(stacked) == 0:
        raise UnfitHistory("history_empty", "counts", "nobody has come yet")
    branches = tuple(sorted({branch for branch, _ in keys}))
    branch_of = np.array([branches.index(branch) for branch, _ in keys])
    weekday = np.array([day.weekday() for day in days])
    totals = _by_branch(stacked, branch_of, len(branches))
    opened = _opened(totals, branches, open_share)
    worked = _worked(totals, opened)
    opened = opened * worked[:, :, None]
    usual = _usual_open(opened, worked, weekday)
    return History(tuple(days), keys, branches, branch_of, stacked, opened, usual, weekday, worked)


def _by_branch(stacked: FloatArray, branch_of: IntArray, branches: int) -> FloatArray:
    """(B, D, T) sums over the queues of which something is known; NaN where nothing is."""
    found = np.full((branches, *stacked.shape[1:]), np.nan)
    for index in range(branches):
        rows = stacked[branch_of == index]
        known = np.isfinite(rows).any(axis=0)
        found[index] = np.where(known, np.nansum(rows, axis=0), np.nan)
    return found


def _opened(
    totals: FloatArray, branches: tuple[str, ...], open_share: Mapping[str, FloatArray] | None
) -> FloatArray:
    if open_share is None:
        return np.ones_like(totals)
    try:
        opened = np.stack([np.asarray(open_share[branch], float) for branch in branches])
    except KeyError as missing:
        raise UnfitHistory("history_invalid", "open_share", f"no hours of {missing.args[0]}") from None
    if opened.shape != totals.shape:
        raise UnfitHistory("history_invalid", "open_share", "the shape is not that of the counts")
    # Who came outside the opening hours came all the same: that half-hour was open.
    return np.asarray(np.where(np.nan_to_num(totals) > 0, np.maximum(opened, 0.5), np.clip(opened, 0.0, 1.0)))


def _worked(totals: FloatArray, opened: FloatArray) -> BoolArray:
    """(B, D): days with visitors; next to none, against the branch's middle day, is a day that was closed."""
    of_day = np.nansum(totals, axis=2)
    known = np.isfinite(totals).any(axis=2)
    middle = np.array([np.median(row[row > 0]) if (row > 0).any() else 0.0 for row in of_day])
    return np.asarray(known & (of_day > CLOSED_BELOW * middle[:, None]) & (opened.sum(axis=2) > 0))


def _usual_open(opened: FloatArray, worked: BoolArray, weekday: IntArray) -> FloatArray:
    """(B, 7, T): how the branch is usually open; a weekday that was known and never worked is closed, one
    that the history does not reach is open like any other from Monday to Friday.
    """
    branches, _, slots = opened.shape
    usual = np.zeros((branches, WEEK, slots))
    for index in range(branches):
        for each in range(WEEK):
            rows = worked[index] & (weekday == each)
            if rows.any():
                usual[index, each] = opened[index, rows].mean(axis=0)
            elif not (weekday == each).any() and each < 5 and worked[index].any():
                usual[index, each] = opened[index, worked[index]].mean(axis=0)
    return usual
