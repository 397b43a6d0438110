"""A city made by known laws: branches, desks with skills, services, and the five scenarios of the backtest.

Every branch has three queues, one service each (lognormal, means 8, 15 and 25 minutes, coefficient of
variation 0.8), desks with different skills and a lunch hour that the desks take in turns. Because the laws
are known, an oracle can be asked for the best forecast that anybody could give (`predictors.oracle`).

Minutes are minutes after local midnight.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

OPENS, CLOSES = 480.0, 1020.0
NO_SHOW_MINUTES = 2.0
HALF_HOURS = 18
SHAPE = np.array([6, 9, 10, 9, 8, 7, 6, 5, 5, 5, 5, 6, 6, 5, 4, 2, 1, 1], dtype=np.float64)
"""Visitors by half-hour of the opening hours, as shares; rises in the morning as recorded queues do."""


@dataclass(frozen=True)
class Lognormal:
    """A lognormal law in minutes, by its mean and coefficient of variation."""

    mean: float
    cv: float

    @property
    def sigma(self) -> float:
        """Standard deviation of the logarithm."""
        return math.sqrt(math.log1p(self.cv**2))

    @property
    def mu(self) -> float:
        """Mean of the logarithm."""
        return math.log(self.mean) - self.sigma**2 / 2

    def sample(self, rng: np.random.Generator, size: int | tuple[int, ...]) -> FloatArray:
        """Draws of that shape."""
        return rng.lognormal(self.mu, self.sigma, size)


QUEUES: Mapping[str, Lognormal] = {"A": Lognormal(8, 0.8), "B": Lognormal(15, 0.8), "C": Lognormal(25, 0.8)}
SHARES = np.array([0.45, 0.35, 0.20])
NAMES = tuple(QUEUES)
WALK = Lognormal(0.6, 0.5)
NO_SHOW = 0.06


@dataclass(frozen=True)
class DeskSpec:
    """A desk: which queues (indices into NAMES) it may call from, and when it is away for lunch."""

    desk: str
    queues: frozenset[int]
    lunch: tuple[float, float] = (CLOSES, CLOSES)


@dataclass(frozen=True)
class BranchSpec:
    """A branch and how many visitors come on a usual day."""

    branch: str
    desks: tuple[DeskSpec, ...]
    visitors: float


@dataclass(frozen=True)
class Scenario:
    """One world. `break_share`: the share of finished visits after which the desk rests without telling the
    system, for `rest` minutes. `alarm_share`: days with an air-raid alarm; `rush_share`: days on which
    `rush_visitors` of the usual number come within an hour. `day_spread`: CV of visitors a day.
    """

    name: str
    branches: tuple[BranchSpec, ...]
    day_spread: float = 0.12
    break_share: float = 0.0
    rest: Lognormal = field(default=Lognormal(12.0, 0.5))
    alarm_share: float = 0.0
    alarm: Lognormal = field(default=Lognormal(45.0, 0.5))
    rush_share: float = 0.0
    rush_visitors: float = 0.25

    @property
    def services(self) -> Mapping[str, Lognormal]:
        """The true service-time law of each queue's only service."""
        return QUEUES


SKILLS = ("A", "AB", "AB", "BC", "BC", "ABC")


def branch(name: str, load: float, skills: tuple[str, ...] = SKILLS, spare: float = 0.0) -> BranchSpec:
    """A branch whose desks are busy for about `load` of their time on a usual day.

    `spare`: desk minutes lost after each visit (unlogged breaks). Lunch is 45 minutes, two desks at a time.
    """
    desks = tuple(
        DeskSpec(f"desk-{place + 1}", frozenset(NAMES.index(letter) for letter in letters), lunch_of(place))
        for place, letters in enumerate(skills)
    )
    mean = sum(share * law.mean for share, law in zip(SHARES, QUEUES.values(), strict=True))
    a_visit = (1 - NO_SHOW) * (mean + WALK.mean) + NO_SHOW * NO_SHOW_MINUTES + spare
    minutes = len(desks) * (CLOSES - OPENS) - sum(desk.lunch[1] - desk.lunch[0] for desk in desks)
    return BranchSpec(name, desks, load * minutes / a_visit)


def lunch_of(place: int) -> tuple[float, float]:
    """When the desk at that place is away: pairs of desks one after the other from noon."""
    begin = 720.0 + 45.0 * (place // 2 % 3)
    return begin, begin + 45.0


LOADS = (0.93, 0.89, 0.85, 0.91, 0.87, 0.83)


def scenarios() -> dict[str, Scenario]:
    """The five worlds by name, each with six branches."""
    usual = tuple(branch(f"branch-{n + 1}", load) for n, load in enumerate(LOADS))
    rests = tuple(branch(f"branch-{n + 1}", load, spare=0.12 * 12) for n, load in enumerate(LOADS))
    big = (*SKILLS, "AB", "ABC", "BC", "ABC")
    uneven = tuple(
        spec
        for n, load in enumerate((0.93, 0.89, 0.86))
        for spec in (branch(f"big-{n + 1}", load, big), branch(f"small-{n + 1}", load - 0.1, ("ABC",)))
    )
    calmer = tuple(branch(f"branch-{n + 1}", load - 0.10) for n, load in enumerate(LOADS))
    worlds = (
        Scenario("skills", usual),
        Scenario("breaks", rests, break_share=0.12),
        Scenario("skew", uneven),
        Scenario("alarm", calmer, alarm_share=0.6),
        Scenario("rush", calmer, rush_share=0.6),
    )
    return {world.name: world for world in worlds}
