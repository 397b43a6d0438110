"""The waits and services of one queue in one day, kept in order so that every share is one bisection. Pure.

All in ms.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence

SLOT_MINUTES = 30


class QueueWaits:
    """`waits`: of those called for the first time, ascending; `by_slot`: the same by the half-hour of the
    call (0 = midnight); `services`: those that were ended.
    """

    __slots__ = ("by_slot", "issued", "missed", "services", "waits")

    def __init__(self) -> None:
        self.waits: list[int] = []
        self.by_slot: dict[int, list[int]] = {}
        self.services: list[int] = []
        self.issued = self.missed = 0

    def call(self, wait_ms: int, minute: float) -> None:
        """Somebody was called after such a wait at that minute of the day."""
        insort(self.waits, wait_ms)
        insort(self.by_slot.setdefault(int(minute // SLOT_MINUTES), []), wait_ms)

    def serve(self, service_ms: int) -> None:
        """A service was ended."""
        insort(self.services, service_ms)


def median(ordered: Sequence[int]) -> float | None:
    """The median of ascending spans; None without any.

    >>> median([1, 2, 4, 8])
    3.0
    """
    if not ordered:
        return None
    half = len(ordered) // 2
    return float(ordered[half]) if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
