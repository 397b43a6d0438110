"""`GET …/accuracy`: how good the waits were that the city has shown, from its archive. Made anew every few
minutes, whoever asks.
"""

from __future__ import annotations

from datetime import date

from starlette.responses import Response

from balancer.city.hours import local_day
from balancer.errors import BalancerError, wrong_field
from balancer.messages import NoFields
from balancer.messages.accuracy import AccuracyView
from balancer.routes.door import CITY, Ask, Door
from balancer.wording.reasons import WHOLE_NUMBER

CACHE = "public, max-age=300, stale-while-revalidate=3600, stale-if-error=86400"
USUAL_WEEKS, MOST_WEEKS = 4, 52


async def accuracy_of(ask: Ask[NoFields]) -> Response:
    """The report of the last weeks."""
    parts, weeks = ask.parts, _weeks(ask.request.query_params.get("weeks"))
    if parts.archiver is None:
        raise BalancerError("archive_off")
    today = date.fromisoformat(local_day(parts.city.time_zone, parts.clock.now_ms()))
    held = await parts.accuracy.of(parts.archiver, parts.city, today, weeks)
    return held.reply(ask.request.headers, "application/json", {"cache-control": CACHE})


def _weeks(text: str | None) -> int:
    if text is None:
        return USUAL_WEEKS
    weeks = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
    if not 1 <= weeks <= MOST_WEEKS:
        raise wrong_field("weeks", WHOLE_NUMBER, most=MOST_WEEKS)
    return weeks


DOORS: tuple[Door, ...] = (
    Door(
        "GET",
        CITY + "/accuracy",
        accuracy_of,
        "How good the waits were that were shown",
        None,
        AccuracyView,
        open_origin=True,
        query={"weeks": f"how many weeks back, 1 to {MOST_WEEKS}; without it {USUAL_WEEKS}"},
        tag="board",
    ),
)
