"""The best forecast that anybody could give of a synthetic branch: all laws known, nothing of the future.

It knows the true laws of service, walking, no-shows and unlogged breaks, how long each visitor has been at
his desk, and the plan of the lunches, and plays the line through K times. It does not know today's draws, nor
whether or when an alarm will come. Written apart from the product's replay, so that each checks the other.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from predictors.synthetic import NO_SHOW, NO_SHOW_MINUTES, QUEUES, WALK, FloatArray, Lognormal, Scenario
from predictors.synthetic_day import IntArray
from predictors.synthetic_view import DeskView, View

SAMPLES = 100
_POOL = 100_000
LEVELS = (0.1, 0.5, 0.9)


class Residual:
    """Draws from a law, and from what is left of it after `elapsed` minutes, out of a large sorted sample."""

    def __init__(self, law: Lognormal, rng: np.random.Generator) -> None:
        self._pool = np.sort(law.sample(rng, _POOL))

    def fresh(self, rng: np.random.Generator, size: int) -> FloatArray:
        """Whole times."""
        return self._pool[rng.integers(0, _POOL, size)]

    def left(self, elapsed: float, rng: np.random.Generator, size: int) -> FloatArray:
        """T − elapsed, given that T > elapsed."""
        first = min(int(np.searchsorted(self._pool, elapsed, side="right")), _POOL - 1)
        return np.maximum(self._pool[rng.integers(first, _POOL, size)] - elapsed, 0.0)

    def beyond(self, elapsed: float) -> float:
        """P(T > elapsed)."""
        return 1.0 - float(np.searchsorted(self._pool, elapsed, side="right")) / _POOL


class Oracle:
    """Asks the true laws of one scenario; randomness is its own, from the seed."""

    def __init__(self, world: Scenario, seed: int, samples: int = SAMPLES) -> None:
        self._world = world
        self._samples = samples
        self._rng = np.random.default_rng([seed, 7])
        self._services = [Residual(law, self._rng) for law in QUEUES.values()]
        self._walk = Residual(WALK, self._rng)
        self._rest = Residual(world.rest, self._rng)

    def ask(self, view: View, tickets: Sequence[int]) -> FloatArray:
        """p10, p50, p90 (minutes) of what each of these waiting tickets still has to wait; shape (n, 3)."""
        free = self._free(view)
        skills = [
            np.array([i for i, desk in enumerate(view.day.spec.desks) if queue in desk.queues])
            for queue in range(len(QUEUES))
        ]
        rows = np.arange(self._samples)
        asked = {ticket: np.empty(0) for ticket in tickets}
        last = max(tickets)
        for ticket in view.waiting:
            if ticket > last:
                break
            queue = int(view.day.queue[ticket])
            able = skills[queue]
            desk = able[np.argmin(free[:, able], axis=1)]
            begins = free[rows, desk]
            if int(ticket) in asked:
                asked[int(ticket)] = begins - view.now
            free[rows, desk] = self._open(view, desk, begins + self._visit(queue))
        return np.stack([quantiles(asked[ticket]) for ticket in tickets])

    def _visit(self, queue: int) -> FloatArray:
        """How long a call keeps its desk."""
        rng, size = self._rng, self._samples
        served = self._walk.fresh(rng, size) + self._services[queue].fresh(rng, size)
        served = np.where(rng.random(size) < NO_SHOW, NO_SHOW_MINUTES, served)
        return served + self._break()

    def _break(self) -> FloatArray:
        size = self._samples
        if not self._world.break_share:
            return np.zeros(size)
        rests = self._rng.random(size) < self._world.break_share
        return np.where(rests, self._rest.fresh(self._rng, size), 0.0)

    def _free(self, view: View) -> FloatArray:
        """When each desk can call next, shape (K, desks)."""
        moments = np.empty((self._samples, len(view.desks)))
        for place, desk in enumerate(view.desks):
            if desk.ticket is not None:
                until = self._in_hand(desk, int(view.day.queue[desk.ticket]))
            elif self._world.break_share and desk.elapsed is not None and view.resting(place):
                until = self._rest.left(desk.elapsed, self._rng, self._samples)
            else:
                until = np.zeros(self._samples)
            desks = np.full(self._samples, place)
            moments[:, place] = self._open(view, desks, view.now + until)
        return moments

    def _in_hand(self, desk: DeskView, queue: int) -> FloatArray:
        rng, size = self._rng, self._samples
        if desk.elapsed is not None:
            return self._services[queue].left(desk.elapsed, rng, size) + self._break()
        waited = desk.called_for
        comes = (1 - NO_SHOW) * self._walk.beyond(waited)
        missed = NO_SHOW / (comes + NO_SHOW)
        served = self._walk.left(waited, rng, size) + self._services[queue].fresh(rng, size)
        until = np.where(rng.random(size) < missed, max(NO_SHOW_MINUTES - waited, 0.0), served)
        return until + self._break()

    def _open(self, view: View, desks: IntArray, at: FloatArray) -> FloatArray:
        """The first moment from `at` on when each desk is not at lunch."""
        lunches = np.array([desk.lunch for desk in view.day.spec.desks])[desks]
        away = (at >= lunches[:, 0]) & (at < lunches[:, 1])
        return np.where(away, lunches[:, 1], at)


def quantiles(samples: FloatArray) -> FloatArray:
    """p10, p50, p90 of a sample, each with its level's share below it on average (Weibull's positions)."""
    return np.asarray(np.quantile(samples, LEVELS, method="weibull"))
