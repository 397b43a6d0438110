"""What the wait will be, for everybody who waits and for one who joins now: learned from events, chosen by
evidence. Pure: time comes in with the events.

Per queue one of two methods speaks. **replay** (`predictors.wait`) knows the desks: who is in hand and since
when, the plan of the desks, everybody ahead. **throughput** (`predictors.throughput`) knows only how fast
the line moved. The rule:

1. A branch that stands still (closed, air raid, hold) has no number, nor has a queue that needs power while
   there is none, or whose services were all stopped. A free desk that nobody waits for calls within a minute.
2. The replay needs desks whose services are told (of a branch's calls at least half were started) and
   services known well enough; the throughput needs calls with a backlog. Where one has too little, the other
   speaks; where both have, nobody does: the wait is unknown. It is unknown too for whom the replay sees no
   desk that calls before the day's end.
3. Where both can speak, the one whose record in that queue is better (`live.method_choice`).

The replay's range is corrected by what its branch's ranges were off before (`predictors.conformal`).
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from zlib import crc32

import numpy as np

from balancer.city.definition import City
from balancer.live.board import Board
from balancer.live.branch_load import BranchLoad
from balancer.live.branch_now import branch_now
from balancer.live.learning import Learning
from balancer.live.line_pace import SERVES, LinePace
from balancer.live.method_choice import MethodChoice
from balancer.messages import ACTIVE, Event, Method, TicketState, TicketStatus, Wait
from predictors.conformal import Quantiles
from predictors.wait import Replayed, replay

log = logging.getLogger("balancer.live")

MINUTE_MS, DAY_MS = 60_000, 86_400_000
FREE_DESK = Wait(0.0, 0.0, 1.0)
"""A desk is free and nobody waits for it: it calls within a minute."""

LONGEST_MINUTES = 24 * 60.0
JOINS = frozenset({"open", "shelter"})
MOST_PROMISES = 20_000
NOT_REPLAYED = Replayed({}, {}, {})


class Promise(NamedTuple):
    """What the replay said, uncorrected, of one who joins a queue with so many ahead."""

    branch: str
    queue: str
    replay: Quantiles | None
    ahead: int


class Promised(NamedTuple):
    """What both methods said, uncorrected, of one ticket when it was issued."""

    branch: str
    queue: str
    replay: Quantiles | None
    throughput: Quantiles | None


@dataclass(frozen=True, slots=True)
class BranchWaits:
    """A branch's estimates at city ms `at`: of one who joins by queue; `tickets`: what the replay says of
    everybody who waits, uncorrected.
    """

    at: int
    queues: dict[str, Wait | None] = field(default_factory=dict)
    methods: dict[str, Method | None] = field(default_factory=dict)
    tickets: dict[str, Quantiles | None] = field(default_factory=dict)
    promises: dict[str, Promise] = field(default_factory=dict)


NOTHING = BranchWaits(0)


class Estimates:
    """Waits of one city's queues and tickets: `learn` every event, `refresh` a branch, then ask.

    `taught_from`: the city ms of the first event that was learned, None before it.
    """

    def __init__(self, city: City) -> None:
        self.pace = LinePace(city)
        self.learning = Learning(city)
        self.choice = MethodChoice()
        self._latest: dict[str, BranchWaits] = {}
        self._promised: dict[str, Promised] = {}
        self._dark: set[tuple[str, str]] = set()
        self._failing: set[str] = set()
        self.taught_from: int | None = None
        self.refit(city)

    def refit(self, city: City) -> None:
        """Go on with another definition: priors and which queues need power; what was learned stays."""
        self.pace.refit(city)
        self.learning.refit(city)
        self._latest = {}
        self._dark = {
            (branch.branch, queue.queue)
            for branch in city.branches
            for queue in branch.queues
            if queue.services and all(city.service(each).needs_power for each in queue.services)
        }

    def begin(self, board: Board, at: int) -> None:
        """Start to watch at city ms `at`, with what the board shows."""
        self.pace.begin(board, at)
        self._latest = {}
        for load in board.branches():
            for desk in load.desks.values():
                self.learning.desks.see(desk, max(desk.since, at - DAY_MS))

    # --- learning -------------------------------------------------------------------------------------------

    def learn(self, event: Event, board: Board, changed: Iterable[str]) -> None:
        """Take in an event that the board has just folded; `changed`: the branches that it changed."""
        if self.taught_from is None:
            self.taught_from = event.at
        self.pace.learn(event, board, changed)
        self.learning.learn(event)
        if event.ticket is not None:
            self._hold_against(event, event.ticket, board)

    def _hold_against(self, event: Event, ticket: TicketState, board: Board) -> None:
        """Remember what was promised to a new ticket, and compare it once it is called for the first time."""
        if event.type == "ticket_issued" and ticket.arrived < event.at:
            return  # entered late: nothing was promised when it was given out
        if event.type == "ticket_issued" and ticket.state is TicketStatus.WAITING:
            promise = self.latest(ticket.branch).promises.get(ticket.queue)
            if promise is not None and len(self._promised) < MOST_PROMISES:
                load = board.branch(ticket.branch)
                throughput = self.pace.wait(load, ticket.queue, promise.ahead)
                self._promised[ticket.id] = Promised(*promise[:3], throughput)
        elif event.type == "ticket_called":
            actual = first_wait(ticket)
            promised = self._promised.pop(ticket.id, None)
            if actual is not None:
                self._compare(promised, ticket, actual)
        elif ticket.state not in ACTIVE or ticket.leg > 0:
            self._promised.pop(ticket.id, None)

    def _compare(self, promise: Promised | None, ticket: TicketState, actual: float) -> None:
        if promise is None:
            if ticket.quoted is not None and ticket.quoted != FREE_DESK:  # of a time before this process
                self.learning.correction(ticket.branch).observe(_quantiles(ticket.quoted), actual)
            return
        if promise.replay is not None:
            self.learning.correction(promise.branch).observe(promise.replay, actual)
            if promise.throughput is not None:
                self.choice.observe(promise.branch, promise.queue, promise.replay, promise.throughput, actual)

    # --- working out ----------------------------------------------------------------------------------------

    def refresh(self, load: BranchLoad, board: Board, now: int) -> BranchWaits:
        """Work out a branch at city ms `now`, all its queues and tickets in one pass.

        Never raises: what cannot be worked out is unknown, and the log says once why.
        """
        name = load.branch.branch
        try:
            found = self._work_out(load, board, now)
            self._failing.discard(name)
        except Exception:
            if name not in self._failing:
                log.exception("the waits of %s cannot be worked out", name)
            self._failing.add(name)
            found = BranchWaits(now)
        self._latest[name] = found
        return found

    def _work_out(self, load: BranchLoad, board: Board, now: int) -> BranchWaits:
        if load.state not in SERVES:
            return BranchWaits(now)
        name = load.branch.branch
        self.pace.catch_up(load, now)
        replayed = self._replay(load, board, now)
        found = BranchWaits(now, tickets=replayed.tickets)
        for queue, count in load.queues.items():
            promise = Promise(name, queue, replayed.next.get(queue), count.waiting)
            wait, method = self._speak(load, promise, replayed=replayed is not NOT_REPLAYED)
            if self._is_free(load, queue):
                wait, method = FREE_DESK, "replay"
            elif method is not None:
                found.promises[queue] = promise
            found.queues[queue] = wait if load.state in JOINS else None
            found.methods[queue] = method
        return found

    def _speak(
        self, load: BranchLoad, promise: Promise, *, replayed: bool
    ) -> tuple[Wait | None, Method | None]:
        """The wait of one who joins, and the method that the rule chooses; `replayed`: it could speak."""
        if self._stands(load, promise.queue):
            return None, None
        if promise.replay is not None and self.choice.prefers_replay(promise.branch, promise.queue):
            return self.corrected(promise.branch, promise.replay), "replay"
        late = replayed and promise.replay is None
        throughput = None if late else self.pace.wait(load, promise.queue, promise.ahead)
        if throughput is not None:
            return _wait(throughput), "throughput"
        if promise.replay is not None:
            return self.corrected(promise.branch, promise.replay), "replay"
        return None, "replay" if late else None

    def corrected(self, branch: str, found: Quantiles) -> Wait | None:
        """The wait that is shown for a replayed range, by what the branch's ranges were off before."""
        return _wait(self.learning.correction(branch).adjust(found))

    def _replay(self, load: BranchLoad, board: Board, now: int) -> Replayed:
        if not self.learning.tells_services(load.branch.branch):
            return NOT_REPLAYED
        branch = branch_now(load, board.tickets, self.learning, now)
        services = {each.service for each in branch.line} | {each.service for each in branch.desks}
        if not all(self.learning.laws.known(each, branch.branch) for each in services if each is not None):
            return NOT_REPLAYED
        # The same dice every time: a range moves because something happened, not by chance.
        dice = np.random.default_rng(crc32(load.branch.branch.encode()))
        return replay(branch, self.learning.laws, dice, queues=list(load.queues))

    def _is_free(self, load: BranchLoad, queue: str) -> bool:
        """Whether a desk with the skill has nobody in hand and nobody to call."""
        if self._stands(load, queue):
            return False
        desks = load.open_desks(queue)
        return any(desk.ticket is None and not load.has_line(desk.desk) for desk in desks)

    def _stands(self, load: BranchLoad, queue: str) -> bool:
        """Whether none of a queue's services goes on now."""
        if load.facts.power == "off" and (load.branch.branch, queue) in self._dark:
            return True
        known = load.branch.queue_by_id.get(queue)
        stopped = load.facts.suspended
        return known is not None and bool(stopped) and set(known.services) <= set(stopped)

    # --- asking ---------------------------------------------------------------------------------------------

    def latest(self, branch: str) -> BranchWaits:
        """What was worked out last; nothing before the first time."""
        return self._latest.get(branch, NOTHING)

    def quote(self, load: BranchLoad, queue: str) -> Wait | None:
        """The wait of one who joins a queue now; None where nobody can join or nobody knows."""
        return self.latest(load.branch.branch).queues.get(queue) if load.state in JOINS else None

    def wait_of(self, load: BranchLoad, ticket: TicketState, ahead: int) -> tuple[Wait | None, Method | None]:
        """What a waiting ticket with `ahead` before it still has to wait, and by which method."""
        latest = self.latest(load.branch.branch)
        method = latest.methods.get(ticket.queue)
        if load.state not in SERVES or method is None:
            return None, None
        if load.stops(ticket):
            return None, None
        if method == "throughput":
            wait = _wait(self.pace.wait(load, ticket.queue, ahead))
        elif (told := self._told(latest, ticket)) is not None:
            wait = self.corrected(ticket.branch, told)
        else:
            wait = None
        return (wait, method) if wait is not None else (None, None)

    @staticmethod
    def _told(latest: BranchWaits, ticket: TicketState) -> Quantiles | None:
        """What the replay said of a ticket; of one who joined after it, what it said of the next."""
        if ticket.id in latest.tickets:
            return latest.tickets[ticket.id]
        promise = latest.promises.get(ticket.queue)
        return None if promise is None else promise.replay


def first_wait(ticket: TicketState) -> float | None:
    """Minutes from joining to the call, if this is the visit's first call and no pause lay between."""
    leg = ticket.legs[0] if ticket.legs and ticket.leg == 0 else None
    if leg is None or leg.wait_ms is None or leg.called is None or leg.joined is None:
        return None
    return leg.wait_ms / MINUTE_MS if leg.called - leg.joined == leg.wait_ms else None


def _quantiles(wait: Wait) -> Quantiles:
    return Quantiles(wait.p10, wait.p50, wait.p90)


def _wait(found: Quantiles | None) -> Wait | None:
    """The range in tenths of minutes; None for none, for what is no number, and for over a day."""
    if found is None or not math.isfinite(sum(found)) or found.p50 > LONGEST_MINUTES:
        return None
    return Wait(round(max(found.p10, 0.0), 1), round(max(found.p50, 0.0), 1), round(max(found.p90, 0.0), 1))
