"""From the core's state to what a holder or a member of staff may see. Pure.

Instants leave as RFC 3339 in the branch's time zone, spans as minutes; a priority class reaches staff only.
"""

from __future__ import annotations

from balancer.city.definition import Branch
from balancer.city.hours import rfc3339
from balancer.messages import (
    BranchState,
    BranchStatus,
    BranchView,
    DeskState,
    DeskView,
    Leg,
    Method,
    StaffTicket,
    TicketState,
    TicketStatus,
    TicketView,
    Wait,
)

MS_PER_MINUTE = 60_000


def ticket_view(
    ticket: TicketState,
    tz: str,
    *,
    ahead: int | None,
    wait: Wait | None,
    method: Method | None = None,
    leave_by: int | None = None,
) -> TicketView:
    """The holder's view; `ahead` and `wait` are null once nobody waits any more. `leave_by`: city ms."""
    leg = current_leg(ticket)
    return TicketView(
        id=ticket.id,
        number=ticket.number,
        state=ticket.state,
        branch=ticket.branch,
        service=ticket.service,
        queue=ticket.queue,
        desk=ticket.desk if ticket.state in (TicketStatus.CALLED, TicketStatus.SERVING) else None,
        version=ticket.version,
        ahead=ahead,
        wait=wait,
        arrived=rfc3339(tz, ticket.arrived),
        called_at=_instant(tz, leg.called if leg else None),
        park_until=_instant(tz, ticket.park_until),
        method=method,
        leave_by=_instant(tz, leave_by),
    )


def staff_ticket(ticket: TicketState, tz: str, branch_ms: int | None = None) -> StaffTicket:
    """The view of desks, reception and supervisors; `waited_minutes` grows with `branch_ms` (branch time)
    until the call.

    Without it, it is null until the call, so that an answer is the same whenever it is repeated.
    """
    leg = current_leg(ticket)
    return StaffTicket(
        id=ticket.id,
        number=ticket.number,
        state=ticket.state,
        branch=ticket.branch,
        service=ticket.service,
        queue=ticket.queue,
        desk=ticket.desk,
        version=ticket.version,
        arrived=rfc3339(tz, ticket.arrived),
        joined=_instant(tz, leg.joined if leg else None),
        called_at=_instant(tz, leg.called if leg else None),
        started_at=_instant(tz, leg.started if leg else None),
        park_until=_instant(tz, ticket.park_until),
        park_reason=ticket.park_reason,
        priority=ticket.priority,
        recalls=ticket.recalls,
        misses=ticket.misses,
        bound=ticket.bound,
        note=ticket.note,
        outcome=ticket.outcome,
        waited_minutes=waited_minutes(ticket, branch_ms),
        leg=ticket.leg,
        legs=[each.service for each in ticket.legs],
        paying_since=_instant(tz, ticket.paying_since),
        noted_by=ticket.noted_by and ticket.noted_by.partition("#")[0],
        noted_at=_instant(tz, ticket.noted_at),
    )


def desk_view(desk: DeskState, branch: Branch) -> DeskView:
    """A desk of that branch as staff see it."""
    return DeskView(
        branch=desk.branch,
        desk=desk.desk,
        state=desk.state,
        reason=desk.reason,
        ticket=desk.ticket,
        since=rfc3339(branch.time_zone, desk.since),
        version=desk.version,
        queues=skills_of(desk, branch),
    )


def skills_of(desk: DeskState, branch: Branch) -> list[str]:
    """The queues that a desk calls from: as a supervisor has set them, else as in the city's file."""
    return branch.desk(desk.desk).queues if desk.queues is None else desk.queues


def branch_view(facts: BranchState, branch: Branch) -> BranchView:
    """The facts of that branch as staff see them."""
    return BranchView(
        branch=facts.branch,
        state=branch_status(facts),
        phase=facts.phase,
        alarm=facts.alarm,
        power=facts.power,
        hold=facts.hold,
        version=facts.version,
        resumes_at=_instant(branch.time_zone, facts.resumes),
        suspended=facts.suspended,
    )


def branch_status(facts: BranchState) -> BranchStatus:
    """The one word that the board shows for independent facts: closed, then paused, then shelter, then the
    phase.
    """
    if facts.phase == "closed":
        return "closed"
    if facts.alarm == "pause" or facts.hold is not None:
        return "paused"
    if facts.alarm == "shelter":
        return "shelter"
    return facts.phase


def current_leg(ticket: TicketState) -> Leg | None:
    """The leg that the ticket is in, or None where it has none yet."""
    return ticket.legs[ticket.leg] if ticket.leg < len(ticket.legs) else None


def branch_time(facts: BranchState, city_ms: int) -> int:
    """Branch time (ms) at a city instant: city time without the branch's pauses."""
    return (city_ms if facts.paused_since is None else facts.paused_since) - facts.paused_total


def waited_minutes(ticket: TicketState, branch_ms: int | None) -> float | None:
    """Minutes of this leg's wait, pauses not counted: up to the first call, before it up to `branch_ms`."""
    leg = current_leg(ticket)
    if leg is None:
        return None
    if leg.wait_ms is not None:
        return round(leg.wait_ms / MS_PER_MINUTE, 1)
    if branch_ms is None or leg.joined_time is None or ticket.state is not TicketStatus.WAITING:
        return None
    return round(max(0, branch_ms - leg.joined_time) / MS_PER_MINUTE, 1)


def _instant(tz: str, at_ms: int | None) -> str | None:
    return None if at_ms is None else rfc3339(tz, at_ms)
