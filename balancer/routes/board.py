"""`GET …/board`: the whole public picture, cheap enough for a crowd and for a CDN in front of it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from balancer.routes.caching import is_known
from balancer.routes.parts import parts_of

CACHE_CONTROL = "public, max-age=1, stale-while-revalidate=10, stale-if-error=60"


async def board(request: Request) -> Response:
    """The board, narrowed by `?service=` and `?branch=`; 304 where the reader has this state already."""
    query = request.query_params
    body, etag = parts_of(request).feed.board_view(query.get("service"), query.get("branch"))
    headers = {"cache-control": CACHE_CONTROL, "etag": etag}
    if is_known(request.headers, etag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")
