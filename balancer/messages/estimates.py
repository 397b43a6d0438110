"""What the wait will be for one who comes at another time."""

from __future__ import annotations

import msgspec

from balancer.messages.state import Method, Wait


class WaitAt(msgspec.Struct):
    """One who comes at that moment (RFC 3339): is the branch open then, and how long is the wait; null if
    nobody knows.
    """

    at: str
    open: bool
    wait: Wait | None


class QuietHours(msgspec.Struct):
    """From `begins` to `ends` (RFC 3339) half of those who come wait at most `p50` minutes."""

    begins: str
    ends: str
    p50: float


class QueueAhead(msgspec.Struct):
    """A queue now and later. `quieter`: when today one waits much less than now, the quietest first."""

    queue: str
    wait: Wait | None
    method: Method | None
    at: list[WaitAt]
    quieter: list[QuietHours]


class EstimatesView(msgspec.Struct):
    """The queues that were asked for; `as_of` RFC 3339."""

    city: str
    branch: str
    as_of: str
    queues: list[QueueAhead]
