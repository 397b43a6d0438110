"""The doors of a desk: one verb each, and the room that the page of a desk shows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.responses import Response

from balancer.core.caller import Caller
from balancer.core.ticket_queue import TicketQueue
from balancer.core.views import desk_view, staff_ticket
from balancer.errors import BalancerError, wrong_field
from balancer.messages import (
    Answer,
    DeskAnswer,
    FinishBody,
    HandOnBody,
    IncidentBody,
    MaybeTicketBody,
    NoFields,
    NoteBody,
    ParkBody,
    Pulse,
    ReasonBody,
    ServiceBody,
    SkillsBody,
    TicketBody,
)
from balancer.messages.desk_room import DeskRoom
from balancer.routes.door import DESK, Ask, Door, answer
from balancer.routes.tickets import check_goal
from balancer.wording.reasons import UNTIL_OR_MINUTES

Command = Callable[[Ask[Any], TicketQueue, Caller, str, str], Awaitable[Answer]]


def desk_verb(command: Command) -> Callable[[Ask[Any]], Awaitable[Response]]:
    """The handler of a verb at the desk that the path names."""

    async def handler(ask: Ask[Any]) -> Response:
        branch, desk = ask.branch, ask.desk
        done = await command(ask, ask.parts.queue, ask.caller, branch.branch, desk.desk)
        assert done.desk is not None
        tz = branch.time_zone
        ticket = None if done.ticket is None else staff_ticket(done.ticket, tz)
        return answer(DeskAnswer(desk_view(done.desk, branch), ticket, done.offset))

    return handler


async def room(ask: Ask[NoFields]) -> Response:
    """All that the page of the desk shows."""
    ask.parts.feed.require_fresh()
    found = ask.parts.feed.desk_room(ask.branch.branch, ask.desk.desk)
    if found is None:
        raise BalancerError("unknown_desk", desk=ask.desk.desk)
    return answer(found)


async def beat(ask: Ask[NoFields]) -> Response:
    """A sign of life of a desk that has nothing else to ask; the guard has noted it."""
    return answer(Pulse(ask.parts.feed.offset))


def _plain(name: str) -> Command:
    def command(
        ask: Ask[Any], queue: TicketQueue, caller: Caller, branch: str, desk: str
    ) -> Awaitable[Answer]:
        method: Callable[[Caller, str, str], Awaitable[Answer]] = getattr(queue, name)
        return method(caller, branch, desk)

    return command


def _call_next(
    ask: Ask[NoFields], queue: TicketQueue, caller: Caller, branch: str, desk: str
) -> Awaitable[Answer]:
    return queue.call_next(caller, branch, desk, estimates=ask.parts.feed.shown_first(branch, desk))


def _call(
    ask: Ask[TicketBody], queue: TicketQueue, caller: Caller, branch: str, desk: str
) -> Awaitable[Answer]:
    ticket = ask.body.ticket
    shown = ask.parts.feed.shown_first(branch, desk, ticket)
    return queue.call(caller, branch, desk, ticket, estimates=shown)


def _park(
    ask: Ask[ParkBody], queue: TicketQueue, caller: Caller, branch: str, desk: str
) -> Awaitable[Answer]:
    body = ask.body
    if body.until is not None and body.minutes is not None:
        raise wrong_field("minutes", UNTIL_OR_MINUTES)
    until = None if body.until is None else round(body.until.timestamp() * 1000)
    if body.minutes is not None:
        until = ask.parts.clock.now_ms() + round(body.minutes * 60_000)
    return queue.park(caller, branch, desk, reason=body.reason, until_ms=until)


def _quick_serve(
    ask: Ask[ServiceBody], queue: TicketQueue, caller: Caller, branch: str, desk: str
) -> Awaitable[Answer]:
    served_by = ask.branch.queue_of(ask.body.service)
    quote = ask.parts.feed.quote(branch, served_by.queue) if served_by else None
    return queue.quick_serve(caller, branch, desk, ask.body.service, quote=quote)


def _transfer(
    ask: Ask[HandOnBody], queue: TicketQueue, caller: Caller, branch: str, desk: str
) -> Awaitable[Answer]:
    body = ask.body
    check_goal(ask.parts.city, branch, body.to_branch)
    return queue.transfer(
        caller,
        branch,
        desk,
        ticket=body.ticket,
        to_branch=body.to_branch,
        to_queue=body.to_queue,
        to_desk=body.to_desk,
        service=body.service,
        keep_place=body.keep_place,
        come_back=body.come_back,
        note=body.note,
    )


def _door(verb: str, action: str, command: Command, summary: str, body: Any = NoFields) -> Door:
    return Door("POST", f"{DESK}/{verb}", desk_verb(command), summary, action, DeskAnswer, body, tag="desks")


DOORS: tuple[Door, ...] = (
    Door("GET", DESK, room, "All that a desk sees", "read_desk", DeskRoom, tag="desks"),
    Door("GET", DESK + "/beat", beat, "A desk's sign of life", "beat", Pulse, tag="desks"),
    _door("open", "open_desk", _plain("open_desk"), "Open the desk"),
    _door(
        "pause",
        "pause_desk",
        lambda ask, queue, caller, branch, desk: queue.pause_desk(caller, branch, desk, ask.body.reason),
        "Take a break",
        ReasonBody,
    ),
    _door("resume", "resume_desk", _plain("resume_desk"), "End the break"),
    _door("close", "close_desk", _plain("close_desk"), "Close the desk"),
    _door(
        "set-skills",
        "set_skills",
        lambda ask, queue, caller, branch, desk: queue.set_skills(caller, branch, desk, ask.body.queues),
        "Say which queues the desk calls from",
        SkillsBody,
    ),
    _door(
        "release",
        "release_desk",
        lambda ask, queue, caller, branch, desk: queue.release_desk(caller, branch, desk, ask.body.reason),
        "Take the ticket from a desk whose clerk is gone, and close it",
        ReasonBody,
    ),
    _door("call-next", "call_next", _call_next, "Call the next ticket"),
    _door(
        "call",
        "call",
        _call,
        "Call one ticket out of turn",
        TicketBody,
    ),
    _door("recall", "recall", _plain("recall"), "Call the ticket in hand again"),
    _door("start", "start", _plain("start"), "The visitor has come"),
    _door(
        "quick-serve",
        "quick_serve",
        _quick_serve,
        "Serve somebody without a ticket",
        ServiceBody,
    ),
    _door(
        "finish",
        "finish",
        lambda ask, queue, caller, branch, desk: queue.finish(caller, branch, desk, outcome=ask.body.outcome),
        "The service is done",
        FinishBody,
    ),
    _door("no-show", "no_show", _plain("no_show"), "Nobody came"),
    _door("requeue", "requeue", _plain("requeue"), "Put the ticket in hand back into its old place"),
    _door("park", "park", _park, "Put the ticket in hand aside", ParkBody),
    _door(
        "wake",
        "wake",
        lambda ask, queue, caller, branch, desk: queue.wake(caller, branch, desk, ask.body.ticket),
        "Bring a parked ticket back into the line",
        TicketBody,
    ),
    _door("transfer", "transfer", _transfer, "Hand the ticket on", HandOnBody),
    _door(
        "add-leg",
        "add_leg",
        lambda ask, queue, caller, branch, desk: queue.add_leg(caller, branch, desk, ask.body.service),
        "Add a service to the visit",
        ServiceBody,
    ),
    _door("next-leg", "next_leg", _plain("next_leg"), "Go on with the visit's next service"),
    _door("pay", "pay", _plain("pay"), "The visitor in hand pays"),
    _door("paid", "paid", _plain("paid"), "The visitor in hand has paid"),
    _door(
        "note",
        "note",
        lambda ask, queue, caller, branch, desk: queue.note(caller, branch, desk, ask.body.text),
        "Note something on the ticket in hand",
        NoteBody,
    ),
    _door(
        "incident",
        "incident",
        lambda ask, queue, caller, branch, desk: queue.incident(
            caller, branch, desk, ask.body.category, ask.body.text
        ),
        "Record an incident at the desk",
        IncidentBody,
    ),
    _door(
        "left",
        "desk_left",
        lambda ask, queue, caller, branch, desk: queue.desk_left(caller, branch, desk, ask.body.ticket),
        "The visitor has gone",
        MaybeTicketBody,
    ),
)
