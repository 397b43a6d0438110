"""The doors of the hall: what its display shows, and the leaflet for who reads by touch."""

from __future__ import annotations

import time

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from balancer.city.leaflet import leaflet
from balancer.live.hall_notices import ALARM_RULES
from balancer.live.hall_view import hall_view
from balancer.messages import NoFields
from balancer.messages.hall import HallView
from balancer.routes.access import address_of
from balancer.routes.door import BRANCH, Ask, Door, answer
from balancer.routes.parts import parts_of
from balancer.routes.problems import language_of as language_by_header
from balancer.wording.languages import language_of


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


async def leaflet_text(request: Request) -> Response:
    """`/hall/{branch}/leaflet.txt?lang=uk`: hours, standards and rights in short lines, to be embossed."""
    parts = parts_of(request)
    parts.limits.public_read(address_of(request, parts), time.monotonic())
    branch = parts.city.branch(request.path_params["branch"])
    language = language_of(request.query_params.get("lang")) or language_by_header(request.headers)
    text = leaflet(parts.city, branch, ALARM_RULES[branch.policy.air_raid].everywhere(), language)
    sent = {"cache-control": "public, max-age=300", "content-language": language, "vary": "Accept-Language"}
    return Response(text, headers=sent, media_type="text/plain; charset=utf-8")


ROUTES = [Route("/hall/{branch}/leaflet.txt", leaflet_text)]
