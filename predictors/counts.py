"""Quantiles of how many people come, where the rate itself is uncertain: gamma-Poisson (negative binomial).

A count with mean m whose rate has the relative variance v (variance ÷ mean²) has the variance m + v·m².
v = 0 is Poisson. Pure numpy: the distribution is summed up, no inverse function is needed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]

SMALLEST_SPREAD = 1e-6
ROWS_AT_ONCE = 256
TAIL = 9.0


def count_quantiles(mean: ArrayLike, spread: ArrayLike, shares: tuple[float, ...]) -> FloatArray:
    """The smallest counts that are not exceeded with these probabilities: shape (len(shares), *mean.shape).

    `mean` ≥ 0 and `spread` ≥ 0 (relative variance of the rate) are broadcast against each other. So at least
    the named share lies at or below, for small counts visibly more.
    """
    means, spreads = np.broadcast_arrays(np.asarray(mean, float), np.asarray(spread, float))
    flat, wide = means.ravel(), np.maximum(spreads.ravel(), SMALLEST_SPREAD)
    found = np.zeros((len(shares), len(flat)))
    order = np.argsort(flat)
    for start in range(0, len(flat), ROWS_AT_ONCE):
        rows = order[start : start + ROWS_AT_ONCE]
        found[:, rows] = _quantiles(flat[rows], wide[rows], shares)
    return found.reshape(len(shares), *means.shape)


def _quantiles(mean: FloatArray, spread: FloatArray, shares: tuple[float, ...]) -> FloatArray:
    """The same for a few rows of like size: the log probabilities of 0, 1, 2, … are summed up."""
    reach = mean + TAIL * np.sqrt(mean + spread * mean**2) + 10.0
    counts = np.arange(1, int(reach.max()) + 1)
    size = 1.0 / spread[:, None]
    chance = mean[:, None] / (size + mean[:, None])
    none_comes = -size * np.log1p(mean[:, None] * spread[:, None])
    with np.errstate(divide="ignore"):
        steps = np.log((counts - 1 + size) / counts * chance)
    logs = np.concatenate([none_comes, none_comes + np.cumsum(steps, axis=1)], axis=1)
    below = np.cumsum(np.exp(logs), axis=1)
    below /= np.maximum(below[:, -1:], 1e-300)
    return np.array([(below < share - 1e-12).sum(axis=1) for share in shares], dtype=np.float64)
