"""How long services take, learned from every one that ends: by service, branch and hour.

The mean of a service at a branch is shrunk to the service's over the city, that to the city's ratio of
learned to prior minutes × the service's prior. An evidence of n spans weighs n against a weight that says how
much levels truly differ (their usual coefficient of variation² ÷ the variance between them). The hour, the
branch's hour and the branch's day multiply it, each shrunk to 1. The spread is shrunk likewise.

Forgotten "finish" clicks: spans that nobody can be served for are refused, long ones count only as far as
`predictors.spans` says, so that one in ten forgotten barely moves a law.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from predictors.desk_habits import DeskHabits, Ratio
from predictors.known_times import KnownTimes, Laws, Rests
from predictors.laws import LONGEST_MINUTES, Law
from predictors.spans import SHORTEST_MINUTES, SpanRecord

__all__ = ["KnownTimes", "Law", "Laws", "Rests", "ServiceTimes"]

PRIOR_CV = 0.8
CV_WEIGHT = 30.0
BRANCH_WEIGHT = 16.0
SERVICE_WEIGHT = 8.0
CITY_WEIGHT = 20.0
HOUR_WEIGHT = 130.0
DAY_WEIGHT = 200.0
PRIOR_DOUBT = 0.5
"""Standard deviation of ln(true ÷ expected mean) of services in a city where none was ever seen."""

FEWEST = 3.0
FEWEST_IN_CITY = 30.0
"""A service is known once it has been seen three times, or the city's services thirty times."""

_FEWEST_FOR_HOURS = 20.0
_RATIO_MOST = 4.0
_HOUR_MEMORY = 3000.0
_STALE_GROWTH = 1.02

Key = tuple[str, ...]


