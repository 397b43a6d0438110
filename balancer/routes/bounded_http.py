"""uvicorn's HTTP protocol with a bound on the size of a request's head and on the time that it may take.

httptools itself reads headers without end: one client could fill the memory with one header. uvicorn's
version is pinned, because `_head_*` follow its callbacks.
"""

from __future__ import annotations

import asyncio
from typing import Any

from balancer.live.socket import LiveHttpProtocol

HEAD_LIMIT = 32 * 1024
HEAD_SECONDS = 20.0
TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class BoundedHttp(LiveHttpProtocol):
    """What `uvicorn.Config(http=…)` takes: 431 for too large a head, an end for one that is too slow."""

    _head_bytes = 0
    _head_pending = True
    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is here and has HEAD_SECONDS for its first request."""
        super().connection_made(transport)
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        self._end_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes of a request; once its head is there they no longer count here."""
        super().data_received(data)
        if self._head_pending:
            self._head_bytes += len(data)
            if self._head_bytes > HEAD_LIMIT and not self.transport.is_closing():
                self.transport.write(TOO_LARGE)
                self.transport.close()

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._head_bytes = 0
        self._head_pending = True
        if self._head_timer is None:
            self._wait_for_head()

    def on_headers_complete(self) -> None:
        """Its head is there."""
        self._head_pending = False
        self._end_timer()
        super().on_headers_complete()

    def _wait_for_head(self) -> None:
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def _end_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None


HTTP_SETTINGS: dict[str, Any] = {"http": BoundedHttp, "timeout_keep_alive": 30}
"""What `uvicorn.Config` needs for HTTP."""
