"""What whole recorded days teach about each line: minutes a ticket, usual queues, and remembered waits.

Three levels, as in `predictors.throughput`: the line's own record, the city's, a prior of 15 minutes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from predictors.boosting import weighted_median
from predictors.recorded import FloatArray, RecordedLine, progress

PRIOR = 15.0
SLACK = 2.0
"""Minutes added before a logarithm of a wait is taken, so that no wait at all is not infinitely wrong."""

HOURS = 24
_CITY_CALLS = 8.0
_CITY_MOMENTS = 10.0
_NEAR_AHEAD, _NEAR_MINUTES, _CITY_NEAR = 0.5, 75.0, 7.0
_MOST_MOMENTS = 1200
_BUSY_FLOOR = 200.0
_MEAN_CALLS = 20.0


@dataclass(frozen=True, eq=False)
class Habit:
    """One line: `pace` minutes of backlog a call; `each` the median of wait ÷ people ahead; `evidence` calls;
    `usual` waiting by hour (24,); remembered moments `ahead`, `minute`, `wait` (n,).
    """

    pace: float
    each: float
    evidence: float
    mean_wait: float
    desks: float
    a_day: float
    usual: FloatArray
    ahead: FloatArray
    minute: FloatArray
    wait: FloatArray

    def alike(self, ahead: FloatArray, minute: FloatArray) -> tuple[FloatArray, FloatArray]:
        """What those waited who came at about this hour (T,) with about as many ahead (T,), shrunk to
        `each` × ahead; and the logarithm of one plus how many they were.
        """
        plain = self.each * ahead
        if not len(self.wait):
            return plain, np.zeros(len(ahead))
        far = ((np.log(self.ahead + 0.5) - np.log(ahead + 0.5)[:, None]) / _NEAR_AHEAD) ** 2
        far += ((self.minute - minute[:, None]) / _NEAR_MINUTES) ** 2
        near = np.exp(-0.5 * far)
        ratio = np.log((self.wait + SLACK) / (self.each * self.ahead + SLACK))
        mean = np.einsum("ij,j->i", near, ratio) / (near.sum(axis=1) + _CITY_NEAR)
        return np.exp(mean) * (plain + SLACK) - SLACK, np.log1p(near.sum(axis=1))


@dataclass(frozen=True, eq=False)
class Habits:
    """All lines of a city; `stranger` stands for a line that was never seen; `hours` (24,): pace by hour ÷
    usual pace.
    """

    lines: Mapping[str, Habit]
    stranger: Habit
    hours: FloatArray

    def of(self, line: str) -> Habit:
        """The line's habit, or a stranger's."""
        return self.lines.get(line, self.stranger)

    def to_state(self) -> dict[str, Any]:
        """Everything, ready for JSON."""
        return {
            "lines": {name: _to_state(habit) for name, habit in self.lines.items()},
            "stranger": _to_state(self.stranger),
            "hours": self.hours.tolist(),
        }

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> Habits:
        """What `to_state` wrote."""
        lines = {name: _from_state(habit) for name, habit in state["lines"].items()}
        return cls(lines, _from_state(state["stranger"]), np.array(state["hours"], dtype=np.float64))


@dataclass(frozen=True, eq=False)
class _Sums:
    """One line's days put together."""

    busy: FloatArray
    served: FloatArray
    days: int
    issued: float
    waiting: FloatArray
    seen: FloatArray
    desks: FloatArray
    ahead: FloatArray
    minute: FloatArray
    wait: FloatArray


