"""The record of one desk's days: when it opened first, when it paused, when it closed for good."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

Span = tuple[float, float]

DAYS = 60
"""Days remembered of each desk."""

LEAST_PAUSE = 10.0
FEWEST_DAYS = 3
HABITUAL = 0.5
"""What a desk does on half of its days, three at least, is a habit."""

_SLOT = 5.0
_BEGINS_QUANTILE = 0.1


class Day(NamedTuple):
    """One day of a desk in minutes of day; `closed` None: nobody closed it. `pauses` lie between."""

    day: int
    opened: float
    closed: float | None
    pauses: tuple[Span, ...]


class Habit(NamedTuple):
    """What a desk usually does: `opens` (median; None where unknown) and its pauses."""

    opens: float | None
    pauses: tuple[Span, ...]


class DeskDays:
    """The present day as it goes, and the days before it."""

    def __init__(self) -> None:
        self.day: int | None = None
        self.changes: list[tuple[float, bool]] = []
        self.days: deque[Day] = deque(maxlen=DAYS)
        self._habit: Habit | None = None
        self._rested: DeskDays | None = None
        self._closes: tuple[tuple[float, float] | None] | None = None

    def observe(self, day: int, minute: float, open: bool) -> Span | None:
        """Take in a state; the pause that it ends, if any. A day before the present one teaches nothing, a
        clock that jumps back stands still.
        """
        if not math.isfinite(minute) or (self.day is not None and day < self.day):
            return None
        if day != self.day:
            self._turn(day)
        if self.changes:
            minute = max(minute, self.changes[-1][0])
        if open == (self.changes[-1][1] if self.changes else False):
            return None
        self.changes.append((minute, open))
        self._rested = None
        return (self.changes[-2][0], minute) if open and len(self.changes) > 1 else None

    def _turn(self, day: int) -> None:
        """A new day begins: keep the one before, if the desk was open at all."""
        if self.changes and self.day is not None:
            self.days.append(_as_day(self.day, self.changes))
        self.day, self.changes = day, []
        self._habit = self._rested = self._closes = None

    def next_morning(self) -> DeskDays:
        """The same desk on a day on which it has not been seen yet."""
        if self._rested is None:
            rested = DeskDays()
            rested.days.extend(self.days)
            rested.day, rested.changes = self.day, list(self.changes)
            rested._turn((self.day or 0) + 1)
            self._rested = rested
        return self._rested

    def opened_on(self, days: Sequence[int]) -> float:
        """The share of those days on which it opened; 0 of none."""
        own = {each.day for each in self.days}
        return sum(day in own for day in days) / len(days) if days else 0.0

    @property
    def paused_since(self) -> float | None:
        """The minute since which it has been closed on its present day; None: it is open or never was."""
        return self.changes[-1][0] if self.changes and not self.changes[-1][1] else None

    def pauses_today(self) -> tuple[Span, ...]:
        """Pauses of the present day that are over."""
        return _as_day(0, self.changes).pauses if self.changes else ()

    def closes(self) -> tuple[float, float] | None:
        """Median and the latest but a tenth of the minutes at which it closed on this day of the week
        (`day` modulo 7); None of less than three.
        """
        if self._closes is None:
            week = [each.closed for each in self.days if self.day is None or (each.day - self.day) % 7 == 0]
            closed = [minute for minute in week if minute is not None]
            enough = len(closed) >= FEWEST_DAYS
            self._closes = (tuple(np.quantile(closed, [0.5, 0.9]).tolist()) if enough else None,)
        return self._closes[0]

    def habit(self) -> Habit:
        """What the days before have in common; of less than three, nothing."""
        if self._habit is None:
            self._habit = _habit_of(self.days)
        return self._habit

    def to_state(self) -> list[Any]:
        """JSON-able."""
        return [self.day, self.changes, [list(each) for each in self.days]]

    @classmethod
    def from_state(cls, state: Sequence[Any]) -> DeskDays:
        """What `to_state` wrote; TypeError or ValueError where it is not that."""
        record = cls()
        record.day, changes, days = state
        record.changes = [(float(minute), bool(open)) for minute, open in changes]
        for day, opened, closed, pauses in days:
            spans = tuple((float(begin), float(end)) for begin, end in pauses)
            record.days.append(Day(int(day), float(opened), None if closed is None else float(closed), spans))
        return record


def _as_day(day: int, changes: Sequence[tuple[float, bool]]) -> Day:
    """A day's changes (open, closed, open, …) as times; an unfinished last one has no end."""
    opens = [minute for minute, open in changes if open]
    shuts = [minute for minute, open in changes if not open]
    closed = shuts[-1] if len(shuts) == len(opens) else None
    return Day(day, opens[0], closed, tuple(zip(shuts[: len(opens) - 1], opens[1:], strict=True)))


def _habit_of(days: Sequence[Day]) -> Habit:
    if len(days) < FEWEST_DAYS:
        return Habit(None, ())
    return Habit(float(np.median([day.opened for day in days])), tuple(_habitual_pauses(days)))


def _habitual_pauses(days: Sequence[Day]) -> list[Span]:
    """Pauses of half of the days: around each peak of "closed at that minute", when the pauses that hold the
    peak begin (early ones: who has a visitor leaves late) and end (the median).
    """
    pauses = [each for day in days for each in day.pauses if each[1] - each[0] >= LEAST_PAUSE]
    found: list[Span] = []
    while pauses:
        slots = np.arange(min(begin for begin, _ in pauses), max(end for _, end in pauses) + _SLOT, _SLOT)
        closed = sum((slots >= begin) & (slots < end) for begin, end in pauses)
        peak = float(slots[int(np.argmax(closed))])
        held = [each for each in pauses if each[0] <= peak < each[1]]
        if len(held) < HABITUAL * len(days):
            break
        begins, ends = np.array(held).T
        found.append((float(np.quantile(begins, _BEGINS_QUANTILE)), float(np.median(ends))))
        pauses = [each for each in pauses if each not in held]
    return sorted(found)
