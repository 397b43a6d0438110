"""The live picture of a city: a pure fold over the after-images in its event log.

`load(snapshot)`, then `apply(event)` for each event after it, in order. Newer replaces older, so the picture
equals a snapshot taken later; only `last_called` knows more, because a snapshot does not keep ended tickets.
"""

from __future__ import annotations

from collections.abc import Iterable

from balancer.city.definition import City
from balancer.live.branch_load import BranchLoad
from balancer.live.held_calls import HeldCalls
from balancer.messages import ACTIVE, BranchState, Event, IntentState, Snapshot, TicketState, TicketStatus

NOTHING: frozenset[str] = frozenset()
CALLS = frozenset({"ticket_called", "ticket_recalled"})


class Board:
    """All branches of one city at one offset."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.epoch = ""
        self.offset = 0
        self.tickets: dict[str, TicketState] = {}
        self.held_calls = HeldCalls()
        self._loads = {branch.branch: BranchLoad(branch) for branch in city.branches}

    def branch(self, branch: str) -> BranchLoad:
        """A branch's state; Refused("unknown_branch")."""
        self.city.branch(branch)
        return self._loads[branch]

    def branches(self) -> Iterable[BranchLoad]:
        """All branches, in the order of the city's file."""
        return self._loads.values()

    def load(self, snapshot: Snapshot) -> None:
        """Forget everything and begin with a snapshot."""
        self.epoch, self.offset = snapshot.epoch, snapshot.offset
        self._loads = {branch.branch: BranchLoad(branch) for branch in self.city.branches}
        self.tickets = {ticket.id: ticket for ticket in snapshot.tickets if ticket.state in ACTIVE}
        for facts in snapshot.branches:
            if facts.branch in self._loads:
                self._loads[facts.branch].facts = facts
        for desk in snapshot.desks:
            if desk.branch in self._loads:
                self._loads[desk.branch].put_desk(desk)
        for ticket in self.tickets.values():
            if ticket.branch in self._loads:
                self._loads[ticket.branch].add(ticket)
                self._loads[ticket.branch].restore_call(ticket)
        for intent in snapshot.intents:
            self._expect(intent)
        self.held_calls.begin(self.tickets.values(), self._facts)
        for load in self._loads.values():
            load.seq = snapshot.offset

    def refit(self, city: City) -> None:
        """Go on with another definition of the city; every branch counts as changed by the last event."""
        old = self._loads
        self.city = city
        self._loads = {branch.branch: BranchLoad(branch) for branch in city.branches}
        for name, load in self._loads.items():
            if name in old:
                load.facts, load.last_called = old[name].facts, old[name].last_called
                load.coming = old[name].coming
                load.desks = {d: s for d, s in old[name].desks.items() if d in load.branch.desk_by_id}
            load.seq = self.offset
        for ticket in self.tickets.values():
            if ticket.branch in self._loads:
                self._loads[ticket.branch].add(ticket)

    def apply(self, event: Event) -> frozenset[str]:
        """Fold one event in; the branches whose state it changed."""
        self.offset = event.offset
        self._note_call(event)
        calls = self._loads[event.branch].last_called if event.branch in self._loads else ()
        self.held_calls.note(event, calls)
        if event.ticket is not None:
            self._replace(event.ticket)
        if event.desk is not None and event.desk.branch in self._loads:
            self._loads[event.desk.branch].put_desk(event.desk)
        if event.facts is not None and event.facts.branch in self._loads:
            self._loads[event.facts.branch].facts = event.facts
        if event.intent is not None:
            self._expect(event.intent)
        changed = _touched(event) & self._loads.keys()
        for branch in changed:
            self._loads[branch].seq = event.offset
        return changed

    def ahead_of(self, ticket_id: str) -> int | None:
        """How many stand before a ticket in its line; None for one that does not wait."""
        ticket = self.tickets.get(ticket_id)
        if ticket is None or ticket.state is not TicketStatus.WAITING or ticket.branch not in self._loads:
            return None
        return self._loads[ticket.branch].ahead(ticket)

    def line(self, branch: str, desk: str) -> list[TicketState]:
        """The waiting tickets in the order in which that desk would call them."""
        return [self.tickets[ticket] for ticket in self.branch(branch).line(desk)]

    def _replace(self, ticket: TicketState) -> None:
        old = self.tickets.pop(ticket.id, None)
        if old is not None and old.branch in self._loads:
            self._loads[old.branch].remove(old)
        if ticket.state in ACTIVE:
            self.tickets[ticket.id] = ticket
            if ticket.branch in self._loads:
                self._loads[ticket.branch].add(ticket)

    def _facts(self, branch: str) -> BranchState | None:
        load = self._loads.get(branch)
        return None if load is None else load.facts

    def _expect(self, intent: IntentState) -> None:
        """Count a visitor as long as he is on the way."""
        load = self._loads.get(intent.branch)
        if load is not None:
            load.coming.pop(intent.id, None)
            if intent.state == "on_the_way":
                load.coming[intent.id] = intent

    def _note_call(self, event: Event) -> None:
        if event.type in CALLS and event.ticket is not None and event.ticket.branch in self._loads:
            self._loads[event.ticket.branch].note_call(event.ticket, event.at)
        elif event.type == "branch_opened" and event.branch in self._loads:
            self._loads[event.branch].forget_calls(but=event.facts.day if event.facts else None)


def _touched(event: Event) -> frozenset[str]:
    """The branches that an event is about."""
    named = {event.branch, event.moved_from}
    for image in (event.ticket, event.desk, event.facts, event.intent):
        if image is not None:
            named.add(image.branch)
    return frozenset(name for name in named if name is not None)
