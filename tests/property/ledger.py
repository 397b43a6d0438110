"""The promises of design §3, checked from the event log alone.

The ledger folds every event and knows nothing of the rules of the verbs: it only knows what must never
happen. It is fed the events of each step, then held against the snapshot that the store gives at that moment.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from balancer.messages import ACTIVE, BranchState, DeskState, Event, Snapshot, TicketState, TicketStatus
from tests.property.spans import Spans, branch_time

IN_HAND = frozenset({TicketStatus.CALLED, TicketStatus.SERVING})


class Ledger:
    """A fold of the whole log. `events` must come in order; every broken promise is an AssertionError."""

    def __init__(self) -> None:
        self.offset = 0
        self.at = 0
        self.tickets: dict[str, TicketState] = {}
        self.desks: dict[tuple[str, str], DeskState] = {}
        self.branches: dict[str, BranchState] = {}
        self.numbers: dict[tuple[str, str, str], str] = {}
        self.flows: dict[str, Counter[str]] = defaultdict(Counter)
        self.spans = Spans()
        self.pauses: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.active: dict[str, set[str]] = defaultdict(set)
        self.hands: dict[tuple[str, str | None], set[str]] = defaultdict(set)

    def take(self, events: Iterable[Event]) -> None:
        """Fold the events of one step; each is checked as it comes, and the desks once all are in."""
        for event in events:
            self._take_one(event)
        self._check_desks()

    def _take_one(self, event: Event) -> None:
        assert event.offset == self.offset + 1, f"offset {event.offset} after {self.offset}: not contiguous"
        assert event.at >= self.at, f"city time fell from {self.at} to {event.at} at offset {event.offset}"
        self.offset, self.at = event.offset, event.at
        if event.desk is not None:
            self.desks[event.desk.branch, event.desk.desk] = event.desk
        if event.facts is not None:
            self._note_pause(event.facts, event.at)
            self.branches[event.facts.branch] = event.facts
        if event.ticket is not None:
            self._take_ticket(event, event.ticket)
            self._check_balance({event.ticket.branch, event.moved_from or event.ticket.branch})

    def _take_ticket(self, event: Event, ticket: TicketState) -> None:
        before = self.tickets.get(ticket.id)
        assert event.was == (before.state if before else None), f"{event.type}: was {event.was}, not {before}"
        if before is None:
            assert event.type == "ticket_issued", f"{ticket.id} appears by {event.type}"
            assert ticket.version == 1, f"a new ticket has version {ticket.version}"
        else:
            assert ticket.version == before.version + 1, (
                f"{event.type}: version {before.version} → {ticket.version}"
            )
            assert ticket.arrived == before.arrived, f"{event.type}: the first arrival changed"
        here = self.branches.get(ticket.branch)
        there = self.branches.get(before.branch) if before else here
        came = self._time_of(ticket.branch, ticket.arrived)
        self.spans.follow(event.type, ticket, branch_time(there, event.at), branch_time(here, event.at), came)
        self._check_number(event, ticket, before)
        self._count(event, ticket, before)
        self._place(before, ticket)

    def _note_pause(self, facts: BranchState, at: int) -> None:
        """Keep every pause that ended."""
        before = self.branches.get(facts.branch)
        if before is not None and before.paused_since is not None and facts.paused_since is None:
            self.pauses[facts.branch].append((before.paused_since, at))

    def _time_of(self, branch: str, instant: int) -> int:
        """Branch time at an instant, by all the pauses that the log tells of."""
        facts, pauses = self.branches.get(branch), list(self.pauses[branch])
        if facts is not None and facts.paused_since is not None:
            pauses.append((facts.paused_since, max(instant, facts.paused_since)))
        return instant - sum(max(0, min(instant, to) - since) for since, to in pauses)

    def _place(self, before: TicketState | None, ticket: TicketState) -> None:
        """Invariant 1: one desk a ticket, one ticket in hand a desk."""
        if before is not None:
            self.active[before.branch].discard(ticket.id)
            self.hands[before.branch, before.desk].discard(ticket.id)
        self.tickets[ticket.id] = ticket
        if ticket.state in ACTIVE:
            self.active[ticket.branch].add(ticket.id)
        if ticket.state in IN_HAND:
            assert ticket.desk is not None, f"{ticket.number} is {ticket.state} at no desk"
            hand = self.hands[ticket.branch, ticket.desk]
            hand.add(ticket.id)
            numbers = [self.tickets[each].number for each in hand]
            assert len(hand) == 1, f"desk {ticket.branch}/{ticket.desk} has {numbers}"

    def _check_number(self, event: Event, ticket: TicketState, before: TicketState | None) -> None:
        """Invariants 6 and 7: a number belongs to one ticket; only another branch or another day gives a new
        one."""
        place = (ticket.branch, ticket.day, ticket.number)
        assert ticket.number.startswith(ticket.letter), f"{ticket.number} is not of series {ticket.letter}"
        owner = self.numbers.setdefault(place, ticket.id)
        assert owner == ticket.id, f"number {place} given to {owner} and to {ticket.id}"
        if before is not None and before.branch == ticket.branch and before.day == ticket.day:
            assert before.number == ticket.number, f"{event.type}: {before.number} became {ticket.number}"
        moved = before is not None and before.branch != ticket.branch
        assert moved == (event.moved_from is not None), f"{event.type}: moved_from is {event.moved_from}"

    def _count(self, event: Event, ticket: TicketState, before: TicketState | None) -> None:
        """Book the event into the branch's flows by what happened to the ticket, not by what the event is
        called."""
        was_active = before is not None and before.state in ACTIVE
        is_active = ticket.state in ACTIVE
        if before is None:
            self.flows[ticket.branch]["issued"] += 1
        elif before.branch != ticket.branch:
            assert was_active and is_active, f"{event.type} moved a ticket that is not active"
            self.flows[before.branch]["moved out"] += 1
            self.flows[ticket.branch]["moved in"] += 1
        elif event.type == "ticket_carried":
            self.flows[ticket.branch]["carried out"] += 1
            self.flows[ticket.branch]["carried in"] += 1
        elif was_active and not is_active:
            self.flows[ticket.branch]["ended"] += 1
        elif not was_active and is_active:
            assert event.type == "ticket_reinstated", f"{event.type} brought a final ticket back"
            assert before.state == TicketStatus.NO_SHOW, f"a ticket {before.state} was reinstated"
            self.flows[ticket.branch]["reinstated"] += 1
        else:
            assert was_active, f"{event.type} touched a ticket that is {before.state}"

    def _check_balance(self, branches: set[str]) -> None:
        """Invariant 5 for the branches that the last event touched."""
        for branch in branches:
            flow = self.flows[branch]
            into = flow["issued"] + flow["moved in"] + flow["carried in"] + flow["reinstated"]
            out = flow["ended"] + flow["moved out"] + flow["carried out"]
            here = len(self.active[branch])
            assert here == into - out, f"{branch}: {here} active at offset {self.offset}, flows {dict(flow)}"

    def _check_desks(self) -> None:
        held = {place: next(iter(hand)) for place, hand in self.hands.items() if hand}
        said = {place: desk.ticket for place, desk in self.desks.items() if desk.ticket is not None}
        assert said == held, f"desks say {said}, tickets say {held}"
        closed = [place for place in held if self.desks[place].state != "open"]
        assert not closed, f"tickets in hand at desks that are not open: {closed}"

    def compare(self, snapshot: Snapshot) -> None:
        """Invariant 4: the snapshot is the fold of every event up to its offset."""
        assert snapshot.offset == self.offset, f"snapshot at {snapshot.offset}, log at {self.offset}"
        shown = {t.id: t for t in snapshot.tickets}
        assert len(shown) == len(snapshot.tickets), "a ticket stands twice in the snapshot"
        for ticket in self.tickets.values():
            if ticket.state in ACTIVE:
                assert ticket.id in shown, f"{ticket.number} ({ticket.state}) is not in the snapshot"
        for ticket in snapshot.tickets:
            assert ticket == self.tickets[ticket.id], f"fold {self.tickets[ticket.id]}, snapshot {ticket}"
        for desk in snapshot.desks:
            if (desk.branch, desk.desk) in self.desks:
                assert desk == self.desks[desk.branch, desk.desk]
        for facts in snapshot.branches:
            if facts.branch in self.branches:
                assert facts == self.branches[facts.branch]
        gone = self.desks.keys() - {(d.branch, d.desk) for d in snapshot.desks}
        assert all(self.desks[place].state == "closed" for place in gone), f"not in the snapshot: {gone}"
        assert {b.branch for b in snapshot.branches} >= self.branches.keys()
