"""From a ticket's state and the city's definition to what its holder should know and bring. Pure."""

from __future__ import annotations

from typing import NamedTuple

from balancer.city.definition import Branch, City, Desk, Queue, Service
from balancer.city.hours import rfc3339
from balancer.core.views import branch_status, current_leg
from balancer.messages import BranchState, TicketState, TicketStatus
from balancer.messages.guide import GuideDocument, GuideTrip, GuideView, LatenessRule

SECOND_MS, MINUTE_MS = 1000, 60_000
AT_DESK = frozenset({TicketStatus.CALLED, TicketStatus.SERVING})


class Besides(NamedTuple):
    """What a guide says beside the ticket: city ms, the log's place, a way asked for, the push key."""

    now: int
    offset: int
    trip: GuideTrip | None = None
    push_key: str | None = None


def guide_view(ticket: TicketState, city: City, facts: BranchState, besides: Besides) -> GuideView:
    """The guide of a ticket; `facts`: its branch's."""
    branch, service = city.branch(ticket.branch), city.service(ticket.service)
    queue, desk = branch.queue_by_id.get(ticket.queue), desk_of(ticket, branch)
    zone, floor = _where(desk, queue)
    return GuideView(
        ticket=ticket.id,
        number=ticket.number,
        version=ticket.version,
        city_name=city.name,
        time_zone=branch.time_zone,
        contact=city.contact,
        demo=branch.demo,
        branch=branch.branch,
        branch_name=branch.name,
        address=branch.address,
        shelter_way=branch.shelter,
        lat=branch.lat,
        lon=branch.lon,
        service=service.service,
        service_name=service.name,
        needs_power=service.needs_power,
        fee=service.fee,
        queue_name={} if queue is None else queue.name,
        desk_name=None if desk is None else desk.name,
        zone=zone,
        floor=floor,
        documents=_documents(service),
        rights=list(city.rights),
        lateness=lateness_of(ticket, branch),
        waits_until=_instant(branch, waits_until(ticket, branch)),
        reinstate_until=_instant(branch, reinstate_until(ticket, branch, facts)),
        trip=besides.trip,
        push_key=besides.push_key,
        offset=besides.offset,
        city_time=rfc3339(branch.time_zone, besides.now),
    )


def _where(desk: Desk | None, queue: Queue | None) -> tuple[str | None, str | None]:
    """Zone and floor: the desk's own first, else the queue's."""
    places = [each for each in (desk, queue) if each is not None]
    zone = next((each.zone for each in places if each.zone), None)
    return zone, next((each.floor for each in places if each.floor), None)


def _documents(service: Service) -> list[GuideDocument]:
    return [GuideDocument(each.name, each.note, each.needed) for each in service.documents]


def desk_of(ticket: TicketState, branch: Branch) -> Desk | None:
    """The desk that has the ticket in hand."""
    return branch.desk_by_id.get(ticket.desk or "") if ticket.state in AT_DESK else None


def lateness_of(ticket: TicketState, branch: Branch) -> LatenessRule:
    """The branch's rule for those who are late, and how often this ticket was missed."""
    policy = branch.policy
    return LatenessRule(
        recalls_max=policy.recalls_max,
        no_show_after_seconds=policy.no_show_after_seconds,
        no_show_chances=policy.no_show_chances,
        no_show_back=policy.no_show_back,
        reinstate_within_minutes=policy.reinstate_within_minutes,
        misses=ticket.misses,
    )


def waits_until(ticket: TicketState, branch: Branch) -> int | None:
    """City ms until which a called visitor is waited for; None where none is called or no clock runs.

    A pause takes a call back, so none lies between the call and now.
    """
    leg, patience = current_leg(ticket), branch.policy.no_show_after_seconds
    called = ticket.recalled or (leg.called if leg else None)
    if ticket.state is not TicketStatus.CALLED or called is None or patience == 0:
        return None
    return called + patience * SECOND_MS


def reinstate_until(ticket: TicketState, branch: Branch, facts: BranchState) -> int | None:
    """City ms until which a missed ticket may be put back; None for others and while a pause stretches it."""
    if ticket.state is not TicketStatus.NO_SHOW or branch_status(facts) == "paused":
        return None
    return ticket.since + branch.policy.reinstate_within_minutes * MINUTE_MS + facts.paused_total


def _instant(branch: Branch, at: int | None) -> str | None:
    return None if at is None else rfc3339(branch.time_zone, at)
