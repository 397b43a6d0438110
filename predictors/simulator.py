"""A city's days under different advice, with common random numbers, and what each is worth.

The walk is exact and needs no event list: visitors in the order of setting out, a heap of those on the way,
and each branch's line as a recursion (`predictors.lines`). The bound is one pooled queue: everybody goes to
the nearest door and all desks of the city stand behind it.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from predictors.figures import Figures, Outcome, figures, mean_wait
from predictors.lines import Line, PlainLine, SkilledLine, fcfs_waits
from predictors.network import City, Day, Network, default_network
from predictors.policies import POLICIES, Policy, PolicyName

POOLED = "pooled"
NAIVE_AGE = 10.0
MOST_DAYS = 2000
WARM_UP_BEGINS = 1_000_000


@dataclass(frozen=True)
class Setup:
    """One experiment; ValueError, naming the field, on numbers that make none.

    `adoption`: share of visitors who follow the app. `intents`: share of those who announce themselves.
    `data_age`: minutes, of the board that policies see; None = live, but NAIVE_AGE for least-busy, as in the
    study. `warm_up`: days lived before the scored ones, from which ours learns.
    """

    adoption: float = 0.6
    intents: float = 0.5
    load: float = 0.92
    data_age: float | None = None
    travel_scale: float = 1.0
    days: int = 40
    warm_up: int = 5
    seed: int = 1

    def __post_init__(self) -> None:
        for name in ("adoption", "intents"):
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise ValueError(f"{name} must be a share of 0–1, not {getattr(self, name)}")
        if self.data_age is not None and not 0.0 <= self.data_age <= 1440.0:
            raise ValueError(f"data_age must be 0–1440 minutes, not {self.data_age}")
        if not (1 <= self.days <= MOST_DAYS and 0 <= self.warm_up <= MOST_DAYS):
            raise ValueError(f"days must be 1–{MOST_DAYS}, not {self.days}")
        if self.seed < 0:
            raise ValueError(f"seed must not be negative, not {self.seed}")

    def age_for(self, policy: PolicyName) -> float:
        """Minutes of age of the board that this policy sees."""
        if self.data_age is not None:
            return self.data_age
        return NAIVE_AGE if policy is PolicyName.LEAST_BUSY else 0.0


class _Walk:
    """One day: who is on the way and who stands where."""

    def __init__(self, network: Network, day: Day, policy: Policy, setup: Setup) -> None:
        self._day, self._policy, self._setup = day, policy, setup
        self._show_up = network.show_up
        self._travel = day.travel.tolist()
        self._service, self._head_start = day.service.tolist(), day.head_start.tolist()
        self._coming: list[tuple[float, int, int, bool]] = []
        self._missing: list[tuple[float, int]] = []
        self.lines: list[Line] = [
            PlainLine(len(branch.desks)) if network.plain else SkilledLine(branch.desks)
            for branch in network.branches
        ]

    def live(self) -> list[int]:
        """The branch that each visitor went to; afterwards every line is through."""
        self._policy.begin_day(self.lines)
        home, luck = self._day.home.tolist(), self._day.luck.tolist()
        went = list(home)
        for visitor, at in enumerate(self._day.sets_out.tolist()):
            self._land(at)
            announced = False
            if luck[visitor][0] < self._setup.adoption:
                went[visitor], announced = self._advised(visitor, at, home[visitor], luck[visitor])
            branch = went[visitor]
            heapq.heappush(self._coming, (at + self._travel[visitor][branch], visitor, branch, announced))
        self._land(math.inf)
        for line in self.lines:
            line.close()
        self._policy.end_day()
        return went

    def _advised(self, visitor: int, at: float, home: int, luck: list[float]) -> tuple[int, bool]:
        """Where an app user goes, and whether his intent is kept. One who does not keep it goes to the
        nearest.
        """
        travel = self._travel[visitor]
        branch = self._policy.advise(at, travel, luck[3])
        announced = luck[1] < self._setup.intents
        self._policy.sent(branch, at + travel[branch], announced)
        if announced and luck[2] >= self._show_up:
            heapq.heappush(self._missing, (at + travel[branch], branch))
            return home, False
        return branch, announced

    def _land(self, until: float) -> None:
        """Everybody who arrives up to then joins a line; intents that were not kept expire."""
        while self._coming and self._coming[0][0] <= until:
            at, visitor, branch, announced = heapq.heappop(self._coming)
            service, head_start = self._service[visitor], self._head_start[visitor]
            self.lines[branch].join(visitor, at, service, self._day.queue[visitor], head_start)
            self._policy.arrived(at, branch, announced)
        while self._missing and self._missing[0][0] <= until:
            self._policy.missed(heapq.heappop(self._missing)[1])


def walk_day(network: Network, day: Day, policy: Policy, setup: Setup) -> Outcome:
    """One day under a policy. Nobody is lost: every visitor of the day is in the outcome."""
    walk = _Walk(network, day, policy, setup)
    branch = np.array(walk.live(), dtype=np.int64)
    waits = np.full(len(branch), math.nan)
    for line in walk.lines:
        waits[list(line.waits)] = list(line.waits.values())
    return Outcome(waits, day.travel[np.arange(len(branch)), branch], branch)


def pooled_day(network: Network, day: Day) -> Outcome:
    """The bound: everybody at the nearest door, one line, any desk of the city."""
    travel = day.travel[np.arange(len(day.home)), day.home]
    arrivals = day.sets_out + travel
    order = np.argsort(arrivals, kind="stable")
    waits = np.empty(len(order))
    waits[order] = fcfs_waits(arrivals[order].tolist(), day.service[order].tolist(), int(network.desks.sum()))
    return Outcome(waits, travel, np.zeros(len(order), dtype=np.int64))


def simulate(
    policies: Iterable[PolicyName] = tuple(PolicyName),
    setup: Setup | None = None,
    network: Network | None = None,
) -> dict[str, Figures]:
    """Figures by policy, `nearest` and `pooled` always among them: the same visitors for each.

    ValueError on a load or travel scale that makes no city.
    """
    setup, network = setup or Setup(), network or default_network()
    city = City(network, setup.load, setup.travel_scale)
    days = [city.day(setup.seed, number) for number in range(setup.days)]
    asked = [PolicyName.NEAREST, *(name for name in dict.fromkeys(policies) if name != PolicyName.NEAREST)]
    outcomes = {POOLED: [pooled_day(network, day) for day in days]}
    ages = {POOLED: 0.0}
    for name in asked:
        ages[name.value] = setup.age_for(name)
        policy = POLICIES[name](network, ages[name.value])
        for number in range(setup.warm_up if name is PolicyName.OURS else 0):
            walk_day(network, city.day(setup.seed, WARM_UP_BEGINS + number), policy, setup)
        outcomes[name.value] = [walk_day(network, day, policy, setup) for day in days]
    bounds = mean_wait(outcomes[PolicyName.NEAREST.value]), mean_wait(outcomes[POOLED])
    order = [*(name.value for name in asked), POOLED]
    desks = {POOLED: network.desks.sum(keepdims=True)}
    return {
        name: figures(days, outcomes[name], desks.get(name, network.desks), bounds, ages[name])
        for name in order
    }
