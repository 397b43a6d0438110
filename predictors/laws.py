"""Lognormal laws of service minutes: what one takes, what is left of one under way, drawn in even strata.

All draws come from hazard space: H(z) = −ln P(Z > z) of a standard normal is exponential, so what is left of
a service that has lasted e minutes is the law at H(e) + an exponential, for any e and without rejection.
K draws of one law take one draw from each K-th of it, in random order (Latin hypercube): sums over tickets
then scatter far less than K independent draws would.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

LONGEST_MINUTES = 240.0
"""Nobody is served for longer; a longer span is a forgotten click. Drawn minutes end here too."""

_Z = np.linspace(-8.0, 36.0, 8801)
_HAZARD = np.array([-math.log(0.5 * math.erfc(z / math.sqrt(2.0))) for z in _Z])
_FORGOTTEN_SIGMAS = 4.0
FORGOTTEN_MINUTES = 60.0


def hazard(z: float) -> float:
    """−ln P(Z > z) for a standard normal Z; exact to six digits between z = −8 and 36."""
    return float(np.interp(z, _Z, _HAZARD))


def normal_at(hazards: FloatArray) -> FloatArray:
    """The z whose hazard is given; the inverse of `hazard`, any shape."""
    return np.interp(hazards, _HAZARD, _Z)


@lru_cache(maxsize=64)
def strata(samples: int) -> FloatArray:
    """Exponential quantiles in the middles of `samples` equal strata, rising, shape (samples,)."""
    middles = -np.log1p(-(np.arange(samples) + 0.5) / samples)
    middles.setflags(write=False)
    return middles


@lru_cache(maxsize=64)
def normal_strata(samples: int) -> FloatArray:
    """Standard normal quantiles in the middles of `samples` equal strata, rising, shape (samples,)."""
    middles = normal_at(strata(samples))
    middles.setflags(write=False)
    return middles


@dataclass(frozen=True, slots=True)
class Law:
    """Minutes are exp(mu + sigma·Z). `evidence`: services seen behind it; `doubt`: standard deviation of mu.

    Sigma 0 is a service that always takes exp(mu).
    """

    mu: float
    sigma: float
    evidence: float = 0.0
    doubt: float = 0.0

    @staticmethod
    def of_mean(mean: float, cv: float, evidence: float = 0.0, doubt: float = 0.0) -> Law:
        """The law with that mean (minutes, > 0) and coefficient of variation (≥ 0)."""
        variance = math.log1p(cv * cv)
        return Law(math.log(mean) - variance / 2, math.sqrt(variance), evidence, doubt)

    @property
    def mean(self) -> float:
        """Mean minutes."""
        return math.exp(self.mu + self.sigma * self.sigma / 2)

    def sample(self, rng: np.random.Generator, shape: int | tuple[int, ...]) -> FloatArray:
        """Independent draws in minutes."""
        drawn = np.exp(self.mu + self.sigma * rng.standard_normal(shape))
        return np.minimum(drawn, LONGEST_MINUTES)

    def residual(self, rng: np.random.Generator, elapsed: float, shape: int | tuple[int, ...]) -> FloatArray:
        """Independent draws of S − elapsed given S > elapsed, in minutes."""
        return self.left_over(elapsed, rng.standard_exponential(shape))

    def left_over(self, elapsed: float, exponential: FloatArray) -> FloatArray:
        """What is left after `elapsed` minutes, by draws of a standard exponential (any shape).

        A service that has lasted absurdly long (over LONGEST_MINUTES, or far beyond what the law allows) is
        a forgotten click: what its desk does is unknown, so a whole service is drawn.
        """
        return np.asarray(left_over([self], [elapsed], np.asarray(exponential)[None])[0])


def left_over(laws: Sequence[Law], elapsed: Sequence[float], exponential: FloatArray) -> FloatArray:
    """`Law.left_over` of many services at once: `exponential` has shape (services, …), and so has the result.

    An elapsed time that is not a number above 0 is 0.
    """
    column = (-1,) + (1,) * (exponential.ndim - 1)
    mu = np.array([law.mu for law in laws])
    sigma = np.array([law.sigma for law in laws])
    passed = np.nan_to_num(np.array(elapsed, dtype=np.float64), nan=0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(passed > 0.0, (np.log(np.maximum(passed, 0.0)) - mu) / sigma, -np.inf)
    forgotten = (passed > LONGEST_MINUTES) | (
        (passed > FORGOTTEN_MINUTES) & (z > _FORGOTTEN_SIGMAS) & (sigma > 0.0)
    )
    hazards = np.where(forgotten | ~(sigma > 0.0), 0.0, np.interp(z, _Z, _HAZARD))
    passed = np.where(forgotten, 0.0, np.maximum(passed, 0.0)).reshape(column)
    drawn = normal_at(hazards.reshape(column) + exponential)
    drawn = np.exp(mu.reshape(column) + sigma.reshape(column) * drawn) - passed
    return np.asarray(np.clip(drawn, 0.0, LONGEST_MINUTES))
