"""Profiles of a day's traffic, calibrated on recorded queues: when visitors come, how long they take, who
gives up.

The figures stand in `calibrated/<name>.toml`; its head says where they come from. Randomness is the caller's
generator, so that a day can be repeated.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

LONG_DAY_MINUTES = 10 * 60
LONGEST_FACTOR = 4.0


@dataclass(frozen=True)
class Profile:
    """Shares of a day's visitors by equal parts of the opening hours (each sums to 1), and spreads as ratios.

    `service_spread`: standard deviation ÷ mean of service times. `day_spread`: the same of visitors a day.
    `leaving_share`: visitors who are gone before they are called. `queue_ranks`: shares of a branch's queues,
    the busiest first.
    """

    short_day: FloatArray
    long_day: FloatArray
    day_spread: float
    queue_ranks: FloatArray
    service_spread: float
    leaving_share: float


def load_profile(name: str = "warsaw") -> Profile:
    """The calibrated profile of that name; FileNotFoundError if there is none."""
    text = resources.files("predictors").joinpath("calibrated", f"{name}.toml").read_text("utf-8")
    tables = tomllib.loads(text)
    arrivals = tables["arrivals"]
    return Profile(
        short_day=_shares(arrivals["short_day"]),
        long_day=_shares(arrivals["long_day"]),
        day_spread=float(arrivals["day_spread"]),
        queue_ranks=_shares(arrivals["queue_ranks"]),
        service_spread=float(tables["service"]["spread"]),
        leaving_share=float(tables["leaving"]["share"]),
    )


def _shares(given: list[float]) -> FloatArray:
    shares = np.array(given, dtype=np.float64)
    return np.asarray(shares / shares.sum())


def arrivals(
    profile: Profile, opens: float, closes: float, visitors: float, rng: np.random.Generator
) -> FloatArray:
    """Sorted arrival minutes in [opens, closes) of about `visitors` people: a Poisson day with the profile's
    shape.

    Opening hours shorter than LONG_DAY_MINUTES have the short day's shape, stretched to them.
    """
    shares = profile.long_day if closes - opens >= LONG_DAY_MINUTES else profile.short_day
    count = rng.poisson(visitors)
    edges = np.linspace(opens, closes, len(shares) + 1)
    parts = rng.choice(len(shares), size=count, p=shares)
    moments = edges[parts] + rng.random(count) * (edges[1] - edges[0])
    return np.sort(moments)


def service_minutes(profile: Profile, means: FloatArray, rng: np.random.Generator) -> FloatArray:
    """A lognormal service time in minutes for each mean (before the cut at LONGEST_FACTOR means)."""
    sigma = np.sqrt(np.log1p(profile.service_spread**2))
    drawn = rng.lognormal(np.log(means) - sigma**2 / 2, sigma)
    return np.asarray(np.minimum(drawn, LONGEST_FACTOR * means))


def day_factor(profile: Profile, rng: np.random.Generator) -> float:
    """How busy one branch's day is against its usual one; about 1, never below a half or above two."""
    return float(np.clip(rng.normal(1.0, profile.day_spread), 0.5, 2.0))
