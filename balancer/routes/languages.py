"""Further languages as pages ask for them, beside their other files: `/pages/languages/<language>.json`, and
which ones this city offers.
"""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from balancer.routes.caching import Held
from balancer.routes.parts import parts_of

KEPT = {"cache-control": "no-cache", "access-control-allow-origin": "*"}


async def offered(request: Request) -> Response:
    """The city's languages under their own names, in its order."""
    parts = parts_of(request)
    return _answer(request, {"languages": parts.languages.names(parts.city.languages)})


async def language_file(request: Request) -> Response:
    """All that pages say in a further language; 404 where it is not offered."""
    found = parts_of(request).languages.for_pages(request.path_params["language"])
    if found is None:
        raise HTTPException(404)
    return _answer(request, found)


def _answer(request: Request, content: dict[str, Any]) -> Response:
    return Held(msgspec.json.encode(content)).reply(request.headers, "application/json", KEPT)


ROUTES = [
    Route("/pages/languages/offered.json", offered),
    Route("/pages/languages/{language}.json", language_file),
]
