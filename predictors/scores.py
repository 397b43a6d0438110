"""How good ranges of waits were: errors of the middle, honesty of the ends."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

LEVELS = np.array([0.1, 0.5, 0.9])
SECOND = 1.0 / 60.0
"""A wait that exceeds a quantile by less than this is covered: one who waits for a desk to come back from
lunch is told the very minute, and the last digits of two sums are no error.
"""


@dataclass(frozen=True)
class Score:
    """Minutes; coverages are shares of waits at or below the quantile. `bias` > 0: too pessimistic.

    `pinball`: the quantile loss, mean over p10, p50 and p90. NaN throughout where nothing was scored.
    """

    mae: float
    rmse: float
    bias: float
    coverage_p10: float
    coverage_p50: float
    coverage_p90: float
    pinball: float
    n: int

    def row(self) -> dict[str, float | int | None]:
        """For JSON: three decimals, None for NaN."""
        return {
            name: value if isinstance(value, int) else None if np.isnan(value) else round(value, 4)
            for name, value in asdict(self).items()
        }


def score(predicted: FloatArray, actual: FloatArray) -> Score:
    """Compare p10, p50, p90 (n, 3) with what happened (n,). Pairs with a NaN are left out and not counted."""
    if predicted.shape != (len(actual), 3):
        raise ValueError(f"predicted has shape {predicted.shape}, needs {(len(actual), 3)}")
    known = ~(np.isnan(predicted).any(axis=1) | np.isnan(actual))
    shown, true = predicted[known], actual[known]
    if not len(true):
        nothing = float("nan")
        return Score(nothing, nothing, nothing, nothing, nothing, nothing, nothing, 0)
    error = shown[:, 1] - true
    below = true[:, None] <= shown + SECOND
    short = true[:, None] - shown
    loss = np.maximum(LEVELS * short, (LEVELS - 1) * short)
    return Score(
        mae=float(np.abs(error).mean()),
        rmse=float(np.sqrt((error**2).mean())),
        bias=float(error.mean()),
        coverage_p10=float(below[:, 0].mean()),
        coverage_p50=float(below[:, 1].mean()),
        coverage_p90=float(below[:, 2].mean()),
        pinball=float(loss.mean()),
        n=len(true),
    )


def calibration(predicted: FloatArray, actual: FloatArray, levels: FloatArray) -> FloatArray:
    """Share of waits below each level of a range, interpolated between its quantiles; shape of `levels`.

    Between p10 and p90 the range is read as straight lines through p50; levels outside are not asked for.
    """
    if levels.min() < LEVELS[0] or levels.max() > LEVELS[-1]:
        raise ValueError("levels outside of 0.1–0.9 are not known")
    return np.array([(actual <= _at_level(predicted, float(level)) + SECOND).mean() for level in levels])


def _at_level(predicted: FloatArray, level: float) -> FloatArray:
    low, high = (0, 1) if level <= LEVELS[1] else (1, 2)
    part = (level - LEVELS[low]) / (LEVELS[high] - LEVELS[low])
    return np.asarray(predicted[:, low] + part * (predicted[:, high] - predicted[:, low]))


def by_group(predicted: FloatArray, actual: FloatArray, group: FloatArray, edges: FloatArray) -> list[Score]:
    """One score for each interval [edges[i], edges[i + 1]) of `group` (n,), such as horizons or hours."""
    return [
        score(predicted[inside], actual[inside])
        for low, high in zip(edges[:-1], edges[1:], strict=True)
        for inside in [(group >= low) & (group < high)]
    ]
