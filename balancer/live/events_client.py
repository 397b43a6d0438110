"""A watcher on server-sent events: the same frames, for those who cannot or will not open a WebSocket.

The response sends one piece at a time; while it does, the client counts as blocked and frames wait in its
outbox.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from balancer.live.hub import Hub
from balancer.live.outbox import Outbox, Part


def encode_event(kind: str, payload: bytes, /) -> bytes:
    """One named event (HTML standard §9.2.5) around JSON without line breaks."""
    return b"event: " + kind.encode() + b"\ndata: " + payload + b"\n\n"


class EventsClient:
    """Frames for one response; `pieces` gives what it has to send next."""

    encoder = staticmethod(encode_event)

    def __init__(self, hub: Hub, cut: Callable[[], None]) -> None:
        """`cut` ends the connection at once, whatever is unsent."""
        self._hub = hub
        self._cut = cut
        self._next: list[bytes] = []
        self._outbox = Outbox()
        self._news = asyncio.Event()
        self._blocked_since: float | None = None
        self.ended = False

    def write(self, payload: bytes) -> None:
        """Send this next; until it is sent the client is blocked."""
        self._next.append(payload)
        self._blocked_since = asyncio.get_running_loop().time()
        self._hub.block(self)
        self._news.set()

    def hold(self, parts: Sequence[Part]) -> None:
        """Keep frames until what is under way is sent."""
        self._outbox.hold(parts)
        self._news.set()

    def blocked_seconds(self, now: float) -> float:
        """See `hub.Client`; `now` is the event loop's time."""
        return 0.0 if self._blocked_since is None else now - self._blocked_since

    def abort(self) -> None:
        """See `hub.Client`."""
        self.ended = True
        self._news.set()
        self._cut()

    async def close(self, code: int, reason: str) -> None:
        """Leave the hub; the response ends once what was written is sent."""
        self._hub.leave(self)
        self.ended = True
        self._news.set()

    async def piece(self) -> bytes:
        """What to send next, b"" at the end. Asking for more says that the last piece was sent."""
        while not self._next and not len(self._outbox):
            self._blocked_since = None
            self._hub.unblock(self)
            if self.ended:
                return b""
            self._news.clear()
            await self._news.wait()
        self._blocked_since = asyncio.get_running_loop().time()
        payload = b"".join(self._next) + self._outbox.take()
        self._next.clear()
        return payload
