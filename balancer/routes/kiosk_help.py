"""The doors of help at a kiosk: it asks, somebody goes there, it is over.

The book is written before the log, because pages look again as soon as the log tells of a change.
"""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from balancer.city.hours import day_bounds, rfc3339
from balancer.core.help_book import HelpRequest, request_id
from balancer.core.repeats import refuse_reuse
from balancer.errors import BalancerError
from balancer.live.kiosk_help import help_view
from balancer.messages import NoFields
from balancer.messages.kiosk_help import HelpAnswer
from balancer.routes.door import BRANCH, Ask, Door, answer
from balancer.routes.parts import Parts

HELP = BRANCH + "/help"


async def open_help(parts: Parts, branch: str) -> list[HelpRequest]:
    """Who waits for help in a branch today, oldest first."""
    zone = parts.city.branch(branch).time_zone
    return await parts.help_book.open_in(branch, day_bounds(zone, parts.clock.now_ms())[0])


async def ask_help(ask: Ask[NoFields]) -> Response:
    """The kiosk asks; a second time while the first lasts changes nothing."""
    await _check_key(ask)
    parts, device = ask.parts, ask.who.id
    name = await _name_of(parts, device)
    made = await parts.help_book.ask(ask.branch.branch, device, name, ask.caller, parts.clock.now_ms())
    is_this = made.asked.id == request_id(device, ask.caller.key or "")
    return await _told(ask, made, "help_asked" if is_this else None)


async def withdraw_help(ask: Ask[NoFields]) -> Response:
    """Nobody stands at the kiosk any more; nothing changes where staff have ended it before."""
    await _check_key(ask)
    try:
        return await _end(ask, ask.who.id)
    except BalancerError as error:
        if error.code != "help_over":
            raise
        return answer(HelpAnswer(None, ask.parts.feed.offset))


async def answer_help(ask: Ask[NoFields]) -> Response:
    """Somebody goes there; where a colleague was faster, the answer says who."""
    await _check_key(ask)
    parts = ask.parts
    said = await parts.help_book.answer(ask.branch.branch, ask.device, ask.caller, parts.clock.now_ms())
    is_mine = said.going is not None and said.going.key == ask.caller.key
    return await _told(ask, said, "help_answered" if is_mine else None)


async def end_help(ask: Ask[NoFields]) -> Response:
    """The person was helped."""
    await _check_key(ask)
    return await _end(ask, ask.device)


async def _end(ask: Ask[NoFields], device: str) -> Response:
    parts = ask.parts
    ended = await parts.help_book.end(ask.branch.branch, device, ask.caller, parts.clock.now_ms())
    is_mine = ended.over is not None and ended.over.key == ask.caller.key
    return await _told(ask, ended, "help_ended" if is_mine else None)


async def _told(ask: Ask[NoFields], request: HelpRequest, deed: str | None) -> Response:
    """The request as the answer, after the log has the deed."""
    branch, asked, offset = ask.branch, request.asked, ask.parts.feed.offset
    if deed is not None:
        detail = {"device": asked.device, "name": asked.name, "asked": rfc3339(branch.time_zone, asked.at)}
        noted = await ask.parts.queue.record(
            ask.caller, deed, branch.branch, {**detail, "answered": request.going is not None}
        )
        offset = noted.offset
    return answer(HelpAnswer(None if request.over else help_view(request, branch), offset))


async def _check_key(ask: Ask[NoFields]) -> None:
    await refuse_reuse(ask.parts.store.writer, ask.parts.queue.keys, ask.caller)


async def _name_of(parts: Parts, device: str) -> str:
    """What people call a device; "" for one whose token was made by hand."""
    try:
        approval = (await parts.devices.find(device)).approval
    except BalancerError as error:
        if error.code != "unknown_device":
            raise
        return ""
    return approval.name if approval is not None else ""


def _door(path: str, handler: Any, summary: str, *refuses: str) -> Door:
    action: str = handler.__name__
    return Door("POST", path, handler, summary, action, HelpAnswer, NoFields, tag="branches", refuses=refuses)


DOORS: tuple[Door, ...] = (
    _door(HELP, ask_help, "A visitor at this kiosk needs help"),
    _door(HELP + "/withdraw", withdraw_help, "Nobody stands at this kiosk any more"),
    _door(HELP + "/{device}/answer", answer_help, "I am on my way to that kiosk", "help_over"),
    _door(HELP + "/{device}/end", end_help, "The visitor at that kiosk was helped", "help_over"),
)
