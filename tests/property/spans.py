"""How long everybody waited, walked and was served: summed from the log alone, against what tickets say.

Wait = first call − joined this queue; walk = started − called, the first time; service time = all the time in
service, of which paying is from each ticket_paying to ticket_paid or to the end of the service. All in branch
time, so that no pause belongs to any of them; time parked is kept apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from balancer.messages import BranchState, Leg, TicketState, TicketStatus

Said = tuple[int | None, int | None, int | None, int, int]


@dataclass
class LegSpans:
    """The spans of one leg in ms; None until they happened."""

    joined: int
    wait: int | None = None
    walk: int | None = None
    service: int | None = None
    parked: int = 0
    paying: int = 0

    def said(self) -> Said:
        """As a leg on the wire says it."""
        return (self.wait, self.walk, self.service, self.parked, self.paying)


@dataclass
class Visit:
    """What one ticket has spent so far; `since`: the branch time at which its present state began, `pays`:
    since when he pays, None while he does not."""

    state: TicketStatus
    since: int
    legs: list[LegSpans] = field(default_factory=list)
    pays: int | None = None


def branch_time(facts: BranchState | None, at: int) -> int:
    """City time without the branch's pauses."""
    if facts is None:
        return at
    return (at if facts.paused_since is None else facts.paused_since) - facts.paused_total


class Spans:
    """Follows every ticket through the log. `left` and `now` are the branch times of where it was and where
    it is, `came` that of its first arrival."""

    def __init__(self) -> None:
        self.visits: dict[str, Visit] = {}

    def follow(self, event: str, ticket: TicketState, left: int, now: int, came: int) -> None:
        """One event of a ticket; AssertionError where its legs say something else."""
        visit = self.visits.get(ticket.id)
        if visit is None:
            visit = self.visits[ticket.id] = Visit(ticket.state, now, [LegSpans(came)])
        changed = ticket.state != visit.state or ticket.leg >= len(visit.legs)
        if changed or event == "ticket_paid":
            self._pay(visit, left)
        if changed:
            self._spend(visit, ticket.state, left)
        while len(visit.legs) <= ticket.leg:
            visit.legs.append(LegSpans(now))
        if changed:
            visit.state, visit.since = ticket.state, now
        if event == "ticket_paying":
            visit.pays = now
        expected = [leg.said() for leg in visit.legs]
        said = [_said(leg) for leg in ticket.legs[: ticket.leg + 1]]
        assert said == expected, (
            f"{ticket.number} says {said}, the log {expected} (wait, walk, service, parked, paying)"
        )

    def _pay(self, visit: Visit, left: int) -> None:
        """Book the payment that ends."""
        if visit.pays is not None:
            visit.legs[-1].paying += left - visit.pays
            visit.pays = None

    def _spend(self, visit: Visit, to: TicketStatus, left: int) -> None:
        """Book the time in the state that ends to the leg that was going on."""
        leg, spent = visit.legs[-1], left - visit.since
        if visit.state == TicketStatus.SERVING:
            leg.service = (leg.service or 0) + spent
        elif visit.state == TicketStatus.PARKED:
            leg.parked += spent
        elif visit.state == TicketStatus.CALLED and to == TicketStatus.SERVING and leg.walk is None:
            leg.walk = spent
        if to == TicketStatus.CALLED and leg.wait is None:
            leg.wait = left - leg.joined


def _said(leg: Leg) -> Said:
    return (leg.wait_ms, leg.walk_ms, leg.service_ms, leg.parked_ms, leg.paying_ms)
