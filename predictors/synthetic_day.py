"""One day of one synthetic branch, lived through event by event: who came, when each was called, by whom.

The rules are those of the real system: a free desk calls the earliest arrival of the queues it may serve;
during an alarm nobody is called and service times stand still; a desk at lunch finishes its visitor first.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from predictors.synthetic import (
    CLOSES,
    HALF_HOURS,
    NO_SHOW,
    NO_SHOW_MINUTES,
    OPENS,
    QUEUES,
    SHAPE,
    SHARES,
    WALK,
    BranchSpec,
    FloatArray,
    Scenario,
)

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
Span = tuple[float, float]

AT_THE_DOOR = 0.7
"""Of the visitors who come during an alarm, the share that waits for the all-clear; the others go home."""


@dataclass(frozen=True, eq=False)
class BranchDay:
    """What happened; arrays of one entry a ticket, in order of arrival. Minutes after midnight.

    `started` is NaN for those who did not come when called (`missed`); `finished` is when the system heard
    that the desk is free, `freed` when it truly was (later by an unlogged break). `alarm`: its span or None.
    """

    spec: BranchSpec
    day: int
    arrived: FloatArray
    queue: IntArray
    missed: BoolArray
    called: FloatArray
    started: FloatArray
    finished: FloatArray
    freed: FloatArray
    desk: IntArray
    alarm: Span | None

    def branch_time(self, moments: FloatArray) -> FloatArray:
        """Moments less the alarm that passed until then: the time in which waits and services are counted."""
        if self.alarm is None:
            return moments
        begin, end = self.alarm
        return np.asarray(moments - np.clip(moments - begin, 0.0, end - begin))

    def waits(self) -> FloatArray:
        """Minutes of branch time from arrival to the call."""
        return self.branch_time(self.called) - self.branch_time(self.arrived)

    def in_alarm(self, moment: float) -> bool:
        """Whether the branch stands still at that moment."""
        return self.alarm is not None and self.alarm[0] <= moment < self.alarm[1]


@dataclass(frozen=True, eq=False)
class _Draws:
    """Everything random of a day, drawn before it begins: one entry a visitor."""

    arrived: FloatArray
    queue: IntArray
    missed: BoolArray
    walk: FloatArray
    service: FloatArray
    rest: FloatArray
    alarm: Span | None


def simulate(world: Scenario, spec: BranchSpec, day: int, seed: int) -> BranchDay:
    """The day of that number in that branch; the same numbers give the same day."""
    rng = np.random.default_rng([seed, day, *spec.branch.encode()])
    return _Run(spec, day, _draw(world, spec, rng)).live()


def _draw(world: Scenario, spec: BranchSpec, rng: np.random.Generator) -> _Draws:
    alarm = _alarm(world, rng)
    arrived = _arrivals(world, spec, alarm, rng)
    count = len(arrived)
    queue = rng.choice(len(SHARES), size=count, p=SHARES)
    each = np.stack([law.sample(rng, count) for law in QUEUES.values()])
    rests = rng.random(count) < world.break_share
    return _Draws(
        arrived,
        queue,
        rng.random(count) < NO_SHOW,
        WALK.sample(rng, count),
        each[queue, np.arange(count)],
        np.where(rests, world.rest.sample(rng, count), 0.0),
        alarm,
    )


def _alarm(world: Scenario, rng: np.random.Generator) -> Span | None:
    begin, length = rng.uniform(OPENS + 60, CLOSES - 180), float(world.alarm.sample(rng, 1)[0])
    return (begin, begin + min(length, 180.0)) if rng.random() < world.alarm_share else None


def _arrivals(world: Scenario, spec: BranchSpec, alarm: Span | None, rng: np.random.Generator) -> FloatArray:
    """Sorted minutes: a Poisson day of the usual shape, perhaps a rush; an alarm gathers people outside."""
    factor = float(np.clip(rng.normal(1.0, world.day_spread), 0.5, 1.6))
    count = int(rng.poisson(spec.visitors * factor))
    half_hour = rng.choice(HALF_HOURS, size=count, p=SHAPE / SHAPE.sum())
    came = OPENS + 30.0 * (half_hour + rng.random(count))
    if rng.random() < world.rush_share:
        begin = rng.uniform(OPENS + 60, CLOSES - 180)
        crowd = int(rng.poisson(world.rush_visitors * spec.visitors))
        came = np.concatenate([came, begin + 60.0 * rng.random(crowd)])
    if alarm is not None:
        during = (came >= alarm[0]) & (came < alarm[1])
        stays = ~during | (rng.random(len(came)) < AT_THE_DOOR)
        came = np.where(during, alarm[1] + rng.exponential(2.0, len(came)), came)[stays]
    return np.sort(came[came < CLOSES])


class _Run:
    """The day under way: a heap of moments at which something may change, and the desks that are free."""

    def __init__(self, spec: BranchSpec, day: int, draws: _Draws) -> None:
        self.spec, self.day, self.draws = spec, day, draws
        count = len(draws.arrived)
        self.called = np.full(count, np.nan)
        self.started = np.full(count, np.nan)
        self.finished = np.full(count, np.nan)
        self.freed = np.full(count, np.nan)
        self.desk = np.full(count, -1, dtype=np.int64)
        self.lines: list[list[int]] = [[] for _ in QUEUES]
        self.heads = [0] * len(self.lines)
        self.idle = list(range(len(spec.desks)))
        self.skills = [sorted(desk.queues) for desk in spec.desks]

    def live(self) -> BranchDay:
        """Until nobody waits; after closing the desks stay for those who have come."""
        draws = self.draws
        moments: list[tuple[float, int, int]] = [(at, 0, i) for i, at in enumerate(draws.arrived.tolist())]
        moments += [(desk.lunch[1], 2, 0) for desk in self.spec.desks]
        if draws.alarm:
            moments.append((draws.alarm[1], 2, 0))
        heapq.heapify(moments)
        while moments:
            now, kind, which = heapq.heappop(moments)
            if kind == 0:
                self.lines[draws.queue[which]].append(which)
            elif kind == 1:
                self.idle.append(which)
            for desk, until in self._call(now):
                heapq.heappush(moments, (until, 1, desk))
        return BranchDay(
            self.spec, self.day, draws.arrived, draws.queue, draws.missed, self.called, self.started,
            self.finished, self.freed, self.desk, draws.alarm,
        )  # fmt: skip

    def _call(self, now: float) -> list[tuple[int, float]]:
        """Every free desk that may call now does; (desk, when it is free again), the longest free first."""
        alarm = self.draws.alarm
        if alarm and alarm[0] <= now < alarm[1]:
            return []
        busy = []
        for desk in tuple(self.idle):
            lunch = self.spec.desks[desk].lunch
            if lunch[0] <= now < lunch[1]:
                continue
            ticket = self._first(desk)
            if ticket is not None:
                self.idle.remove(desk)
                busy.append((desk, self._serve(desk, ticket, now)))
        return busy

    def _first(self, desk: int) -> int | None:
        """Take the earliest arrival that the desk may serve out of its line."""
        fronts = [
            (self.lines[queue][self.heads[queue]], queue)
            for queue in self.skills[desk]
            if self.heads[queue] < len(self.lines[queue])
        ]
        if not fronts:
            return None
        ticket, queue = min(fronts)
        self.heads[queue] += 1
        return ticket

    def _serve(self, desk: int, ticket: int, now: float) -> float:
        draws = self.draws
        self.called[ticket], self.desk[ticket] = now, desk
        if draws.missed[ticket]:
            self.finished[ticket] = self._later(now, NO_SHOW_MINUTES)
        else:
            self.started[ticket] = self._later(now, draws.walk[ticket])
            self.finished[ticket] = self._later(self.started[ticket], draws.service[ticket])
        self.freed[ticket] = self._later(self.finished[ticket], draws.rest[ticket])
        return float(self.freed[ticket])

    def _later(self, begin: float, minutes: float) -> float:
        """`minutes` of branch time after `begin`."""
        end, alarm = begin + minutes, self.draws.alarm
        return end + alarm[1] - alarm[0] if alarm and begin < alarm[0] < end else end
