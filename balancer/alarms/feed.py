"""What every alarm feed offers: the regions that are under alarm now, or why nobody knows."""

from __future__ import annotations

from typing import Literal, Protocol

FaultKind = Literal["unreachable", "key_refused", "too_many", "server_error", "garbled"]

Regions = frozenset[str]
"""Ids of regions as the feed itself numbers them: oblasts, districts (raions), communities (hromadas)."""


class FeedFault(Exception):
    """A reading that brought nothing. `retry_after`: real seconds that the service asked us to wait."""

    def __init__(self, kind: FaultKind, detail: str = "", retry_after: float | None = None) -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind: FaultKind = kind
        self.retry_after = retry_after


class AlarmFeed(Protocol):
    """One service that tells of alarms; `name` stands in the event log and in messages."""

    name: str

    async def read(self) -> Regions:
        """The regions under alarm now; FeedFault where that cannot be known."""

    async def close(self) -> None:
        """Ask no more."""
