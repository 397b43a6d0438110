"""What one slow client still has to get: at most one frame a branch, so memory is bounded and states are
skipped.

Pure: no socket, no clock. `outbox.hold(parts)` while the client cannot take more, `outbox.take()` when it can
again.
"""

from __future__ import annotations

from collections.abc import Iterable

Part = tuple[str, bytes]
"""A key (a branch, or the name of a frame without one) and its encoded frame: a newer frame of a key
replaces.
"""


class Outbox:
    """Pending encoded frames of one client, newest per key, in the order in which the keys first became
    pending.
    """

    __slots__ = ("_pending", "skipped")

    def __init__(self) -> None:
        self._pending: dict[str, bytes] = {}
        self.skipped = 0

    def hold(self, parts: Iterable[Part]) -> None:
        """Keep frames for later; a pending one with the same key is skipped and counted in `skipped`."""
        for key, frame in parts:
            if key in self._pending:
                self.skipped += 1
            self._pending[key] = frame

    def take(self) -> bytes:
        """All pending frames in one piece, and the outbox is empty; b"" where nothing waits."""
        if not self._pending:
            return b""
        payload = b"".join(self._pending.values())
        self._pending.clear()
        return payload

    def __len__(self) -> int:
        return len(self._pending)

    @property
    def size(self) -> int:
        """Bytes that wait."""
        return sum(map(len, self._pending.values()))
