"""The doors beside one's own ticket: what to bring and to know, and its entry for a calendar."""

from __future__ import annotations

from starlette.responses import Response

from balancer.core.guide_view import Besides, guide_view
from balancer.errors import BalancerError
from balancer.messages import NoFields, TicketState, TicketStatus
from balancer.messages.guide import GuideTrip, GuideView
from balancer.notices.calendar_entry import calendar_entry
from balancer.routes.advice import degrees, mode_of
from balancer.routes.asked_times import minutes_of
from balancer.routes.door import TICKET, Ask, Door, answer
from balancer.routes.problems import language_of as language_by_header
from balancer.routes.tickets import check_scope, find
from balancer.wording.languages import language_of


async def guide(ask: Ask[NoFields]) -> Response:
    """What the ticket's holder should know, as of its present version. With `?lat=&lon=&mode=` also how long
    the way from there takes; the place is kept nowhere.
    """
    parts = ask.parts
    ticket, _ = await find(ask)
    await check_scope(ask, ticket, "read_guide")
    push_key = parts.pushing.web_push.public_key if parts.pushing else None
    besides = Besides(parts.clock.now_ms(), parts.feed.offset, _trip(ask, ticket), push_key)
    facts = parts.feed.picture.board.branch(ticket.branch).facts
    view = guide_view(ticket, parts.city, facts, besides)
    return answer(view, headers={"vary": "Authorization"})


def _trip(ask: Ask[NoFields], ticket: TicketState) -> GuideTrip | None:
    given = ask.request.query_params
    if "lat" not in given and "lon" not in given:
        return None
    mode = mode_of(given.get("mode"))
    lat, lon = degrees(given.get("lat"), "lat", 90.0), degrees(given.get("lon"), "lon", 180.0)
    trip = ask.parts.city.trips(mode, lat, lon)[ticket.branch]
    return GuideTrip(mode, round(trip.minutes, 1), round(trip.km, 1))


async def calendar(ask: Ask[NoFields]) -> Response:
    """The expected call as an iCalendar file in the city's time zone, with an alarm for when to set out."""
    parts = ask.parts
    travel = minutes_of(ask.request.query_params.get("travel"), "travel")
    ticket, _ = await find(ask)
    await check_scope(ask, ticket, "read_calendar")
    wait = parts.feed.wait_of(ticket)[0] if ticket.state is TicketStatus.WAITING else None
    if wait is None:
        raise BalancerError("wait_unknown")
    asked = ask.request.query_params.get("lang")
    language = language_of(asked) or language_by_header(ask.request.headers)
    body = calendar_entry(ticket, parts.city, wait, travel, parts.clock.now_ms(), language)
    headers = {
        "cache-control": "no-store",
        "content-disposition": f'attachment; filename="{ticket.number}.ics"',
        "vary": "Authorization, Accept-Language",
    }
    return Response(body, 200, headers, "text/calendar; charset=utf-8")


DOORS: tuple[Door, ...] = (
    Door(
        "GET",
        TICKET + "/guide",
        guide,
        "What to bring and to know, by the ticket's secret",
        "read_guide",
        GuideView,
        open_origin=True,
        query={
            "lat": "latitude of a place, for how long the way from there takes",
            "lon": "its longitude",
            "mode": "walk, transit or car; transit without it",
        },
        tag="tickets",
    ),
    Door(
        "GET",
        TICKET + "/calendar",
        calendar,
        "The expected call as an entry for a calendar, by the ticket's secret",
        "read_calendar",
        None,
        query={
            "travel": "minutes to the branch: the alarm then says when to leave",
            "lang": "uk, en, or a further language of the city",
        },
        tag="tickets",
    ),
)
