"""Quantiles of counts against drawn ones."""

from __future__ import annotations

import numpy as np
import pytest

from predictors.counts import count_quantiles

SEED = 11


@pytest.mark.parametrize(
    ("mean", "spread"), [(0.3, 0.0), (4.0, 0.1), (75.0, 0.05), (850.0, 0.02), (40.0, 1.0)]
)
def test_they_are_those_of_the_mixture(mean: float, spread: float) -> None:
    """A gamma rate, then a Poisson count: the same quantiles, up to the noise of the draw."""
    rng = np.random.default_rng(SEED)
    rate = mean * (rng.gamma(1 / spread, spread, 200_000) if spread else np.ones(200_000))
    drawn = rng.poisson(rate)
    low, high = count_quantiles(mean, spread, (0.1, 0.9))
    assert (drawn <= low).mean() >= 0.095 and (drawn < low).mean() <= 0.105, SEED
    assert (drawn <= high).mean() >= 0.895 and (drawn < high).mean() <= 0.905, SEED


def test_shapes_and_nothing() -> None:
    """Arrays are broadcast; where nobody is expected nobody comes."""
    found = count_quantiles(np.array([[0.0, 5.0], [10.0, 2000.0]]), 0.05, (0.1, 0.9))
    assert found.shape == (2, 2, 2)
    assert found[:, 0, 0].tolist() == [0.0, 0.0]
    assert (found[1] >= found[0]).all()
