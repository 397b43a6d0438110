"""What an app may tell a visitor: nothing (the nearest branch), the least busy one, least travel + wait, or
ours.

A policy sees what a real one would: the board as it was `data_age` minutes ago, and its own intents at once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from enum import StrEnum

from predictors.flows import Flow
from predictors.intents import IntentWeights
from predictors.lines import Line
from predictors.network import Network
from predictors.steering import (
    Landing,
    LineNow,
    choose_levelling,
    expected_wait,
    roll_forward,
    steered_share,
)

NEVER_SEEN = -1.0


class PolicyName(StrEnum):
    """The policies that can be compared; `pooled` is a bound, not a policy."""

    NEAREST = "nearest"
    LEAST_BUSY = "least-busy"
    LIVE = "live"
    OURS = "ours"


class Policy:
    """Everybody goes to the nearest branch; the base of the others.

    The simulator calls `advise` when an app user sets out, `sent` when he follows it, `arrived` when anybody
    arrives, `missed` when an announced one did not, and `begin_day` and `end_day`.
    """

    def __init__(self, network: Network, data_age: float) -> None:
        self.desks = [int(count) for count in network.desks]
        self.service_mean = network.service_mean
        self.service_cv = network.service_cv
        self.data_age = data_age
        self.lines: Sequence[Line] = ()

    def begin_day(self, lines: Sequence[Line]) -> None:
        """New lines, one a branch; what was learned stays."""
        self.lines = lines

    def advise(self, at: float, travel: Sequence[float], draw: float) -> int:
        """The branch for one who sets out now; `travel` to each, `draw` in [0, 1) breaks ties."""
        return travel.index(min(travel))

    def sent(self, branch: int, lands: float, announced: bool) -> None:
        """The advice was taken, perhaps announced."""

    def arrived(self, at: float, branch: int, announced: bool) -> None:
        """Somebody is there; `announced`: one whose intent this policy holds."""

    def missed(self, branch: int) -> None:
        """An announced visitor did not come: the intent expires."""

    def end_day(self) -> None:
        """The day is over."""

    def seen(self, at: float, branch: int) -> tuple[int, int]:
        """Waiting and served at a branch, as the board says at that moment."""
        return self.lines[branch].seen(max(at - self.data_age, NEVER_SEEN))


class LeastBusy(Policy):
    """The fewest people a desk, as the board says; of equals the nearest."""

    def advise(self, at: float, travel: Sequence[float], draw: float) -> int:
        """See the class."""
        crowds = []
        for branch, desks in enumerate(self.desks):
            waiting, served = self.seen(at, branch)
            crowds.append(((waiting + served) / desks, travel[branch], branch))
        return min(crowds)[2]


class Live(Policy):
    """Least travel + wait as the board shows it, knowing nobody on the way."""

    def advise(self, at: float, travel: Sequence[float], draw: float) -> int:
        """See the class."""
        costs = []
        for branch, desks in enumerate(self.desks):
            waiting, served = self.seen(at, branch)
            costs.append(travel[branch] + expected_wait(waiting + served, desks, self.service_mean))
        return costs.index(min(costs))


class Ours(Policy):
    """`predictors.steering`: each branch rolled forward to the moment of arrival, with intents and flows.

    Nothing is told to it that a server would not see: show-up and capture are learned from intents that were
    kept and advice that was not announced, flows from arrivals that no intent carried.
    """

    def __init__(self, network: Network, data_age: float) -> None:
        super().__init__(network, data_age)
        self.weights = IntentWeights()
        self._flows = [Flow(network.day_minutes, desks / network.service_mean) for desks in self.desks]
        self._blind, self._arrivals = 0.0, 1.0
        self._landing: list[list[float]] = []
        self._unread: list[deque[float]] = []

    def begin_day(self, lines: Sequence[Line]) -> None:
        """New lines, nobody on the way; what was learned stays."""
        super().begin_day(lines)
        self._landing = [[] for _ in self.desks]
        self._unread = [deque() for _ in self.desks]

    def advise(self, at: float, travel: Sequence[float], draw: float) -> int:
        """`steering.choose_levelling`, thinned by `steered_share`; far branches are not rolled forward."""

        def wait(branch: int) -> float:
            return self.wait_at_arrival(at, branch, travel[branch])

        if draw >= steered_share(self._blind / self._arrivals, self.weights.capture):
            return travel.index(min(travel))
        return choose_levelling(travel, wait)

    def wait_at_arrival(self, at: float, branch: int, travel: float) -> float:
        """Expected wait of one who sets out now and is there after `travel`."""
        seen_at = at - self.data_age
        waiting, served = self.seen(at, branch)
        weight = self.weights.show_up
        landing = [Landing(lands - seen_at, weight) for lands in self._landing[branch] if lands > seen_at]
        line = LineNow(waiting, served, self.desks[branch], self.service_mean, self.service_cv)
        ahead = roll_forward(line, travel + self.data_age, self._rate(branch, seen_at), landing)
        return expected_wait(ahead.mean, line.desks, line.service_mean, ahead.variance)

    def _rate(self, branch: int, seen_at: float) -> float:
        """Arrivals a minute that no intent carries, from what the board has shown so far."""
        flow, unread = self._flows[branch], self._unread[branch]
        while unread and unread[0] <= seen_at:
            flow.observe(unread.popleft())
        flow.now(seen_at)
        return flow.rate()

    def sent(self, branch: int, lands: float, announced: bool) -> None:
        """An intent is known at once."""
        self.weights.observe_advised(announced)
        self._blind += not announced
        if announced:
            self._landing[branch].append(lands)

    def arrived(self, at: float, branch: int, announced: bool) -> None:
        """An intent that became a ticket, or a visitor of the flow; intents that the board shows go."""
        self._arrivals += 1.0
        if announced:
            self.weights.observe(kept=True)
        else:
            self._unread[branch].append(at)
        shown = at - self.data_age
        self._landing[branch] = [lands for lands in self._landing[branch] if lands > shown]

    def missed(self, branch: int) -> None:
        """The intent counts against the show-up rate."""
        self.weights.observe(kept=False)

    def end_day(self) -> None:
        """Today's flows become history."""
        for flow, unread in zip(self._flows, self._unread, strict=True):
            for at in unread:
                flow.observe(at)
            flow.end_day()


POLICIES: dict[PolicyName, type[Policy]] = {
    PolicyName.NEAREST: Policy,
    PolicyName.LEAST_BUSY: LeastBusy,
    PolicyName.LIVE: Live,
    PolicyName.OURS: Ours,
}
