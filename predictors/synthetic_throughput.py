"""Learned throughput of a synthetic city's queues: what the product says where desks are not known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from predictors.synthetic import NAMES, QUEUES, FloatArray
from predictors.synthetic_day import BranchDay
from predictors.synthetic_view import Moment, look
from predictors.throughput import Throughput

PRIOR_MINUTES = 15.0


class Lines:
    """Teaches `Throughput` day by day, each line named (branch, queue)."""

    def __init__(self, learned: Throughput) -> None:
        self._learned = learned

    def learn(self, days: Sequence[BranchDay]) -> None:
        """Take in finished days: desk-minutes and calls while somebody stood in line after a call."""
        for day in days:
            for queue in range(len(QUEUES)):
                minutes, calls = desk_minutes(day, queue)
                if calls:
                    self._learned.observe((day.spec.branch, NAMES[queue]), PRIOR_MINUTES, minutes, calls)

    def ask(self, asked: Sequence[Moment]) -> FloatArray:
        """p10, p50, p90 (n, 3); NaN where the evidence is thin or no desk with the skill is open."""
        found = np.full((len(asked), 3), np.nan)
        for place, moment in enumerate(asked):
            view = look(moment.day, moment.now)
            queue = int(moment.day.queue[moment.ticket])
            line = (moment.day.spec.branch, NAMES[queue])
            desks, ahead = max(len(view.able(queue)), 1), len(view.ahead(moment.ticket))
            wait = self._learned.wait(line, PRIOR_MINUTES, desks, ahead)
            if wait is not None:
                found[place] = wait
        return found


def desk_minutes(day: BranchDay, queue: int) -> tuple[float, int]:
    """Branch minutes × desks with the skill between calls of a queue while somebody stood in it; how many."""
    own = np.flatnonzero(day.queue == queue)
    stood = day.arrived[own[1:]] <= day.called[own[:-1]]
    clock = day.branch_time(day.called[own])
    middle = (day.called[own[1:]] + day.called[own[:-1]]) / 2
    open_desks = np.zeros(len(middle))
    for desk in day.spec.desks:
        if queue in desk.queues:
            open_desks += (middle < desk.lunch[0]) | (middle >= desk.lunch[1])
    minutes = np.diff(clock) * np.maximum(open_desks, 1.0)
    return float(minutes[stood].sum()), int(stood.sum())
