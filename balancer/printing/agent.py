"""The print agent: an HTTP service on the kiosk's own machine, for its browser alone.

`GET /status` says how the printer is, `POST /print` puts a stub on paper. Only pages of the configured server
may ask (Origin), and only under a loopback name (Host), so that no other site reaches the printer through the
visitor's browser. A repeat under the same Idempotency-Key is answered and not printed again.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from aiohttp import web

from balancer.printing.drawing import WIDE, draw
from balancer.printing.printer import NotPrinted, PaperPrinter
from balancer.printing.state import PrinterState
from balancer.printing.stub import Stub

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
LONGEST_STUB = 16 * 1024
KEYS_KEPT = 200
ALWAYS = {"vary": "Origin", "cache-control": "no-store"}
ALLOWED = {
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "content-type, idempotency-key",
    "access-control-allow-private-network": "true",
    "access-control-max-age": "600",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class PrintAgent:
    """One printer and the pages that may use it. `origin`: like https://queue.example.ua; `width`: dots."""

    def __init__(self, printer: PaperPrinter, origin: str, width: int = WIDE) -> None:
        self._printer, self._origin, self._width = printer, origin.rstrip("/"), width
        self._busy = asyncio.Lock()
        self._printed: OrderedDict[str, PrinterState] = OrderedDict()

    def app(self) -> web.Application:
        """The service, to be run by aiohttp."""
        app = web.Application(middlewares=[self._guard], client_max_size=LONGEST_STUB)
        app.add_routes([web.get("/status", self._status), web.post("/print", self._print)])
        return app

    @property
    def _guard(self) -> Any:
        @web.middleware
        async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
            if request.host.rpartition(":")[0] not in LOOPBACK or not self._may(request):
                return web.json_response({"code": "forbidden"}, status=403)
            allowed = {"access-control-allow-origin": self._origin, **ALWAYS}
            if request.method == "OPTIONS":
                return web.Response(status=204, headers=allowed | ALLOWED)
            try:
                response = await handler(request)
            except web.HTTPException as error:
                error.headers.update(allowed)
                raise
            response.headers.update(allowed)
            return response

        return guard

    def _may(self, request: web.Request) -> bool:
        """A browser names the page that asks; only reading is open to who names none, such as curl."""
        origin = request.headers.get("origin")
        return origin == self._origin or (origin is None and request.method == "GET")

    async def _status(self, request: web.Request) -> web.Response:
        async with self._busy:
            state = await asyncio.to_thread(self._printer.state)
        return web.json_response({"printer": state})

    async def _print(self, request: web.Request) -> web.Response:
        key = request.headers.get("idempotency-key", "")
        try:
            stub = msgspec.json.decode(await request.read(), type=Stub)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return web.json_response({"code": "invalid_field", "detail": str(error)}, status=422)
        async with self._busy:
            if key not in self._printed:
                try:
                    done = await asyncio.to_thread(self._put_on_paper, stub)
                except NotPrinted as why:
                    return web.json_response({"printer": why.state, "printed": False}, status=503)
                self._keep(key, done)
                return web.json_response({"printer": done, "printed": True})
        return web.json_response({"printer": self._printed[key], "printed": True})

    def _put_on_paper(self, stub: Stub) -> PrinterState:
        return self._printer.print(draw(stub, self._width))

    def _keep(self, key: str, done: PrinterState) -> None:
        if key:
            self._printed[key] = done
        while len(self._printed) > KEYS_KEPT:
            self._printed.popitem(last=False)
