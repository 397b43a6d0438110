"""Days of the Warsaw record as the lines that `predictors.recorded` predicts.

Offices open from 08:00 to 16:00, on Mondays to 18:00. Waits are rebuilt from the cleaned record; what a
prediction is made from is what the display had shown by then.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from loadtest.warsaw import NoSuchDay, WarsawDay, read_days
from predictors.recorded import FloatArray, RecordedLine, calls_as_seen
from predictors.traces import Trace, rebuilt_waits

TRAIN_DAYS = tuple(date(2020, 1, day) for day in (2, 3, 7, 8, 9, 10))
"""The working days from 2 to 10 January; the 6th is a holiday."""

TEST_DAYS = (date(2020, 1, 13), date(2020, 1, 14))
OPENS, CLOSES, MONDAY_CLOSES = 8 * 60.0, 16 * 60.0, 18 * 60.0
MONDAY = 0


def recorded_days(path: Path, days: Sequence[date]) -> list[list[RecordedLine]]:
    """The usable lines of each of `days`. Raises NoSuchDay, also where a day has no usable line; OSError."""
    found = [recorded_lines(day) for day in read_days(path, days)]
    for day, lines in zip(days, found, strict=True):
        if not lines:
            raise NoSuchDay(f"{path.name} has no usable queue on {day}")
    return found


def recorded_lines(day: WarsawDay) -> list[RecordedLine]:
    """The lines of one day whose record can be used (`predictors.traces.clean`), in file order."""
    weekday = day.date.weekday()
    return [
        RecordedLine(
            line=queue.service,
            office=queue.office,
            weekday=weekday,
            opens=OPENS,
            closes=MONDAY_CLOSES if weekday == MONDAY else CLOSES,
            minutes=queue.record.minutes.astype(np.float64),
            waiting=queue.record.waiting.astype(np.float64),
            called=calls_as_seen(queue.record.numbers),
            desks=queue.record.desks.astype(np.float64),
            published=_published(queue.record.published, len(queue.record.minutes)),
            waits=rebuilt_waits(queue.trace),
        )
        for queue in day.queues()
        if isinstance(queue.trace, Trace)
    ]


def _published(shown: FloatArray | None, length: int) -> FloatArray:
    return np.full(length, np.nan) if shown is None else shown
