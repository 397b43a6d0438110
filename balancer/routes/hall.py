"""The doors of the hall: what its display shows, and the leaflet for who reads by touch."""

from __future__ import annotations

from starlette.responses import Response

from balancer.live.hall_view import hall_view
from balancer.messages import HallView, NoFields
from balancer.routes.door import BRANCH, Ask, Door, answer


async def hall(ask: Ask[NoFields]) -> Response:
    """All that the display of the branch shows."""
    feed, branch = ask.parts.feed, ask.branch.branch
    feed.require_fresh()
    picture = feed.picture
    picture.bring_up_to_date(branch)
    waits = {queue.queue: queue.wait for queue in picture.frame(branch).queues}
    people = picture.measures_of(branch).hall
    return answer(hall_view(picture.board, branch, waits, people, picture.as_of))


DOORS: tuple[Door, ...] = (
    Door(
        "GET", BRANCH + "/hall", hall, "All that a hall display shows", "read_hall", HallView, tag="branches"
    ),
)
