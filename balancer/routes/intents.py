"""The doors of a visitor on his way: announce, look at it, give it up. Anonymous; no place is kept."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from balancer.core.intent_views import intent_view
from balancer.core.repeats import is_repeat
from balancer.core.tokens import intent_secret, sender_mark, ticket_secret
from balancer.errors import BalancerError, wrong_field
from balancer.live.receiving import receiving
from balancer.messages import Answer, IntentState, NoFields
from balancer.messages.advice import IntentAnswer, IntentBody, IntentStatusAnswer
from balancer.routes.access import CITIZEN, address_of
from balancer.routes.door import CITY, INTENT, Ask, Door, answer
from balancer.routes.tickets import new_ticket_id
from balancer.wording import reasons

MINUTE_MS = 60_000
PROBLEM_OF = {"closed": "branch_closed", "closing_too_soon": "branch_closed", "paused": "branch_paused"}


async def announce(ask: Ask[IntentBody]) -> Response:
    """Somebody is on the way. `wait` is the one expected at his arrival, also in a repeat."""
    parts, body = ask.parts, ask.body
    parts.feed.require_fresh()
    now, arrives = parts.clock.now_ms(), _arrives(ask)
    branch, service = parts.city.public_branch(body.branch), parts.city.service(body.service)
    reason = receiving(parts.feed.picture.board.branch(branch.branch), service, now, arrives).reason
    if reason is not None and not await is_repeat(parts.store.writer, parts.queue.keys, ask.caller):
        raise BalancerError(PROBLEM_OF.get(reason, reason), service=body.service)
    queue = branch.queue_of(body.service)
    citizen = ask.who.role == CITIZEN
    announced = await parts.queue.announce(
        ask.caller,
        branch.branch,
        service.service,
        arrives,
        quote=parts.feed.wait_at(branch.branch, queue.queue, arrives) if queue else None,
        sender=sender_mark(parts.city_key, address_of(ask.request, parts)) if citizen else None,
        most=parts.settings.intents_per_address if citizen else None,
        intent_id=new_ticket_id(),
    )
    intent = _known(announced)
    place = f"{CITY.format(city=parts.city.city)}/intents/{intent.id}"
    secret = intent_secret(parts.city_key, intent.id)
    view = intent_view(intent, parts.city)
    return answer(IntentAnswer(view, secret, announced.offset), 201, {"location": place})


def _arrives(ask: Ask[IntentBody]) -> int:
    """City ms of the arrival, said in one of three ways; not in the past, not beyond the branch's horizon."""
    body, city, now = ask.body, ask.parts.city, ask.parts.clock.now_ms()
    policy = city.public_branch(body.branch).policy
    from_place = body.lat is not None or body.lon is not None
    if (body.minutes is not None) + (body.arrival is not None) + from_place != 1:
        raise wrong_field("minutes", reasons.ONE_ARRIVAL)
    if body.arrival is not None:
        field, arrives = "arrival", round(body.arrival.timestamp() * 1000)
    elif body.minutes is not None:
        field, arrives = "minutes", now + round(body.minutes * MINUTE_MS)
    elif body.lat is None or body.lon is None:
        raise wrong_field("lat" if body.lat is None else "lon", reasons.NEEDED)
    else:
        trip = city.trips(body.mode, body.lat, body.lon)[body.branch]
        field, arrives = "lat", now + round(trip.minutes * MINUTE_MS)
    horizon = policy.intent_horizon_minutes
    if not now - MINUTE_MS <= arrives <= now + horizon * MINUTE_MS:
        raise wrong_field(field, reasons.ARRIVAL_WITHIN, minutes=horizon)
    return max(arrives, now)


async def read_intent(ask: Ask[NoFields]) -> Response:
    """An intent as it is now, for whoever holds its secret; once it is kept, the way to its ticket."""
    return _status(ask, await ask.parts.queue.read_intent(ask.intent), ask.parts.feed.offset)


async def cancel_intent(ask: Ask[NoFields]) -> Response:
    """The visitor will not come after all."""
    done = await ask.parts.queue.cancel_intent(ask.caller, ask.intent)
    return _status(ask, _known(done), done.offset)


def _status(ask: Ask[Any], intent: IntentState, offset: int) -> Response:
    kept = ask.holds_secret and intent.state == "kept" and intent.ticket is not None
    secret = ticket_secret(ask.parts.city_key, intent.ticket or "") if kept else None
    view = intent_view(intent, ask.parts.city)
    return answer(IntentStatusAnswer(view, secret, offset), headers={"vary": "Authorization"})


def _known(done: Answer) -> IntentState:
    """The intent of an answer that always has one."""
    assert done.intent is not None
    return done.intent


DOORS: tuple[Door, ...] = (
    Door(
        "POST",
        CITY + "/intents",
        announce,
        "I am on my way",
        "announce",
        IntentAnswer,
        IntentBody,
        status=201,
        open_origin=True,
        tag="advice",
    ),
    Door(
        "GET",
        INTENT,
        read_intent,
        "One's own intent, by its secret",
        "read_intent",
        IntentStatusAnswer,
        open_origin=True,
        tag="advice",
    ),
    Door(
        "POST",
        INTENT + "/cancel",
        cancel_intent,
        "I am not coming after all, by the intent's secret",
        "cancel_intent",
        IntentStatusAnswer,
        NoFields,
        open_origin=True,
        tag="advice",
    ),
)
