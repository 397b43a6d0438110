"""How long desks are taken in each sample of a replay: services, no-shows, rests, and what is in hand.

Draws are stratified over the samples (`predictors.laws`): each row holds one draw of every K-th of the law,
in an order of its own. An uncertain mean (`Law.doubt`) shifts all services of a sample together.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from predictors.desk_habits import REST_LEAST
from predictors.laws import LONGEST_MINUTES, Law, left_over, normal_strata, strata
from predictors.service_times import Laws

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

_ORDERS = 1024
_ORDERS_SEED = 20260131


@lru_cache(maxsize=16)
def _orders(samples: int) -> IntArray:
    """(1,024, K) random orders of the samples; drawing them anew would cost more than the replay."""
    drawn = np.random.default_rng(_ORDERS_SEED).random((_ORDERS, samples)).argsort(axis=1)
    drawn.setflags(write=False)
    return drawn


class Draws:
    """Draws for one branch at minute `now` of its day, `samples` (K) of each."""

    def __init__(self, branch: str, now: float, times: Laws, rng: np.random.Generator, samples: int) -> None:
        self._branch, self._times, self._rng, self._samples = branch, times, rng, samples
        self._hour = now / 60.0 % 24.0
        self._laws: dict[str, Law] = {}
        self._rests = times.rests(branch)
        offset, stride = rng.integers(_ORDERS, size=2).tolist()
        self._order, self._stride = offset, 2 * stride + 1
        self._doubt = self._shuffled(normal_strata(samples), np.zeros(1, np.intp))[0]

    def _shuffled(self, rows: FloatArray, which: IntArray) -> FloatArray:
        """(len(which), K): the row that `which` names, each in an order of its own (an odd stride meets all
        1,024 before one comes again).
        """
        place = self._order + self._stride * np.arange(len(which))
        self._order += self._stride * len(which)
        flat = _orders(self._samples).take(place % _ORDERS, axis=0)
        flat += which[:, None] * self._samples
        return np.asarray(rows.reshape(-1).take(flat))

    def law(self, service: str) -> Law:
        """The service's law now."""
        if service not in self._laws:
            self._laws[service] = self._times.law(service, self._branch, self._hour)
        return self._laws[service]

    def lasting(self, services: Sequence[str]) -> FloatArray:
        """(len(services), K) minutes from each call until the desk calls again, if somebody waits."""
        place: dict[str, int] = {}
        which = np.array([place.setdefault(service, len(place)) for service in services], dtype=np.intp)
        laws = [self.law(name) for name in place]
        z = normal_strata(self._samples)
        doubts = np.array([law.doubt for law in laws])
        drawn = self._shuffled(np.array([law.mu + law.sigma * z for law in laws]), which)
        if doubts.any():
            drawn += doubts[which, None] * self._doubt
        drawn = np.minimum(np.exp(drawn, out=drawn), LONGEST_MINUTES, out=drawn)
        drawn += self._times.walk_minutes(self._branch)
        missing = np.array([self._times.no_show(name, self._branch) for name in place])
        if missing.any() or self._rests.share > 0.0:
            chance = self._rng.random(drawn.shape)
            drawn[chance < missing[which, None]] = self._times.missed_minutes(self._branch)
            self._rest_after(drawn, chance > 1.0 - self._rests.share)
        return drawn

    def started(self, services: Sequence[str], elapsed: Sequence[float]) -> FloatArray:
        """(len(services), K) minutes until desks that started so long ago call again."""
        laws = [self.law(service) for service in services]
        rising = np.broadcast_to(strata(self._samples), (len(laws), self._samples))
        minutes = self._shuffled(left_over(laws, elapsed, rising), np.arange(len(laws)))
        if self._rests.share > 0.0:
            self._rest_after(minutes, self._rng.random(minutes.shape) < self._rests.share)
        return minutes

    def resting(self, idle: Sequence[float]) -> FloatArray:
        """(len(idle), K) minutes until desks call that have let a line wait for so long; below REST_LEAST
        most of them are about to call.
        """
        share, law = self._rests
        rising = np.broadcast_to(strata(self._samples), (len(idle), self._samples))
        left = self._shuffled(left_over([law] * len(idle), idle, rising), np.arange(len(idle)))
        soon = np.array(idle)[:, None] < REST_LEAST
        return np.where(soon & (self._rng.random(left.shape) >= share), 0.0, left)

    def _rest_after(self, minutes: FloatArray, rests: BoolArray) -> None:
        """Add the desk's own pauses, which the system is not told of, where `rests`."""
        law = self._rests.law
        lengths = np.exp(law.mu + law.sigma * self._rng.standard_normal(np.count_nonzero(rests)))
        minutes[rests] += np.minimum(lengths, LONGEST_MINUTES)
