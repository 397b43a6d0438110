"""A city to simulate: branches with desks, where visitors live, how their days differ; and the draw of a day.

`default_network()` is the one of the steering study in the design: 8 branches, 43 desks, 13.5 minutes a
service (CV 0.9), a static mismatch of load of −15…+25 %, local shocks from day to day (CV 0.2), about 8
minutes to the nearest branch. A day is drawn once, whatever the policy, so that policies are compared under
the same chance (common random numbers). Minutes after opening throughout.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

MOST_LOAD = 3.0
ONE_QUEUE = "A"
ALWAYS = ((-math.inf, math.inf),)


@dataclass(frozen=True)
class DeskSpec:
    """A desk: the queues it may call from and when it does (from, until)."""

    queues: frozenset[str] = frozenset({ONE_QUEUE})
    spans: tuple[tuple[float, float], ...] = ALWAYS


@dataclass(frozen=True)
class BranchSpec:
    """A branch at `x`, `y` (minutes of travel); `mismatch` is its load above the city's (0.25 = +25 %)."""

    name: str
    desks: tuple[DeskSpec, ...]
    mismatch: float
    x: float
    y: float


@dataclass(frozen=True)
class Network:
    """What a city's days are drawn from.

    `profile`: weights of equal parts of the day, by the moment of setting out. `queues`: share of visitors of
    each. Travel is `access` minutes (to the stop and from it) and the way; to the nearest branch it is
    `nearest_travel` on average. `priority`: share with a head start, and its minutes. `no_show`: share who
    are called in vain, which takes `no_show_minutes`. `show_up`: share of announced visitors who keep it.
    """

    branches: tuple[BranchSpec, ...]
    day_minutes: float = 540.0
    profile: tuple[float, ...] = (0.8, 1.2, 1.37, 1.1, 0.8, 0.85, 1.1, 1.05, 0.73)
    service_mean: float = 13.5
    service_cv: float = 0.9
    shock_cv: float = 0.2
    nearest_travel: float = 8.0
    access: float = 4.0
    queues: dict[str, float] = field(default_factory=lambda: {ONE_QUEUE: 1.0})
    priority: tuple[float, float] = (0.0, 0.0)
    no_show: float = 0.0
    no_show_minutes: float = 1.0
    show_up: float = 1.0

    @property
    def desks(self) -> IntArray:
        """Desks of each branch (branches,)."""
        return np.array([len(branch.desks) for branch in self.branches])

    @property
    def plain(self) -> bool:
        """Whether first come, first served over desks that are all alike is the whole rule."""
        return self.priority[0] == 0.0 and all(
            desk.spans == ALWAYS and desk.queues >= set(self.queues)
            for branch in self.branches
            for desk in branch.desks
        )


def default_network() -> Network:
    """The city of the steering study; nearest and pooled waits come out near the figures given there."""
    desks = (3, 3, 4, 5, 5, 6, 7, 10)
    mismatch = (0.25, -0.15, 0.2, -0.1, 0.25, -0.1, 0.1, -0.05)
    places = ((6, 7), (21, 5), (37, 9), (9, 23), (39, 25), (7, 38), (37, 40), (22, 24))
    return Network(
        tuple(
            BranchSpec(f"branch-{number}", (DeskSpec(),) * count, extra, float(x), float(y))
            for number, (count, extra, (x, y)) in enumerate(zip(desks, mismatch, places, strict=True), 1)
        )
    )


@dataclass(frozen=True, eq=False)
class Day:
    """The visitors of one day in the order of setting out; arrays (visitors,), `travel` (visitors, branches).

    `luck` (visitors, 4), uniform: has the app, announces the way, shows up, breaks near ties.
    """

    sets_out: FloatArray
    home: IntArray
    travel: FloatArray
    service: FloatArray
    head_start: FloatArray
    queue: tuple[str, ...]
    luck: FloatArray


