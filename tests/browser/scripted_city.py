"""A small city that says exactly what a test tells it to, over real HTTP and real sockets.

The browser's code must behave when beats stop, when data are restored from a copy, when sockets are refused:
states that a healthy server does not show on demand. Everything else is tested against the real server.
"""

from __future__ import annotations

import asyncio
import copy
import json
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web

from balancer.drawn.standings import SteadyWaits
from tests.browser.scripted_drawing import drawing_of, services_of

ROOT = Path(__file__).resolve().parents[2]
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
OPEN = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"}
FOLDERS = {"pages": "balancer/pages", "widget": "public_widget/src", "modules": "tests/browser/modules"}
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
Json = dict[str, Any]


class ScriptedCity:
    """A server in a thread of its own: `with ScriptedCity(definition) as city: … city.url`.

    `loads` are the branches' states by id; `ahead`: later today. `say` sends any frame to all sockets; the
    switches break things.
    """

    def __init__(
        self, definition: Json, loads: dict[str, Json], city_time: str = "2026-11-23T13:42:07+02:00"
    ) -> None:
        self.definition = definition
        self.loads = loads
        self.city_time = city_time
        self.epoch = "epoch-1"
        self.speed = 1.0
        self.beat_seconds = 15.0
        self.sockets_allowed = True
        self.close_code: int | None = None
        self.board_status = 200
        self.ahead: dict[str, Json] = {}
        self.seen: list[str] = []
        self._steady = SteadyWaits()
        self._sockets: set[web.WebSocketResponse] = set()
        self._loop = asyncio.new_event_loop()
        self._ready: Future[str] = Future()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> ScriptedCity:
        self._thread.start()
        self.url = self._ready.result(timeout=10)
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)

    # --- what a test says ---

    def frame(self, branch: str) -> Json:
        """The branch's frame as it is now."""
        return {"type": "branch", "epoch": self.epoch, **self.loads[branch]}

    def change(self, branch: str, **fields: Any) -> None:
        """Changes a branch's load, raises its `seq` and sends the frame."""
        self.loads[branch] |= {"seq": self.loads[branch]["seq"] + 1, **fields}
        self.say(self.frame(branch))

    def say(self, frame: Json) -> None:
        """Sends a frame to every open socket."""
        text = json.dumps(frame)
        self._do(lambda: self._send(text))

    def cut(self, code: int = 1012) -> None:
        """Closes every socket with that code."""
        self._do(lambda: self._close(code))

    @property
    def sockets(self) -> int:
        """How many sockets are open."""
        return len(self._sockets)

    # --- the server ---

    def _do(self, action: Callable[[], Coroutine[Any, Any, None]]) -> None:
        asyncio.run_coroutine_threadsafe(action(), self._loop).result(timeout=5)

    async def _send(self, text: str) -> None:
        for socket in list(self._sockets):
            await socket.send_str(text)

    async def _close(self, code: int) -> None:
        for socket in list(self._sockets):
            await socket.close(code=code)

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._start())
            self._loop.run_forever()
            self._loop.run_until_complete(self._runner.cleanup())
        except BaseException as error:
            self._ready.set_exception(error)
        finally:
            self._loop.close()

    async def _start(self) -> None:
        app = web.Application(middlewares=[self._log])
        app.add_routes(self.routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.05)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self._ready.set_result(f"http://{host}:{port}")

    def routes(self) -> list[web.RouteDef]:
        """All addresses of this server."""
        city = "/api/v1/cities/{city}"
        return [
            web.get("/{path:|desk|embed}", self._page),
            web.get("/{folder:pages|widget|modules}/{path:.+}", self._page),
            web.get("/api/v1/cities", self._cities),
            web.get(city, self._city),
            web.get(f"{city}/board", self._board),
            web.get(f"{city}/board/drawing", self._drawing),
            web.get(f"{city}/board/services", self._services),
            web.post(f"{city}/services/{{service}}/online", self._online),
            web.get(f"{city}/live", self._live),
        ]

    @web.middleware
    async def _log(self, request: web.Request, handler: Callable[[web.Request], Any]) -> web.StreamResponse:
        self.seen.append(f"{request.method} {request.path_qs}")
        response: web.StreamResponse = await handler(request)
        return response

    async def _page(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        if "folder" in request.match_info:
            file = ROOT / FOLDERS[request.match_info["folder"]] / path
        else:
            file = ROOT / f"balancer/pages/{path or 'board'}/index.html"
        if not file.is_file():
            raise web.HTTPNotFound
        headers = {"Content-Security-Policy": CSP, **OPEN}
        return web.Response(
            body=file.read_bytes(), content_type=TYPES[file.suffix], charset="utf-8", headers=headers
        )

    async def _cities(self, request: web.Request) -> web.Response:
        return web.json_response({"cities": [self.definition]})

    async def _city(self, request: web.Request) -> web.Response:
        if request.match_info["city"] != self.definition["city"]:
            raise web.HTTPNotFound
        return web.json_response(self.definition)

    async def _board(self, request: web.Request) -> web.Response:
        if self.board_status != 200:
            return web.Response(status=self.board_status)
        branches = [copy.deepcopy(load) for load in self.loads.values()]
        body = {
            "city": self.definition["city"],
            "epoch": self.epoch,
            "offset": 1,
            "as_of": self.city_time,
            "branches": branches,
        }
        tag = f'"{self.epoch}-{sum(load["seq"] for load in branches)}"'
        headers = {"ETag": tag, "Cache-Control": "public, max-age=1"}
        if request.headers.get("If-None-Match") == tag:
            self.seen.append("304")
            return web.Response(status=304, headers=headers)
        return web.json_response(body, headers=headers)

    async def _drawing(self, request: web.Request) -> web.Response:
        if request.match_info["city"] != self.definition["city"]:
            return web.json_response({"detail": "Такого міста тут немає."}, status=404)
        if self.board_status != 200:
            return web.Response(status=self.board_status)
        body = drawing_of(
            self.definition,
            self.loads,
            request.query,
            epoch=self.epoch,
            as_of=self.city_time,
            ahead=self.ahead,
            steady=self._steady,
        )
        return web.Response(body=body, content_type="application/json", headers=OPEN)

    async def _services(self, request: web.Request) -> web.Response:
        body = services_of(self.definition, request.query, self.city_time)
        return web.Response(body=body, content_type="application/json", headers=OPEN)

    async def _online(self, request: web.Request) -> web.Response:
        return web.Response(status=204, headers=OPEN)

    async def _live(self, request: web.Request) -> web.StreamResponse:
        if not self.sockets_allowed:
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if self.close_code is not None:
            await socket.close(code=self.close_code)
            return socket
        await socket.send_json(self.hello())
        for branch in self.loads:
            await socket.send_json(self.frame(branch))
        self._sockets.add(socket)
        try:
            async for message in socket:
                if message.type is WSMsgType.ERROR:
                    break
        finally:
            self._sockets.discard(socket)
        return socket

    def hello(self) -> Json:
        """The first frame of a socket."""
        return {
            "type": "hello",
            "protocol": 1,
            "city": self.definition["city"],
            "epoch": self.epoch,
            "offset": 1,
            "city_time": self.city_time,
            "speed": self.speed,
            "beat_seconds": self.beat_seconds,
        }
