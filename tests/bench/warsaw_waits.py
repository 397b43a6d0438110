"""How well learned throughput predicts real waits: `python -m tests.bench.warsaw_waits [--cold]`.

Walks the Warsaw records day by day as the live server would see them (one desk a queue, prior of 15 minutes),
asks at every snapshot with somebody waiting for the range, and compares it with the rebuilt wait. `--cold`
forgets everything each night. Needs `../shared/data/warsaw`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import numpy as np

from loadtest.warsaw import NoSuchDay, read_day
from predictors.throughput import Throughput
from predictors.traces import FloatArray, Move, Trace, rebuilt_waits, steps

DATA = Path(__file__).resolve().parents[3] / "shared/data/warsaw/queues_2020-01-02_to_14.csv.gz"
PRIOR = 15.0
TRAIN_FROM, TEST_FROM, LAST = date(2020, 1, 2), date(2020, 1, 8), date(2020, 1, 14)

Row = tuple[float, float, float, float, int]


class Line:
    """One queue's day: what it teaches between two snapshots, and what it is asked."""

    def __init__(self, name: str, trace: Trace) -> None:
        self.name = name
        self.trace = trace
        self.waits = rebuilt_waits(trace)
        self.waiting = int(trace.waiting[0])
        self.backlog = self.waiting > 0
        self.since = float(trace.minutes[0])

    def walk(self, interval: int, learned: Throughput) -> None:
        """Live through the minutes between two snapshots."""
        for minute, move in steps(self.trace, interval):
            self._pass(minute, learned)
            if move is Move.ISSUE:
                self.waiting += 1
            elif move is Move.CALL and self.waiting:
                if self.backlog:
                    learned.observe(self.name, PRIOR, 0.0, 1)
                self.waiting -= 1
                self.backlog = self.waiting > 0
            elif self.waiting:
                self.waiting -= 1
                self.backlog = self.backlog and self.waiting > 0
        self._pass(float(self.trace.minutes[interval + 1]), learned)

    def _pass(self, minute: float, learned: Throughput) -> None:
        if self.backlog:
            learned.observe(self.name, PRIOR, minute - self.since, 0)
        self.since = minute


def walk_day(lines: list[Line], learned: Throughput) -> Iterator[Row]:
    """The answers of one day: p10, p50, p90, the rebuilt wait and how many were ahead."""
    moments = sorted({int(minute) for line in lines for minute in line.trace.minutes})
    place = dict.fromkeys((line.name for line in lines), 0)
    for moment in moments:
        for line in lines:
            at = place[line.name]
            if at >= len(line.trace.minutes) or line.trace.minutes[at] != moment:
                continue
            if at:
                line.walk(at - 1, learned)
            place[line.name] = at + 1
            ahead = int(line.trace.waiting[at])
            answer = learned.wait(line.name, PRIOR, 1, ahead)
            if ahead and answer is not None and not np.isnan(line.waits[at]):
                yield *answer, float(line.waits[at]), ahead


def days(cold: bool) -> Iterator[tuple[date, list[Row]]]:
    """Each test day with its answers."""
    learned = Throughput()
    for number in range(TRAIN_FROM.day, LAST.day + 1):
        day = date(2020, 1, number)
        try:
            record = read_day(DATA, day)
        except NoSuchDay:
            continue
        if cold:
            learned = Throughput()
        usable = [(queue.service, queue.trace) for queue in record.queues()]
        lines = [Line(name, trace) for name, trace in usable if isinstance(trace, Trace)]
        rows = list(walk_day(lines, learned))
        if day >= TEST_FROM and rows:
            yield day, rows


def show(name: str, rows: Iterable[Row]) -> None:
    """One line of the table."""
    table: FloatArray = np.array(list(rows))
    wait, middle = table[:, 3], table[:, 1]
    print(
        f"{name:<12} n {len(table):6d}"
        f"  MAE {np.abs(middle - wait).mean():6.2f}  bias {(middle - wait).mean():6.2f}"
        f"  below p10 {(wait < table[:, 0]).mean():.2f}  below p50 {(wait <= middle).mean():.2f}"
        f"  below p90 {(wait <= table[:, 2]).mean():.2f}",
        flush=True,
    )


def main() -> int:
    """Print the error and the coverage a day, altogether and by how many were ahead."""
    parser = argparse.ArgumentParser(description="learned throughput against rebuilt waits")
    parser.add_argument("--cold", action="store_true", help="begin every day knowing nothing")
    options = parser.parse_args()
    if not DATA.exists():
        print(f"needs {DATA.name} in ../shared/data/warsaw")
        return 2
    together: list[Row] = []
    for day, rows in days(options.cold):
        show(day.isoformat(), rows)
        together += rows
    show("all", together)
    for low, high in ((1, 1), (2, 2), (3, 4), (5, 9), (10, 19), (20, 999)):
        show(f"{low}–{high} ahead", (row for row in together if low <= row[4] <= high))
    return 0


if __name__ == "__main__":
    sys.exit(main())
