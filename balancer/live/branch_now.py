"""One branch as the replay predictor takes it: from the live picture and what was learned. Pure.

Minutes are minutes of the branch's day. What is in hand has lasted so long in branch time, so that an air
raid makes no service longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from balancer.city.hours import plan
from balancer.core.views import branch_time
from balancer.live.branch_load import BranchLoad
from balancer.live.learning import Learning
from balancer.live.wall_time import DayMinute, day_minute
from balancer.messages import DeskState, TicketState, TicketStatus
from predictors.wait import BranchNow, DeskNow, Expected, TicketNow

MINUTE_MS = 60_000
EARLY_WITHIN = 60.0
"""Minutes ahead in which visitors with a head start are expected."""

Tickets = Mapping[str, TicketState]


def branch_now(
    load: BranchLoad, tickets: Tickets, learning: Learning, now: int, expected: Sequence[Expected] = ()
) -> BranchNow:
    """The branch at city ms `now`. `tickets` holds all that its lines and desks name; `expected`: who else
    will come, beside those with a head start.
    """
    when = day_minute(load.branch.time_zone, now)
    closes_at = plan(load.branch, now).closes_at
    closes = None if closes_at is None else when.minute + (closes_at - now) / MINUTE_MS
    here = branch_time(load.facts, now)
    learning.begin_day(load.branch.branch, when.day)
    line = waiting_line(load, tickets)
    queues = [queue.queue for queue in load.branch.queues]
    early = learning.arrivals.early(load.branch.branch, queues, when.day, when.minute, EARLY_WITHIN)
    return BranchNow(
        branch=load.branch.branch,
        now=when.minute,
        desks=tuple(_desks(load, tickets, learning, when, closes, here)),
        line=tuple(TicketNow(each.id, each.queue, each.service, each.bound) for each in line),
        expected=(*early, *expected),
        closes=closes,
        arrived={each.id: when.minute + (each.order - here) / MINUTE_MS for each in line},
    )


def waiting_line(load: BranchLoad, tickets: Tickets) -> list[TicketState]:
    """All who wait and can be called, in calling order; nobody whose service stands still."""
    line = (tickets[each] for each in load.calling_order())
    return [ticket for ticket in line if not load.stops(ticket)]


def on_the_way(load: BranchLoad, now: int, show_up: float) -> list[Expected]:
    """Those who announced that they are coming, at the minute of day they named; `show_up`: how many do."""
    minute = day_minute(load.branch.time_zone, now).minute
    coming = load.coming.values()
    return [
        Expected(each.queue, each.service, minute + max(0, each.arrives - now) / MINUTE_MS, 0.0, show_up)
        for each in coming
    ]


def _desks(
    load: BranchLoad,
    tickets: Tickets,
    learning: Learning,
    when: DayMinute,
    closes: float | None,
    here: int,
) -> Iterable[DeskNow]:
    """Desks that will call today or have somebody in hand."""
    branch = load.branch.branch
    for desk in load.branch.desks:
        state = load.desks.get(desk.desk)
        spans = learning.desks.spans(branch, desk.desk, state, when, closes)
        service, elapsed = _in_hand(state, tickets, here)
        if service is not None:
            yield DeskNow(desk.desk, frozenset(load.skills(desk.desk)), spans, service, elapsed)
        elif spans:
            freed = learning.desks.freed(branch, desk.desk) if state and state.state == "open" else None
            idle = _let_wait(load, tickets, desk.desk, freed, here)
            yield DeskNow(desk.desk, frozenset(load.skills(desk.desk)), spans, idle=idle)


def _in_hand(state: DeskState | None, tickets: Tickets, here: int) -> tuple[str | None, float | None]:
    """The service at a desk and for how many minutes; None for one that is only called."""
    ticket = tickets.get(state.ticket or "") if state is not None else None
    if ticket is None:
        return None, None
    if ticket.state is not TicketStatus.SERVING:
        return ticket.service, None
    return ticket.service, max(0.0, (here - ticket.since) / MINUTE_MS)


def _let_wait(load: BranchLoad, tickets: Tickets, desk: str, freed: int | None, here: int) -> float | None:
    """For how many minutes a free desk has let somebody wait whom it could call; None: it has not."""
    if freed is None or not load.has_line(desk):
        return None
    first = min(tickets[each].since for each in load.line(desk))
    return max(0.0, (here - max(freed, first)) / MINUTE_MS)
