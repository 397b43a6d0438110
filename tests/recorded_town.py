"""A small town whose displays were recorded: lines of two offices with paces of their own and of the day."""

from __future__ import annotations

import numpy as np

from predictors.recorded import RecordedLine

OPENS, CLOSES = 480.0, 960.0


def recorded_town(seed: int, days: int, lines: int = 6) -> list[list[RecordedLine]]:
    """`days` days of `lines` lines; every line calls at its own pace, times the pace of the day."""
    dice = np.random.default_rng(seed)
    paces = dice.uniform(4.0, 16.0, lines)
    return [
        [
            one_line(f"line{each}", f"office{each % 2}", pace * factor, pace, dice)
            for each, pace in enumerate(paces)
        ]
        for factor in dice.lognormal(0.0, 0.25, days)
    ]


def one_line(name: str, office: str, pace: float, gap: float, dice: np.random.Generator) -> RecordedLine:
    """A desk that takes `pace` minutes a call (exponential) and people who come every `gap` minutes."""
    came = OPENS - 30 + np.cumsum(dice.exponential(gap * 0.98, 2000))
    came = came[came < CLOSES]
    called = np.empty(len(came))
    free = OPENS
    for at, moment in enumerate(came):
        called[at] = max(free, moment)
        free = called[at] + dice.exponential(pace)
    minutes = np.arange(OPENS, CLOSES + 60, 5.0)
    calls = np.searchsorted(called, minutes, side="right").astype(float)
    waiting = np.searchsorted(came, minutes, side="right") - calls
    goals = (calls + waiting).astype(int)
    waits = np.where(waiting > 0, called[np.maximum(goals, 1) - 1] - minutes, 0.0)
    return RecordedLine(
        name, office, 2, OPENS, CLOSES, minutes, waiting, calls, np.ones(len(minutes)),
        np.full(len(minutes), 10.0), waits,
    )  # fmt: skip


def cut(line: RecordedLine, length: int) -> RecordedLine:
    """The line as it was known at its `length`-th snapshot."""
    parts = {name: getattr(line, name)[:length] for name in
             ("minutes", "waiting", "called", "desks", "published", "waits")}  # fmt: skip
    return RecordedLine(line.line, line.office, line.weekday, line.opens, line.closes, **parts)
