"""Lines in front of desks, as exact recursions: who is called when, without a simulator's event list.

`fcfs_waits` and `head_start_waits` take a whole day at once. `PlainLine` and `SkilledLine` take visitors as
they come and can be asked what a board would have shown, which steering needs. First come, first served over
like desks needs one heap of the moments at which desks get free (Kiefer & Wolfowitz 1955); with head starts,
skills or desk plans the next free desk takes the earliest `arrival − head start` that it may serve.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol

from predictors.network import DeskSpec


def fcfs_waits(arrivals: Sequence[float], services: Sequence[float], desks: int) -> list[float]:
    """Waits of visitors who come at rising `arrivals` and are served in that order by `desks` like desks."""
    if desks < 1 or len(arrivals) != len(services):
        raise ValueError("a line needs a desk, and each visitor a service time")
    free = [-math.inf] * desks
    waits: list[float] = []
    replace, add = heapq.heapreplace, waits.append
    for arrival, service in zip(arrivals, services, strict=True):
        wait = free[0] - arrival
        if wait > 0.0:
            replace(free, arrival + wait + service)
            add(wait)
        else:
            replace(free, arrival + service)
            add(0.0)
    return waits


def head_start_waits(
    arrivals: Sequence[float], services: Sequence[float], head_starts: Sequence[float], desks: int
) -> list[float]:
    """The same where the next is the one with the least arrival − head start (priority classes).

    A head start of more than the day is strict priority without interruption of service.
    """
    if desks < 1 or not len(arrivals) == len(services) == len(head_starts):
        raise ValueError("a line needs a desk, and each visitor a service time and a head start")
    free = [-math.inf] * desks
    waiting: list[tuple[float, int]] = []
    waits = [0.0] * len(arrivals)
    come, total, now = 0, len(arrivals), -math.inf
    for _ in range(total):
        now = max(now, free[0]) if waiting else max(arrivals[come], free[0])
        while come < total and arrivals[come] <= now:
            heapq.heappush(waiting, (arrivals[come] - head_starts[come], come))
            come += 1
        _, visitor = heapq.heappop(waiting)
        waits[visitor] = now - arrivals[visitor]
        heapq.heapreplace(free, now + services[visitor])
    return waits


class Line(Protocol):
    """A branch's line that takes visitors in the order of their arrival."""

    waits: dict[int, float]

    def join(self, visitor: int, at: float, service: float, queue: str, head_start: float) -> None:
        """One comes, not before the one before him."""

    def seen(self, at: float) -> tuple[int, int]:
        """How many waited and were served at a moment: not after the last `join`'s, never going back."""

    def close(self) -> None:
        """Nobody comes any more: everybody left is called."""


class PlainLine:
    """First come, first served over like desks: each visitor's start is known the moment he comes."""

    def __init__(self, desks: int) -> None:
        self.waits: dict[int, float] = {}
        self._free = [-math.inf] * desks
        self._arrivals: list[float] = []
        self._starts: list[float] = []
        self._ends: list[float] = []
        self._ended = 0

    def join(self, visitor: int, at: float, service: float, queue: str, head_start: float) -> None:
        """One comes, not before the one before him."""
        start = max(self._free[0], at)
        heapq.heapreplace(self._free, start + service)
        self.waits[visitor] = start - at
        self._arrivals.append(at)
        self._starts.append(start)
        heapq.heappush(self._ends, start + service)

    def seen(self, at: float) -> tuple[int, int]:
        """How many waited and were served at a moment: not after the last `join`'s, never going back."""
        while self._ends and self._ends[0] <= at:
            heapq.heappop(self._ends)
            self._ended += 1
        started = bisect_right(self._starts, at)
        return bisect_right(self._arrivals, at) - started, started - self._ended

    def close(self) -> None:
        """Nothing is left to do."""


class SkilledLine:
    """Desks with skills and plans, visitors with head starts: a free desk calls the least order it may serve.

    An idle desk with the fewest skills takes a newcomer. Those whom no desk ever serves have no wait.
    """

    def __init__(self, desks: Sequence[DeskSpec]) -> None:
        self.waits: dict[int, float] = {}
        self._desks = desks
        self._busy = [False] * len(desks)
        self._idle: set[int] = set()
        self._waiting: dict[str, list[tuple[float, int, float, float]]] = {}
        self._events = [
            (max(span[0], 0.0), number, False) for number, desk in enumerate(desks) for span in desk.spans
        ]
        heapq.heapify(self._events)
        self._arrivals: list[float] = []
        self._starts: list[float] = []
        self._ends: list[float] = []

    def join(self, visitor: int, at: float, service: float, queue: str, head_start: float) -> None:
        """One comes, not before the one before him."""
        self._advance(at)
        self._arrivals.append(at)
        takers = [desk for desk in self._idle if queue in self._desks[desk].queues and self._open(desk, at)]
        if takers:
            desk = min(takers, key=lambda one: (len(self._desks[one].queues), one))
            self._start(desk, at, visitor, at, service)
        else:
            heapq.heappush(self._waiting.setdefault(queue, []), (at - head_start, visitor, at, service))

    def seen(self, at: float) -> tuple[int, int]:
        """How many waited and were served at a moment, never later than what has been lived through."""
        self._advance(at)
        started = bisect_right(self._starts, at)
        return bisect_right(self._arrivals, at) - started, started - bisect_right(self._ends, at)

    def close(self) -> None:
        """Nobody comes any more: everybody left is called, as far as a desk will."""
        self._advance(math.inf)

    def _advance(self, until: float) -> None:
        """Desks that finish or open up to then call their next."""
        while self._events and self._events[0][0] <= until:
            now, desk, finished = heapq.heappop(self._events)
            if finished:
                self._busy[desk] = False
                self._ends.append(now)
            if not self._busy[desk]:
                self._call_next(desk, now)

    def _call_next(self, desk: int, now: float) -> None:
        self._idle.add(desk)
        if not self._open(desk, now):
            return
        lines = [line for queue in self._desks[desk].queues if (line := self._waiting.get(queue))]
        if lines:
            _, visitor, arrived, service = heapq.heappop(min(lines))
            self._start(desk, now, visitor, arrived, service)

    def _start(self, desk: int, now: float, visitor: int, arrived: float, service: float) -> None:
        self._idle.discard(desk)
        self._busy[desk] = True
        self.waits[visitor] = now - arrived
        self._starts.append(now)
        heapq.heappush(self._events, (now + service, desk, True))

    def _open(self, desk: int, now: float) -> bool:
        return any(begin <= now < end for begin, end in self._desks[desk].spans)
