"""What a replay asks of a branch's times, and the answer of one who knows them: oracles and tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from predictors.laws import Law


class Rests(NamedTuple):
    """Pauses between a visit and the next call while somebody waits, which nobody told the system of: the
    share of visits that one follows, and the law of its minutes.
    """

    share: float
    law: Law


NO_RESTS = Rests(0.0, Law.of_mean(10.0, 0.8))


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

    def rests(self, branch: str) -> Rests:
        """How often and how long a desk pauses after a visit without telling the system."""
        ...

    def known(self, service: str, branch: str) -> bool:
        """Whether there is evidence enough to give anybody a number."""
        ...


class KnownTimes:
    """True laws by service, for an oracle and for tests; the same at every branch and hour."""

    def __init__(
        self,
        laws: Mapping[str, Law],
        *,
        no_show: float = 0.0,
        walk: float = 0.0,
        missed: float = 0.0,
        rests: Rests = NO_RESTS,
        default: Law | None = None,
    ) -> None:
        self._laws, self._default = dict(laws), default
        self._no_show, self._walk, self._missed, self._rests = no_show, walk, missed, rests

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

    def rests(self, branch: str) -> Rests:
        """The given ones."""
        return self._rests

    def known(self, service: str, branch: str) -> bool:
        """Always."""
        return True
