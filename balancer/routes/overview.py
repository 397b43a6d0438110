"""The door of the city view: every branch by the same measures."""

from __future__ import annotations

import asyncio

from starlette.responses import Response

from balancer.city.hours import rfc3339
from balancer.live.alerts import Watch, alerts
from balancer.live.overview import branch_overview, city_sums
from balancer.live.supervision import remaining
from balancer.messages import NoFields
from balancer.messages.overview import BranchOverview, OverviewView
from balancer.routes.door import CITY, Ask, Door, answer
from balancer.routes.parts import Parts
from balancer.routes.supervisor import feed_silent_since


async def overview(ask: Ask[NoFields]) -> Response:
    """All branches, those in training too, marked; the sums are of the live ones."""
    parts = ask.parts
    parts.feed.require_fresh()
    picture, city = parts.feed.picture, parts.city
    rows, days = [], []
    for branch in city.branches:
        days.append(picture.day(branch.branch))
        rows.append(await _row(parts, branch.branch))
        await asyncio.sleep(0)  # a large city must not keep others waiting
    now = rfc3339(city.time_zone, parts.clock.now_ms())
    return answer(OverviewView(city.city, rows, city_sums(city, days, rows), parts.feed.offset, now))


async def _row(parts: Parts, branch: str) -> BranchOverview:
    picture, zone = parts.feed.picture, parts.city.branch(branch).time_zone
    measures, day = picture.measures_of(branch), picture.day(branch)
    devices = [parts.devices.view(each, zone) for each in await parts.devices.of_branch(branch)]
    watch = Watch(
        day, remaining(day, picture.estimates), measures.hall, devices, feed_silent_since(parts, zone)
    )
    return branch_overview(day, measures, len(alerts(watch)))


DOORS: tuple[Door, ...] = (
    Door(
        "GET",
        CITY + "/overview",
        overview,
        "Every branch's day beside the others",
        "read_overview",
        OverviewView,
        tag="city",
    ),
)
