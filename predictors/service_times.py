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
from typing import Any, Protocol

from predictors.laws import LONGEST_MINUTES, Law
from predictors.spans import SHORTEST_MINUTES, SpanRecord

PRIOR_CV = 0.8
CV_WEIGHT = 30.0
BRANCH_WEIGHT = 16.0
SERVICE_WEIGHT = 8.0
CITY_WEIGHT = 20.0
HOUR_WEIGHT = 130.0
DAY_WEIGHT = 100.0
PRIOR_DOUBT = 0.5
"""Standard deviation of ln(true ÷ expected mean) of a service that was never seen."""

FEWEST = 3.0
FEWEST_IN_CITY = 30.0
"""A service is known once it has been seen three times, or the city's services thirty times."""

NO_SHOW_PRIOR = 0.05
NO_SHOW_WEIGHT = 40.0
WALK_WEIGHT = 5.0
LONGEST_WALK = 15.0
MISSED_MINUTES = 3.0
_RATIO_MOST = 4.0


class Laws(Protocol):
    """What a replay asks of service times: learned ones and true ones answer alike."""

    def law(self, service: str, branch: str, hour: float) -> Law:
        """The law of a service that starts at that hour of day (0–24, fractions allowed)."""
        ...

    def no_show(self, service: str, branch: str) -> float:
        """Probability that a called visitor does not come."""
        ...

    def walk_minutes(self, branch: str) -> float:
        """Minutes of a desk between a call and the start of the service."""
        ...

    def missed_minutes(self, branch: str) -> float:
        """Minutes of a desk that a called visitor costs who does not come."""
        ...

    def known(self, service: str, branch: str) -> bool:
        """Whether there is evidence enough to give anybody a number."""
        ...


class _Ratio:
    """A sum of ratios shrunk to 1."""

    __slots__ = ("total", "count")

    def __init__(self, total: float = 0.0, count: float = 0.0) -> None:
        self.total, self.count = total, count

    def add(self, ratio: float) -> None:
        self.total += ratio
        self.count += 1.0

    def shrunk(self, weight: float, to: float = 1.0) -> float:
        return (weight * to + self.total) / (weight + self.count)


class KnownTimes:
    """True laws by service, for an oracle and for tests; the same at every branch and hour."""

    def __init__(
        self,
        laws: Mapping[str, Law],
        *,
        no_show: float = 0.0,
        walk: float = 0.0,
        missed: float = 0.0,
        default: Law | None = None,
    ) -> None:
        self._laws, self._default = dict(laws), default
        self._no_show, self._walk, self._missed = no_show, walk, missed

    def law(self, service: str, branch: str, hour: float) -> Law:
        """The given law; KeyError for a service without one where there is no default."""
        return self._laws[service] if self._default is None else self._laws.get(service, self._default)

    def no_show(self, service: str, branch: str) -> float:
        """The given probability."""
        return self._no_show

    def walk_minutes(self, branch: str) -> float:
        """The given minutes."""
        return self._walk

    def missed_minutes(self, branch: str) -> float:
        """The given minutes."""
        return self._missed

    def known(self, service: str, branch: str) -> bool:
        """Always."""
        return True


