"""What calls teach beside service times: who does not come, how long people walk, how desks rest unseen."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from predictors.known_times import NO_RESTS, Rests
from predictors.laws import Law
from predictors.spans import SpanRecord

NO_SHOW_PRIOR = 0.05
NO_SHOW_WEIGHT = 40.0
WALK_WEIGHT = 5.0
LONGEST_WALK = 15.0
MISSED_MINUTES = 3.0
"""What a visitor costs who does not come, while nothing was seen."""

REST_LEAST = 1.0
REST_LONGEST = 90.0
REST_WEIGHT = 30.0
REST_PRIOR = 5.0
"""A desk that lets a line wait for a minute rests; after an hour and a half it has forgotten to close."""

_CITY = ""


class Ratio:
    """A sum of figures whose mean is shrunk to something."""

    __slots__ = ("total", "count")

    def __init__(self, total: float = 0.0, count: float = 0.0) -> None:
        if not (math.isfinite(total) and math.isfinite(count) and count >= 0.0):
            raise ValueError(f"not a sum and a count: {total!r}, {count!r}")
        self.total, self.count = total, count

    def add(self, figure: float, memory: float = math.inf) -> None:
        """Take in one more; beyond `memory` of them the old ones fade."""
        if self.count >= memory:
            self.total *= 1.0 - 1.0 / memory
            self.count *= 1.0 - 1.0 / memory
        self.total += figure
        self.count += 1.0

    def shrunk(self, weight: float, to: float = 1.0) -> float:
        """The mean, with `weight` figures of `to` among them."""
        return (weight * to + self.total) / (weight + self.count)


class DeskHabits:
    """The part of `ServiceTimes` that calls teach: shares and mean minutes by branch, shrunk to the city's.

    Absurd minutes teach nothing.
    """

    def __init__(self) -> None:
        self._calls: dict[tuple[str, ...], Ratio] = {}
        self._walks: dict[str, Ratio] = {}
        self._missed = Ratio()
        self._rest_shares: dict[str, Ratio] = {}
        self._rests = SpanRecord()

    def observe_call(self, service: str, branch: str, missed: bool, minutes: float | None = None) -> None:
        """Take in that a call was answered or not; `minutes` from the call to the start or to giving up."""
        for key in ((), (branch,), (service, branch)):
            self._calls.setdefault(key, Ratio()).add(float(missed))
        if minutes is None or not 0.0 <= minutes <= LONGEST_WALK:
            return
        if missed:
            self._missed.add(minutes)
        else:
            self.observe_walk(branch, minutes)

    def observe_walk(self, branch: str, minutes: float) -> None:
        """Take in the minutes from a call to the start."""
        if 0.0 <= minutes <= LONGEST_WALK:
            for place in (branch, _CITY):
                self._walks.setdefault(place, Ratio()).add(minutes)

    def observe_rest(self, branch: str, minutes: float) -> None:
        """Take in the minutes from a finish to that desk's next call, during all of which somebody waited
        whom the desk could have called. Call it for the short ones too: they say how rare the long are.
        """
        if not 0.0 <= minutes <= REST_LONGEST:
            return
        rested = minutes >= REST_LEAST
        for place in (branch, _CITY):
            self._rest_shares.setdefault(place, Ratio()).add(float(rested))
        if rested:
            self._rests.add(minutes)

    def no_show(self, service: str, branch: str) -> float:
        """Probability that a called visitor does not come; 0 before the first call that was seen."""
        if not self._calls:
            return 0.0
        share = NO_SHOW_PRIOR
        for key in ((), (branch,), (service, branch)):
            if key in self._calls:
                share = self._calls[key].shrunk(NO_SHOW_WEIGHT, share)
        return share

    def walk_minutes(self, branch: str) -> float:
        """Mean minutes from a call to the start; 0 while none was seen."""
        return self._by_branch(self._walks, branch, WALK_WEIGHT, 0.0)

    def missed_minutes(self, branch: str) -> float:
        """Mean minutes that a visitor costs who does not come; the same in the whole city."""
        return self._missed.shrunk(WALK_WEIGHT, MISSED_MINUTES)

    def rests(self, branch: str) -> Rests:
        """How often and how long desks rest unseen; the lengths are the whole city's."""
        share = self._by_branch(self._rest_shares, branch, REST_WEIGHT, 0.0)
        prior = NO_RESTS.law.mean
        found = self._rests.moments(prior)
        if found.evidence <= 0.0:
            return NO_RESTS
        mean = (REST_PRIOR * prior + found.evidence * found.mean) / (REST_PRIOR + found.evidence)
        spread = (REST_PRIOR * 0.8**2 + found.evidence * found.cv**2) / (REST_PRIOR + found.evidence)
        return Rests(share, Law.of_mean(mean, math.sqrt(spread), found.evidence))

    @staticmethod
    def _by_branch(ratios: Mapping[str, Ratio], branch: str, weight: float, prior: float) -> float:
        city = ratios[_CITY].shrunk(weight, prior) if _CITY in ratios else prior
        return ratios[branch].shrunk(weight, city) if branch in ratios else city

    def to_state(self) -> dict[str, Any]:
        """Everything learned, JSON-able."""
        return {
            "calls": [[list(key), each.total, each.count] for key, each in self._calls.items()],
            "walks": [[key, each.total, each.count] for key, each in self._walks.items()],
            "missed": [self._missed.total, self._missed.count],
            "rest_shares": [[key, each.total, each.count] for key, each in self._rest_shares.items()],
            "rests": self._rests.to_state(),
        }

    def _load_habits(self, state: Mapping[str, Any]) -> None:
        """What `to_state` wrote; KeyError, TypeError or ValueError where it is not that."""
        self._calls = {tuple(key): Ratio(total, count) for key, total, count in state["calls"]}
        self._walks = {key: Ratio(total, count) for key, total, count in state["walks"]}
        self._missed = Ratio(*state["missed"])
        self._rest_shares = {key: Ratio(total, count) for key, total, count in state["rest_shares"]}
        self._rests = SpanRecord.from_state(state["rests"])
