"""What a live system sees of a synthetic day at one moment: who waits, who is at which desk since when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from predictors.synthetic import CLOSES, OPENS
from predictors.synthetic_day import BranchDay, IntArray


@dataclass(frozen=True)
class DeskView:
    """A desk as seen from outside. `ticket`: in hand, or None. `elapsed`: minutes of branch time since the
    visitor in hand sat down (None: only called), or since the desk became free.
    """

    ticket: int | None
    elapsed: float | None
    called_for: float = 0.0


@dataclass(frozen=True, eq=False)
class View:
    """A branch at `now` (minutes after midnight): `waiting` are ticket indices in the order of arrival."""

    day: BranchDay
    now: float
    waiting: IntArray
    desks: tuple[DeskView, ...]

    def ahead(self, ticket: int) -> IntArray:
        """Those of the same queue who came before."""
        queue = self.day.queue
        return np.asarray(self.waiting[(self.waiting < ticket) & (queue[self.waiting] == queue[ticket])])

    def at_lunch(self, desk: int) -> bool:
        """Whether the desk is closed for lunch and empty."""
        begin, end = self.day.spec.desks[desk].lunch
        return self.desks[desk].ticket is None and begin <= self.now < end

    def able(self, queue: int) -> list[int]:
        """Desks with the skill that are not at lunch."""
        return [
            place
            for place, desk in enumerate(self.day.spec.desks)
            if queue in desk.queues and not self.at_lunch(place)
        ]

    def resting(self, desk: int) -> bool:
        """Whether the desk is open and empty although somebody waits whom it may call: it is away."""
        seen = self.desks[desk]
        if seen.ticket is not None or self.at_lunch(desk):
            return False
        queues = self.day.spec.desks[desk].queues
        return any(int(queue) in queues for queue in np.unique(self.day.queue[self.waiting]))


def look(day: BranchDay, now: float) -> View:
    """The view at that moment, after everything that happened up to it."""
    arrived = int(np.searchsorted(day.arrived, now, side="right"))
    waiting = np.flatnonzero(~(day.called[:arrived] <= now))
    called = np.flatnonzero(day.called[:arrived] <= now)
    desks = tuple(_desk(day, now, called[day.desk[called] == place]) for place in range(len(day.spec.desks)))
    return View(day, now, waiting, desks)


def _desk(day: BranchDay, now: float, had: IntArray) -> DeskView:
    """The desk that has called the tickets `had` so far."""
    if not len(had):
        return DeskView(None, None)
    last = int(had[np.argmax(day.called[had])])
    clock = day.branch_time(np.array([now, day.called[last], day.started[last], day.finished[last]]))
    if now >= day.finished[last]:
        return DeskView(None, float(clock[0] - clock[3]))
    sits = bool(day.started[last] <= now)
    return DeskView(last, float(clock[0] - clock[2]) if sits else None, float(clock[0] - clock[1]))


class Moment(NamedTuple):
    """A waiting ticket at a minute of a day is asked about; `actual` minutes of branch time follow."""

    day: BranchDay
    now: float
    ticket: int
    actual: float


def moments(day: BranchDay, rng: np.random.Generator, each: int) -> list[Moment]:
    """`each` tickets at the moment they join, and one waiting ticket at each of `each` other minutes.

    Chosen without a look at what follows, so that no forecast is right or wrong by the choice. Only tickets
    that really wait: one that is called at once is never shown a forecast. Nothing within an alarm.
    """
    joined = np.flatnonzero(day.called > day.arrived)
    chosen = [(float(day.arrived[i]), int(i)) for i in rng.permutation(joined)[:each]]
    for now in rng.uniform(OPENS, CLOSES, each):
        waiting = np.flatnonzero((day.arrived <= now) & (day.called > now))
        if len(waiting):
            chosen.append((float(now), int(rng.choice(waiting))))
    return [
        Moment(day, now, ticket, left_to_wait(day, now, ticket))
        for now, ticket in sorted(chosen)
        if not day.in_alarm(now)
    ]


def left_to_wait(day: BranchDay, now: float, ticket: int) -> float:
    """Minutes of branch time from `now` to the ticket's call."""
    begin, end = day.branch_time(np.array([now, day.called[ticket]]))
    return float(end - begin)
