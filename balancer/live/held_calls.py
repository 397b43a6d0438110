"""Calls that an alarm or another pause cut short: the visitors keep their places and are called again. Pure.

A hall display goes on showing their numbers, so that nobody who had been called thinks he was forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from balancer.core.views import branch_time, current_leg
from balancer.live.branch_load import Call
from balancer.messages import BranchState, Event, TicketState, TicketStatus

PAUSES = frozenset({"alarm", "hold"})
"""Reasons for which the core puts called tickets back: `call_back` in core/lua/include."""


class HeldCalls:
    """The cut calls of a city, by ticket. `Call.at` is the city instant (ms) of the call that was cut."""

    def __init__(self) -> None:
        self._calls: dict[str, tuple[str, Call]] = {}

    def of(self, branch: str) -> list[Call]:
        """The cut calls of a branch, newest first."""
        calls = [call for place, call in self._calls.values() if place == branch]
        return sorted(calls, key=lambda call: call.at, reverse=True)

    def begin(self, tickets: Iterable[TicketState], facts: Callable[[str], BranchState | None]) -> None:
        """Forget everything; of branches that are paused now, find the tickets that the pause put back."""
        self._calls = {}
        for ticket in tickets:
            state = facts(ticket.branch)
            called = None if state is None else _cut_by_pause(ticket, state)
            if called is not None:
                call = Call(ticket.id, ticket.number, "", called, ticket.day)
                self._calls[ticket.id] = (ticket.branch, call)

    def note(self, event: Event, recent: Iterable[Call]) -> None:
        """Take in an event; `recent`: the last calls of its branch from before it."""
        ticket = event.ticket
        if ticket is None:
            return
        if event.type == "ticket_requeued" and event.detail.get("reason") in PAUSES:
            desk = event.desk.desk if event.desk is not None else ""
            known = next((call for call in recent if call.ticket == ticket.id), None)
            call = known or Call(ticket.id, ticket.number, desk, event.at, ticket.day)
            self._calls[ticket.id] = (ticket.branch, call)
        elif self._has_moved(ticket):
            self._calls.pop(ticket.id, None)

    def _has_moved(self, ticket: TicketState) -> bool:
        known = self._calls.get(ticket.id)
        return known is not None and (ticket.state is not TicketStatus.WAITING or ticket.branch != known[0])


def _cut_by_pause(ticket: TicketState, facts: BranchState) -> int | None:
    """When (city ms) a ticket was first called that waits since the pause began; None for any other."""
    leg = current_leg(ticket)
    if facts.paused_since is None or ticket.state is not TicketStatus.WAITING or leg is None:
        return None
    if leg.wait_ms is None or leg.joined_time is None:
        return None
    if ticket.since != branch_time(facts, facts.paused_since):
        return None
    return leg.joined_time + leg.wait_ms + facts.paused_total
