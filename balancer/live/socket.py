"""The seam to uvicorn: hand the hub a socket's transport, so that one shared frame is written to each without
a task.

`SOCKET_SETTINGS` are for `uvicorn.Config`; its protocols put themselves into
`scope["extensions"]["balancer.transport"]`. What it overrides is not a public interface of uvicorn: the
version is pinned, and `test_socket.py` tries each of the seam's traps on real sockets. The one rule behind
them all: a client leaves the hub before anything closes its socket.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.frames import Frame
from websockets.server import ServerProtocol

from balancer.live.events_client import EventsClient
from balancer.live.hub import Hub
from balancer.live.outbox import Outbox, Part

EXTENSION = "balancer.transport"
MAX_MESSAGE_BYTES = 16 * 1024
CLOSE_WITHIN_SECONDS = 10.0

_TEXT_FRAME = 0x81
_LENGTH_16, _LENGTH_64 = 126, 127


def encode_text_frame(payload: bytes) -> bytes:
    """One whole unmasked WebSocket text frame (RFC 6455 §5.2) around UTF-8 bytes."""
    size = len(payload)
    if size < _LENGTH_16:
        return bytes((_TEXT_FRAME, size)) + payload
    if size < 1 << 16:
        return bytes((_TEXT_FRAME, _LENGTH_16)) + size.to_bytes(2, "big") + payload
    return bytes((_TEXT_FRAME, _LENGTH_64)) + size.to_bytes(8, "big") + payload


def encode_socket_frame(kind: str, payload: bytes) -> bytes:
    """The hub's encoder for WebSockets; the frame's type already stands in its JSON."""
    return encode_text_frame(payload)


class SocketClient:
    """A watcher on a WebSocket: write it the newest states, `hub.join` it, and `leave` before any close."""

    encoder = staticmethod(encode_socket_frame)

    def __init__(self, protocol: LiveProtocol, hub: Hub) -> None:
        self._protocol = protocol
        self._hub = hub
        self.write = protocol.transport.write
        self.outbox = Outbox()
        self._blocked_since: float | None = None
        protocol.watcher = self
        if not protocol.writable.is_set():  # it did not even take the handshake
            self.abort()

    def hold(self, parts: Sequence[Part]) -> None:
        """Keep frames while the kernel takes no more."""
        self.outbox.hold(parts)

    def pause(self) -> None:
        """The kernel took only a part of a write."""
        self._blocked_since = self._protocol.loop.time()
        self._hub.block(self)

    def resume(self) -> None:
        """The kernel took all: write what waited, which may pause again at once."""
        self._blocked_since = None
        self._hub.unblock(self)
        waited = self.outbox.take()
        if waited and self in self._hub:
            self.write(waited)

    def blocked_seconds(self, now: float) -> float:
        """See `hub.Client`; `now` is the event loop's time."""
        return 0.0 if self._blocked_since is None else now - self._blocked_since

    def leave(self) -> None:
        """Nothing is written from here on, because a close frame may follow."""
        self._hub.leave(self)

    def abort(self) -> None:
        """See `hub.Client`: the only thing that frees a peer which does not read."""
        self._protocol.transport.abort()

    async def close(self, code: int, reason: str) -> None:
        """Leave the hub and close with a close frame; a peer that does not take it is cut off."""
        self.leave()
        try:
            async with asyncio.timeout(CLOSE_WITHIN_SECONDS):
                await self._protocol.send({"type": "websocket.close", "code": code, "reason": reason})
        except (TimeoutError, ClientDisconnected, RuntimeError):
            self.abort()


class LiveProtocol(WebSocketsSansIOProtocol):
    """uvicorn's sans-I/O WebSocket protocol, without compression, with small messages and itself in the
    scope.

    The write buffer's limit is zero: whatever the kernel does not take at once blocks the client, and all
    that comes after waits in its outbox, where newer replaces older.
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.conn = ServerProtocol(extensions=[], max_size=MAX_MESSAGE_BYTES, logger=self.logger)
        self.watcher: SocketClient | None = None

    def _detach(self) -> None:
        watcher, self.watcher = self.watcher, None
        if watcher is not None:
            watcher.leave()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take over a connection; see the class for the limit."""
        super().connection_made(transport)
        self.transport.set_write_buffer_limits(high=0)

    def pause_writing(self) -> None:
        """The kernel took only a part."""
        super().pause_writing()
        if self.watcher is not None:
            self.watcher.pause()

    def resume_writing(self) -> None:
        """The kernel took all."""
        super().resume_writing()
        if self.watcher is not None:
            self.watcher.resume()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self._detach()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """The server stops: uvicorn sends 1012 to whoever is still here."""
        self._detach()
        super().shutdown()

    def handle_close(self, event: Frame) -> None:
        """The peer said good-bye; uvicorn answers and closes."""
        self._detach()
        super().handle_close(event)

    def handle_parser_exception(self) -> None:
        """The peer broke the protocol; uvicorn sends 1002, 1007 or 1009 and closes."""
        self._detach()
        super().handle_parser_exception()

    def keepalive_timeout(self) -> None:
        """A peer that answers no ping is cut off where a close frame would wait behind unread ones."""
        self._detach()
        super().keepalive_timeout()
        if self.transport.get_write_buffer_size():
            self.transport.abort()

    async def run_asgi(self) -> None:
        """Run the application with this protocol in its scope; nothing may linger unread afterwards."""
        extensions: dict[str, Any] = self.scope["extensions"]
        extensions[EXTENSION] = {"protocol": self}
        try:
            await super().run_asgi()
        finally:
            self._detach()
            if self.transport.get_write_buffer_size():
                self.loop.call_later(CLOSE_WITHIN_SECONDS, self.transport.abort)


class LiveHttpProtocol(HttpToolsProtocol):
    """uvicorn's HTTP protocol with itself in the scope, so that an event stream that is not read can be cut
    off.
    """

    def on_headers_complete(self) -> None:
        """The parser has a whole head."""
        scope: dict[str, Any] = self.scope  # type: ignore[assignment]
        scope["extensions"] = {EXTENSION: {"protocol": self}}
        super().on_headers_complete()


def socket_client(scope: Any, hub: Hub) -> SocketClient:
    """The client of an accepted WebSocket; RuntimeError where the server runs without `ws=LiveProtocol`."""
    return SocketClient(_protocol(scope), hub)


def events_client(scope: Any, hub: Hub) -> EventsClient:
    """The client of a streamed response; RuntimeError where the server lacks `http=LiveHttpProtocol`."""
    return EventsClient(hub, _protocol(scope).transport.abort)


def _protocol(scope: Any) -> Any:
    extension = scope.get("extensions", {}).get(EXTENSION)
    if extension is None:
        raise RuntimeError("live watchers need a server with SOCKET_SETTINGS (`balancer serve` has them)")
    return extension["protocol"]


SOCKET_SETTINGS: dict[str, Any] = {
    "http": LiveHttpProtocol,
    "ws": LiveProtocol,
    "ws_max_size": MAX_MESSAGE_BYTES,
    "ws_per_message_deflate": False,
    "ws_ping_interval": 20.0,
    "ws_ping_timeout": 20.0,
}
"""What `uvicorn.Config` needs for sockets and event streams."""
