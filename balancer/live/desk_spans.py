"""What one desk did in one day: busy, idle and paused stretches, and the services it ended. Pure.

All instants are city ms, and they come in order.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterator
from typing import NamedTuple

from balancer.messages import DeskState
from balancer.messages.supervisor import SpanKind

MINUTE_MS = 60_000


class Stretch(NamedTuple):
    """From `begins` up to `ends`."""

    begins: int
    ends: int
    kind: SpanKind


def kind_of(desk: DeskState, *, branch_stands: bool) -> SpanKind | None:
    """What a desk in that state is doing; None for a closed one. A free desk rests while its branch does."""
    if desk.state == "closed":
        return None
    if desk.ticket is not None:
        return "busy"
    return "paused" if desk.state == "paused" or branch_stands else "idle"


class DeskSpans:
    """One desk's day. `services`: minutes in ms of the services it ended, in ascending order."""

    __slots__ = ("_done", "_total", "kind", "nonstop_since", "services", "since")

    def __init__(self) -> None:
        self.kind: SpanKind | None = None
        self.since = 0
        self.nonstop_since: int | None = None
        self.services: list[int] = []
        self._done: list[Stretch] = []
        self._total: dict[SpanKind, int] = {"busy": 0, "idle": 0, "paused": 0}

    def turn(self, kind: SpanKind | None, at: int) -> None:
        """From `at` on the desk does something else; the same again changes nothing."""
        if kind == self.kind:
            return
        if self.kind is not None and at > self.since:
            self._done.append(Stretch(self.since, at, self.kind))
            self._total[self.kind] += at - self.since
        if kind in (None, "paused"):
            self.nonstop_since = None
        elif self.nonstop_since is None:
            self.nonstop_since = at
        self.kind, self.since = kind, at

    def serve(self, service_ms: int) -> None:
        """A service was ended here."""
        insort(self.services, service_ms)

    def next_day(self, midnight: int) -> DeskSpans:
        """The desk as it goes into another day."""
        following = DeskSpans()
        following.kind, following.since = self.kind, midnight
        following.nonstop_since = self.nonstop_since
        return following

    def spent(self, kind: SpanKind, now: int) -> int:
        """How long (ms) it was so today."""
        going_on = max(0, now - self.since) if kind == self.kind else 0
        return self._total[kind] + going_on

    def over(self, limit_ms: int) -> int:
        """How many services it ended that were longer."""
        return len(self.services) - bisect_right(self.services, limit_ms)

    def stretches(self, now: int) -> Iterator[Stretch]:
        """The day as a row of stretches up to now."""
        yield from self._done
        if self.kind is not None and now > self.since:
            yield Stretch(self.since, now, self.kind)
