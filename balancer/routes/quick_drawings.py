"""The short way to a drawing that is kept: most answers of a crowd, without a walk through a hundred doors.

It gives what the door gives, header for header, and only where that is certain: a question that is kept and
fresh, asked without a token by somebody within his limit. Anything else goes the usual way.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from balancer.city.definition import City
from balancer.drawn.question import Question
from balancer.errors import BalancerError
from balancer.routes.caching import Held, is_known, takes_gzip
from balancer.routes.door import CITY
from balancer.routes.drawing import BOARD_DRAWING, mark_of, question_of, reply
from balancer.routes.front import dress
from balancer.routes.parts import Parts
from balancer.routes.rate_limits import client_address
from balancer.telemetry import REQUESTS, SECONDS

MOST_ADDRESSES, LONGEST_ADDRESS = 2048, 400
NAME = f"{BOARD_DRAWING.method} {BOARD_DRAWING.path}"

Messages = tuple[Message, Message]


class QuickDrawings:
    """A layer around the application of `parts`."""

    def __init__(self, app: ASGIApp, parts: Parts) -> None:
        self._app = app
        self._parts = parts
        self._city: City | None = None
        self._path = ""
        self._questions: OrderedDict[bytes, Question] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer it here, or let the application do it."""
        if scope["type"] == "http" and scope["method"] == "GET" and scope["path"].endswith("/board/drawing"):
            began = time.perf_counter()
            found = self._find(scope)
            if found is not None:
                for message in found:
                    await send(message)
                REQUESTS.labels(NAME, str(found[0]["status"])).inc()
                SECONDS.labels(NAME).observe(time.perf_counter() - began)
                return
        await self._app(scope, receive, send)

    def _find(self, scope: Scope) -> Messages | None:
        parts, headers = self._parts, Headers(scope=scope)
        self._follow(parts.city)
        question = self._question(scope["query_string"]) if scope["path"] == self._path else None
        if question is None or "authorization" in headers:
            return None
        held = parts.drawings.find(question, mark_of(parts))
        if held is None or not self._admits(scope, headers):
            return None
        parts.feed.pace.asked(asyncio.get_running_loop().time())
        packed = held.packed is not None and takes_gzip(headers)
        known = is_known(headers, held.packed_etag if packed else held.etag)
        ready: Messages | None = held.ready.get((packed, known))
        if ready is None:
            ready = held.ready[packed, known] = _messages(held, headers)
        return ready

    def _admits(self, scope: Scope, headers: Headers) -> bool:
        """Whether the reader may have it; who may not is told so by the door."""
        peer, forwarded = scope.get("client"), headers.getlist("x-forwarded-for")
        address = client_address(peer[0] if peer else "local", forwarded, self._parts.trusted)
        try:
            self._parts.feed.require_fresh()
            self._parts.limits.public_read(address, time.monotonic())
        except BalancerError:
            return False
        return True

    def _follow(self, city: City) -> None:
        """Another definition may understand an address in another way."""
        if city is not self._city:
            self._city, self._path = city, CITY.format(city=city.city) + "/board/drawing"
            self._questions.clear()

    def _question(self, raw: bytes) -> Question | None:
        """What an address asks; None for what is kept for nobody, or is refused."""
        if len(raw) > LONGEST_ADDRESS or b"place=" in raw:
            return None
        if raw not in self._questions:
            if len(self._questions) >= MOST_ADDRESSES:
                self._questions.popitem(last=False)
            try:
                self._questions[raw] = question_of(QueryParams(raw), self._parts.city)
            except BalancerError:
                return None
        return self._questions[raw]


def _messages(held: Held, headers: Headers) -> Messages:
    """The very answer of the door, as it goes out."""
    made = reply(held, headers, for_all=True)
    dress(MutableHeaders(raw=made.raw_headers), BOARD_DRAWING)
    start = {"type": "http.response.start", "status": made.status_code, "headers": made.raw_headers}
    return start, {"type": "http.response.body", "body": made.body}
