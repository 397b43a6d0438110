"""Wiring only: which door, page and layer meets which."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute

from balancer.routes import health, live, pages, reference
from balancer.routes.door import CITY, routes_of
from balancer.routes.doors import DOORS
from balancer.routes.front import Front
from balancer.routes.parts import Parts
from balancer.routes.problems import PROBLEM_HANDLERS


def create_app(parts: Parts) -> Starlette:
    """The application around the parts of one process."""
    app = Starlette(
        routes=[
            WebSocketRoute(CITY + "/live", live.live_endpoint),
            *routes_of(DOORS),
            *health.ROUTES,
            *reference.ROUTES,
            *pages.ROUTES,
        ],
        middleware=[Middleware(Front, doors=DOORS)],
        exception_handlers=PROBLEM_HANDLERS,
    )
    app.state.parts = parts
    return app
