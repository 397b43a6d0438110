"""At start, what the archive knows of the last weeks teaches the estimates, while the process serves already.

The rows are read and turned into lessons in the archive's own thread, and taken in a few milliseconds at a
time. Without an archive the estimates know what the log still holds.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from balancer.city.hours import local_day
from balancer.errors import BalancerError
from balancer.live.lessons import DeskLesson, LegLesson, teach
from balancer.routes.parts import Parts
from predictors.conformal import Quantiles

if TYPE_CHECKING:
    from sqlalchemy import Engine

log = logging.getLogger("balancer.live")

DAYS = 28
MOST_LEGS = 100_000
MINUTE_MS, DAY_MS = 60_000, 86_400_000
ASK_AGAIN_SECONDS = 1.0
REST_SECONDS = 0.01
COLUMNS = (
    "branch", "queue", "service", "leg", "state", "outcome", "joined", "called", "walk_ms", "service_ms",
    "wait_ms", "head_start_ms", "alarmed", "first_p10", "first_p50", "first_p90",
)  # fmt: skip


async def learn_former_days(parts: Parts) -> int:
    """Teach the estimates; how many lessons they took. Waits for the archive to open, as long as it takes."""
    archiver = parts.archiver
    if archiver is None:
        return 0
    estimates = parts.feed.picture.estimates
    now = parts.clock.now_ms()
    before = now if estimates.taught_from is None else estimates.taught_from
    today = date.fromisoformat(local_day(parts.city.time_zone, now))
    city = parts.city.city
    while True:
        try:
            legs, desks = await archiver.read(lambda engine: lessons_of(engine, city, today))
            break
        except BalancerError:
            await asyncio.sleep(ASK_AGAIN_SECONDS)
    taught = 0
    for count in teach(estimates.learning, legs, desks, before):
        taught = count
        await asyncio.sleep(REST_SECONDS)
    log.info("learned from the archive", extra={"lessons": taught, "days": DAYS})
    return taught


def lessons_of(engine: Engine, city: str, today: date) -> tuple[list[LegLesson], list[DeskLesson]]:
    """The legs of the last weeks, the latest first, and what the desks did, in order of time."""
    from balancer.archive.visits import desk_spans, leg_columns

    since = today - timedelta(days=DAYS)
    columns = leg_columns(engine, city, since, today, columns=COLUMNS)
    rows = zip(*(columns[name].tolist() for name in COLUMNS), strict=True)
    legs = [_leg(dict(zip(COLUMNS, row, strict=True))) for row in rows]
    since_ms = (since - date(1970, 1, 1)).days * DAY_MS
    spans = desk_spans(engine, city, since_ms, since_ms + (DAYS + 2) * DAY_MS)
    desks = [DeskLesson(each.branch, each.desk, each.since, each.state == "open") for each in spans]
    return legs[::-1][:MOST_LEGS], sorted(desks, key=lambda each: each.at)


def _leg(row: dict[str, Any]) -> LegLesson:
    """A row of the archive; NaN and "" stand for what is not there."""
    shown = Quantiles(row["first_p10"], row["first_p50"], row["first_p90"])
    first = row["leg"] == 0
    waited = _minutes(row["wait_ms"]) if first and not row["alarmed"] else None
    served = row["state"] == "done" and row["outcome"] != "no_show"
    return LegLesson(
        branch=row["branch"],
        queue=row["queue"],
        service=row["service"],
        at=int(row["joined"]),
        first=first,
        minutes=_minutes(row["service_ms"]) if served else None,
        walk=_minutes(row["walk_ms"]),
        missed=row["outcome"] == "no_show",
        head_start=row["head_start_ms"] / MINUTE_MS,
        shown=shown if shown.p90 > 1.0 else None,
        waited=waited,
    )


def _minutes(spent_ms: float) -> float | None:
    """Minutes of a span; None for NaN."""
    return None if spent_ms != spent_ms else spent_ms / MINUTE_MS
