"""The door of advice: which branch to go to, from where one is, for a service."""

from __future__ import annotations

import math
import secrets
from datetime import datetime

from starlette.datastructures import QueryParams
from starlette.responses import Response

from balancer.city.travel import MODES, Mode
from balancer.errors import wrong_field
from balancer.live.advice import Asked, advise
from balancer.live.advice_words import FACILITIES
from balancer.messages import NoFields
from balancer.messages.advice import AdviceView
from balancer.routes.door import CITY, Ask, Door, answer
from balancer.wording import reasons

SECOND_MS = 1000
PAST_SECONDS = 120
AHEAD_DAYS = 7
DAY_MS = 24 * 60 * 60 * SECOND_MS


async def advice(ask: Ask[NoFields]) -> Response:
    """Branches best first for who asks from `lat`, `lon`, and those left out; nothing of it is kept."""
    parts, query = ask.parts, ask.request.query_params
    city, now = parts.city, parts.clock.now_ms()
    service = city.service(_given(query, "service"))
    lat, lon = degrees(query.get("lat"), "lat", 90.0), degrees(query.get("lon"), "lon", 180.0)
    mode = mode_of(query.get("mode"))
    asked = Asked(service, mode, _leaves(query.get("at"), now), _facilities(query.get("facilities")))
    parts.feed.require_fresh()
    view = advise(
        city,
        [load for load in parts.feed.picture.board.branches() if load.branch.is_public],
        asked,
        city.trips(mode, lat, lon),
        parts.feed.wait_at,
        now=now,
        seed=None if query.get("announce") == "yes" else secrets.randbits(64),
    )
    return answer(view)


def mode_of(text: str | None) -> Mode:
    """A way of getting about; public transport where none is named."""
    if text is None:
        return "transit"
    if text not in MODES:
        known = ", ".join(MODES)
        raise wrong_field("mode", reasons.ONE_OF, known=known)
    return text


def degrees(text: str | None, field: str, most: float) -> float:
    """Degrees between -most and most."""
    try:
        found = float(text) if text is not None else None
    except ValueError:
        found = math.nan
    if found is None:
        raise wrong_field(field, reasons.NEEDED)
    if not -most <= found <= most:
        raise wrong_field(field, reasons.DEGREES, most=f"{most:g}")
    return found


def _given(query: QueryParams, field: str) -> str:
    text = query.get(field)
    if not text:
        raise wrong_field(field, reasons.NEEDED)
    return text


def _leaves(text: str | None, now: int) -> int:
    """City ms at which the visitor sets out; now without `at`. A plus sign may have come as a blank."""
    if text is None:
        return now
    try:
        at = datetime.fromisoformat(text.replace(" ", "+"))
        leaves = round(at.timestamp() * SECOND_MS) if at.tzinfo else None
    except (ValueError, OverflowError):
        leaves = None
    if leaves is None:
        raise wrong_field("at", reasons.INSTANT)
    if not now - PAST_SECONDS * SECOND_MS <= leaves <= now + AHEAD_DAYS * DAY_MS:
        raise wrong_field("at", reasons.DAYS_AHEAD, days=AHEAD_DAYS)
    return max(leaves, now)


def _facilities(text: str | None) -> frozenset[str]:
    """What the visitor needs there, by commas."""
    wanted = frozenset(part.strip() for part in (text or "").split(",")) - {""}
    if not wanted <= FACILITIES.keys():
        known = ", ".join(FACILITIES)
        raise wrong_field("facilities", reasons.ONE_OF, known=known)
    return wanted


DOORS: tuple[Door, ...] = (
    Door(
        "GET",
        CITY + "/advice",
        advice,
        "Where to go: branches by travel and wait at arrival",
        None,
        AdviceView,
        open_origin=True,
        query={
            "service": "what one comes for",
            "lat": "where one is, degrees",
            "lon": "where one is, degrees",
            "mode": "walk, transit (default) or car",
            "at": "when one sets out, RFC 3339; now without it",
            "facilities": f"what one needs there, by commas: {', '.join(FACILITIES)}",
            "announce": "yes: an intent follows at once, so near ties need not be shared out by chance",
        },
        tag="advice",
    ),
)
