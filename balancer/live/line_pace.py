"""How fast each line moves, watched as the events pass; the throughput method behind `estimates`. Pure.

Per queue it watches the time during which somebody waited behind a call that had just been made (a backlog),
counts the calls that ended it, and teaches `predictors.throughput`. A branch that stands still (closed, air
raid, hold) teaches nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from balancer.city.definition import Branch, City
from balancer.live.board import Board
from balancer.live.branch_load import BranchLoad
from balancer.messages import Event, TicketStatus
from predictors.conformal import Quantiles
from predictors.throughput import Throughput

MINUTE_MS = 60_000
DEFAULT_PRIOR = 15.0
SERVES = frozenset({"open", "tickets_closed", "shelter"})


@dataclass(slots=True)
class _Watch:
    """One queue since `since` (city ms): `desks` open desks while there is a backlog, else 0."""

    since: int = 0
    desks: int = 0
    backlog: bool = False


class LinePace:
    """The paces of one city's lines."""

    def __init__(self, city: City) -> None:
        self.learned = Throughput()
        self._watches: dict[tuple[str, str], _Watch] = {}
        self._priors: dict[tuple[str, str], float] = {}
        self.refit(city)

    def refit(self, city: City) -> None:
        """Go on with another definition; what was learned stays."""
        self._priors = {
            (branch.branch, queue.queue): _prior(city, queue.services)
            for branch in city.branches
            for queue in branch.queues
        }

    def begin(self, board: Board, at: int) -> None:
        """Start to watch at city ms `at`, with what the board shows; whoever waits there is a backlog."""
        self._watches = {}
        for load in board.branches():
            for queue, count in load.queues.items():
                watch = self._watches[load.branch.branch, queue] = _Watch(since=at, backlog=count.waiting > 0)
                watch.desks = _desks(load, queue) if watch.backlog else 0

    def learn(self, event: Event, board: Board, changed: Iterable[str]) -> None:
        """Take in an event that the board has just folded; `changed`: the branches that it changed."""
        called = event.ticket if _takes_first(event) else None
        for branch in changed:
            load = board.branch(branch)
            for queue, count in load.queues.items():
                watch = self._watches.setdefault((branch, queue), _Watch(since=event.at))
                self._pass(load.branch, queue, watch, event.at)
                if called is not None and (called.branch, called.queue) == (branch, queue):
                    if watch.backlog and watch.desks:
                        self.learned.observe((branch, queue), self._prior(branch, queue), 0.0, 1)
                    watch.backlog = True
                watch.backlog = watch.backlog and count.waiting > 0
                watch.desks = _desks(load, queue) if watch.backlog else 0

    def catch_up(self, load: BranchLoad, now: int) -> None:
        """Take in that nothing was called up to city ms `now`: a line that stands still grows longer in
        minutes.
        """
        for queue in load.queues:
            watch = self._watches.get((load.branch.branch, queue))
            if watch is not None:
                self._pass(load.branch, queue, watch, now)

    def wait(self, load: BranchLoad, queue: str, ahead: int) -> Quantiles | None:
        """The wait in a queue with `ahead` before one; None as `predictors.throughput` says."""
        line = (load.branch.branch, queue)
        found = self.learned.wait(line, self._prior(*line), len(load.open_desks(queue)), ahead)
        return Quantiles(*found) if found else None

    def _pass(self, branch: Branch, queue: str, watch: _Watch, now: int) -> None:
        spent = now - watch.since
        watch.since = max(watch.since, now)
        if spent > 0 and watch.desks:
            line = (branch.branch, queue)
            self.learned.observe(line, self._prior(*line), watch.desks * spent / MINUTE_MS, 0)

    def _prior(self, branch: str, queue: str) -> float:
        return self._priors.get((branch, queue), DEFAULT_PRIOR)


def _prior(city: City, services: list[str]) -> float:
    """Mean service minutes of a queue's services."""
    return sum(city.service(each).minutes for each in services) / len(services) if services else DEFAULT_PRIOR


def _desks(load: BranchLoad, queue: str) -> int:
    """Open desks of a queue while its branch serves."""
    return len(load.open_desks(queue)) if load.state in SERVES else 0


def _takes_first(event: Event) -> bool:
    """Whether a waiting ticket was called: the line moves up by one."""
    return event.type == "ticket_called" and event.was is TicketStatus.WAITING
