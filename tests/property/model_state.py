"""What the model remembers: frozen tickets, desks and branches, and the questions that every rule asks of
them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from balancer.city.model import Branch, City, Policy, Queue
from balancer.messages import Wait

SECOND, MINUTE = 1_000, 60_000
ACTIVE = frozenset({"waiting", "called", "serving", "parked"})
IN_HAND = frozenset({"called", "serving"})


class No(Exception):
    """A refusal; its only argument is the stable code."""

    @property
    def code(self) -> str:
        return str(self.args[0])


class Command(NamedTuple):
    """A verb with its arguments by name, as the core's method of that name takes them."""

    verb: str
    args: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.verb}({', '.join(f'{name}={value!r}' for name, value in self.args.items())})"


class Heard(NamedTuple):
    """What a caller hears: a refusal's code, or None and the id of the ticket it is about (None: an empty
    line)."""

    code: str | None
    ticket: str | None = None


Sender = tuple[str, str, str]  # the desk that wants a ticket back, the service and the queue it sent it from


@dataclass(frozen=True, slots=True)
class Ticket:
    """A visitor's place. `order`: arrival − head start in branch time (ms); `placed`: the city ms at which it
    came there; `tie`: the step it is of.

    `due`: the branch time at which a parked ticket wakes or a called one counts as missed. `desk`: who has it
    in hand or parked it; `bound`: the only desk that may call it. `legs`: the services of the visit, `leg`
    the present one. `estimated`: the wait that it was shown last before it was called for the first time.
    `paying_since` ends with the service that is paid for.
    """

    id: str
    number: str
    day: str
    branch: str
    queue: str
    state: str
    arrived: int
    order: int
    placed: int
    tie: int
    head_start: int
    priority: str | None
    legs: tuple[str, ...]
    leg: int = 0
    desk: str | None = None
    bound: str | None = None
    sender: Sender | None = None
    recalls: int = 0
    last_call: int = 0
    misses: int = 0
    due: int | None = None
    ended: int = 0
    version: int = 0
    was_called: bool = False
    estimated: Wait | None = None
    note: str | None = None
    paying_since: int | None = None

    @property
    def service(self) -> str:
        return self.legs[self.leg]

    @property
    def place(self) -> tuple[int, int, int]:
        """What a line is sorted by."""
        return (self.order, self.placed, self.tie)


@dataclass(frozen=True, slots=True)
class DeskNow:
    """A desk: closed, open or paused; `queues`: its skills where a supervisor has set them."""

    state: str = "closed"
    version: int = 1
    queues: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class BranchNow:
    """A branch's facts. Its time stands while `paused_since` is set; `resumes`: the city ms at which an
    alarm's pause ends after the all-clear."""

    phase: str = "closed"
    alarm: str = "none"
    power: str = "on"
    hold: str | None = None
    paused_since: int | None = None
    paused_total: int = 0
    version: int = 1
    resumes: int | None = None
    suspended: tuple[str, ...] = ()

    @property
    def paused(self) -> bool:
        return self.alarm == "pause" or self.hold is not None

    def time(self, now: int) -> int:
        """Branch time at a city instant: city time without the pauses."""
        return (now if self.paused_since is None else self.paused_since) - self.paused_total


class Lease(NamedTuple):
    """Numbers that a kiosk may give out on a day: `count` from `first[letter]` on of each letter."""

    branch: str
    day: str
    count: int
    first: dict[str, int]

    def has(self, number: str) -> bool:
        letter, digits = number[:1], number[1:]
        first = self.first.get(letter)
        return first is not None and digits.isdigit() and first <= int(digits) < first + self.count


