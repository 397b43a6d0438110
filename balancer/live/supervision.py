"""What the head of a centre's page shows beside the measures: desks as they are now, the day's heat, the
incidents. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from balancer.city.definition import Desk
from balancer.city.hours import plan
from balancer.core.help_book import HelpRequest
from balancer.core.views import branch_view, current_leg
from balancer.live.alerts import Watch, alerts
from balancer.live.estimates import Estimates
from balancer.live.heat import heat_row
from balancer.live.measures_view import DayNow
from balancer.messages import DeskState, TicketState, TicketStatus
from balancer.messages.devices import DeviceView
from balancer.messages.estimates import WaitAt
from balancer.messages.supervisor import (
    BranchMeasures,
    DeskDay,
    DeskRow,
    HeatRow,
    IncidentView,
    SupervisionView,
)

MINUTE_MS = 60_000
Foreseen = Mapping[str, Sequence[WaitAt]]
"""The waits of those who will come, by queue."""

SHOWN_DEVICES = frozenset({"pending", "approved"})


def supervision(
    day: DayNow,
    measures: BranchMeasures,
    ahead: Foreseen,
    estimates: Estimates,
    devices: list[DeviceView],
    feed_silent_since: str | None,
    offset: int,
    help: Sequence[HelpRequest] = (),
) -> SupervisionView:
    """The whole page of one branch; `offset`: the last event that it covers."""
    load, hours = day.load, plan(day.load.branch, day.now)
    watch = Watch(day, remaining(day, estimates), measures.hall, devices, feed_silent_since, help)
    return SupervisionView(
        branch=load.branch.branch,
        name=load.branch.name,
        facts=branch_view(load.facts, load.branch),
        opens_at=None if hours.opens_at is None else day.instant(hours.opens_at),
        closes_at=None if hours.closes_at is None else day.instant(hours.closes_at),
        moving=load.facts.paused_since is None,
        alerts=alerts(watch),
        measures=measures,
        desks=[
            desk_row(day, desk, mine) for desk, mine in zip(load.branch.desks, measures.desks, strict=True)
        ],
        heat=heat_rows(day, ahead),
        devices=[each for each in devices if each.state in SHOWN_DEVICES],
        incidents=[
            IncidentView(day.instant(each.at), each.desk, each.ticket, each.category, each.text)
            for each in reversed(day.record.incidents)
        ],
        amber_minutes=load.branch.policy.service_amber_minutes,
        red_minutes=load.branch.policy.service_red_minutes,
        offset=offset,
        city_time=day.instant(day.now),
    )


def remaining(day: DayNow, estimates: Estimates) -> dict[str, float]:
    """Minutes (p50) that everybody who waits will still wait, by ticket id, where known. What the line's pace
    says of one who joins is shared out by place; what the replay says, it says of each.
    """
    latest, found = estimates.latest(day.load.branch.branch), {}
    for ticket in day.line():
        place = day.load.ahead(ticket)
        quote = latest.queues.get(ticket.queue)
        if latest.methods.get(ticket.queue) == "throughput" and quote is not None:
            found[ticket.id] = quote.p50 * place / max(1, day.load.queues[ticket.queue].waiting)
        elif (wait := estimates.wait_of(day.load, ticket, place)[0]) is not None:
            found[ticket.id] = wait.p50
    return found


def desk_row(day: DayNow, desk: Desk, mine: DeskDay) -> DeskRow:
    """A desk as it is now, with its day."""
    state = day.load.desks.get(desk.desk) or DeskState(day.load.branch.branch, desk.desk, "closed", 0, 0)
    ticket = day.tickets.get(state.ticket or "")
    skills = day.load.skills(desk.desk)
    return DeskRow(
        desk=desk.desk,
        state=state.state,
        reason=state.reason,
        since=day.instant(state.since),
        version=state.version,
        queues=list(skills),
        own_skills=list(skills) == list(desk.queues),
        ticket=None if ticket is None else ticket.number,
        ticket_id=None if ticket is None else ticket.id,
        serving=ticket is not None and ticket.state is TicketStatus.SERVING,
        paying=ticket is not None and ticket.paying_since is not None,
        minutes=_minutes(day, state, ticket),
        day=mine,
    )


def heat_rows(day: DayNow, ahead: Foreseen) -> list[HeatRow]:
    """The half-hours of every queue, those to come as the day-ahead foretells them."""
    branch = day.load.branch
    return [
        heat_row(day.city.levels, branch, day.record, each.queue, day.now, ahead.get(each.queue, []))
        for each in branch.queues
    ]


def _minutes(day: DayNow, desk: DeskState, ticket: TicketState | None) -> float | None:
    """How long the desk has been as it is: serving, calling, free or on a break; None for a closed one."""
    served = day.service_ms(desk.desk)
    if served is not None:
        return round(served / MINUTE_MS, 2)
    leg = current_leg(ticket) if ticket is not None else None
    if leg is not None:
        since = leg.called
    elif desk.state == "paused":
        since = desk.since
    else:
        spans = day.record.desks.get(desk.desk)
        since = spans.since if spans is not None and spans.kind == "idle" else None
    return None if since is None else round(max(0, day.now - since) / MINUTE_MS, 2)
