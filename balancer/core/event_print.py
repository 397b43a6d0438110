"""The log as an operator reads it: one line an event, in the branch's own time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from balancer.city.definition import City
from balancer.city.hours import rfc3339
from balancer.core.commands import read_definition
from balancer.core.connect import Store
from balancer.core.event_log import EpochChanged, EventLog
from balancer.errors import StoreUnavailable
from balancer.messages import Event

UTC = "UTC"
TROUBLE_SECONDS = 1.0


async def follow_events(
    store: Store, city_id: str, write: Callable[[str], None], *, follow: bool, since: int | None = None
) -> None:
    """Write every event after offset `since` (None: from the oldest that is kept, or with `follow` only new
    ones) as a line; with `follow` go on until cancelled. Refused("unknown_city") where there is no such
    city."""
    log = EventLog(store, city_id)
    head, oldest = (await log.snapshot()).offset, await log.oldest()
    start = since if since is not None else head if follow else oldest - 1
    if start < oldest - 1:
        write(f"events {start + 1} to {oldest - 1} are no longer kept")
    city, at = await read_definition(store, city_id), max(start, oldest - 1)
    while True:
        try:
            events = await log.read(at, block_ms=1000 if follow and at >= head else 0)
        except EpochChanged as change:
            write(f"the log begins anew: {change}")
            at = (await log.snapshot()).offset
            continue
        except StoreUnavailable as trouble:
            if not follow:
                raise
            write(str(trouble))
            await asyncio.sleep(TROUBLE_SECONDS)
            continue
        for event in events:
            at = event.offset
            if event.type == "city_applied":
                city = await read_definition(store, city_id)
            write(event_line(event, city))
        if not events and not follow:
            return


def event_line(event: Event, city: City | None) -> str:
    """Local time, offset, branch, number, what happened, desk, who did it, details."""
    branch = city.branch_by_id.get(event.branch or "") if city else None
    zone = branch.time_zone if branch else city.time_zone if city else UTC
    when = rfc3339(zone, event.at)[:19].replace("T", " ")
    ticket, desk = event.ticket, event.desk.desk if event.desk else None
    if desk is None and ticket is not None:
        desk = ticket.desk
    parts = [
        when,
        f"#{event.offset}",
        event.branch or "-",
        ticket.number if ticket else "-",
        event.type,
        f"desk {desk}" if desk else "",
        f"{event.was} → {ticket.state}" if ticket and event.was else "",
        f"from {event.moved_from}" if event.moved_from else "",
        f"by {event.actor}",
        *(f"{name}={value}" for name, value in event.detail.items()),
    ]
    return "  ".join(part for part in parts if part)
