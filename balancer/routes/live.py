"""The live feed: `WS …/live`, and the same frames as server-sent events on `GET …/live/events`.

Frames are written by the hub, straight to the transport. A handler here only waits for what the client says,
because uvicorn reads nothing more, no pong either, while a message waits for its handler.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from balancer.errors import PROBLEMS, BalancerError
from balancer.live.city_feed import CityFeed, Narrow
from balancer.live.socket import events_client, socket_client
from balancer.routes.parts import Parts, parts_of
from balancer.routes.problems import problem

BINARY = 1003
EVENT_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


async def live_endpoint(websocket: WebSocket) -> None:
    """`hello`, one frame a branch, then changes, until the client goes. Refused before the handshake."""
    parts = parts_of(websocket)
    try:
        if websocket.path_params["city"] != parts.city.city:
            raise BalancerError("unknown_city", city=websocket.path_params["city"])
        narrow = _narrow(parts, websocket.query_params)
    except BalancerError as error:
        await websocket.send_denial_response(problem(error, websocket.headers))
        return
    await websocket.accept()
    client = socket_client(websocket.scope, parts.hub)
    parts.feed.admit(client, narrow)
    try:
        code, reason = await _listen(websocket)
        await client.close(code, reason)
    except WebSocketDisconnect:
        pass
    finally:
        client.leave()


def _narrow(parts: Parts, query: Mapping[str, str]) -> Narrow:
    """The branches to watch; refused while this process gives out nothing."""
    if parts.draining:
        raise BalancerError("draining")
    parts.feed.require_fresh()
    return parts.feed.narrow(query.get("service"), query.get("branch"))


async def _listen(websocket: WebSocket) -> tuple[int, str]:
    """Wait for the client's first word: it has none to say, so that is why it is closed (code, text)."""
    message = await websocket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1006))
    text = message.get("text")
    if text is None:
        return BINARY, "binary"
    try:
        msgspec.json.decode(text)
    except msgspec.DecodeError:
        return PROBLEMS["malformed_json"].close or BINARY, "malformed_json"
    return PROBLEMS["unknown_frame"].close or BINARY, "unknown_frame"


async def live_events(request: Request) -> Response:
    """The frames as named events (`hello`, `branch`, `beat`, `reconnect`)."""
    parts = parts_of(request)
    return _EventStream(parts, _narrow(parts, request.query_params))


class _EventStream(Response):
    """A response that goes on until the reader leaves or the hub lets go of it."""

    def __init__(self, parts: Parts, narrow: Narrow) -> None:
        super().__init__()
        self._feed: CityFeed = parts.feed
        self._hub = parts.hub
        self._narrow = narrow

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = events_client(scope, self._hub)
        await send({"type": "http.response.start", "status": 200, "headers": list(EVENT_HEADERS)})
        self._feed.admit(client, self._narrow)

        async def pump() -> None:
            while piece := await client.piece():
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})

        async def gone() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass

        tasks = [asyncio.create_task(pump()), asyncio.create_task(gone())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._hub.leave(client)
            for task in tasks:
                task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.gather(*tasks, return_exceptions=True)