class ServiceTimes(DeskHabits):
    """Learned laws of one city. `priors`: mean minutes by service from the city file."""

    def __init__(self, priors: Mapping[str, float], default_prior: float = 15.0) -> None:
        super().__init__()
        self._default = default_prior if 0.0 < default_prior <= LONGEST_MINUTES else 15.0
        self._priors: dict[str, float] = {}
        self._services: dict[str, SpanRecord] = {}
        self._branches: dict[tuple[str, str], SpanRecord] = {}
        self._hours: dict[Key, Ratio] = {}
        self._days: dict[str, tuple[int, Ratio]] = {}
        self._evidence = 0.0
        self._ratio, self._ratio_evidence = 1.0, -1.0
        self.refit(priors)

    def refit(self, priors: Mapping[str, float]) -> None:
        """Go on with another city file; what was learned stays. A prior that is no length is the default."""
        self._priors = {each: minutes for each, minutes in priors.items() if 0.0 < minutes <= LONGEST_MINUTES}
        self._ratio_evidence = -1.0

    def observe(
        self,
        service: str,
        branch: str,
        hour: float,
        minutes: float,
        *,
        censored: bool = False,
        day: int = 0,
    ) -> None:
        """Take in one span from start to finish; `censored`: it was cut off, and was at least so long.

        `hour` of day (0–24) and `day` (any number that rises) of its start. Never raises: a span that is not
        a number, not positive or over LONGEST_MINUTES teaches nothing.
        """
        if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
            return
        own = self._branches.setdefault((service, branch), SpanRecord())
        if not censored:
            if own.count >= _FEWEST_FOR_HOURS and math.isfinite(hour):
                self._observe_hour(service, branch, hour, minutes, day)
            self._evidence += 1.0
        own.add(minutes, censored)
        self._services.setdefault(service, SpanRecord()).add(minutes, censored)

    def _observe_hour(self, service: str, branch: str, hour: float, minutes: float, day: int) -> None:
        """The hour's and the day's part: minutes ÷ what is expected without them."""
        ratio = minutes / self._mean(service, branch)
        if ratio > _RATIO_MOST:
            return
        at = _hour_key(hour)
        for key in ((branch,), (branch, at), (service, branch), (service, branch, at)):
            self._hours.setdefault(key, Ratio()).add(ratio, _HOUR_MEMORY)
        latest, today = self._days.get(branch, (day, Ratio()))
        if day > latest:
            latest, today = day, Ratio()
        if day == latest:
            today.add(ratio)
            self._days[branch] = latest, today

    def begin_day(self, branch: str, day: int) -> None:
        """A new day: what was special about the day before is forgotten."""
        if branch in self._days and day > self._days[branch][0]:
            self._days[branch] = day, Ratio()

    def known(self, service: str, branch: str) -> bool:
        """Seen FEWEST times in the city, or all services together FEWEST_IN_CITY times."""
        record = self._services.get(service)
        return (record is not None and record.count >= FEWEST) or self._evidence >= FEWEST_IN_CITY

    def law(self, service: str, branch: str, hour: float) -> Law:
        """The law of a service that starts at that hour (0–24); never fails, at worst it is the prior's."""
        cv = self._cv(service)
        spread = max(cv * cv, 1e-6)
        variance = 1.0 / (1.0 / PRIOR_DOUBT**2 + self._evidence / (spread * SERVICE_WEIGHT))
        evidence = 0.0
        for record, weight in self._levels(service, branch):
            evidence = record.count if record else 0.0
            variance = 1.0 / (1.0 / (variance + PRIOR_CV**2 / weight) + evidence / spread)
        mean = self._mean(service, branch) * self._factor(service, branch, hour)
        variance += spread / (DAY_WEIGHT + self._seen_today(branch))
        variance += spread / (HOUR_WEIGHT + self._seen_at(service, branch, hour))
        return Law.of_mean(
            min(max(mean, SHORTEST_MINUTES), LONGEST_MINUTES), cv, evidence, math.sqrt(variance)
        )

    def _prior(self, service: str) -> float:
        return self._priors.get(service, self._default)

    def _city_ratio(self) -> float:
        """Learned ÷ prior minutes over the city; measured anew when the evidence has grown by 2 %."""
        if self._evidence > self._ratio_evidence * _STALE_GROWTH or self._ratio_evidence < 0.0:
            logs, weights = 0.0, 0.0
            for service, record in self._services.items():
                prior = self._prior(service)
                found = record.moments(prior)
                logs += found.evidence * math.log(found.mean / prior)
                weights += found.evidence
            self._ratio = math.exp(logs / (weights + CITY_WEIGHT))
            self._ratio_evidence = self._evidence
        return self._ratio

    def _mean(self, service: str, branch: str) -> float:
        """Mean minutes without hour and day: the prior × the city's ratio, then the service, then the two."""
        prior = self._prior(service)
        mean = prior * self._city_ratio()
        for record, weight in self._levels(service, branch):
            if record is not None:
                found = record.moments(prior)
                mean = (weight * mean + found.evidence * found.mean) / (weight + found.evidence)
        return mean

    def _levels(self, service: str, branch: str) -> tuple[tuple[SpanRecord | None, float], ...]:
        """The service's record over the city, then at the branch, each with the weight of the one above."""
        city, here = self._services.get(service), self._branches.get((service, branch))
        return (city, SERVICE_WEIGHT), (here, BRANCH_WEIGHT)

    def _cv(self, service: str) -> float:
        record = self._services.get(service)
        if record is None:
            return PRIOR_CV
        found = record.moments(self._prior(service))
        squares = CV_WEIGHT * PRIOR_CV**2 + found.evidence * found.cv**2
        return math.sqrt(squares / (CV_WEIGHT + found.evidence))

    def _seen_today(self, branch: str) -> float:
        return self._days[branch][1].count if branch in self._days else 0.0

    def _seen_at(self, service: str, branch: str, hour: float) -> float:
        seen = self._hours.get((service, branch, _hour_key(hour))) if math.isfinite(hour) else None
        return seen.count if seen else 0.0

    def _factor(self, service: str, branch: str, hour: float) -> float:
        """Hour of the branch × hour of the service there (each against its own all-day mean) × today."""
        factor = self._today(branch)
        if not math.isfinite(hour):
            return factor
        at = _hour_key(hour)
        of_branch = self._against_all_day((branch,), at, 1.0)
        return factor * of_branch * self._against_all_day((service, branch), at, of_branch) / of_branch

    def _today(self, branch: str) -> float:
        """Today ÷ all days at the branch; both leave out the longest spans, so neither is 1 on its own."""
        all_days = self._hours.get((branch,))
        if branch not in self._days or all_days is None:
            return 1.0
        usual = all_days.shrunk(DAY_WEIGHT)
        return self._days[branch][1].shrunk(DAY_WEIGHT, usual) / usual

    def _against_all_day(self, key: Key, at: str, expected: float) -> float:
        hourly = self._hours.get((*key, at))
        if hourly is None:
            return expected
        return hourly.shrunk(HOUR_WEIGHT, expected) / self._hours[key].shrunk(HOUR_WEIGHT)

    def to_state(self) -> dict[str, Any]:
        """Everything learned, JSON-able."""
        return {
            **super().to_state(),
            "priors": self._priors,
            "default_prior": self._default,
            "services": [[each, record.to_state()] for each, record in self._services.items()],
            "branches": [[*key, record.to_state()] for key, record in self._branches.items()],
            "hours": [[list(key), each.total, each.count] for key, each in self._hours.items()],
            "days": [[key, day, each.total, each.count] for key, (day, each) in self._days.items()],
        }

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> ServiceTimes:
        """What `to_state` wrote; ValueError where it is not that."""
        try:
            times = cls(state["priors"], state["default_prior"])
            times._load_habits(state)
            times._services = {each: SpanRecord.from_state(rows) for each, rows in state["services"]}
            times._branches = {(s, b): SpanRecord.from_state(rows) for s, b, rows in state["branches"]}
            times._hours = {tuple(key): Ratio(total, count) for key, total, count in state["hours"]}
            times._days = {key: (day, Ratio(total, count)) for key, day, total, count in state["days"]}
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not a state of service times: {error!r}") from error
        times._evidence = sum(record.count for record in times._services.values())
        return times


def _hour_key(hour: float) -> str:
    return str(int(hour % 24.0))
