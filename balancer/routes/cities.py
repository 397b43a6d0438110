"""What anybody may read of a city: which there are, its public definition, a search among its services."""

from __future__ import annotations

import msgspec
from starlette.datastructures import Headers
from starlette.responses import Response

from balancer.city.staff_view import staff_definition
from balancer.errors import wrong_field
from balancer.messages import CityEntry, CityList, NoFields, ServiceEntry, ServiceList
from balancer.routes.access import CITIZEN
from balancer.routes.caching import etag_of, is_known
from balancer.routes.door import API, CITY, Ask, Door, answer
from balancer.routes.problems import language_of
from balancer.wording.reasons import LONG_OR_UNREADABLE

CACHE = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
LONGEST_QUERY = 100
MOST_FOUND = 50


async def cities(ask: Ask[NoFields]) -> Response:
    """The cities of this server."""
    city = ask.parts.city
    entry = CityEntry(city.city, city.name, CITY.format(city=city.city))
    return cached(msgspec.json.encode(CityList([entry])), ask.request.headers)


async def definition(ask: Ask[NoFields]) -> Response:
    """The definition of a city, which changes only when a new one is applied: the public one, or, for whoever
    brings a token, the one of the staff.
    """
    parts, who = ask.parts, ask.who
    if who.role != CITIZEN:
        found = staff_definition(parts.city, who.role, who.branch)
        return answer(found, headers={"vary": "Authorization"})
    sent = {"cache-control": CACHE, "vary": "Authorization"}
    return parts.public.of(parts.city).reply(ask.request.headers, "application/json", sent)


async def services(ask: Ask[NoFields]) -> Response:
    """Services by what somebody types (`q`, in either language), best first; without `q`, all of them."""
    city, query = ask.parts.city, ask.request.query_params.get("q", "").strip()
    if len(query) > LONGEST_QUERY or not query.isprintable():
        raise wrong_field("q", LONG_OR_UNREADABLE)
    found = city.search(query, language_of(ask.request.headers))[:MOST_FOUND] if query else city.services
    entries = [
        ServiceEntry(
            each.service,
            each.name,
            each.category,
            each.needs_power,
            [branch.branch for branch in city.branches_offering(each.service) if branch.is_public],
        )
        for each in found
    ]
    return cached(msgspec.json.encode(ServiceList(entries)), ask.request.headers, vary="Accept-Language")


def cached(body: bytes, headers: Headers, *, vary: str | None = None) -> Response:
    """JSON with an ETag, or 304 where the client has it already."""
    etag = etag_of(body)
    sent = {"etag": etag, "cache-control": CACHE, **({"vary": vary} if vary else {})}
    if is_known(headers, etag):
        return Response(status_code=304, headers=sent)
    return Response(body, 200, sent, "application/json")


DOORS: tuple[Door, ...] = (
    Door("GET", API + "/cities", cities, "The cities of this server", None, CityList, open_origin=True),
    Door("GET", CITY, definition, "A city's public definition", None, dict, open_origin=True),
    Door(
        "GET",
        CITY + "/services",
        services,
        "Search among services",
        None,
        ServiceList,
        open_origin=True,
        query={"q": "what somebody types, in Ukrainian or English"},
    ),
)
