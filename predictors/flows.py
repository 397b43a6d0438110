"""How many will come to a branch in the next minutes whom no intent carries: learned from days and today.

Every arrival that no intent carries counts, whoever it is: those who never ask and app users who do not
announce themselves. So the forecast includes the flows that our own advice makes; one that knew only the
walk-ins would find every advised branch emptier than it will be.
"""

from __future__ import annotations

import math

SLOT_MINUTES = 30.0
MEMORY_DAYS = 10.0
LEVEL_WEIGHT = 25.0
LEVEL_MEMORY = 240.0


class Flow:
    """One branch's arrivals a minute by slot of the day; minutes after opening.

    The profile fades over MEMORY_DAYS. Today's level is a gamma–Poisson posterior: its prior of 1 weighs as
    much as LEVEL_WEIGHT expected arrivals (local shocks of CV 0.2 make 25); what happened fades over
    LEVEL_MEMORY minutes, so that it follows advice that changes its mind.
    """

    def __init__(self, day_minutes: float, prior_rate: float) -> None:
        self._rates = [prior_rate] * max(1, math.ceil(day_minutes / SLOT_MINUTES))
        self._counts = [0.0] * len(self._rates)
        self._days = 0
        self._now = self._came = self._expected = 0.0

    def end_day(self) -> None:
        """Today becomes history."""
        self._days += 1
        share = 1.0 / min(self._days, MEMORY_DAYS)
        for slot, count in enumerate(self._counts):
            self._rates[slot] += share * (max(count, 0.0) / SLOT_MINUTES - self._rates[slot])
        self._counts = [0.0] * len(self._rates)
        self._now = self._came = self._expected = 0.0

    def observe(self, at: float, amount: float = 1.0) -> None:
        """Somebody came, or a correction of that size."""
        self._pass(at)
        self._came += amount
        self._counts[self._slot(at)] += amount

    def rate(self, ahead: float = 0.0) -> float:
        """Expected arrivals a minute, `ahead` minutes after the last `observe` or `now`."""
        level = (LEVEL_WEIGHT + self._came) / (LEVEL_WEIGHT + self._expected)
        return max(0.0, level * self._rates[self._slot(self._now + ahead)])

    def now(self, at: float) -> None:
        """It is `at`: what was expected until then and did not come counts too."""
        self._pass(at)

    def _pass(self, at: float) -> None:
        """Fade what happened, expect what the minutes since should have brought."""
        passed = at - self._now
        if passed <= 0.0:
            return
        keep = math.exp(-passed / LEVEL_MEMORY)
        self._came *= keep
        self._expected = self._expected * keep + self._rates[self._slot(at)] * passed
        self._now = at

    def _slot(self, at: float) -> int:
        return min(max(int(at / SLOT_MINUTES), 0), len(self._rates) - 1)
