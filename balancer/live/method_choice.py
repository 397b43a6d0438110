"""Which of two methods a queue's waits are shown by: the one whose own record there is better. Pure.

When a ticket is issued both say its wait; when it is called for the first time both are held against what
happened. A queue's ratio of errors (mean absolute error of p50, replay ÷ throughput) is shrunk to its
branch's, that to the city's, and that to FIRST_RATIO: the simpler method speaks until the replay has shown
in some forty calls that it knows better. Old evidence fades over about MEMORY calls.
"""

from __future__ import annotations

from dataclasses import dataclass

from predictors.conformal import Quantiles

FIRST_RATIO = 1.1
"""Where desks tell the truth, the replay is far better and has soon shown it. Where they do not (the recorded
offices of Warsaw have one made-up desk a queue, which serves without a break), it errs half as much again.
"""

WEIGHT = 100.0
MEMORY = 500.0
BETTER = 0.95
LEAST_ERROR = 0.5
"""Minutes: smaller mean errors of both are alike."""


@dataclass(slots=True)
class _Errors:
    """Faded sums of absolute errors of p50 in minutes, and of calls."""

    replay: float = 0.0
    throughput: float = 0.0
    calls: float = 0.0

    def add(self, replay: float, throughput: float) -> None:
        keep = 1.0 - 1.0 / MEMORY
        self.replay = self.replay * keep + replay
        self.throughput = self.throughput * keep + throughput
        self.calls = self.calls * keep + 1.0

    def ratio(self, above: float) -> float:
        """Replay ÷ throughput, shrunk to the ratio of the level above."""
        usual = max(self.throughput / self.calls, LEAST_ERROR) if self.calls else LEAST_ERROR
        lent = WEIGHT * usual
        return (self.replay + lent * above) / (self.throughput + lent)


class MethodChoice:
    """The record of both methods over one city."""

    def __init__(self) -> None:
        self._errors: dict[tuple[str, ...], _Errors] = {}

    def observe(
        self, branch: str, queue: str, replay: Quantiles, throughput: Quantiles, actual: float
    ) -> None:
        """Take in what both said when a ticket was issued, and the minutes until its first call."""
        off = abs(replay.p50 - actual), abs(throughput.p50 - actual)
        for level in ((), (branch,), (branch, queue)):
            self._errors.setdefault(level, _Errors()).add(*off)

    def ratio(self, branch: str, queue: str) -> float:
        """Error of the replay ÷ error of the throughput for that queue."""
        found = FIRST_RATIO
        for level in ((), (branch,), (branch, queue)):
            if level in self._errors:
                found = self._errors[level].ratio(found)
        return found

    def prefers_replay(self, branch: str, queue: str) -> bool:
        """Whether the replay's record is the better one, by more than the chance of a day."""
        return self.ratio(branch, queue) <= BETTER
