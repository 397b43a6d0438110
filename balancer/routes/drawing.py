"""The doors of the board as it is drawn for readers: the widget asks for it when something on it is no
longer true.
"""

from __future__ import annotations

import asyncio
from typing import get_args

import msgspec
from starlette.datastructures import Headers, QueryParams
from starlette.responses import Response

from balancer.city.catalogue import Facility
from balancer.city.definition import City
from balancer.city.hours import rfc3339
from balancer.drawn.asking import found_services
from balancer.drawn.board import draw_board, opened_in, order_of
from balancer.drawn.drawing import BoardDrawing, FoundServices, Seen
from balancer.drawn.question import Question, mode_named, need_of, opened_of, place_of
from balancer.drawn.saying import Saying
from balancer.drawn.standings import Standing, Trip
from balancer.errors import wrong_field
from balancer.messages import NoFields
from balancer.routes.access import ANYBODY, address_of
from balancer.routes.asked_times import times_of
from balancer.routes.caching import Held
from balancer.routes.cities import LONGEST_QUERY, MOST_FOUND
from balancer.routes.door import CITY, Ask, Door
from balancer.routes.drawings import Draw, Mark
from balancer.routes.parts import Parts
from balancer.telemetry import ONLINE_CLICKS
from balancer.wording import reasons
from balancer.wording.languages import Language, language_of

FARTHEST_MINUTES = 360.0
MINUTE_MS = 60_000
FOR_ALL = "public, max-age=1, stale-if-error=60"
FOR_ONE = "no-store"
FOR_SEARCH = "public, max-age=60, stale-while-revalidate=600"


async def drawing(ask: Ask[NoFields]) -> Response:
    """The board for one question, in elements and words."""
    parts, drawings = ask.parts, ask.parts.drawings
    question = question_of(ask.request.query_params, parts.city)
    parts.feed.require_fresh()
    now = asyncio.get_running_loop().time()
    parts.feed.pace.asked(now)
    mark = mark_of(parts)
    held = drawings.find(question, mark)
    if held is None:
        if ask.who is ANYBODY and question not in drawings:
            parts.limits.new_drawing(address_of(ask.request, parts), now)
        held = await drawings.make(question, mark, lambda: _prepare(parts, question))
    return reply(held, ask.request.headers, for_all=question.place is None)


def reply(held: Held, headers: Headers, *, for_all: bool) -> Response:
    """The drawing, or 304 to who has it; caches may keep what is for all."""
    kept = FOR_ALL if for_all else FOR_ONE
    return held.reply(headers, "application/json", {"cache-control": kept})