@dataclass
class ModelState:
    """A whole city. `numbers`, `leased`: by (branch, letter, day) the last number given and the last leased;
    `used`: (lease, number) of slips that are tickets. `pauses`: of each branch, from and to (city ms);
    `opened`: the day for which it opened last.

    `at` is the city time of the last event. `day`, `events`, `role` and `version` are of the
    last command: the date by its clock, what happened, as (type, subject), who asked, and which version
    he had seen, if he minds.
    """

    city: City
    tickets: dict[str, Ticket] = field(default_factory=dict)
    desks: dict[tuple[str, str], DeskNow] = field(default_factory=dict)
    branches: dict[str, BranchNow] = field(default_factory=dict)
    numbers: dict[tuple[str, str, str], int] = field(default_factory=dict)
    leased: dict[tuple[str, str, str], int] = field(default_factory=dict)
    leases: dict[str, Lease] = field(default_factory=dict)
    used: frozenset[tuple[str, str]] = frozenset()
    pauses: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    opened: dict[str, str] = field(default_factory=dict)
    steps: int = 0
    at: int = 0
    day: str = ""
    events: list[tuple[str, str]] = field(default_factory=list)
    role: str = "admin"
    version: int | None = None

    def __post_init__(self) -> None:
        for branch in self.city.branches:
            self.branches.setdefault(branch.branch, BranchNow())
            for desk in branch.desks:
                self.desks.setdefault((branch.branch, desk.desk), DeskNow())

    # --- who and where ----------------------------------------------------------------------------

    def branch_file(self, branch: str) -> Branch:
        if branch not in self.branches:
            raise No("unknown_branch")
        return self.city.branch(branch)

    def skills(self, branch: str, desk: str) -> list[str]:
        file = self.branch_file(branch)
        if (branch, desk) not in self.desks:
            raise No("unknown_desk")
        given = self.desks[branch, desk].queues
        return file.desk(desk).queues if given is None else list(given)

    def policy(self, branch: str) -> Policy:
        return self.city.branch(branch).policy

    def ticket(self, ticket: str) -> Ticket:
        if ticket not in self.tickets:
            raise No("unknown_ticket")
        return self.tickets[ticket]

    def queue_for(self, branch: str, service: str) -> Queue:
        """The queue of that branch which serves the service."""
        file = self.branch_file(branch)
        if service not in self.city.service_by_id:
            raise No("unknown_service")
        queue = file.queue_of(service)
        if queue is None:
            raise No("service_not_offered")
        return queue

    def hand(self, branch: str, desk: str) -> Ticket | None:
        """The ticket in hand at a desk."""
        held = [
            t for t in self.tickets.values() if t.state in IN_HAND and (t.branch, t.desk) == (branch, desk)
        ]
        assert len(held) <= 1, "the model broke invariant 1"
        return held[0] if held else None

    def expect(self, subject: Ticket | DeskNow | BranchNow) -> None:
        """Two people must not collide: asked after branch and desk, before the state."""
        if self.version is not None and self.version != subject.version:
            raise No("stale_version")

    def head_start(self, priority: str | None) -> int:
        """Milliseconds by which the class counts as having come earlier."""
        if priority is None:
            return 0
        if priority not in self.city.priority_by_id:
            raise No("unknown_priority_class")
        return self.city.priority_class(priority).head_start_minutes * MINUTE

    # --- lines ------------------------------------------------------------------------------------

    def waiting(self, branch: str) -> list[Ticket]:
        """All who wait in a branch, in order."""
        return sorted(
            (t for t in self.tickets.values() if t.branch == branch and t.state == "waiting"),
            key=lambda t: t.place,
        )

    def line(self, branch: str, queue: str) -> list[str]:
        """The ids of those in a queue in order, without those bound to one desk."""
        return [t.id for t in self.waiting(branch) if t.queue == queue and t.bound is None]

    def bound_line(self, branch: str, desk: str) -> list[str]:
        """The ids of those bound to a desk, in order."""
        return [t.id for t in self.waiting(branch) if t.bound == desk]

    def ahead(self, ticket: str) -> int | None:
        """How many stand before a waiting ticket in its line."""
        asked = self.tickets[ticket]
        if asked.state != "waiting":
            return None
        line = self.line(asked.branch, asked.queue)
        if asked.bound is not None:
            line = self.bound_line(asked.branch, asked.bound)
        return line.index(ticket)

    def dark(self, ticket: Ticket) -> bool:
        """Does the ticket's service need the power that its branch has not, or was it stopped there?"""
        return self.stopped(ticket.branch, ticket.service) is not None

    def stopped(self, branch: str, service: str) -> str | None:
        """Why nobody is served for it now: no_power, service_suspended; None if it goes on."""
        facts = self.branches[branch]
        if facts.power == "off" and self.city.service(service).needs_power:
            return "no_power"
        return "service_suspended" if service in facts.suspended else None

    # --- changing ---------------------------------------------------------------------------------

    def put(self, event: str, ticket: Ticket, **changes: Any) -> Ticket:
        """Keep the changed ticket and note the event; a desk that takes it or lets it go has changed too."""
        before = self.tickets.get(ticket.id)
        changed = replace(ticket, **{"version": ticket.version + 1} | changes)
        if before is not None and (changed.state != "serving" or changed.leg != before.leg):
            changed = replace(changed, paying_since=None)
        self.tickets[ticket.id] = changed
        hands = [(t.branch, t.desk) if t and t.state in IN_HAND else None for t in (before, changed)]
        for place in hands:
            if place is not None and hands[0] != hands[1]:
                self.set_desk(*place)
        self.events.append((event, ticket.id))
        return changed

    def set_desk(self, branch: str, desk: str | None, **changes: Any) -> None:
        """Change a desk."""
        assert desk is not None
        before = self.desks[branch, desk]
        self.desks[branch, desk] = replace(before, version=before.version + 1, **changes)

    def back_to_line(self, event: str, ticket: Ticket, **changes: Any) -> Ticket:
        """Waiting again at the place it has."""
        waiting = replace(ticket, **{"state": "waiting", "desk": None, "due": None} | changes)
        return self.put(event, self.unbound_by_closing(waiting))

    def unbound_by_closing(self, ticket: Ticket) -> Ticket:
        """A desk that is closed binds nobody."""
        if ticket.bound is not None and self.desks[ticket.branch, ticket.bound].state == "closed":
            return replace(ticket, bound=None)
        return ticket

    def end(self, event: str, ticket: Ticket, state: str, ended: int) -> Ticket:
        """Final: no desk has it or wants it any more."""
        return self.put(event, ticket, state=state, desk=None, bound=None, sender=None, due=None, ended=ended)

    def time_at(self, branch: str, instant: int) -> int:
        """Branch time at an instant that may be past: city time less what of the pauses lay before it."""
        begun = self.branches[branch].paused_since
        pauses = self.pauses.get(branch, ()) + (((begun, instant),) if begun is not None else ())
        return instant - sum(max(0, min(instant, to) - since) for since, to in pauses)

    def next_number(self, branch: str, letter: str) -> str:
        """The next of the branch's series on this day; beyond 500 not before the last leased one."""
        series = (branch, letter, self.day)
        number = self.numbers.get(series, 0) + 1
        self.numbers[series] = max(number, self.leased.get(series, 0) + 1) if number > 500 else number
        return f"{letter}{self.numbers[series]:03d}"

    def lease_numbers(self, branch: str, letter: str, count: int) -> int:
        """The first of so many numbers that nobody was given and nobody else will be."""
        series = (branch, letter, self.day)
        last = max(500, self.numbers.get(series, 0), self.leased.get(series, 0))
        self.leased[series] = last + count
        return last + 1
