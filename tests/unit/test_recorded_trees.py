"""The strongest rival answers in order and never below zero."""

from __future__ import annotations

import numpy as np

from predictors.rivals.recorded_trees import recorded_trees

SEED = 2


def test_trees_learn_the_columns() -> None:
    dice = np.random.default_rng(SEED)
    columns = dice.uniform(0, 10, (1200, 3))
    columns[::50, 2] = np.nan
    waits = columns[:, 0] * 3 + dice.exponential(1.0, 1200)
    found = recorded_trees(columns[:900], waits[:900], columns[900:], 0, SEED)
    assert found.shape == (300, 3)
    assert (np.diff(found, axis=1) >= 0).all() and (found >= 0).all()
    assert np.abs(found[:, 1] - waits[900:]).mean() < 2.0, SEED
