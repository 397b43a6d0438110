"""How fast a line moves, learned from its own calls, and what that makes a visitor wait.

What is learned is **desk-minutes a call**: while somebody stood in a line when its last ticket was called
("backlog"), minutes of branch time × open desks with the skill, divided by the calls in that time. Desks
shared with other lines need no model: the time they spend there is in it. Divided by the desks open now it is
minutes a ticket.

Three levels, each shrunk to the one above: the line's own record, the city's ratio of learned to prior
minutes (the weighted mean of the logarithms over all lines), the service's prior from the city file. Raw
recent throughput is not used: on real data it is worse than a line's long record.

Parameters were chosen on the Warsaw records (City of Warsaw's open queue API, collected by the authors of
kolejkeR, MIT, 2019) of 2–14 January 2020, pairs with somebody waiting on the 8th, 9th, 10th, 13th and 14th.
Mean absolute error of p50 there: 10.1 minutes knowing the days before, 10.9 knowing nothing in the morning
but a prior of 15 minutes (18 without the city's ratio). `tests/bench/warsaw_waits.py` repeats it.
"""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass

QUANTILES = (0.1, 0.5, 0.9)
FEWEST_CALLS = 2.5
FEWEST_CITY_CALLS = 100.0
"""The evidence is thin, and no number is given, while a line has been seen calling fewer than three times
with a backlog (a little faded) and the whole city fewer than a hundred times, of each line at most ten
counted. From a hundred on, ranges of lines never seen held on the Warsaw records: 0.04 below p10, 0.53
below p50, 0.91 below p90.
"""

_NORMAL_P90 = 1.2815515655446004
_MEMORY_CALLS = 400.0
_CITY_WEIGHT = 8.0
_RATIO_WEIGHT_MOST = 10.0
_RATIO_SHRINKAGE = 20.0
_HALF = 0.5


@dataclass(frozen=True)
class WaitLaw:
    """A lognormal law of waits, as measured: ln(wait ÷ (minutes a ticket × (ahead + ½))) against its own
    spread.

    `median`: the middle of that ratio (waits are skewed, so below 1). The variance of its logarithm is
    `between` (days differ) + `each` ÷ (ahead + ½) (few services ahead do not average out) + `thin` ÷ (calls +
    `thin`) (the rate itself is uncertain).
    """

    median: float = 0.82
    between: float = 0.12
    each: float = 0.65
    thin: float = 5.0


MEASURED = WaitLaw()


def wait_quantiles(
    ahead: int, minutes_a_ticket: float, calls: float, law: WaitLaw = MEASURED
) -> tuple[float, float, float]:
    """p10, p50, p90 (minutes) of the wait with `ahead` tickets before one.

    `calls` is the evidence behind `minutes_a_ticket`. The half ticket is what is left of the service under
    way.
    """
    tickets = ahead + _HALF
    middle = law.median * minutes_a_ticket * tickets
    spread = math.sqrt(law.between + law.each / tickets + law.thin / (calls + law.thin))
    factor = math.exp(_NORMAL_P90 * spread)
    return middle / factor, middle, middle * factor


@dataclass
class _Record:
    """One line's evidence. `share` and `weight` are what it adds to the city's ratio."""

    prior: float
    desk_minutes: float = 0.0
    calls: float = 0.0
    share: float = 0.0
    weight: float = 0.0


class Throughput:
    """What has been learned about all lines of one city; `line` is any hashable name of a line."""

    def __init__(self) -> None:
        self._records: dict[Hashable, _Record] = {}
        self._share = 0.0
        self._weight = 0.0

    def observe(self, line: Hashable, prior: float, desk_minutes: float, calls: int) -> None:
        """Add desk-minutes that passed with a backlog, and the calls that ended them (0 while none came).

        `prior`: the line's mean service minutes from the city file. Old evidence fades over about 400 calls.
        """
        record = self._records.setdefault(line, _Record(prior))
        keep = (1.0 - 1.0 / _MEMORY_CALLS) ** calls
        record.prior = prior
        record.desk_minutes = record.desk_minutes * keep + desk_minutes
        record.calls = record.calls * keep + calls
        self._weigh(record)

    def _weigh(self, record: _Record) -> None:
        """Replace the record's part of the city's ratio. One half call at the prior keeps the logarithm
        finite.
        """
        self._share -= record.share
        self._weight -= record.weight
        seen = (record.desk_minutes + _HALF * record.prior) / (record.calls + _HALF)
        record.weight = min(record.calls, _RATIO_WEIGHT_MOST)
        record.share = record.weight * math.log(seen / record.prior)
        self._share += record.share
        self._weight += record.weight

    @property
    def city_ratio(self) -> float:
        """Learned ÷ prior minutes over the whole city; 1 while nothing is known."""
        return math.exp(self._share / (self._weight + _RATIO_SHRINKAGE))

    def calls(self, line: Hashable) -> float:
        """The line's evidence: calls seen with a backlog, faded."""
        record = self._records.get(line)
        return record.calls if record else 0.0

    def desk_minutes(self, line: Hashable, prior: float) -> float:
        """Learned desk-minutes a call, shrunk to the city's ratio × `prior`."""
        expected = prior * self.city_ratio
        record = self._records.get(line)
        if record is None:
            return expected
        return (_CITY_WEIGHT * expected + record.desk_minutes) / (_CITY_WEIGHT + record.calls)

    def wait(self, line: Hashable, prior: float, desks: int, ahead: int) -> tuple[float, float, float] | None:
        """p10, p50, p90 (minutes of branch time) with `ahead` before one; None where the evidence is thin.

        `desks`: open desks with the skill; None without any.
        """
        calls = self.calls(line)
        thin = calls < FEWEST_CALLS and self._weight < FEWEST_CITY_CALLS
        if desks < 1 or thin:
            return None
        return wait_quantiles(ahead, self.desk_minutes(line, prior) / desks, calls)
