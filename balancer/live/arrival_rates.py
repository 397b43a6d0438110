"""When people come: counts by queue and half-hour of former days and today, and whom to expect next. Pure.

The rate of a half-hour is the mean of former days of the same weekday (of all former days where fewer than
two are known) × how busy today is against them; on the first day it is today's own pace. Those with a head
start are counted apart, because only they can overtake people who already wait.
"""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from predictors.wait import Expected

FloatArray = NDArray[np.float64]

SLOT_MINUTES = 30.0
SLOTS = 48
DAYS_KEPT = 28
SERVICES_KEPT = 40
FACTOR_WEIGHT = 20.0
SHARE_WEIGHT = 10.0
MOST_EARLY = 6
MOST_EXPECTED = 240


class _Line:
    """What is known of one queue's arrivals."""

    __slots__ = ("days", "early", "early_minutes", "seen", "services")

    def __init__(self) -> None:
        self.days: dict[int, FloatArray] = {}
        self.services: deque[str] = deque(maxlen=SERVICES_KEPT)
        self.seen = self.early = 0
        self.early_minutes = 0.0


class ArrivalRates:
    """Arrivals of one city. Days are ordinals of dates, minutes are minutes of day."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, str], _Line] = {}

    def observe(
        self, branch: str, queue: str, service: str, day: int, minute: float, head_start: float
    ) -> None:
        """Somebody took a ticket; `head_start` in minutes, 0 for most."""
        line = self._lines.setdefault((branch, queue), _Line())
        slots = line.days.setdefault(day, np.zeros(SLOTS))
        slots[min(max(int(minute / SLOT_MINUTES), 0), SLOTS - 1)] += 1.0
        line.services.append(service)
        line.seen += 1
        if head_start > 0:
            line.early += 1
            line.early_minutes += head_start
        while len(line.days) > DAYS_KEPT:
            del line.days[min(line.days)]

    def rate(self, branch: str, queue: str, day: int, now: float, minute: float) -> float:
        """Visitors a minute at `minute` of a day that has come to `now`."""
        line = self._lines.get((branch, queue))
        if line is None:
            return 0.0
        today = line.days.get(day)
        former = [slots for each, slots in line.days.items() if each < day]
        alike = [slots for each, slots in line.days.items() if each < day and (day - each) % 7 == 0]
        if not former:
            return _own_pace(today, now)
        usual = np.mean(alike if len(alike) > 1 else former, axis=0)
        until = min(int(now / SLOT_MINUTES), SLOTS)
        expected = float(usual[:until].sum())
        came = float(today[:until].sum()) if today is not None else 0.0
        factor = (came + FACTOR_WEIGHT) / (expected + FACTOR_WEIGHT)
        slot = min(max(int(minute / SLOT_MINUTES), 0), SLOTS - 1)
        return float(usual[slot]) * factor / SLOT_MINUTES

    def services(self, branch: str, queue: str) -> list[str]:
        """What the last of them came for."""
        line = self._lines.get((branch, queue))
        return [] if line is None else list(line.services)

    def early(self, branch: str, queues: list[str], day: int, now: float, within: float) -> list[Expected]:
        """Those with a head start who may come within so many minutes: few, each with its probability."""
        found = []
        for queue in queues:
            line = self._lines.get((branch, queue))
            if line is None or not line.early:
                continue
            share = line.early / (line.seen + SHARE_WEIGHT)
            many = share * self.rate(branch, queue, day, now, now) * within
            head_start = line.early_minutes / line.early
            found += _spread(queue, line, now, now + within, many, head_start, MOST_EARLY)
        return found

    def coming(self, branch: str, queues: list[str], day: int, now: float, until: float) -> list[Expected]:
        """Everybody who is expected from `now` to `until`, by half-hours."""
        found: list[Expected] = []
        begins = now
        while begins < until and len(found) < MOST_EXPECTED:
            ends = min((int(begins / SLOT_MINUTES) + 1) * SLOT_MINUTES, until)
            for queue in queues:
                line = self._lines.get((branch, queue))
                if line is not None:
                    many = self.rate(branch, queue, day, now, begins) * (ends - begins)
                    found += _spread(queue, line, begins, ends, many, 0.0, MOST_EXPECTED)
            begins = ends
        return found


def _own_pace(today: FloatArray | None, now: float) -> float:
    """Today's visitors a minute since the first of them."""
    if today is None or not today.any():
        return 0.0
    first = float(np.flatnonzero(today)[0]) * SLOT_MINUTES
    return float(today.sum()) / max(now - first, SLOT_MINUTES)


def _spread(
    queue: str, line: _Line, begins: float, ends: float, many: float, head_start: float, most: int
) -> list[Expected]:
    """`many` visitors (a mean) evenly over a time, twice as many at half the probability, so that the number
    scatters.
    """
    count = min(int(np.ceil(2 * many)), most)
    if many <= 0.0 or count == 0:
        return []
    step, probability = (ends - begins) / count, min(many / count, 1.0)
    services = list(line.services)
    return [
        Expected(queue, services[at % len(services)], begins + (at + 0.5) * step, head_start, probability)
        for at in range(count)
    ]