class ServiceTimes:
    """Learned laws of one city. `priors`: mean minutes by service from the city file."""

    def __init__(self, priors: Mapping[str, float], default_prior: float = 15.0) -> None:
        self._default = default_prior if 0.0 < default_prior < LONGEST_MINUTES else 15.0
        self._priors: dict[str, float] = {}
        self._services: dict[str, SpanRecord] = {}
        self._branches: dict[tuple[str, str], SpanRecord] = {}
        self._hours: dict[tuple[str, ...], _Ratio] = {}
        self._days: dict[str, tuple[int, _Ratio]] = {}
        self._calls: dict[tuple[str, ...], _Ratio] = {}
        self._walks: dict[str, _Ratio] = {}
        self._missed = _Ratio()
        self._city: tuple[float, float] | None = None
        self.refit(priors)

    def refit(self, priors: Mapping[str, float]) -> None:
        """Go on with another city file; what was learned stays. A prior that is no length is the default."""
        self._priors = {each: minutes for each, minutes in priors.items() if 0.0 < minutes < LONGEST_MINUTES}
        self._city = None

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

        Never raises: a span that is not a number, not positive or over LONGEST_MINUTES teaches nothing.
        """
        if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
            return
        if not censored:
            self._observe_ratio(service, branch, hour, minutes, day)
        self._services.setdefault(service, SpanRecord()).add(minutes, censored)
        self._branches.setdefault((service, branch), SpanRecord()).add(minutes, censored)
        self._city = None

    def _observe_ratio(self, service: str, branch: str, hour: float, minutes: float, day: int) -> None:
        """The hour's and the day's part: minutes ÷ what was expected without them, where that is known."""
        if not self.known(service, branch) or not math.isfinite(hour):
            return
        ratio = minutes / self._mean(service, branch)
        if ratio > _RATIO_MOST:
            return
        for key in ((branch, str(int(hour))), (service, branch, str(int(hour)))):
            self._hours.setdefault(key, _Ratio()).add(ratio)
        latest, today = self._days.get(branch, (day, _Ratio()))
        if day > latest:
            latest, today = day, _Ratio()
        if day == latest:
            today.add(ratio)
            self._days[branch] = latest, today

    def observe_call(self, service: str, branch: str, missed: bool, minutes: float | None = None) -> None:
        """Take in that a call was answered or not; `minutes` from the call to the start or to giving up."""
        for key in ((), (branch,), (service, branch)):
            self._calls.setdefault(key, _Ratio()).add(float(missed))
        if minutes is not None and 0.0 <= minutes <= LONGEST_WALK:
            if missed:
                self._missed.add(minutes)
            else:
                self.observe_walk(branch, minutes)

    def observe_walk(self, branch: str, minutes: float) -> None:
        """Take in the minutes from a call to the start; absurd ones teach nothing."""
        if 0.0 <= minutes <= LONGEST_WALK:
            self._walks.setdefault(branch, _Ratio()).add(minutes)
            self._walks.setdefault("", _Ratio()).add(minutes)

    def prior(self, service: str) -> float:
        """Mean minutes by the city file."""
        return self._priors.get(service, self._default)

    def known(self, service: str, branch: str) -> bool:
        """Seen FEWEST times, or all services FEWEST_IN_CITY times."""
        record = self._services.get(service)
        return (record is not None and record.count >= FEWEST) or self._evidence() >= FEWEST_IN_CITY

    def _evidence(self) -> float:
        return sum(each.count for each in self._services.values())

    def _city_ratio(self) -> float:
        """Learned ÷ prior minutes over the city; 1 while nothing is known."""
        if self._city is None:
            logs, weight = 0.0, 0.0
            for service, record in self._services.items():
                prior = self.prior(service)
                found = record.moments(prior)
                logs += found.evidence * math.log(found.mean / prior)
                weight += found.evidence
            self._city = (math.exp(logs / (weight + CITY_WEIGHT)), weight)
        return self._city[0]

    def _service_mean(self, service: str) -> float:
        prior = self.prior(service)
        expected = prior * self._city_ratio()
        record = self._services.get(service)
        if record is None:
            return expected
        found = record.moments(prior)
        return (SERVICE_WEIGHT * expected + found.evidence * found.mean) / (SERVICE_WEIGHT + found.evidence)

    def _mean(self, service: str, branch: str) -> float:
        expected = self._service_mean(service)
        record = self._branches.get((service, branch))
        if record is None:
            return expected
        found = record.moments(self.prior(service))
        return (BRANCH_WEIGHT * expected + found.evidence * found.mean) / (BRANCH_WEIGHT + found.evidence)

    def _cv(self, service: str) -> float:
        record = self._services.get(service)
        if record is None:
            return PRIOR_CV
        found = record.moments(self.prior(service))
        return math.sqrt(
            (CV_WEIGHT * PRIOR_CV**2 + found.evidence * found.cv**2) / (CV_WEIGHT + found.evidence)
        )

    def law(self, service: str, branch: str, hour: float) -> Law:
        """The law of a service that starts at that hour (0–24); never fails, at worst it is the prior's."""
        mean = self._mean(service, branch) * self._factor(service, branch, hour)
        record = self._branches.get((service, branch))
        own = record.count if record else 0.0
        whole = self._services[service].count if service in self._services else 0.0
        cv = self._cv(service)
        doubt = 1.0 / math.sqrt(1.0 / PRIOR_DOUBT**2 + (whole + own) / (2.0 * cv * cv + 1e-9))
        return Law.of_mean(min(mean, LONGEST_MINUTES), cv, own, doubt)

    def _factor(self, service: str, branch: str, hour: float) -> float:
        """Hour of the branch × hour of the service there × today at the branch."""
        factor = self._days[branch][1].shrunk(DAY_WEIGHT) if branch in self._days else 1.0
        if math.isfinite(hour):
            for key in ((branch, str(int(hour))), (service, branch, str(int(hour)))):
                if key in self._hours:
                    factor *= self._hours[key].shrunk(HOUR_WEIGHT)
        return factor

    def no_show(self, service: str, branch: str) -> float:
        """Probability that a called visitor does not come, shrunk to the branch's and the city's."""
        share = NO_SHOW_PRIOR
        for key in ((), (branch,), (service, branch)):
            if key in self._calls:
                share = self._calls[key].shrunk(NO_SHOW_WEIGHT, share)
        return share if self._calls else 0.0

    def walk_minutes(self, branch: str) -> float:
        """Mean minutes from a call to the start, shrunk to the city's; 0 while none was seen."""
        city = self._walks[""].shrunk(WALK_WEIGHT, 0.0) if "" in self._walks else 0.0
        return self._walks[branch].shrunk(WALK_WEIGHT, city) if branch in self._walks else city

    def missed_minutes(self, branch: str) -> float:
        """Mean minutes that a visitor costs who does not come; the same in the whole city."""
        return self._missed.shrunk(WALK_WEIGHT, MISSED_MINUTES)

    def to_state(self) -> dict[str, Any]:
        """Everything learned, JSON-able."""
        return {
            "priors": self._priors,
            "default_prior": self._default,
            "services": {each: record.to_state() for each, record in self._services.items()},
            "branches": [[*key, record.to_state()] for key, record in self._branches.items()],
            "hours": [[list(key), each.total, each.count] for key, each in self._hours.items()],
            "calls": [[list(key), each.total, each.count] for key, each in self._calls.items()],
            "missed": [self._missed.total, self._missed.count],
            "walks": [[key, each.total, each.count] for key, each in self._walks.items()],
            "days": [[key, day, each.total, each.count] for key, (day, each) in self._days.items()],
        }

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> ServiceTimes:
        """What `to_state` wrote; ValueError where it is not that."""
        try:
            times = cls(state["priors"], state["default_prior"])
            times._services = {k: SpanRecord.from_state(rows) for k, rows in state["services"].items()}
            times._branches = {(s, b): SpanRecord.from_state(rows) for s, b, rows in state["branches"]}
            times._hours = {tuple(key): _Ratio(total, count) for key, total, count in state["hours"]}
            times._calls = {tuple(key): _Ratio(total, count) for key, total, count in state["calls"]}
            times._walks = {key: _Ratio(total, count) for key, total, count in state["walks"]}
            times._missed = _Ratio(*state["missed"])
            times._days = {key: (day, _Ratio(total, count)) for key, day, total, count in state["days"]}
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not a state of service times: {error!r}") from error
        return times
