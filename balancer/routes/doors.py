"""All doors of the API in one list, in the order in which the documents show them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from balancer.messages import BoardView, NoFields
from balancer.routes import (
    accuracy,
    advice,
    audit,
    branch,
    briefing,
    cities,
    desk,
    devices,
    drawing,
    estimates,
    guide,
    hall,
    incidents,
    intents,
    kiosk,
    kiosk_help,
    leases,
    live,
    me,
    overview,
    planner,
    push,
    reprint,
    supervisor,
    tickets,
)
from balancer.routes.board import board
from balancer.routes.door import CITY, Ask, Door

NARROW = {"service": "only branches that offer this service", "branch": "only these branches, by commas"}


def _by_request(
    handler: Callable[[Request], Awaitable[Response]],
) -> Callable[[Ask[NoFields]], Awaitable[Response]]:
    async def ask(asked: Ask[NoFields]) -> Response:
        return await handler(asked.request)

    ask.__name__ = handler.__name__
    return ask


BOARD: tuple[Door, ...] = (
    Door(
        "GET",
        CITY + "/board",
        _by_request(board),
        "Every branch as it is now",
        None,
        BoardView,
        open_origin=True,
        query=NARROW,
        tag="board",
    ),
    Door(
        "GET",
        CITY + "/live/events",
        _by_request(live.live_events),
        "The live frames as server-sent events",
        None,
        None,
        open_origin=True,
        query=NARROW,
        tag="board",
    ),
)

DOORS: tuple[Door, ...] = (
    cities.DOORS
    + me.DOORS
    + BOARD
    + drawing.DOORS
    + estimates.DOORS
    + accuracy.DOORS
    + advice.DOORS
    + intents.DOORS
    + tickets.DOORS
    + reprint.DOORS
    + leases.DOORS
    + kiosk.DOORS
    + kiosk_help.DOORS
    + guide.DOORS
    + push.DOORS
    + desk.DOORS
    + branch.DOORS
    + supervisor.DOORS
    + devices.DOORS
    + hall.DOORS
    + incidents.DOORS
    + planner.DOORS
    + audit.DOORS
    + briefing.DOORS
    + overview.DOORS
)
