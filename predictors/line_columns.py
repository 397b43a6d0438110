"""The columns that predictions of recorded lines are made from: one row a moment that somebody may ask about.

Nothing in a row comes from after its moment; habits come from other days. The rivals get the same columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from predictors.line_habits import HOURS, Habits
from predictors.recorded import BoolArray, FloatArray, IntArray, Progress, RecordedLine, progress

NAMES = (
    "ahead", "pace", "pace_ahead", "each", "each_ahead", "evidence", "today", "office_today", "city_today",
    "pace_30", "pace_60", "pace_120", "rolling", "last_waited", "head", "since_call", "desks", "desks_more",
    "hour", "to_close", "office_waiting", "fuller", "rise_15", "rise_30", "joined_30", "a_day", "alike",
    "alike_count", "mean_wait", "weekday", "published", "hour_pace", "calls_30", "served", "office_fuller",
)  # fmt: skip
"""`pace`, `each`, `evidence`, `a_day`, `mean_wait`: the line's habit (predictors.line_habits), the first two
also × `ahead`; `alike`: what those waited who came with as many ahead at this hour. `today`, `office_today`,
`city_today`, `pace_30`…: ln(minutes of backlog spent ÷ minutes that its calls take as a rule). `rolling`:
ahead ÷ the last hour's calls. `fuller`, `office_fuller`: ln(waiting ÷ usual at this hour). `desks_more`: than
usual.
"""

COLUMN = {name: place for place, name in enumerate(NAMES)}
LONGEST_ROLLING = 300.0
_STEP = 5.0
_FIRST, _LAST = 0.0, 1800.0
_TODAY_CALLS = 5.0
_WINDOW_CALLS = 2.0


class Moments(NamedTuple):
    """`columns` (n, k) by NAMES, `waits` (n,; NaN where unknown), `lines` (n,): place of the line in its day,
    `minutes` (n,).
    """

    columns: FloatArray
    waits: FloatArray
    lines: IntArray
    minutes: FloatArray


class _Around(NamedTuple):
    """Sums over lines every _STEP minutes of the day: minutes of backlog, minutes that its calls take as a
    rule, people waiting, people usually waiting.
    """

    busy: FloatArray
    worth: FloatArray
    waiting: FloatArray
    usual: FloatArray


def moments(
    day: Sequence[RecordedLine], habits: Habits, chosen: Sequence[BoolArray] | None = None
) -> Moments:
    """The rows of one day; `chosen`: which snapshots of each line (T,), if not those that are `asked`."""
    so_far = [progress(line) for line in day]
    offices = _offices(day, so_far, habits)
    city = _Around(*(sum(parts) for parts in zip(*offices.values(), strict=True))) if offices else None
    rows, waits, lines, minutes = [np.zeros((0, len(NAMES)))], [], [], []
    for place, (line, passed) in enumerate(zip(day, so_far, strict=True)):
        wanted = line.asked if chosen is None else chosen[place]
        if not wanted.any() or city is None:
            continue
        found = _columns(line, passed, habits, offices[line.office], city)
        rows.append(np.stack([np.broadcast_to(found[name], wanted.shape) for name in NAMES], axis=1)[wanted])
        waits.append(line.waits[wanted])
        lines.append(np.full(int(wanted.sum()), place))
        minutes.append(line.minutes[wanted])
    if not waits:
        return Moments(rows[0], np.zeros(0), np.zeros(0, dtype=np.int64), np.zeros(0))
    return Moments(*(np.concatenate(parts) for parts in (rows, waits, lines, minutes)))


def together(parts: Sequence[Moments]) -> Moments:
    """Several days' rows, one after the other."""
    return Moments(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _offices(day: Sequence[RecordedLine], so_far: Sequence[Progress], habits: Habits) -> dict[str, _Around]:
    grid = np.arange(_FIRST, _LAST, _STEP)
    hour = np.minimum(grid // 60, HOURS - 1).astype(int)
    offices: dict[str, _Around] = {}
    for line, passed in zip(day, so_far, strict=True):
        habit = habits.of(line.line)
        at = np.searchsorted(line.minutes, grid, side="right") - 1
        known = at >= 0
        mine = _Around(
            np.where(known, passed.busy[at], 0.0),
            np.where(known, passed.served[at] * habit.pace, 0.0),
            np.where(known, line.waiting[at], 0.0),
            habit.usual[hour],
        )
        if line.office in offices:
            mine = _Around(*(a + b for a, b in zip(mine, offices[line.office], strict=True)))
        offices[line.office] = mine
    return offices


def _columns(
    line: RecordedLine, passed: Progress, habits: Habits, office: _Around, city: _Around
) -> dict[str, FloatArray | float]:
    """Each column by name, (T,) or one figure for all."""
    habit, ahead = habits.of(line.line), line.waiting
    hour = np.clip(line.minutes // 60, 0, HOURS - 1).astype(int)
    alike, alike_count = habit.alike(ahead, line.minutes)
    return {
        "ahead": ahead,
        "pace": habit.pace,
        "pace_ahead": habit.pace * ahead,
        "each": habit.each,
        "each_ahead": habit.each * ahead,
        "evidence": habit.evidence,
        "last_waited": passed.last_waited,
        "head": passed.head,
        "since_call": passed.since_call,
        "desks": line.desks,
        "desks_more": line.desks - habit.desks,
        "hour": line.minutes / 60,
        "to_close": line.closes - line.minutes,
        "fuller": np.log((ahead + 1) / (habit.usual[hour] + 1)),
        "rise_15": passed.rise[:, 0],
        "rise_30": passed.rise[:, 1],
        "joined_30": passed.joined,
        "a_day": habit.a_day,
        "alike": alike,
        "alike_count": alike_count,
        "mean_wait": habit.mean_wait,
        "weekday": float(line.weekday),
        "published": line.published,
        "hour_pace": habits.hours[hour],
        "calls_30": passed.recent_calls[:, 0],
        "served": passed.served,
        **_paces(line, passed, habit.pace, office, city),
    }


def _paces(
    line: RecordedLine, passed: Progress, pace: float, office: _Around, city: _Around
) -> dict[str, FloatArray | float]:
    """How fast this line, its office and the city move today, and how full the office is."""
    at = ((line.minutes - _FIRST) // _STEP).astype(int)
    spare = _WINDOW_CALLS * pace
    recent = np.log((passed.recent_busy + spare) / (passed.recent_served * pace + spare))
    today, spent = _TODAY_CALLS * pace, passed.served * pace
    calls = np.maximum(passed.recent_calls[:, 1], 0.5)
    others_busy = np.maximum(office.busy[at] - passed.busy, 0.0)
    others_worth = np.maximum(office.worth[at] - spent, 0.0)
    return {
        "today": np.log((passed.busy + today) / (spent + today)),
        "office_today": np.log((others_busy + 100.0) / (others_worth + 100.0)),
        "city_today": np.log((city.busy[at] + 300.0) / (city.worth[at] + 300.0)),
        "pace_30": recent[:, 0],
        "pace_60": recent[:, 1],
        "pace_120": recent[:, 2],
        "rolling": np.minimum(line.waiting * passed.watched[:, 1] / calls, LONGEST_ROLLING),
        "office_waiting": office.waiting[at],
        "office_fuller": np.log((office.waiting[at] + 2.0) / (office.usual[at] + 2.0)),
    }