class City:
    """Draws days of a network at a load and a travel scale; where people live is computed once."""

    def __init__(self, network: Network, load: float, travel_scale: float = 1.0) -> None:
        if not (math.isfinite(load) and 0.0 < load <= MOST_LOAD):
            raise ValueError(f"the load must be above 0 and at most {MOST_LOAD:g}, not {load}")
        if not (math.isfinite(travel_scale) and 0.0 <= travel_scale <= 100.0):
            raise ValueError(f"the travel scale must be in 0–100, not {travel_scale}")
        self.network = network
        self.load = load
        self._cells = _cells(network)
        weight = self._weights(np.ones(len(network.branches)))
        nearest = sum(w * cell.min(axis=1).mean() for w, cell in zip(weight, self._cells, strict=True))
        self._travel_scale = travel_scale
        self._pace = (network.nearest_travel - network.access) / float(nearest)

    def visitors(self) -> float:
        """Expected visitors a day."""
        network = self.network
        return float(self.load * network.desks.sum() * network.day_minutes / network.service_mean)

    def _weights(self, shocks: FloatArray) -> FloatArray:
        """Each branch's share of the visitors who live next to it."""
        extra = np.array([branch.mismatch for branch in self.network.branches])
        weight = self.network.desks * (1.0 + extra) * shocks
        share: FloatArray = weight / weight.sum()
        return share

    def day(self, seed: int, number: int) -> Day:
        """Day `number` of this seed: the same for every policy."""
        rng = np.random.default_rng([seed, number])
        network = self.network
        branches = len(network.branches)
        shocks = (
            rng.gamma(network.shock_cv**-2, network.shock_cv**2, branches)
            if network.shock_cv > 0.0
            else np.ones(branches)
        )
        count = int(rng.poisson(self.visitors()))
        home = rng.choice(branches, count, p=self._weights(shocks))
        place = rng.random(count)
        travel = np.empty((count, branches))
        for branch, cell in enumerate(self._cells):
            mine = home == branch
            way = cell[(place[mine] * len(cell)).astype(np.int64)] * self._pace
            travel[mine] = (network.access + way) * self._travel_scale
        sigma = math.sqrt(math.log1p(network.service_cv**2))
        service = network.service_mean * np.exp(sigma * rng.standard_normal(count) - sigma**2 / 2.0)
        missed = rng.random(count) < network.no_show
        first = rng.random(count) < network.priority[0]
        names = list(network.queues)
        shares = np.array(list(network.queues.values()))
        queue = rng.choice(len(names), count, p=shares / shares.sum())
        return Day(
            sets_out=np.sort(_moments(rng.random(count), network.profile) * network.day_minutes),
            home=home,
            travel=travel,
            service=np.where(missed, network.no_show_minutes, service),
            head_start=np.where(first, network.priority[1], 0.0),
            queue=tuple(names[int(number)] for number in queue),
            luck=rng.random((count, 4)),
        )


def _moments(draws: FloatArray, profile: Sequence[float]) -> FloatArray:
    """Uniform draws to shares of the day that follow the profile."""
    cumulative = np.concatenate([[0.0], np.cumsum(profile)])
    moments: FloatArray = np.interp(draws, cumulative / cumulative[-1], np.linspace(0, 1, len(cumulative)))
    return moments


def _cells(network: Network, grid: int = 60) -> list[FloatArray]:
    """Places where the visitors of each branch live: travel to all branches (places, branches), unscaled.

    A grid over the city, each place belonging to the branch next to it, as people choose without advice.
    """
    spots = np.array([(branch.x, branch.y) for branch in network.branches])
    low, high = spots.min(axis=0) - 6.0, spots.max(axis=0) + 6.0
    across, down = (np.linspace(low[axis], high[axis], grid) for axis in (0, 1))
    places = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
    distance = np.linalg.norm(places[:, None, :] - spots[None, :, :], axis=2)
    nearest = distance.argmin(axis=1)
    cells = [distance[nearest == branch] for branch in range(len(spots))]
    return [cell if len(cell) else distance[[branch]] for branch, cell in enumerate(cells)]
