"""The door of the head of a centre: everything about one branch's day at once."""

from __future__ import annotations

from starlette.responses import Response

from balancer.city.hours import rfc3339
from balancer.live.supervision import supervision
from balancer.messages import NoFields
from balancer.messages.supervisor import SupervisionView
from balancer.routes.door import BRANCH, Ask, Door, answer
from balancer.routes.kiosk_help import open_help
from balancer.routes.parts import Parts


async def view(ask: Ask[NoFields]) -> Response:
    """The measures of the day, what needs a decision, every desk and device."""
    parts, branch = ask.parts, ask.branch
    parts.feed.require_fresh()
    found = await parts.devices.of_branch(branch.branch)
    devices = [parts.devices.view(each, branch.time_zone) for each in found]
    asked = await open_help(parts, branch.branch)
    ahead = await parts.feed.foreseen(branch.branch)
    picture = parts.feed.picture
    return answer(
        supervision(
            picture.day(branch.branch),
            picture.measures_of(branch.branch),
            ahead,
            picture.estimates,
            devices,
            feed_silent_since(parts, branch.time_zone),
            parts.feed.offset,
            asked,
        )
    )


def feed_silent_since(parts: Parts, time_zone: str) -> str | None:
    """Since when the alarm feed has told nothing; None where there is none, or all is well."""
    trouble = None if parts.alarms is None else parts.alarms.trouble()
    return None if trouble is None else rfc3339(time_zone, trouble.good_at or trouble.since)


DOORS: tuple[Door, ...] = (
    Door(
        "GET",
        BRANCH + "/supervision",
        view,
        "A branch's day for its head: measures, decisions, desks, devices",
        "read_supervision",
        SupervisionView,
        tag="branches",
    ),
)
