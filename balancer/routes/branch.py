"""The doors of a branch: what its supervisor decides, what reception sees, what a hall display calls out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.responses import Response

from balancer.core.ticket_queue import TicketQueue
from balancer.core.views import branch_view
from balancer.messages import Answer, BranchAnswer, NoFields, ReasonBody
from balancer.routes.door import BRANCH, Ask, Door, answer


def branch_verb(name: str, *, with_reason: bool = False) -> Callable[[Ask[Any]], Awaitable[Response]]:
    """The handler of a verb on the branch that the path names; `name` is the method of the queue."""

    async def handler(ask: Ask[Any]) -> Response:
        method: Callable[..., Awaitable[Answer]] = getattr(TicketQueue, name)
        reason = (ask.body.reason,) if with_reason else ()
        done = await method(ask.parts.queue, ask.caller, ask.branch.branch, *reason)
        assert done.facts is not None
        return answer(BranchAnswer(branch_view(done.facts), done.offset))

    return handler


def _door(verb: str, action: str, summary: str, body: Any = NoFields) -> Door:
    handler = branch_verb(action, with_reason=body is ReasonBody)
    return Door("POST", f"{BRANCH}/{verb}", handler, summary, action, BranchAnswer, body, tag="branches")


DOORS: tuple[Door, ...] = (
    _door("open", "open_branch", "Open the branch"),
    _door("close", "close_branch", "Close the branch"),
    _door("close-tickets", "close_tickets", "Give out no more tickets; those who wait are served"),
    _door("open-tickets", "open_tickets", "Give out tickets again"),
    _door("alarm", "alarm", "Air-raid alarm: pause or go on in the shelter, as the branch's policy says"),
    _door("all-clear", "all_clear", "The alarm is over: everything goes on where it stood"),
    _door("power-off", "power_off", "Power is lost: services that need it stop"),
    _door("power-on", "power_on", "Power is back"),
    _door("hold", "hold_branch", "Pause the branch for a reason", ReasonBody),
    _door("resume", "resume_branch", "End the pause"),
)
