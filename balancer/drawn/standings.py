"""Where each branch stands for a reader's question, and in which order. Pure; waits and ways in minutes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from balancer.city.catalogue import Facility
from balancer.city.definition import Branch, City, Levels, Service
from balancer.messages import BranchFrame, QueueLoad, Wait

Level = Literal["quiet", "moderate", "busy"]
Group = Literal["open", "off", "absent"]
Reason = Literal["alarm", "hold", "no_power", "suspended", "tickets_closed", "closed"]
OFF_ORDER: tuple[Reason, ...] = ("alarm", "hold", "no_power", "suspended", "tickets_closed", "closed")
LEVELS: tuple[Level, ...] = ("quiet", "moderate", "busy")
STEADY_MINUTES = TIE_MINUTES = 2.0
EXACT_UP_TO = 60.0
SCALES = (20, 40, 60, 80, 120, 160, 240, 480)


@dataclass(frozen=True)
class Standing:
    """One branch. `queue`: id of the line that serves the service; `way`: minutes to get there, 0 where
    nobody asked; `wait`: of one who comes (at once, or after that way), None where nobody knows. `by_door`:
    the way counts.
    """

    branch: Branch
    frame: BranchFrame | None
    group: Group
    reason: Reason | None = None
    queue: QueueLoad | None = None
    waiting: int = 0
    way: float = 0.0
    wait: Wait | None = None
    level: Level | None = None
    by_door: bool = True

    @property
    def counted_way(self) -> float:
        """The minutes of the way that count."""
        return self.way if self.by_door else 0.0

    @property
    def span(self) -> tuple[int, int] | None:
        """The whole minutes by which branches are compared, half and nine in ten; None where nobody knows."""
        return None if self.wait is None else rounded(self.wait, self.counted_way)


class SteadyWaits:
    """Keeps a shown estimate until its middle has moved by two minutes: numbers that twitch teach nothing."""

    def __init__(self) -> None:
        self._shown: dict[tuple[str, str], Wait] = {}

    def take(self, branch: str, queue: str, wait: Wait | None) -> Wait | None:
        """What to show for that queue."""
        shown = self._shown.get((branch, queue))
        if wait is None:
            self._shown.pop((branch, queue), None)
            return None
        if shown is not None and abs(wait.p50 - shown.p50) < STEADY_MINUTES:
            return shown
        self._shown[branch, queue] = wait
        return wait


@dataclass(frozen=True)
class Trip:
    """The way to a branch and the wait of one who arrives after it, in minutes."""

    way: float
    wait: Wait | None


def rounded(wait: Wait, way: float = 0.0) -> tuple[int, int]:
    """p50 to p90 in whole minutes, low < high; over an hour in fives, since nobody knows such a wait to the
    minute.

    >>> rounded(Wait(1.0, 7.2, 13.9)), rounded(Wait(10.0, 48.0, 74.0))
    ((7, 14), (50, 75))
    """
    step = 5 if way + wait.p90 > EXACT_UP_TO else 1
    low = _nearest((way + wait.p50) / step) * step
    return low, max(_nearest((way + wait.p90) / step) * step, low + step)


def _nearest(value: float) -> int:
    return math.floor(value + 0.5)


def level_of(wait: Wait, levels: Levels) -> Level:
    """By the city's own limits of p50."""
    if wait.p50 < levels.moderate_minutes:
        return "quiet"
    return "moderate" if wait.p50 < levels.busy_minutes else "busy"


def scale_of(standings: Sequence[Standing]) -> int:
    """Minutes at the right end of the scale that all rows share; a quarter of it is whole."""
    longest = max((span[1] for each in standings if (span := each.span)), default=0)
    return next((scale for scale in SCALES if longest <= scale), math.ceil(longest / 60) * 60)


def is_tie(one: Standing, other: Standing) -> bool:
    """Whether the difference, as shown, is too small to choose by."""
    return bool(one.span and other.span and abs(one.span[0] - other.span[0]) <= TIE_MINUTES)


def off_reason(frame: BranchFrame, service: Service | None) -> Reason | None:
    """Why nobody can be taken for it now."""
    if frame.state == "paused":
        return "alarm" if frame.reason == "alarm" else "hold"
    if frame.state in ("closed", "tickets_closed"):
        return "closed" if frame.state == "closed" or frame.has_break else "tickets_closed"
    if service is None:
        return None
    if service.needs_power and frame.power == "off":
        return "no_power"
    return "suspended" if service.service in frame.suspended else None


def typical_wait(queues: Sequence[QueueLoad]) -> Wait | None:
    """How full a branch is as a whole: the wait of the queue in the middle, each counted by the people in
    it.
    """
    known = sorted(((q.wait, q.waiting + 1) for q in queues if q.wait), key=lambda each: each[0].p50)
    left = sum(weight for _, weight in known) / 2
    for wait, weight in known:
        left -= weight
        if left <= 0:
            return wait
    return None


def standings_of(
    city: City,
    frames: Mapping[str, BranchFrame],
    service: Service | None,
    *,
    branch: str | None = None,
    need: Facility | None = None,
    trips: Mapping[str, Trip] | None = None,
    steady: SteadyWaits,
) -> list[Standing]:
    """Every public branch (or that one alone) that has what is needed, in the order of the city's
    definition.
    """
    named = [each for each in city.branches if each.is_public and branch in (None, each.branch)]
    shown = [each for each in named if need is None or need in each.facilities]
    found = (_standing(each, frames.get(each.branch), service, steady) for each in shown)
    return [_with_trip(each, (trips or {}).get(each.branch.branch), city) for each in found]


def _standing(
    branch: Branch, frame: BranchFrame | None, service: Service | None, steady: SteadyWaits
) -> Standing:
    asked = branch.queue_of(service.service) if service else None
    if service is not None and asked is None:
        return Standing(branch, frame, "absent")
    if frame is None:
        return Standing(branch, None, "open")
    reason = off_reason(frame, service)
    queue = next((each for each in frame.queues if asked and each.queue == asked.queue), None)
    told = typical_wait(frame.queues) if service is None else queue.wait if queue else None
    wait = steady.take(branch.branch, asked.queue if asked else "", None if reason else told)
    waiting = frame.waiting if queue is None else queue.waiting
    return Standing(branch, frame, "off" if reason else "open", reason, queue, waiting, 0.0, wait)


def _with_trip(standing: Standing, trip: Trip | None, city: City) -> Standing:
    wait = standing.wait
    if trip is not None and standing.group == "open" and standing.frame is not None:
        wait = trip.wait
        standing = replace(standing, way=trip.way, wait=wait)
    return standing if wait is None else replace(standing, level=level_of(wait, city.levels))


def ranked(standings: Sequence[Standing], *, by_door: bool = True) -> list[Standing]:
    """Open ones by the time to the call (where no service is asked for: by how full they are, each in its
    usual place), unknown waits after them (without any desk last), then those that are off.
    """

    def key(each: Standing) -> tuple[float, ...]:
        if each.reason is not None:
            return (3, OFF_ORDER.index(each.reason))
        if each.queue is None and each.level is not None:
            return (0, LEVELS.index(each.level))
        if each.wait is not None:
            return (0, each.wait.p50 + each.counted_way, each.wait.p90)
        return (2,) if each.frame is not None and each.frame.desks_open == 0 else (1, each.way)

    compared = (replace(each, by_door=by_door) for each in standings if each.group != "absent")
    return sorted(compared, key=key)
