"""The doors of Web Push: a browser asks for notices of one ticket, by its secret, and lets them go again."""

from __future__ import annotations

from starlette.responses import Response

from balancer.core.push_book import Subscription
from balancer.errors import BalancerError, wrong_field
from balancer.messages.push import PushAnswer, PushBody, PushStopBody
from balancer.notices.starting import Pushing
from balancer.notices.web_push import keys_of
from balancer.routes.door import TICKET, Ask, Door, answer
from balancer.routes.tickets import check_scope, find
from balancer.wording import reasons


async def push(ask: Ask[PushBody]) -> Response:
    """Notices for one browser: when to leave, when called. The same again only brings what is new."""
    pushing, body = _pushing(ask), ask.body
    ticket, _ = await find(ask)
    await check_scope(ask, ticket, "push")
    if not pushing.web_push.reaches(body.endpoint):
        raise wrong_field("endpoint", reasons.PUSH_SERVICE)
    try:
        keys_of(body.keys.p256dh, body.keys.auth)
    except ValueError:
        raise wrong_field("keys", reasons.PUSH_KEYS) from None
    wish = Subscription(body.endpoint, body.keys.p256dh, body.keys.auth, body.language, body.travel)
    if not await pushing.book.add(ticket.id, wish):
        raise wrong_field("endpoint", reasons.PUSH_MANY)
    return answer(PushAnswer(ticket.id, True, ask.parts.feed.offset))


async def push_stop(ask: Ask[PushStopBody]) -> Response:
    """No more notices for that browser."""
    pushing = _pushing(ask)
    await pushing.book.drop(ask.ticket, ask.body.endpoint)
    left = await pushing.book.of(ask.ticket)
    return answer(PushAnswer(ask.ticket, bool(left), ask.parts.feed.offset))


def _pushing(ask: Ask[PushBody] | Ask[PushStopBody]) -> Pushing:
    if ask.parts.pushing is None:
        raise BalancerError("push_off")
    return ask.parts.pushing


DOORS: tuple[Door, ...] = (
    Door(
        "POST",
        TICKET + "/push",
        push,
        "Ask for notices of one's own ticket, by its secret",
        "push",
        PushAnswer,
        PushBody,
        tag="tickets",
    ),
    Door(
        "POST",
        TICKET + "/push-stop",
        push_stop,
        "No more notices, by the ticket's secret",
        "push_stop",
        PushAnswer,
        PushStopBody,
        tag="tickets",
    ),
)
