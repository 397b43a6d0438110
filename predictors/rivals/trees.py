"""Gradient-boosted trees (scikit-learn), one model a quantile: the strongest rival that knows no desks."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

LEVELS = (0.1, 0.5, 0.9)


class RivalMissing(RuntimeError):
    """scikit-learn is not installed; it comes with the development packages."""


def boosted_quantiles(columns: FloatArray, waits: FloatArray, asked: FloatArray, seed: int) -> FloatArray:
    """p10, p50, p90 (m, 3) for the rows `asked` (m, k), learned from `columns` (n, k) and `waits` (n,).

    Minutes; NaN in a column means unknown. Raises RivalMissing without scikit-learn, ValueError without rows.
    """
    if not len(waits):
        raise ValueError("trees need at least one row to learn from")
    try:
        from sklearn.ensemble import HistGradientBoostingRegressor  # type: ignore[import-untyped]
        from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]
    except ImportError as error:
        raise RivalMissing("gradient-boosted trees need scikit-learn: make setup-dev") from error
    found = np.empty((len(asked), len(LEVELS)))
    for place, level in enumerate(LEVELS):
        model = HistGradientBoostingRegressor(
            loss="quantile", quantile=level, max_iter=200, learning_rate=0.06, max_leaf_nodes=24,
            min_samples_leaf=30, random_state=seed, early_stopping=False,
        )  # fmt: skip
        with threadpool_limits(1):  # more threads than free cores make it many times slower
            found[:, place] = model.fit(columns, waits).predict(asked)
    return np.sort(np.maximum(found, 0.0), axis=1)


def installed() -> bool:
    """Whether the library is there; imports nothing."""
    return find_spec("sklearn") is not None