def mark_of(parts: Parts) -> Mark:
    """What a drawing made now is made from."""
    feed = parts.feed
    return Mark(feed.epoch, feed.pace.states, feed.picture.generation, feed.picture.as_of // MINUTE_MS)


async def _prepare(parts: Parts, question: Question) -> Draw:
    """Gather what a drawing is made from; what it gives draws it."""
    seen = _seen(parts, question)
    order, absent = order_of(seen, question, parts.drawings.steady)
    opened = opened_in(question, order)
    await _look_ahead(parts, seen, [each for each in order if each.branch.branch in opened])

    def draw() -> BoardDrawing:
        drawn = draw_board(seen, question, order, absent)
        drawn.spread_ms = parts.feed.spread_ms()
        return drawn

    return draw


def question_of(query: QueryParams, city: City) -> Question:
    """The question in the address. Raises `invalid_field`, `unknown_service`, `unknown_branch`."""
    service, branch = query.get("service") or None, query.get("branch") or None
    times = times_of(query.get("at") or None, "at")
    try:
        place = place_of(query.get("place"))
    except ValueError:
        raise wrong_field("place", reasons.PLACE) from None
    try:
        need = need_of(query.get("need"))
    except ValueError:
        known = ", ".join(get_args(Facility))
        raise wrong_field("need", reasons.ONE_OF, known=known) from None
    return Question(
        language=_language(query),
        service=None if service is None else city.service(service).service,
        branch=None if branch is None else city.branch(branch).branch,
        place=place,
        mode="transit" if place is None else mode_named(query.get("mode")),
        by_door=place is None or query.get("sort") != "wait",
        opened=_opened(city, query),
        at=times[0] if times else None,
        on_map=query.get("view") == "map",
        need=need,
    )


def _opened(city: City, query: QueryParams) -> tuple[str, ...] | None:
    """Only branches that there are, in one order: nobody makes up questions without end."""
    opened = opened_of(query.get("opened"))
    return None if opened is None else tuple(each for each in city.public_branches if each in set(opened))


def _language(query: QueryParams) -> Language:
    return language_of(query.get("lang")) or "uk"


def _seen(parts: Parts, question: Question) -> Seen:
    picture, city = parts.feed.picture, parts.city
    frames = {each.branch: picture.frame(each.branch) for each in city.branches if each.is_public}
    as_of = rfc3339(city.time_zone, picture.as_of)
    trips = _trips(parts, question, picture.as_of)
    return Seen(city, frames, parts.feed.epoch, parts.feed.offset, picture.as_of, as_of, trips)


def _trips(parts: Parts, question: Question, now: int) -> dict[str, Trip]:
    """The way from the reader's place, and the wait at its end."""
    if question.place is None or question.service is None:
        return {}
    found = {}
    for branch, trip in parts.city.trips(question.mode, *question.place).items():
        queue = parts.city.branch(branch).queue_of(question.service)
        if queue is not None and trip.minutes <= FARTHEST_MINUTES:
            arrives = now + round(trip.minutes * MINUTE_MS)
            found[branch] = Trip(trip.minutes, parts.feed.wait_at(branch, queue.queue, arrives))
    return found


async def _look_ahead(parts: Parts, seen: Seen, opened: list[Standing]) -> None:
    """Later waits of the rows that are open."""
    for standing in opened:
        if standing.queue is not None and standing.group == "open":
            view = await parts.feed.ahead(standing.branch.branch)
            seen.ahead[standing.branch.branch] = view.queue(standing.queue.queue, None)


async def find_services(ask: Ask[NoFields]) -> Response:
    """The options that fit what is typed (`q`); all of them, in their groups, where nothing is."""
    query, city = ask.request.query_params, ask.parts.city
    typed, language = query.get("q", "").strip(), _language(query)
    if len(typed) > LONGEST_QUERY or not typed.isprintable():
        raise wrong_field("q", reasons.LONG_OR_UNREADABLE)
    found = city.search(typed, language)[:MOST_FOUND] if typed else city.services
    saying = Saying(language, city, ask.parts.feed.picture.as_of)
    options = found_services(saying, found, query.get("service"), grouped=not typed)
    view = FoundServices(len(found), str(saying.count(saying.words.found, len(found))), options)
    return Held(msgspec.json.encode(view)).reply(
        ask.request.headers, "application/json", {"cache-control": FOR_SEARCH}
    )


async def go_online(ask: Ask[NoFields]) -> Response:
    """Somebody goes to a service's online form: counted by service, nothing else is known of him."""
    service = ask.parts.city.service(ask.request.path_params["service"])
    ONLINE_CLICKS.labels(service.service).inc()
    return Response(status_code=204)


QUESTION = {
    "lang": "uk, en, or a further language of the city",
    "service": "what one comes for",
    "branch": "this branch alone",
    "place": "where one is, degrees like 50.0,36.2; kept nowhere",
    "mode": "walk, transit or car",
    "need": "only branches that have this facility, like card_payment",
    "sort": "wait: the way does not count in the order",
    "opened": "branches whose details are wanted, by commas; - for none",
    "at": "when one might come, like 14:30",
    "view": "map: that is what a narrow screen shows",
}

BOARD_DRAWING = Door(
    "GET",
    CITY + "/board/drawing",
    drawing,
    "The board drawn for a reader, in elements and words",
    None,
    BoardDrawing,
    open_origin=True,
    query=QUESTION,
    tag="board",
)

DOORS: tuple[Door, ...] = (
    BOARD_DRAWING,
    Door(
        "GET",
        CITY + "/board/services",
        find_services,
        "Services to choose from, drawn",
        None,
        FoundServices,
        open_origin=True,
        query={
            "q": "what somebody types",
            "lang": "uk, en, or a further language of the city",
            "service": "the one chosen",
        },
        tag="board",
    ),
    Door(
        "POST",
        CITY + "/services/{service}/online",
        go_online,
        "Count a visit to a service's online form",
        None,
        None,
        status=204,
        open_origin=True,
        tag="board",
    ),
)
