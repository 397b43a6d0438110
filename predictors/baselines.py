"""The simple ways to predict a wait, as the literature has them, from what is seen at one moment.

- `ql`: (Q + 1)·S/c, with those ahead in every queue that shares desks with the ticket's own and those desks;
- `les`: the wait of the last visitor called (last to enter service); `hol`: of the head of the line, so far
  (Ibrahim & Whitt 2009); `rolling`: people ahead ÷ calls of the last 45 minutes;
- `historical`: the mean wait of that queue at that hour of the training days;
- `learned`: learned minutes a ticket × people ahead.

A visitor who has waited already has that part of les, hol and historical behind him. Each method gets a range
from its own errors on the training days, so that honesty of ranges is compared too.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from predictors.synthetic import QUEUES, FloatArray
from predictors.synthetic_day import BranchDay
from predictors.synthetic_view import View, look

ROLLING_MINUTES = 45.0
POINTS = ("ql", "les", "hol", "rolling", "historical", "learned")
COLUMNS = (
    "branch queue hour ahead before waiting able elapsed longest les hol rate whole waited lunch pool".split()
)
_BINS = 6


class History:
    """What the training days say: mean waits by branch, queue and hour, minutes a ticket, mean services."""

    def __init__(self, days: Sequence[BranchDay]) -> None:
        queues = range(len(QUEUES))
        names = sorted({day.spec.branch for day in days})
        self._branches = {name: place for place, name in enumerate(names)}
        shape = (len(names), len(queues), 24)
        total, count = np.zeros(shape), np.zeros(shape)
        minutes, tickets = np.zeros(shape[:2]), np.zeros(shape[:2])
        served, visits = np.zeros(len(queues)), np.zeros(len(queues))
        for day in days:
            place, hours = self._branches[day.spec.branch], (day.arrived // 60).astype(np.int64)
            np.add.at(total[place], (day.queue, hours), day.waits())
            np.add.at(count[place], (day.queue, hours), 1.0)
            kept = day.branch_time(day.finished) - day.branch_time(day.called)
            np.add.at(served, day.queue, kept)
            np.add.at(visits, day.queue, 1.0)
            for queue in queues:
                gaps = backlog(day, queue)
                minutes[place, queue] += gaps.sum()
                tickets[place, queue] += len(gaps)
        usual = total.sum(axis=2, keepdims=True) / np.maximum(count.sum(axis=2, keepdims=True), 1.0)
        self.hourly = (total + 5.0 * usual) / (count + 5.0)
        self.a_ticket = (minutes + 15.0) / (tickets + 1.0)
        self.service = (served + 15.0) / (visits + 1.0)

    def place(self, day: BranchDay) -> int:
        """The branch's row in the tables."""
        return self._branches[day.spec.branch]


def backlog(day: BranchDay, queue: int) -> FloatArray:
    """Minutes of branch time between calls of a queue while somebody stood in it all that time."""
    own = np.flatnonzero(day.queue == queue)
    stood = day.arrived[own[1:]] <= day.called[own[:-1]]
    clock = day.branch_time(day.called[own])
    return np.asarray(np.diff(clock)[stood])


def columns(history: History, view: View, ticket: int) -> FloatArray:
    """What can be seen at the moment, in the order of COLUMNS: the trees learn from it, the rest is made
    from it.
    """
    day, now = view.day, view.now
    queue = int(day.queue[ticket])
    able = view.able(queue)
    shared = {each for place in able for each in day.spec.desks[place].queues}
    before = view.waiting[view.waiting < ticket]
    rivals = before[np.isin(day.queue[before], list(shared))]
    ahead = view.ahead(ticket)
    head = ahead[0] if len(ahead) else ticket
    clock = day.branch_time(np.array([now, day.arrived[ticket], day.arrived[head]]))
    own = np.flatnonzero((day.queue == queue) & (day.called <= now))
    last = int(own[-1]) if len(own) else None
    les = float(day.waits()[last]) if last is not None else 0.0
    recent = float((day.called[own] > now - ROLLING_MINUTES).sum()) / ROLLING_MINUTES
    busy = [view.desks[place].elapsed or 0.0 for place in able if view.desks[place].ticket is not None]
    hand = [view.desks[place].elapsed or 0.0 for place in able]
    waited = float(clock[0] - clock[1])
    pool = sum(
        not view.at_lunch(place)
        for place in range(len(day.spec.desks))
        if day.spec.desks[place].queues & shared
    )
    away = sum(view.at_lunch(place) for place in range(len(day.spec.desks)))
    return np.array([
        history.place(day), queue, now / 60.0, len(ahead), len(rivals), len(view.waiting), len(able),
        sum(busy), max(hand, default=0.0), max(les - waited, 0.0), float(clock[0] - clock[2]), recent, les,
        waited, away, pool,
    ])  # fmt: skip


def points(history: History, rows: FloatArray) -> dict[str, FloatArray]:
    """The middle of each method of POINTS for rows of `columns` (n, len(COLUMNS)); each of shape (n,)."""
    column = dict(zip(COLUMNS, rows.T, strict=True))
    branch, queue = column["branch"].astype(int), column["queue"].astype(int)
    hour = np.clip((column["hour"] - column["waited"] / 60.0).astype(int), 0, 23)
    a_ticket, waited = history.a_ticket[branch, queue], column["waited"]
    moving = column["rate"] > 0
    rolling = np.where(moving, (column["ahead"] + 1.0) / np.where(moving, column["rate"], 1.0), np.nan)
    learned = a_ticket * (column["ahead"] + 1.0)
    return {
        "ql": (column["before"] + 1.0) * history.service.mean() / np.maximum(column["pool"], 1.0),
        "les": column["les"],
        "hol": np.maximum(column["hol"] - waited, 0.0),
        "rolling": np.where(moving, rolling, learned),
        "historical": np.maximum(history.hourly[branch, queue, hour] - waited, 0.0),
        "learned": learned,
    }


class Ranges:
    """Turns a middle into p10, p50, p90 by the method's own errors on the training days, in bins of the
    middle.
    """

    def __init__(self, middle: FloatArray, actual: FloatArray) -> None:
        self._edges = np.unique(np.quantile(middle, np.linspace(0, 1, _BINS + 1)[1:-1]))
        which = np.searchsorted(self._edges, middle, side="right")
        error = actual - middle
        everywhere = np.quantile(error, (0.1, 0.9))
        self._ends = np.stack([
            np.quantile(error[which == place], (0.1, 0.9)) if (which == place).sum() >= 20 else everywhere
            for place in range(len(self._edges) + 1)
        ])  # fmt: skip

    def around(self, middle: FloatArray) -> FloatArray:
        """p10, p50, p90 (n, 3), none below zero."""
        ends = middle[:, None] + self._ends[np.searchsorted(self._edges, middle, side="right")]
        return np.sort(np.maximum(np.column_stack([ends[:, 0], middle, ends[:, 1]]), 0.0), axis=1)


def table(history: History, moments: Sequence[tuple[BranchDay, float, int]]) -> FloatArray:
    """`columns` of many moments (day, minute, ticket); shape (n, len(COLUMNS))."""
    rows = [columns(history, look(day, now), ticket) for day, now, ticket in moments]
    return np.stack(rows) if rows else np.empty((0, len(COLUMNS)))
