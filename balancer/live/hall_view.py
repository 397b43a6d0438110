"""From the board to what a hall display shows. Pure.

A row is there because of the state that events left, never because of the time: called tickets, those whose
service has just begun among the last calls, and those whom a pause put back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from balancer.city.definition import Branch, City
from balancer.city.hours import plan, rfc3339
from balancer.core.views import current_leg
from balancer.live.board import Board
from balancer.live.branch_load import BranchLoad, Call
from balancer.live.branch_now import waiting_line
from balancer.live.hall_notices import hall_notices
from balancer.live.heat import level_of
from balancer.messages import TicketState, TicketStatus, Wait
from balancer.messages.hall import CallState, HallCall, HallQueue, HallView
from balancer.messages.supervisor import HallLoad

NEXT_SHOWN = 12
ROWS_AT_LEAST = 6


class Row(NamedTuple):
    """A row before it is worded: the latest call, of which queue, and whether it was not the first."""

    call: Call
    state: CallState
    queue: str
    recalled: bool = False


def hall_view(
    board: Board, branch: str, waits: Mapping[str, Wait | None], hall: HallLoad, now: int
) -> HallView:
    """The display of a branch at city ms `now`; Refused("unknown_branch"). `waits`: of one who joins now."""
    load, city = board.branch(branch), board.city
    here, facts, zone = load.branch, load.facts, load.branch.time_zone
    rows = call_rows(board, load)
    held = {row.call.ticket for row in rows if row.state == "held"}
    line = [each.number for each in waiting_line(load, board.tickets) if each.id not in held]
    hours = plan(here, now)
    return HallView(
        branch=here.branch,
        name=here.name,
        city_name=city.name,
        time_zone=zone,
        state=load.state,
        alarm=facts.alarm,
        power=facts.power,
        reason="alarm" if facts.alarm == "pause" else facts.hold,
        since=_instant(zone, facts.paused_since),
        resumes_at=_instant(zone, facts.resumes),
        opens_at=_instant(zone, hours.opens_at),
        closes_at=_instant(zone, hours.closes_at),
        shelter="shelter" in here.facilities,
        shelter_way=here.shelter,
        called=[_call(here, row) for row in rows],
        next=line[:NEXT_SHOWN],
        queues=_queues(load, city, waits),
        notices=hall_notices(city, here),
        hall=hall,
        offset=board.offset,
        city_time=rfc3339(zone, now),
        suspended=[city.service(each).name for each in facts.suspended if each in city.service_by_id],
    )


def call_rows(board: Board, load: BranchLoad) -> list[Row]:
    """The rows of the display, newest call first. All who are called have one; services that have begun fill
    up to ROWS_AT_LEAST.
    """
    known = {call.ticket: call for call in load.last_called}
    rows = [
        Row(known.get(each.id) or _call_of(each), "called", each.queue, each.recalls > 0)
        for each in _in_hand(board, load)
        if each.state is TicketStatus.CALLED
    ]
    rows += [
        Row(call, "held", board.tickets[call.ticket].queue)
        for call in board.held_calls.of(load.branch.branch)
        if call.ticket in board.tickets
    ]
    begun = [
        Row(call, "serving", ticket.queue)
        for call in load.last_called
        if (ticket := board.tickets.get(call.ticket)) is not None
        and ticket.state is TicketStatus.SERVING
        and ticket.desk == call.desk
    ]
    rows += begun[: max(0, ROWS_AT_LEAST - len(rows))]
    return sorted(rows, key=lambda row: row.call.at, reverse=True)


def _in_hand(board: Board, load: BranchLoad) -> Iterator[TicketState]:
    for desk in load.desks.values():
        ticket = board.tickets.get(desk.ticket or "")
        if ticket is not None:
            yield ticket


def _call_of(ticket: TicketState) -> Call:
    """The latest call of a called ticket, by what it says itself."""
    leg = current_leg(ticket)
    at = ticket.recalled or (leg.called if leg else None) or 0
    return Call(ticket.id, ticket.number, ticket.desk or "", at, ticket.day)


def _call(branch: Branch, row: Row) -> HallCall:
    is_held = row.state == "held"
    desk = None if is_held else branch.desk_by_id.get(row.call.desk)
    queue = None if is_held else branch.queue_by_id.get(row.queue)
    return HallCall(
        number=row.call.number,
        desk="" if is_held else row.call.desk,
        desk_name=desk.name if desk else {},
        zone=(desk.zone if desk else None) or (queue.zone if queue else None),
        floor=(desk.floor if desk else None) or (queue.floor if queue else None),
        at=rfc3339(branch.time_zone, row.call.at),
        recalled=row.recalled,
        state=row.state,
    )


def _queues(load: BranchLoad, city: City, waits: Mapping[str, Wait | None]) -> list[HallQueue]:
    found = []
    for queue in load.branch.queues:
        wait = waits.get(queue.queue)
        level = level_of(city.levels, wait.p50 if wait else None)
        waiting = load.queues[queue.queue].waiting
        found.append(HallQueue(queue.queue, queue.letter, queue.name, waiting, wait, level))
    return found


def _instant(zone: str, at: int | None) -> str | None:
    return None if at is None else rfc3339(zone, at)
