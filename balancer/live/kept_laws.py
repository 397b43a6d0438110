"""Learned laws, worked out once and kept: a replay asks for twenty a branch, few change between two. Pure.

A law is made anew when its own service was seen there, in the next hour, and after RENEW observations
anywhere, because the city's level is in every law.
"""

from __future__ import annotations

from predictors.service_times import Law, Rests, ServiceTimes

RENEW = 200


class KeptLaws:
    """See `predictors.known_times.Laws` for what a replay asks."""

    def __init__(self, times: ServiceTimes) -> None:
        self._times = times
        self._laws: dict[tuple[str, str], tuple[int, Law]] = {}
        self._seen = 0

    def forget(self, service: str, branch: str) -> None:
        """That service was seen there."""
        self._seen += 1
        if self._seen % RENEW:
            self._laws.pop((service, branch), None)
        else:
            self._laws.clear()

    def clear(self) -> None:
        """Everything may be different: another city file, another day."""
        self._laws.clear()

    def law(self, service: str, branch: str, hour: float) -> Law:
        """The law in the hour that holds `hour`."""
        kept = self._laws.get((service, branch))
        if kept is not None and kept[0] == int(hour):
            return kept[1]
        found = self._times.law(service, branch, hour)
        self._laws[service, branch] = int(hour), found
        return found

    def no_show(self, service: str, branch: str) -> float:
        """As learned."""
        return self._times.no_show(service, branch)

    def walk_minutes(self, branch: str) -> float:
        """As learned."""
        return self._times.walk_minutes(branch)

    def missed_minutes(self, branch: str) -> float:
        """As learned."""
        return self._times.missed_minutes(branch)

    def rests(self, branch: str) -> Rests:
        """As learned."""
        return self._times.rests(branch)

    def known(self, service: str, branch: str) -> bool:
        """As learned."""
        return self._times.known(service, branch)
