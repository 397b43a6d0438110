"""What every HTTP answer gets, whoever made it: security headers, open origins, its place in the numbers, and
a problem instead of a bare 500.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from balancer.routes.door import SCOPE_DOOR, Door
from balancer.routes.problems import unexpected
from balancer.telemetry import REQUESTS, SECONDS

log = logging.getLogger("balancer.routes")

EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), payment=(), geolocation=(self)",
    "cross-origin-opener-policy": "same-origin",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
}
OPEN = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Location, Retry-After",
    "cross-origin-resource-policy": "cross-origin",
}
PREFLIGHT = {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": (
        "Accept-Language, Authorization, Content-Type, Idempotency-Key, "
        "If-Match, If-None-Match, Intent-Secret, Last-Event-ID"
    ),
    "access-control-max-age": "86400",
}


class Front:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, doors: Sequence[Door]) -> None:
        self._app = app
        self._open = [(door.method, compile_path(door.path)[0]) for door in doors if door.open_origin]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sockets pass unchanged; a request gets its answer's headers and its numbers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["method"] == "OPTIONS" and self._is_open(headers, scope["path"]):
            await Response(status_code=204, headers={**PREFLIGHT, **EVERYWHERE})(scope, receive, send)
            return
        await self._answer(scope, receive, send, headers)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, headers: Headers) -> None:
        began = time.perf_counter()
        status = 0

        async def finish(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                door = scope.get(SCOPE_DOOR)
                dress(MutableHeaders(raw=message["headers"]), door)
                name = f"{door.method} {door.path}" if door else "other"
                REQUESTS.labels(name, str(status)).inc()
                SECONDS.labels(name).observe(time.perf_counter() - began)
            await send(message)

        try:
            await self._app(scope, receive, finish)
        except Exception:
            response, mark = unexpected(headers)
            log.exception("a request failed", extra={"path": scope["path"], "request": mark})
            if status:  # the answer has begun: nothing can mend it, the connection is cut
                raise
            await response(scope, receive, finish)

    def _is_open(self, headers: Headers, path: str) -> bool:
        method = headers.get("access-control-request-method", "")
        return any(method == each and pattern.match(path) for each, pattern in self._open)


def dress(headers: MutableHeaders, door: Door | None) -> None:
    """The headers that every answer has, and those of its door."""
    for name, value in EVERYWHERE.items():
        headers.setdefault(name, value)
    if "frame-ancestors 'none'" in headers["content-security-policy"]:
        headers.setdefault("x-frame-options", "DENY")
    if door is not None and door.open_origin:
        headers.update(OPEN)
    headers.setdefault("cross-origin-resource-policy", "same-origin")
