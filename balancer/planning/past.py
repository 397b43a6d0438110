"""How many came, by branch, queue and half-hour: from the archive or a file, as the forecast wants it."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from balancer.city.definition import Branch, City
from balancer.city.hours import spans_of
from balancer.errors import BalancerError

if TYPE_CHECKING:
    from sqlalchemy import Engine

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
Key = tuple[str, str]

SLOTS, SLOT_MINUTES = 48, 30
WEEKS = 16
DEMO_CHANNEL = "demo"
COLUMNS = ("day", "branch", "queue", "slot", "count")
MOST_PEOPLE = 10_000.0


@dataclass(frozen=True, eq=False)
class Past:
    """`counts[(branch, queue)]` (days, 48), NaN where nothing is known; `demo`: made up by the demo."""

    days: list[date]
    counts: dict[Key, FloatArray]
    demo: bool = False

    def of_branch(self, branch: str) -> FloatArray:
        """(days, 48) of all its queues."""
        rows = [rows for (each, _), rows in self.counts.items() if each == branch]
        return np.nansum(rows, axis=0) if rows else np.zeros((len(self.days), SLOTS))

    def upto(self, day: date) -> Past:
        """The days before `day`."""
        kept = sum(each < day for each in self.days)
        return Past(self.days[:kept], {key: rows[:kept] for key, rows in self.counts.items()}, self.demo)

    def on(self, day: date) -> dict[Key, FloatArray]:
        """That day's counts (48,); empty where it is not among the days."""
        if day not in self.days:
            return {}
        return {key: rows[self.days.index(day)] for key, rows in self.counts.items()}

    def open_share(self, city: City) -> dict[str, FloatArray]:
        """How much of each half-hour the branches were open, by their hours: (days, 48)."""
        known = {branch for branch, _ in self.counts}
        return {
            branch.branch: np.array([open_share(branch, day) for day in self.days]).reshape(-1, SLOTS)
            for branch in city.branches
            if branch.branch in known
        }


def open_share(branch: Branch, day: date) -> FloatArray:
    """How much of each half-hour of that day (48,) the branch is open, 0..1, by its hours."""
    begins = np.arange(SLOTS) * SLOT_MINUTES
    share = np.zeros(SLOTS)
    for shift in (0, 1):  # hours past midnight belong to the day before
        for span in spans_of(branch.hours, day - timedelta(days=shift)):
            opens, closes = span.opens - shift * 1440, span.closes - shift * 1440
            share += np.clip(np.minimum(closes, begins + SLOT_MINUTES) - np.maximum(opens, begins), 0, None)
    return np.minimum(share / SLOT_MINUTES, 1.0)


def from_archive(engine: Engine, city: City, today: date) -> Past:
    """The last weeks up to and with `today`. Queues that the city no longer has are left out."""
    from sqlalchemy import func, select

    from balancer.archive.tables import LEGS
    from balancer.archive.visits import arrivals_by_slot

    since = today - timedelta(days=7 * WEEKS)
    found = arrivals_by_slot(engine, city.city, since, today, city.time_zone)
    mine = (LEGS.c.city == city.city) & (LEGS.c.channel == DEMO_CHANNEL)
    with engine.connect() as connection:
        demo = connection.execute(select(func.count()).select_from(LEGS).where(mine).limit(1)).scalar() or 0
    places = {(branch.branch, queue.queue) for branch in city.branches for queue in branch.queues}
    counts = {key: rows.astype(float) for key, rows in found.counts.items() if key in places}
    return _begun(found.days, counts, today, demo=demo > 0)


def _begun(days: list[date], counts: dict[Key, FloatArray], today: date, *, demo: bool = False) -> Past:
    """From the first day with visitors on; a branch's days before its own first are not known."""
    branches = {branch for branch, _ in counts}
    firsts: dict[str, int] = {}
    for branch in branches:
        busy = sum(rows.sum(axis=1) for (each, _), rows in counts.items() if each == branch)
        at = np.flatnonzero(busy)
        firsts[branch] = int(at[0]) if len(at) else len(days)
    first = min(firsts.values(), default=len(days))
    for (branch, _), rows in counts.items():
        rows[: firsts[branch]] = np.nan
    return Past(days[first:], {key: rows[first:] for key, rows in counts.items()}, demo)


def from_csv(path: Path) -> Past:
    """Rows `day,branch,queue,slot,count`; `slot` is HH:MM or the half-hour's number 0..47, rows of one place
    add up, days between the first and the last without a row are zeros.

    BalancerError("invalid_field") names the column and line; an empty file is "history_empty".
    """
    cells: dict[tuple[date, str, str, int], float] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(_rows(file), start=2):
                day, branch, queue, slot, count = _cell(row, number)
                cells[day, branch, queue, slot] = cells.get((day, branch, queue, slot), 0.0) + count
    except (UnicodeDecodeError, csv.Error) as error:
        raise _bad("history", 0, f"not a CSV file: {error}") from error
    if not cells:
        raise BalancerError("history_empty")
    first, last = min(cells)[0], max(cells)[0]
    days = [first + timedelta(days=shift) for shift in range((last - first).days + 1)]
    counts: dict[Key, FloatArray] = {}
    for (day, branch, queue, slot), count in cells.items():
        rows = counts.setdefault((branch, queue), np.zeros((len(days), SLOTS)))
        rows[(day - first).days, slot] = count
    return _begun(days, counts, last)


def _rows(file: Any) -> Iterator[dict[str, str]]:
    reader = csv.DictReader(file)
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
    if missing:
        raise _bad(missing[0], 1, f"there is no column {missing[0]}; the columns are {','.join(COLUMNS)}")
    yield from reader


def _cell(row: dict[str, str], line: int) -> tuple[date, str, str, int, float]:
    try:
        day = date.fromisoformat(row["day"])
    except (ValueError, TypeError):
        raise _bad("day", line, f"{row['day']!r} is no date") from None
    if not row["branch"] or not row["queue"]:
        raise _bad("branch" if not row["branch"] else "queue", line, "is empty")
    try:
        slot = _slot(row["slot"])
    except (ValueError, TypeError):
        raise _bad("slot", line, f"{row['slot']!r} is no half-hour") from None
    try:
        count = float(row["count"])
    except (ValueError, TypeError):
        count = math.nan
    if not 0 <= count <= MOST_PEOPLE:
        raise _bad("count", line, f"{row['count']!r} is not a number of people")
    return day, row["branch"], row["queue"], slot, count


def _slot(text: str) -> int:
    """The half-hour's number from "09:30" or "19"."""
    hours, colon, minutes = text.strip().partition(":")
    slot = (int(hours) * 60 + int(minutes[:2])) // SLOT_MINUTES if colon else int(hours)
    if not 0 <= slot < SLOTS:
        raise ValueError(text)
    return slot


def _bad(column: str, line: int, why: str) -> BalancerError:
    where = f"line {line}: " if line else ""
    return BalancerError("invalid_field", field=column, why={"uk": where + why, "en": where + why})
