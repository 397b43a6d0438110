"""One branch as it is now: its facts, desks and lines, counted incrementally from after-images. Pure."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import NamedTuple

from balancer.city.definition import Branch
from balancer.core.views import branch_status, current_leg, skills_of
from balancer.messages import BranchState, BranchStatus, DeskState, IntentState, TicketState, TicketStatus

CALLS_SHOWN = 6
AT_DESK = frozenset({TicketStatus.CALLED, TicketStatus.SERVING})
Place = tuple[int, int, int, str]


class Call(NamedTuple):
    """One call as a hall display shows it; `at` is city ms."""

    ticket: str
    number: str
    desk: str
    at: int
    day: str


class QueueCount:
    """Tickets of one queue by state. `in_hand` is called and serving together."""

    __slots__ = ("called", "parked", "serving", "waiting")

    def __init__(self) -> None:
        self.waiting = self.called = self.serving = self.parked = 0

    @property
    def in_hand(self) -> int:
        """Tickets at a desk."""
        return self.called + self.serving

    def add(self, state: TicketStatus, by: int) -> None:
        """Count one ticket more (1) or less (-1) in an active state."""
        if state is TicketStatus.WAITING:
            self.waiting += by
        elif state is TicketStatus.CALLED:
            self.called += by
        elif state is TicketStatus.SERVING:
            self.serving += by
        else:
            self.parked += by


def place_of(ticket: TicketState) -> Place:
    """What orders a line: arrival less head start, then when it took that place, then the event that put it
    there, then the id.
    """
    return (ticket.order, ticket.placed, ticket.tie, ticket.id)


def line_of(ticket: TicketState) -> str:
    """The line that a waiting ticket stands in: its queue's, or that of the only desk that may call it."""
    return ticket.queue if ticket.bound is None else f"desk:{ticket.bound}"


class BranchLoad:
    """A branch's whole state. `seq`: offset of the last event that changed it."""

    def __init__(self, branch: Branch) -> None:
        self.branch = branch
        self.seq = 0
        self.facts = BranchState(branch.branch, phase="closed", alarm="none", power="on", version=0)
        self.desks: dict[str, DeskState] = {}
        self.queues: dict[str, QueueCount] = {queue.queue: QueueCount() for queue in branch.queues}
        self.parked: dict[str, TicketState] = {}
        self.coming: dict[str, IntentState] = {}
        self.last_called: list[Call] = []
        self._lines: dict[str, list[Place]] = {}
        self._open: dict[str, list[DeskState]] = {}

    @property
    def state(self) -> BranchStatus:
        """The one word that the board shows."""
        return branch_status(self.facts)

    def stops(self, ticket: TicketState) -> bool:
        """Whether nobody can be called for the ticket's service now: no power, or a supervisor stopped it."""
        return (ticket.needs_power and self.facts.power == "off") or ticket.service in self.facts.suspended

    @property
    def waiting(self) -> int:
        """Tickets that wait in any line."""
        return sum(queue.waiting for queue in self.queues.values())

    @property
    def on_the_way(self) -> int:
        """Visitors who have announced that they are coming."""
        return len(self.coming)

    @property
    def in_hand(self) -> int:
        """Tickets called or being served."""
        return sum(queue.in_hand for queue in self.queues.values())

    @property
    def desks_open(self) -> int:
        """Desks that call tickets now."""
        return sum(desk.state == "open" for desk in self.desks.values())

    def put_desk(self, desk: DeskState) -> None:
        """A desk's newest state."""
        self.desks[desk.desk] = desk
        self._open.clear()

    def open_desks(self, queue: str) -> list[DeskState]:
        """The open desks that have the skill for a queue; kept until a desk changes."""
        found = self._open.get(queue)
        if found is None:
            states = (self.desks.get(desk.desk) for desk in self.branch.desks)
            calling = [state for state in states if state is not None and state.state == "open"]
            found = self._open[queue] = [each for each in calling if queue in skills_of(each, self.branch)]
        return found

    def add(self, ticket: TicketState) -> None:
        """An active ticket is here now."""
        self.queues.setdefault(ticket.queue, QueueCount()).add(ticket.state, 1)
        if ticket.state is TicketStatus.WAITING:
            insort(self._lines.setdefault(line_of(ticket), []), place_of(ticket))
        elif ticket.state is TicketStatus.PARKED:
            self.parked[ticket.id] = ticket

    def remove(self, ticket: TicketState) -> None:
        """That after-image, added before, holds no more."""
        self.queues[ticket.queue].add(ticket.state, -1)
        if ticket.state is TicketStatus.WAITING:
            line = self._lines[line_of(ticket)]
            del line[bisect_left(line, place_of(ticket))]
        elif ticket.state is TicketStatus.PARKED:
            del self.parked[ticket.id]

    def ahead(self, ticket: TicketState) -> int:
        """How many stand before a waiting ticket in its line."""
        return bisect_left(self._lines.get(line_of(ticket), []), place_of(ticket))

    def line(self, desk: str) -> list[str]:
        """Ids of the waiting tickets in the order in which a desk would call them: its skills and its own."""
        return [place[-1] for place in sorted(place for line in self._lines_of(desk) for place in line)]

    def calling_order(self) -> list[str]:
        """Ids of all who wait, of every line, in the order in which desks with all skills would call them."""
        return [place[-1] for place in sorted(place for line in self._lines.values() for place in line)]

    def has_line(self, desk: str) -> bool:
        """Whether anybody waits whom a desk could call."""
        return any(self._lines_of(desk))

    def skills(self, desk: str) -> list[str]:
        """The queues that a desk may call from now: set by a supervisor, else of the city's file."""
        state = self.desks.get(desk)
        return self.branch.desk(desk).queues if state is None else skills_of(state, self.branch)

    def _lines_of(self, desk: str) -> list[list[Place]]:
        return [self._lines.get(name, []) for name in (*self.skills(desk), f"desk:{desk}")]

    def note_call(self, ticket: TicketState, at: int) -> None:
        """A call or a recall: it moves to the front of the calls shown."""
        if ticket.desk is None:
            return
        others = [call for call in self.last_called if call.ticket != ticket.id]
        call = Call(ticket.id, ticket.number, ticket.desk, at, ticket.day)
        self.last_called = [call, *others][:CALLS_SHOWN]

    def restore_call(self, ticket: TicketState) -> None:
        """Learn a call from a snapshot's after-image; newest first, by the instant of the last call."""
        leg = current_leg(ticket)
        called = ticket.recalled or (leg.called if leg else None)
        if called is None or ticket.desk is None or ticket.state not in AT_DESK:
            return
        calls = [*self.last_called, Call(ticket.id, ticket.number, ticket.desk, called, ticket.day)]
        self.last_called = sorted(calls, key=lambda call: call.at, reverse=True)[:CALLS_SHOWN]

    def forget_calls(self, but: str | None) -> None:
        """A branch opens: the calls of other days than `but` are of no use."""
        self.last_called = [call for call in self.last_called if call.day == but]
