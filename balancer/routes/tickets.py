"""The doors of a visitor and of those who help one: take a ticket, look at it, cancel, move it."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.responses import Response

from balancer.city.definition import City
from balancer.city.hours import plan, rfc3339
from balancer.core.caller import Caller
from balancer.core.repeats import is_repeat
from balancer.core.ticket_queue import TicketQueue
from balancer.core.tokens import ticket_secret
from balancer.core.views import staff_ticket, ticket_view
from balancer.errors import BalancerError, wrong_field
from balancer.live.kiosk_view import minutes_left
from balancer.messages import (
    Answer,
    IssueAnswer,
    IssueBody,
    NoFields,
    PriorityBody,
    TicketAnswer,
    TicketState,
    TicketStatus,
    TicketStatusAnswer,
    TransferBody,
    Wait,
)
from balancer.routes.access import check_access, check_intent
from balancer.routes.asked_times import minutes_of
from balancer.routes.door import BRANCH, CITY, TICKET, Ask, Door, answer
from balancer.wording.reasons import NUMBER_TOO

CHANNELS = {"citizen": "remote", "kiosk": "kiosk", "desk": "desk"}
TICKET_ID_BYTES = 10
WHY_TRAINING = {
    "uk": "навчальні талони лишаються в навчальному підрозділі",
    "en": "practice tickets stay in the branch in training",
}
MINUTE_MS = 60_000
JUST_NOW_MS = 60_000
"""A kiosk names the instant of every ticket; one of this minute is told its wait like any other."""

Command = Callable[[TicketQueue, Caller, str, Any], Awaitable[Answer]]


async def issue(ask: Ask[IssueBody]) -> Response:
    """Give out a ticket. `ahead` and `wait` are those of the moment it was issued, also in a repeat."""
    parts, branch, body = ask.parts, ask.branch, ask.body
    if ask.who.role == "citizen":
        if not parts.city.remote_tickets:
            raise BalancerError("remote_tickets_off")
        if body.priority is not None:
            raise BalancerError("forbidden", role="citizen", action="set_priority")
    if ask.who.role == "kiosk" and body.arrived is not None and body.number is None:
        raise wrong_field("number", NUMBER_TOO)
    check_intent(ask.request, parts, ask.who, body.intent)
    parts.city.service(body.service)
    queue = branch.queue_of(body.service)
    came = None if body.arrived is None else round(body.arrived.timestamp() * 1000)
    is_now = came is None or parts.clock.now_ms() - came < JUST_NOW_MS
    quote = parts.feed.quote(branch.branch, queue.queue) if queue and is_now else None
    if ask.who.role in ("kiosk", "citizen") and body.number is None:
        await check_room(ask, quote)
    issued = await parts.queue.issue(
        ask.caller,
        branch.branch,
        body.service,
        services=body.services,
        priority=body.priority,
        channel=CHANNELS.get(ask.who.role, "reception"),
        quote=quote,
        ticket_id=new_ticket_id(),
        intent=body.intent,
        number=body.number,
        lease=body.lease,
        arrived=came,
    )
    ticket = known(issued.ticket)
    view = ticket_view(ticket, branch.time_zone, ahead=issued.ahead, wait=ticket.quoted)
    place = f"{CITY.format(city=parts.city.city)}/tickets/{ticket.id}"
    secret = ticket_secret(parts.city_key, ticket.id)
    return answer(IssueAnswer(view, secret, issued.offset), 201, {"location": place})


async def check_room(ask: Ask[IssueBody], quote: Wait | None) -> None:
    """`no_room_today` where half of those who join now would not be called before closing; where nobody knows
    the wait, as under an alarm, there is room. Whoever has his answer already gets it again.
    """
    now = ask.parts.clock.now_ms()
    left = minutes_left(ask.branch, now)
    if left is None or quote is None or quote.p50 <= left:
        return
    if not await is_repeat(ask.parts.store.writer, ask.parts.queue.keys, ask.caller):
        closes = plan(ask.branch, now).closes_at or now
        raise BalancerError("no_room_today", closes_at=rfc3339(ask.branch.time_zone, closes)[11:16])


async def read(ask: Ask[NoFields]) -> Response:
    """A ticket as it is now, for whoever holds its secret and for staff of its branch.

    With `?travel=` (minutes) it says when to set out, so that nine in ten are there before their call.
    """
    parts = ask.parts
    travel = minutes_of(ask.request.query_params.get("travel"), "travel")
    ticket, ahead = await find(ask)
    await check_scope(ask, ticket, "read_ticket")
    waits = ticket.state is TicketStatus.WAITING
    wait, method = parts.feed.wait_of(ticket) if waits else (None, None)
    view = ticket_view(
        ticket,
        parts.city.branch(ticket.branch).time_zone,
        ahead=ahead if waits else None,
        wait=wait,
        method=method,
        leave_by=None if wait is None or travel is None else leave_by(parts.clock.now_ms(), wait, travel),
    )
    return answer(TicketStatusAnswer(view, parts.feed.offset), headers={"vary": "Authorization"})


def leave_by(now: int, wait: Wait, travel: float) -> int:
    """The city ms at which to set out: one in ten is called before p10, so that is when to be there."""
    return now + max(0, round((wait.p10 - travel) * MINUTE_MS))


async def find(ask: Ask[Any]) -> tuple[TicketState, int | None]:
    """The ticket that the path names and how many wait before it; `ticket_gone` for one swept away."""
    try:
        return await ask.parts.queue.read_ticket(ask.ticket)
    except BalancerError as error:
        if error.code == "unknown_ticket" and ask.holds_secret:
            raise BalancerError("ticket_gone") from None
        raise


async def check_scope(ask: Ask[Any], ticket: TicketState, action: str) -> None:
    """Staff reach the tickets of their branch. A repeat is let through to its first answer, although that
    very command may have taken the ticket out of their reach.
    """
    try:
        check_access(ask.who, action, ticket.branch)
    except BalancerError:
        if not await is_repeat(ask.parts.store.writer, ask.parts.queue.keys, ask.caller):
            raise


def check_goal(city: City, here: str, there: str | None) -> None:
    """`invalid_field` where a practice ticket would leave its branch in training, or a visitor come there."""
    branches = [city.branch_by_id.get(each) for each in (here, there or here)]
    if len({branch.mode == "training" for branch in branches if branch is not None}) > 1:
        raise BalancerError("invalid_field", field="to_branch", why=WHY_TRAINING)


def ticket_verb(action: str, command: Command) -> Callable[[Ask[Any]], Awaitable[Response]]:
    """The handler of a verb on a ticket by its id."""

    async def handler(ask: Ask[Any]) -> Response:
        parts = ask.parts
        before, _ = await find(ask)
        await check_scope(ask, before, action)
        check_goal(parts.city, before.branch, getattr(ask.body, "to_branch", None))
        done = await command(parts.queue, ask.caller, ask.ticket, ask.body)
        ticket = known(done.ticket)
        tz = parts.city.branch(ticket.branch).time_zone
        if ask.holds_secret:
            return answer(TicketStatusAnswer(ticket_view(ticket, tz, ahead=None, wait=None), done.offset))
        return answer(TicketAnswer(staff_ticket(ticket, tz), done.offset))

    return handler


def known(ticket: TicketState | None) -> TicketState:
    """The ticket of an answer that always has one."""
    assert ticket is not None
    return ticket


def new_ticket_id() -> str:
    """A random id, 80 bits in lower-case base32: safe in paths, easy to read aloud, no secret."""
    return base64.b32encode(secrets.token_bytes(TICKET_ID_BYTES)).decode().lower()


def _transfer(queue: TicketQueue, caller: Caller, ticket: str, body: TransferBody) -> Awaitable[Answer]:
    return queue.transfer_ticket(
        caller,
        ticket,
        to_branch=body.to_branch,
        to_queue=body.to_queue,
        to_desk=body.to_desk,
        service=body.service,
        keep_place=body.keep_place,
        note=body.note,
    )


def _door(verb: str, action: str, command: Command, summary: str, body: Any = NoFields, **more: Any) -> Door:
    return Door(
        "POST",
        f"{TICKET}/{verb}",
        ticket_verb(action, command),
        summary,
        action,
        more.pop("answer", TicketAnswer),
        body,
        tag="tickets",
        **more,
    )


DOORS: tuple[Door, ...] = (
    Door(
        "POST",
        BRANCH + "/tickets",
        issue,
        "Take a ticket",
        "issue",
        IssueAnswer,
        IssueBody,
        status=201,
        open_origin=True,
        tag="tickets",
    ),
    Door(
        "GET",
        TICKET,
        read,
        "One's own ticket, by its secret",
        "read_ticket",
        TicketStatusAnswer,
        open_origin=True,
        query={"travel": "minutes to the branch: the answer then says when to leave"},
        tag="tickets",
    ),
    _door(
        "cancel",
        "cancel",
        lambda queue, caller, ticket, body: queue.cancel(caller, ticket),
        "Give a ticket back, by its secret",
        open_origin=True,
        answer=TicketStatusAnswer | TicketAnswer,
    ),
    _door(
        "left",
        "left",
        lambda queue, caller, ticket, body: queue.left(caller, ticket),
        "The visitor has gone",
    ),
    _door(
        "transfer",
        "transfer_ticket",
        _transfer,
        "Move a ticket to another queue, desk or branch",
        TransferBody,
    ),
    _door(
        "set-priority",
        "set_priority",
        lambda queue, caller, ticket, body: queue.set_priority(caller, ticket, body.priority, body.reason),
        "Give or take away a priority class",
        PriorityBody,
    ),
    _door(
        "reinstate",
        "reinstate",
        lambda queue, caller, ticket, body: queue.reinstate(caller, ticket),
        "Put a missed ticket back into its old place",
    ),
)
