"""When a desk will call: from the opening hours, the habit of its days and how long pauses last.

A desk that is open goes on until closing, and after it while somebody waits (`overtime`), but for the pauses
that it has made on half of its days (lunch); not for one that it has already made today. A desk that is
paused comes back at the end of that habitual pause, or else after what pauses like this one usually last.
A desk that has not opened yet opens when it usually does.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping
from typing import Any

import numpy as np

from predictors.desk_days import HABITUAL, LEAST_PAUSE, DeskDays, Habit, Span
from predictors.laws import Law
from predictors.spans import SHORTEST_MINUTES, SpanRecord

OVERTIME = 60.0
"""Minutes after closing in which those who still wait are served."""

PAUSE_PRIOR = 20.0
PAUSE_CV = 0.8
PAUSE_WEIGHT = 8.0
LONGEST_PAUSE = 180.0
"""A desk that has been away for longer does not come back today."""

LATE = 60.0
"""A desk that is so late in the morning does not open today."""

RECENT_DAYS = 20
"""A desk is expected in the morning if it opened on half of the branch's days of late."""

_MUCH_EARLIER = 15.0
_MEDIAN = np.array([math.log(2.0)])


class DeskPlan:
    """What one city's desks usually do. Minutes are minutes of day."""

    def __init__(self, overtime: float = OVERTIME) -> None:
        self.overtime = overtime
        self._desks: dict[tuple[str, str], DeskDays] = {}
        self._pauses: dict[str, SpanRecord] = {}
        self._days: dict[str, deque[int]] = {}

    def observe(self, branch: str, desk: str, day: int, minute: float, open: bool) -> None:
        """Take in that a desk opened (or was seen open) or stopped calling at that minute of day.

        Never raises; a state that is already known teaches nothing, so it may be told as often as one likes.
        """
        days = self._days.setdefault(branch, deque(maxlen=RECENT_DAYS))
        if open and (not days or day > days[-1]):
            days.append(day)
        pause = self._desks.setdefault((branch, desk), DeskDays()).observe(day, minute, open)
        if pause is not None and SHORTEST_MINUTES <= pause[1] - pause[0] <= LONGEST_PAUSE:
            for place in (branch, ""):
                self._pauses.setdefault(place, SpanRecord()).add(pause[1] - pause[0])

    def spans(
        self,
        branch: str,
        desk: str,
        now: float,
        closes: float | None,
        open_now: bool,
        day: int | None = None,
    ) -> tuple[Span, ...]:
        """When the desk will call from `now` on; rising, not touching. (): not any more today.

        `closes`: minute of day from which nobody joins; None: open without end. `day`: today, if known;
        else it is taken for the last day on which the desk was seen, unless that was later in the day.
        """
        record = self._desks.get((branch, desk), DeskDays())
        stale = day is not None and record.day is not None and day > record.day
        if stale or (record.changes and record.changes[-1][0] > now):
            record = record.next_morning()
        habit = record.habit()
        since = now if open_now else self._returns(branch, record, habit, now)
        if since is None:
            return ()
        end = self._end(record, now, closes, open_now)
        if since >= end:
            return ()
        taken = record.pauses_today() + (((record.paused_since, since),) if record.paused_since else ())
        return tuple(_without(since, end, [pause for pause in habit.pauses if not _made(pause, taken)]))

    def _end(self, record: DeskDays, now: float, closes: float | None, open_now: bool) -> float:
        """Closing and overtime; earlier or later where the desk usually leaves well before, or after.

        An open desk goes on.
        """
        end, usual = math.inf if closes is None else closes + self.overtime, record.closes()
        if usual is not None and closes is not None:
            end += min(max(usual[1] - closes, 0.0), self.overtime)
            if now < usual[0] < closes - _MUCH_EARLIER:
                end = usual[0]
        return now + self.overtime if open_now and end <= now else end

    def _returns(self, branch: str, record: DeskDays, habit: Habit, now: float) -> float | None:
        """When a desk that is closed will be open; None: not today."""
        since = record.paused_since
        if since is None:
            days = [day for day in self._days.get(branch, ()) if day != record.day]
            if habit.opens is None or now > habit.opens + LATE or record.opened_on(days) < HABITUAL:
                return None
            return max(now, habit.opens)
        for begin, end in habit.pauses:
            if begin - (end - begin) / 2 <= since and now < end:
                return end
        if now - since > LONGEST_PAUSE:
            return None
        law = self._pause_law(branch)
        return now + float(law.left_over(now - since, _MEDIAN)[0])

    def _pause_law(self, branch: str) -> Law:
        mean = PAUSE_PRIOR
        for place in ("", branch):
            if place in self._pauses:
                found = self._pauses[place].moments(PAUSE_PRIOR)
                mean = (PAUSE_WEIGHT * mean + found.evidence * found.mean) / (PAUSE_WEIGHT + found.evidence)
        return Law.of_mean(mean, PAUSE_CV)

    def to_state(self) -> dict[str, Any]:
        """Everything learned, JSON-able."""
        return {
            "overtime": self.overtime,
            "desks": [[*key, record.to_state()] for key, record in self._desks.items()],
            "days": [[branch, list(days)] for branch, days in self._days.items()],
            "pauses": [[place, record.to_state()] for place, record in self._pauses.items()],
        }

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> DeskPlan:
        """What `to_state` wrote; ValueError where it is not that."""
        try:
            plan = cls(float(state["overtime"]))
            plan._desks = {(branch, desk): DeskDays.from_state(rows) for branch, desk, rows in state["desks"]}
            plan._pauses = {place: SpanRecord.from_state(rows) for place, rows in state["pauses"]}
            plan._days = {branch: deque(days, maxlen=RECENT_DAYS) for branch, days in state["days"]}
        except (KeyError, TypeError, IndexError) as error:
            raise ValueError(f"not a state of desk plans: {error!r}") from error
        return plan


def _made(habitual: Span, taken: tuple[Span, ...]) -> bool:
    """Whether one of today's pauses was this one: half as long at least, and not far from it."""
    length = habitual[1] - habitual[0]
    return any(
        end - begin >= max(length / 2, LEAST_PAUSE)
        and begin < habitual[1] + length
        and end > habitual[0] - length
        for begin, end in taken
    )


def _without(start: float, end: float, pauses: list[Span]) -> list[Span]:
    """The times between start and end outside the pauses."""
    spans = []
    for begin, back in pauses:
        if back <= start:
            continue
        if start < min(begin, end):
            spans.append((start, min(begin, end)))
        start = max(start, back)
    return [*spans, (start, end)] if start < end else spans
