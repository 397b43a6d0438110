"""Moving between queues, desks, branches and the services of one visit, from the table of design §3."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from tests.property.model_state import ModelState, No, Sender, Ticket
from tests.property.model_tickets import has_power, in_hand, in_state


def add_leg(city: ModelState, now: int, branch: str, desk: str, service: str) -> str:
    """serving → serving with one more service to come."""
    ticket = in_hand(city, branch, desk, "serving")
    city.queue_for(branch, service)
    return city.put("leg_added", ticket, legs=(*ticket.legs, service)).id


def next_leg(city: ModelState, now: int, branch: str, desk: str) -> str:
    """serving → the next service: here and now where this desk can serve it, else waiting for it."""
    ticket = in_hand(city, branch, desk, "serving")
    if ticket.sender is not None:
        return go_back(city, ticket)
    if ticket.leg + 1 >= len(ticket.legs):
        raise No("no_legs_left")
    queue = city.queue_for(branch, ticket.legs[ticket.leg + 1]).queue
    going_on = replace(ticket, leg=ticket.leg + 1, queue=queue, bound=None)
    if queue in city.skills(branch, desk) and not city.dark(going_on):
        return city.put("leg_finished", going_on).id
    return city.back_to_line("leg_finished", going_on).id


def finish(city: ModelState, now: int, branch: str, desk: str, outcome: str = "served") -> str:
    """serving → done once no legs are left; one that shall come back waits for the desk that sent it."""
    ticket = in_hand(city, branch, desk, "serving")
    if ticket.sender is not None:
        return go_back(city, ticket)
    if ticket.leg + 1 < len(ticket.legs):
        raise No("legs_pending")
    return city.end("ticket_finished", ticket, "done", now).id


def go_back(city: ModelState, ticket: Ticket) -> str:
    """To the desk that sent it, to go on there with what it was sent away from."""
    assert ticket.sender is not None
    desk, service, queue = ticket.sender
    legs = _insert(ticket, service)
    return city.back_to_line(
        "leg_finished", ticket, legs=legs, leg=ticket.leg + 1, queue=queue, bound=desk, sender=None
    ).id


def _insert(ticket: Ticket, service: str) -> tuple[str, ...]:
    """The services of the visit with this one next."""
    return (*ticket.legs[: ticket.leg + 1], service, *ticket.legs[ticket.leg + 1 :])


def transfer(
    city: ModelState,
    now: int,
    branch: str,
    desk: str,
    ticket: str | None = None,
    come_back: bool = False,
    **way: Any,
) -> str:
    """The ticket in hand, or one that this desk parked, to another queue, desk or branch."""
    city.skills(branch, desk)
    if ticket is None:
        moved = in_hand(city, branch, desk, "called", "serving")
    else:
        moved = in_state(city, city.ticket(ticket), "called", "serving", "parked")
        if (moved.branch, moved.desk) != (branch, desk):
            raise No("not_your_ticket")
    goal = _goal(city, moved, **way)
    if come_back and goal.branch != branch:
        raise No("invalid_field")
    return _move(city, now, moved, goal, desk if come_back else None)


def transfer_ticket(city: ModelState, now: int, ticket: str, **way: Any) -> str:
    """By reception from the line, by a supervisor from anywhere."""
    moved = in_state(city, city.ticket(ticket), "waiting", "called", "serving", "parked")
    if moved.state != "waiting" and city.role == "reception":
        raise No("forbidden")
    return _move(city, now, moved, _goal(city, moved, **way), None)


class _Goal(NamedTuple):
    branch: str
    queue: str
    service: str
    bound: str | None
    keep_place: bool
    note: str | None


def _goal(
    city: ModelState,
    ticket: Ticket,
    to_branch: str | None = None,
    to_queue: str | None = None,
    to_desk: str | None = None,
    service: str | None = None,
    keep_place: bool = True,
    note: str | None = None,
) -> _Goal:
    """Where a transfer leads, if somebody there can take the ticket."""
    branch = to_branch or ticket.branch
    file = city.branch_file(branch)
    wanted = service or ticket.service
    if wanted not in city.city.service_by_id:
        raise No("unknown_service")
    if to_queue is not None and to_queue not in file.queue_by_id:
        raise No("unknown_queue")
    queue = to_queue or ticket.queue
    if to_queue is None and (service is not None or branch != ticket.branch):
        queue = city.queue_for(branch, wanted).queue
    if to_desk is not None:
        city.skills(branch, to_desk)
        if city.desks[branch, to_desk].state == "closed":
            raise No("desk_closed")
    if branch != ticket.branch:
        _receives(city, branch, wanted, ticket.legs[ticket.leg + 1 :])
    elif (queue, wanted, to_desk) == (ticket.queue, ticket.service, ticket.bound):
        raise No("same_place")
    return _Goal(branch, queue, wanted, to_desk, keep_place, note)


def _receives(city: ModelState, branch: str, service: str, further: tuple[str, ...]) -> None:
    facts = city.branches[branch]
    if facts.phase != "open":
        raise No("branch_closed" if facts.phase == "closed" else "tickets_closed")
    has_power(city, branch, service)
    for each in further:
        city.queue_for(branch, each)


def _sender(ticket: Ticket, wants_it_back: str | None) -> Sender | None:
    """Who wants the ticket back and for what: that which this desk handed on last."""
    desk = wants_it_back or (ticket.sender[0] if ticket.sender else None)
    if desk is not None and desk == ticket.desk:
        return (desk, ticket.service, ticket.queue)
    return ticket.sender


def _move(city: ModelState, now: int, ticket: Ticket, goal: _Goal, wants_it_back: str | None) -> str:
    """One step: never in two lines, never in none. In another branch it gets a new number there.

    The time it has waited stays with it, unless it gives up its place.
    """
    there, here = city.branches[goal.branch], city.branches[ticket.branch]
    waited = here.time(now) - ticket.order
    changes: dict[str, Any] = {"order": there.time(now) - waited, "sender": _sender(ticket, wants_it_back)}
    changes["note"] = goal.note or ticket.note
    if not goal.keep_place:
        changes |= {"order": there.time(now) - ticket.head_start, "placed": now, "tie": city.steps}
    if goal.branch != ticket.branch:
        number = city.next_number(goal.branch, city.city.branch(goal.branch).queue(goal.queue).letter)
        changes |= {"number": number, "day": city.day, "branch": goal.branch, "sender": None}
    changes |= {"legs": _insert(ticket, goal.service), "leg": ticket.leg + 1}
    return city.back_to_line("ticket_transferred", ticket, queue=goal.queue, bound=goal.bound, **changes).id
