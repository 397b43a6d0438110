"""The doors of a branch: what its supervisor decides, what reception sees, what a hall display calls out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.responses import Response

from balancer.city.hours import rfc3339
from balancer.core.missed import missed_tickets
from balancer.core.ticket_queue import TicketQueue
from balancer.core.views import branch_time, branch_view, desk_view, staff_ticket
from balancer.live.kiosk_help import help_view
from balancer.messages import (
    Answer,
    BranchAnswer,
    BranchRoom,
    Calls,
    LastCalled,
    NoFields,
    ReasonBody,
    ServiceBody,
    TicketState,
    TicketStatus,
)
from balancer.routes.door import BRANCH, Ask, Door, answer
from balancer.routes.kiosk_help import open_help

FIELDS: dict[Any, str] = {ReasonBody: "reason", ServiceBody: "service"}
STATES = (TicketStatus.CALLED, TicketStatus.SERVING, TicketStatus.WAITING, TicketStatus.PARKED)


def branch_verb(name: str, field: str | None = None) -> Callable[[Ask[Any]], Awaitable[Response]]:
    """The handler of a verb on the branch that the path names; `name` is the method of the queue, `field` the
    part of the body that it takes.
    """

    async def handler(ask: Ask[Any]) -> Response:
        method: Callable[..., Awaitable[Answer]] = getattr(TicketQueue, name)
        given = () if field is None else (getattr(ask.body, field),)
        done = await method(ask.parts.queue, ask.caller, ask.branch.branch, *given)
        assert done.facts is not None
        return answer(BranchAnswer(branch_view(done.facts, ask.branch), done.offset))

    return handler


async def room(ask: Ask[NoFields]) -> Response:
    """A branch's facts, desks and tickets: in hand first, then by place, then parked, then missed."""
    parts, branch = ask.parts, ask.branch
    parts.feed.require_fresh()
    load, tz, now = parts.feed.picture.board.branch(branch.branch), branch.time_zone, parts.clock.now_ms()
    branch_ms = branch_time(load.facts, now)
    active = [each for each in parts.feed.picture.board.tickets.values() if each.branch == branch.branch]
    asked = await open_help(parts, branch.branch)
    missed = await missed_tickets(parts.store.writer, parts.queue.keys, branch.branch)
    return answer(
        BranchRoom(
            branch=branch_view(load.facts, branch),
            desks=[desk_view(each, branch) for each in load.desks.values()],
            tickets=[staff_ticket(each, tz, branch_ms) for each in [*sorted(active, key=in_order), *missed]],
            queues=parts.feed.picture.frame(branch.branch).queues,
            help=[help_view(each, branch) for each in asked],
            offset=parts.feed.offset,
            city_time=rfc3339(tz, now),
        )
    )


def in_order(ticket: TicketState) -> tuple[int, int, int, int]:
    """Tickets in hand, then the lines in calling order, then what is parked."""
    return (STATES.index(ticket.state), ticket.order, ticket.placed, ticket.tie)


async def calls(ask: Ask[NoFields]) -> Response:
    """What the hall display shows."""
    parts, tz = ask.parts, ask.branch.time_zone
    parts.feed.require_fresh()
    load = parts.feed.picture.board.branch(ask.branch.branch)
    shown = [LastCalled(call.number, call.desk, rfc3339(tz, call.at)) for call in load.last_called]
    reason = "alarm" if load.facts.alarm == "pause" else load.facts.hold
    return answer(Calls(load.branch.branch, load.state, reason, shown, parts.feed.offset))


def _door(verb: str, action: str, summary: str, body: Any = NoFields) -> Door:
    handler = branch_verb(action, FIELDS.get(body))
    return Door("POST", f"{BRANCH}/{verb}", handler, summary, action, BranchAnswer, body, tag="branches")


DOORS: tuple[Door, ...] = (
    Door("GET", BRANCH, room, "All that a branch's staff see", "read_branch", BranchRoom, tag="branches"),
    Door("GET", BRANCH + "/calls", calls, "Who is called where", "read_calls", Calls, tag="branches"),
    _door("open", "open_branch", "Open the branch"),
    _door("close", "close_branch", "Close the branch"),
    _door("close-day", "close_day", "End the day: whoever still waits goes home, or is carried over"),
    _door("close-tickets", "close_tickets", "Give out no more tickets; those who wait are served"),
    _door("open-tickets", "open_tickets", "Give out tickets again"),
    _door("alarm", "alarm", "Air-raid alarm: pause or go on in the shelter, as the branch's policy says"),
    _door("all-clear", "all_clear", "The alarm is over: everything goes on where it stood"),
    _door("power-off", "power_off", "Power is lost: services that need it stop"),
    _door("power-on", "power_on", "Power is back"),
    _door("suspend-service", "suspend_service", "Stop one service for a while", ServiceBody),
    _door("restore-service", "restore_service", "Let a stopped service go on", ServiceBody),
    _door("hold", "hold_branch", "Pause the branch for a reason", ReasonBody),
    _door("resume", "resume_branch", "End the pause"),
)
