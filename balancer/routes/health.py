"""Is the process alive, and may it get traffic."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from balancer.messages import Health
from balancer.routes.parts import parts_of


async def livez(request: Request) -> Response:
    """200 while the event loop turns."""
    return Response("ok\n", media_type="text/plain", headers={"cache-control": "no-store"})


async def readyz(request: Request) -> Response:
    """200 once store, feed and plan are there; 503 with what is missing, and while draining."""
    missing = parts_of(request).waiting_for()
    status = 503 if missing else 200
    body = msgspec.json.encode(Health(not missing, missing))
    return Response(body, status, {"cache-control": "no-store"}, "application/json")


ROUTES = [Route("/livez", livez), Route("/readyz", readyz)]
