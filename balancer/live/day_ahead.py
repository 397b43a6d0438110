"""What the wait will be for one who comes later today: "if you come at HH:MM", and when it will be quieter.

The branch is replayed to its closing time with those who are expected: the line as it is, people on their
way, and the usual arrivals of such a day at today's pace. It is worked out for the whole branch at once, in
steps of a quarter of an hour, in a thread beside the event loop, and kept for KEEP_SECONDS, so that a crowd
that asks costs one replay a branch.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from zlib import crc32

import numpy as np

from balancer.city.hours import plan
from balancer.live.branch_load import BranchLoad
from balancer.live.branch_now import Tickets, branch_now, on_the_way
from balancer.live.learning import Learning
from balancer.live.wall_time import DayMinute, day_minute
from predictors.conformal import Quantiles
from predictors.known_times import KnownTimes
from predictors.wait import BranchNow, replay

STEP_MINUTES = 15
LONGEST_MINUTES = 12 * 60.0
KEEP_SECONDS = 20.0
KEEP_CITY_MINUTES = 10.0
SAMPLES = 60
MINUTE_MS = 60_000


@dataclass(frozen=True)
class Ahead:
    """A branch's waits at `minutes` of its day, `ranges` by queue and minute; made at `since`."""

    since: DayMinute
    minutes: tuple[int, ...]
    ranges: dict[tuple[str, float], Quantiles | None]

    def at(self, queue: str, minute: float) -> Quantiles | None:
        """The range of one who comes to the queue about then; None where nobody knows."""
        if not self.minutes:
            return None
        nearest = min(self.minutes, key=lambda each: abs(each - minute))
        return self.ranges.get((queue, float(nearest))) if abs(nearest - minute) <= STEP_MINUTES else None


class Question(NamedTuple):
    """All that a replay to closing time needs; nothing in it changes, so that a thread may have it."""

    branch: BranchNow
    laws: KnownTimes
    queues: tuple[str, ...]
    minutes: tuple[int, ...]
    since: DayMinute
    seed: int


def question(load: BranchLoad, tickets: Tickets, learning: Learning, now: int) -> Question:
    """What is to be replayed for a branch at city ms `now`."""
    branch, when = load.branch.branch, day_minute(load.branch.time_zone, now)
    until = when.minute + _minutes_open(load, now)
    queues = tuple(queue.queue for queue in load.branch.queues)
    usual = learning.arrivals.coming(branch, list(queues), when.day, when.minute, until)
    expected = [*usual, *on_the_way(load, now, learning.intents.show_up)]
    seen = branch_now(load, tickets, learning, now, expected)
    services = {ticket.service for ticket in seen.line} | {each.service for each in seen.expected}
    services |= {desk.service for desk in seen.desks if desk.service is not None}
    known = all(learning.laws.known(service, branch) for service in services)
    first = math.ceil(when.minute / STEP_MINUTES) * STEP_MINUTES
    minutes = tuple(range(first, math.ceil(until), STEP_MINUTES)) if known else ()
    laws = KnownTimes(
        {service: learning.laws.law(service, branch, when.hour) for service in services},
        no_show=_mean([learning.laws.no_show(service, branch) for service in services]),
        walk=learning.laws.walk_minutes(branch),
        missed=learning.laws.missed_minutes(branch),
        rests=learning.laws.rests(branch),
    )
    return Question(seen, laws, queues, minutes, when, crc32(branch.encode()))


def answer(asked: Question) -> Ahead:
    """Replay it; some ten milliseconds of numpy."""
    if not asked.minutes:
        return Ahead(asked.since, (), {})
    dice = np.random.default_rng(asked.seed)
    at = [float(minute) for minute in asked.minutes]
    found = replay(asked.branch, asked.laws, dice, SAMPLES, asked.queues, at)
    return Ahead(asked.since, asked.minutes, found.arriving)


def _minutes_open(load: BranchLoad, now: int) -> float:
    """Minutes until the last closing of the present or next opening of the day."""
    hours = plan(load.branch, now)
    if hours.closes_at is None and hours.opens_at is not None:
        hours = plan(load.branch, hours.opens_at)
    closes = hours.closes_at
    return LONGEST_MINUTES if closes is None else min((closes - now) / MINUTE_MS, LONGEST_MINUTES)


def _mean(shares: Sequence[float]) -> float:
    return sum(shares) / len(shares) if shares else 0.0


class DayAhead:
    """The answers of one city, each kept for a while; `of` may be asked by many at once."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[float, DayMinute, asyncio.Future[Ahead]]] = {}

    async def of(self, load: BranchLoad, tickets: Tickets, learning: Learning, now: int) -> Ahead:
        """A branch's day ahead as seen at city ms `now`, or a little earlier."""
        branch, real = load.branch.branch, time.monotonic()
        when = day_minute(load.branch.time_zone, now)
        kept = self._kept.get(branch)
        if kept is None or real - kept[0] >= KEEP_SECONDS or not _is_near(kept[1], when):
            asked = question(load, tickets, learning, now)
            working = asyncio.ensure_future(asyncio.to_thread(answer, asked))
            kept = self._kept[branch] = (real, when, working)
        try:
            return await asyncio.shield(kept[2])
        except Exception:
            self._kept.pop(branch, None)
            raise


def _is_near(then: DayMinute, now: DayMinute) -> bool:
    return then.day == now.day and 0 <= now.minute - then.minute < KEEP_CITY_MINUTES
