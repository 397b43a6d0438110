"""A queue's waits at other times of today, as the public sees them. Pure.

A queue whose method is throughput has no replay to ask: its wait now is rolled forward instead (`later`). A
branch that stands still has no number for any time: nobody knows when it goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from balancer.city.hours import plan, rfc3339
from balancer.live.branch_load import BranchLoad
from balancer.live.day_ahead import STEP_MINUTES, Ahead
from balancer.live.estimates import BranchWaits
from balancer.live.wall_time import day_minute
from balancer.messages import Wait
from balancer.messages.estimates import QueueAhead, QuietHours, WaitAt
from predictors.conformal import Quantiles

MINUTE_MS = 60_000
USUAL_STEP = 30
QUIETER_SHARE, QUIETER_MINUTES, MOST_QUIETER = 0.7, 5.0, 3
"""Quieter is a time whose median is at most that share of the present one, and so many minutes less."""

Corrected = Callable[[str, Quantiles], Wait | None]
Later = Callable[[str, str, int], Wait | None]


@dataclass(frozen=True)
class AheadView:
    """One branch at city ms `now`. `corrected(branch, range)` gives the wait that is shown of a replayed
    range, `later(branch, queue, at)` the present wait rolled forward to city ms `at`.
    """

    load: BranchLoad
    latest: BranchWaits
    ahead: Ahead
    now: int
    corrected: Corrected
    later: Later

    def queue(self, queue: str, asked: Sequence[int] | None) -> QueueAhead:
        """The queue now, at the minutes of day that were asked for (None: every half-hour), and when it is
        quieter.
        """
        wait = self.latest.queues.get(queue)
        return QueueAhead(
            queue=queue,
            wait=wait,
            method=self.latest.methods.get(queue),
            at=self.times(queue, asked),
            quieter=[] if wait is None else self._quieter(queue, wait),
        )

    def times(self, queue: str, asked: Sequence[int] | None = None) -> list[WaitAt]:
        """The waits at these minutes of day (None: every half-hour)."""
        return [self._at(queue, minute) for minute in (self._usual_minutes() if asked is None else asked)]

    @property
    def _minute(self) -> float:
        return day_minute(self.load.branch.time_zone, self.now).minute

    def _instant(self, minute: float) -> int:
        return self.now + round((minute - self._minute) * MINUTE_MS)

    def _text(self, minute: float) -> str:
        return rfc3339(self.load.branch.time_zone, self._instant(minute) // MINUTE_MS * MINUTE_MS)

    def _usual_minutes(self) -> list[int]:
        first = (int(self._minute) // USUAL_STEP + 1) * USUAL_STEP
        open_minutes = range(first, 24 * 60, USUAL_STEP)
        return [minute for minute in open_minutes if self._open(minute)]

    def _open(self, minute: float) -> bool:
        """By the opening hours; a branch that is closed by hand during them stays so until they end."""
        at = self._instant(minute)
        shut = self.load.facts.phase != "open" and plan(self.load.branch, self.now).open_now
        closes = plan(self.load.branch, self.now).closes_at
        if shut and (closes is None or at < closes):
            return False
        return plan(self.load.branch, at).open_now

    def _at(self, queue: str, minute: float) -> WaitAt:
        is_open = self._open(minute)
        return WaitAt(self._text(minute), is_open, self._wait(queue, minute) if is_open else None)

    def _wait(self, queue: str, minute: float) -> Wait | None:
        if self.load.state == "paused" or minute < self._minute - 1:
            return None
        branch = self.load.branch.branch
        if self.latest.methods.get(queue) == "throughput":
            return self.later(branch, queue, self._instant(minute))
        found = self.ahead.at(queue, minute)
        return None if found is None else self.corrected(branch, found)

    def _quieter(self, queue: str, wait: Wait) -> list[QuietHours]:
        """Unbroken times in which the median is well below the present one, the quietest first."""
        most = min(wait.p50 * QUIETER_SHARE, wait.p50 - QUIETER_MINUTES)
        found: list[tuple[float, float, float]] = []
        for minute in self.ahead.minutes:
            then = self._wait(queue, minute) if self._open(minute) else None
            if then is None or then.p50 > most:
                continue
            if found and found[-1][1] == minute:
                begins, _, p50 = found.pop()
                found.append((begins, minute + STEP_MINUTES, max(p50, then.p50)))
            else:
                found.append((minute, minute + STEP_MINUTES, then.p50))
        quietest = sorted(found, key=lambda each: each[2])[:MOST_QUIETER]
        return [QuietHours(self._text(begins), self._text(ends), p50) for begins, ends, p50 in quietest]