def learn_habits(days: Sequence[Sequence[RecordedLine]]) -> Habits:
    """Habits from whole days; without any days everybody is a stranger with a prior of 15 minutes."""
    by_line: dict[str, list[RecordedLine]] = {}
    for day in days:
        for line in day:
            by_line.setdefault(line.line, []).append(line)
    sums = {name: _sum(lines) for name, lines in by_line.items()}
    city_pace = _city_pace(list(sums.values()))
    ahead, wait = (_joined([getattr(each, name) for each in sums.values()]) for name in ("ahead", "wait"))
    city_each = weighted_median(wait / ahead, ahead) if len(wait) else city_pace
    mean_wait = float(wait.mean()) if len(wait) else city_pace
    none = np.zeros(0)
    stranger = Habit(city_pace, city_each, 0.0, mean_wait, 1.0, 30.0, np.ones(HOURS), none, none, none)
    lines = {name: _habit(each, stranger) for name, each in sums.items()}
    spent = sum((each.busy for each in sums.values()), np.zeros(HOURS))
    usual = sum((each.served * lines[name].pace for name, each in sums.items()), np.zeros(HOURS))
    return Habits(lines, stranger, (spent + _BUSY_FLOOR) / (usual + _BUSY_FLOOR))


def _sum(lines: Sequence[RecordedLine]) -> _Sums:
    busy, served, waiting, seen = (np.zeros(HOURS) for _ in range(4))
    issued, desks, moments = 0.0, [], []
    for line in lines:
        hour = np.clip(line.minutes // 60, 0, HOURS - 1).astype(int)
        day = progress(line)
        np.add.at(busy, hour, np.diff(day.busy, prepend=0.0))
        np.add.at(served, hour, np.diff(day.served, prepend=0.0))
        within = (line.minutes >= line.opens) & (line.minutes < line.closes)
        np.add.at(waiting, hour[within], line.waiting[within])
        np.add.at(seen, hour[within], 1.0)
        issued += float((line.called + line.waiting).max())
        desks.append(line.desks[within])
        known = line.asked & np.isfinite(line.waits)
        moments.append(np.stack([line.waiting[known], line.minutes[known], line.waits[known]]))
    ahead, minute, wait = np.concatenate(moments, axis=1)[:, -_MOST_MOMENTS:]
    return _Sums(busy, served, len(lines), issued, waiting, seen, _joined(desks), ahead, minute, wait)


def _joined(parts: Sequence[FloatArray]) -> FloatArray:
    return np.concatenate(parts) if parts else np.zeros(0)


def _city_pace(sums: Sequence[_Sums]) -> float:
    """Minutes a call of a line nobody knows: the prior × the weighted geometric mean of learned ÷ prior."""
    ratios, weights = [0.0], [20.0]
    for each in sums:
        calls, minutes = float(each.served.sum()), float(each.busy.sum())
        ratios.append(float(np.log((minutes + PRIOR / 2) / (calls + 0.5) / PRIOR)))
        weights.append(min(calls, 10.0))
    return PRIOR * float(np.exp(np.average(ratios, weights=weights)))


def _habit(sums: _Sums, stranger: Habit) -> Habit:
    calls, known = float(sums.served.sum()), len(sums.wait)
    ratios = np.append(sums.wait / np.maximum(sums.ahead, 1.0), stranger.each)
    return Habit(
        pace=(_CITY_CALLS * stranger.pace + float(sums.busy.sum())) / (_CITY_CALLS + calls),
        each=weighted_median(ratios, np.append(sums.ahead, _CITY_MOMENTS)),
        evidence=calls,
        mean_wait=(float(sums.wait.sum()) + _MEAN_CALLS * stranger.mean_wait) / (known + _MEAN_CALLS),
        desks=float(np.median(sums.desks)) if len(sums.desks) else stranger.desks,
        a_day=sums.issued / sums.days,
        usual=(sums.waiting + 2.0) / (sums.seen + 2.0),
        ahead=sums.ahead,
        minute=sums.minute,
        wait=sums.wait,
    )


def _to_state(habit: Habit) -> dict[str, Any]:
    return {
        name: np.round(value, 2).tolist() if isinstance(value, np.ndarray) else value
        for name, value in vars(habit).items()
    }


def _from_state(state: Mapping[str, Any]) -> Habit:
    figures: dict[str, Any] = {
        name: np.array(value, dtype=np.float64) if isinstance(value, list) else value
        for name, value in state.items()
    }
    return Habit(**figures)
