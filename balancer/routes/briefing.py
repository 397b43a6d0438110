"""`GET …/briefing`: a past day on one page, from the archive."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from starlette.responses import Response

from balancer.city.hours import local_day
from balancer.errors import BalancerError, wrong_field
from balancer.messages import NoFields
from balancer.messages.briefing import BriefingView
from balancer.routes.access import check_access
from balancer.routes.door import CITY, Ask, Door, answer
from balancer.wording.reasons import PAST_DAY

if TYPE_CHECKING:
    from sqlalchemy import Engine

QUERY = {
    "day": "YYYY-MM-DD, a day that is over or today; without it the last working day",
    "branch": "one branch; without it the whole city (a supervisor: his own)",
}


async def briefing(ask: Ask[NoFields]) -> Response:
    """The day of the city or of one branch; a supervisor's own branch only."""
    parts, given = ask.parts, ask.request.query_params
    branch = given.get("branch") or ask.who.branch
    check_access(ask.who, "read_briefing", branch)
    chosen = [parts.city.branch(branch)] if branch else list(parts.city.public_branches.values())
    if parts.archiver is None:
        raise BalancerError("archive_off")
    today = date.fromisoformat(local_day(parts.city.time_zone, parts.clock.now_ms()))
    day = _day(given.get("day"), today)

    def look(engine: Engine) -> BriefingView:
        from balancer.archive.briefing import briefing, last_working_day  # with SQLAlchemy: not before

        return briefing(engine, parts.city, day or last_working_day(chosen, today), branch)

    return answer(await parts.archiver.read(look))


def _day(text: str | None, today: date) -> date | None:
    """The day asked for, None where none was; `invalid_field` for anything but a day up to today."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text) if len(text) == len("2026-11-23") else None
    except ValueError:
        day = None
    if day is None or day > today:
        raise wrong_field("day", PAST_DAY)
    return day


DOORS: tuple[Door, ...] = (
    Door(
        "GET",
        CITY + "/briefing",
        briefing,
        "A past day on one page",
        "read_briefing",
        BriefingView,
        query=QUERY,
        tag="city",
    ),
)
