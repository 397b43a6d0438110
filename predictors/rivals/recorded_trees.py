"""Gradient-boosted trees (scikit-learn) with an absolute-error loss on the columns of recorded lines.

What they learn is the logarithm of wait ÷ learned minutes: that is how they err least (within the training
days 9.69 minutes, against 9.81 on plain minutes).

The figures below were the best of those tried by leaving out one training day after the other (2–10 January
2020, Warsaw): 100–300 rounds, rate 0.03–0.1, 15 or 31 leaves.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from predictors.rivals.trees import RivalMissing

FloatArray = NDArray[np.float64]

SLACK = 2.0
"""Minutes added before a logarithm is taken."""


def recorded_trees(
    columns: FloatArray, waits: FloatArray, asked: FloatArray, plain: int, seed: int
) -> FloatArray:
    """p10, p50, p90 (m, 3) for the rows `asked` (m, k), learned from `columns` (n, k) and `waits` (n,).

    `plain`: the column of the learned minutes. Minutes; NaN in a column means unknown. One thread. Raises
    RivalMissing without scikit-learn.
    """
    try:
        from sklearn.ensemble import HistGradientBoostingRegressor  # type: ignore[import-untyped]
        from threadpoolctl import threadpool_limits  # type: ignore[import-untyped,unused-ignore]
    except ImportError as error:
        raise RivalMissing("gradient-boosted trees need scikit-learn: make setup-dev") from error
    found = np.empty((len(asked), 3))
    wanted = np.log((waits + SLACK) / (columns[:, plain] + SLACK))
    for place, level in enumerate((0.1, None, 0.9)):
        model = HistGradientBoostingRegressor(
            loss="quantile" if level else "absolute_error", quantile=level, max_iter=300, learning_rate=0.03,
            max_leaf_nodes=15, min_samples_leaf=100, l2_regularization=10.0, early_stopping=False,
            random_state=seed,
        )  # fmt: skip
        with threadpool_limits(1):
            factor = np.exp(model.fit(columns, wanted).predict(asked))
        found[:, place] = (asked[:, plain] + SLACK) * factor - SLACK
    middle = np.maximum(found[:, 1], 0.0)
    return np.stack([np.clip(found[:, 0], 0.0, middle), middle, np.maximum(found[:, 2], middle)], axis=1)
