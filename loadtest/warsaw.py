"""Read one day of the Warsaw queue records: a real city's queues, with all their faults.

Source: City of Warsaw's open queue API (api.um.warszawa.pl), collected from 28 December 2019 to 22 January
2020 by the authors of the R package kolejkeR (MIT, © 2019 Hanna Zdulska). The data stay outside the
repository. Columns: name, time, date, status, czasObslugi, lp, idGrupy, liczbaCzynnychStan, nazwaGrupy,
literaGrupy, liczbaKlwKolejce, aktualnyNumer; one row per office, queue and five-minute snapshot.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import TextIO

import numpy as np

from predictors.traces import QueueRecord, Trace, Unusable, clean

COLLECTED_FROM = date(2019, 12, 28)
COLLECTED_UNTIL = date(2020, 1, 22)


COLUMNS = (
    "name date time idGrupy nazwaGrupy literaGrupy liczbaCzynnychStan liczbaKlwKolejce aktualnyNumer".split()
)
PUBLISHED = "czasObslugi"
"""The city's own minutes; the one column that may be missing."""

Place = tuple[date, str, str]
Snapshot = tuple[int, float, int, float]


class NoSuchDay(ValueError):
    """The file has no rows of that day."""


@dataclass(frozen=True)
class WarsawQueue:
    """One queue (idGrupy) of an office on that day: `trace` is its cleaned record or why there is none."""

    office: str
    group: str
    name: str
    letter: str
    record: QueueRecord
    trace: Trace | Unusable

    @property
    def queue(self) -> str:
        """The queue's id in the city made from the day; also the id of its only desk."""
        return f"q{self.group}"

    @property
    def service(self) -> str:
        """The id of the one service of this queue; group numbers repeat between offices."""
        return f"{self.office}-{self.group}"


@dataclass(frozen=True)
class WarsawDay:
    """All queues of one day by office id, in file order."""

    date: date
    offices: dict[str, list[WarsawQueue]]

    def queues(self) -> Iterator[WarsawQueue]:
        """Every queue of every office."""
        for queues in self.offices.values():
            yield from queues

    def excluded(self) -> dict[str, int]:
        """How many queues cannot be replayed, by reason, in the order in which the reasons are tested."""
        reasons = [queue.trace for queue in self.queues()]
        return {reason.value: reasons.count(reason) for reason in Unusable}


@dataclass
class _Rows:
    """One queue's snapshots while the file is being read: minute → (waiting, number, desks, published)."""

    name: str
    letter: str
    at: dict[int, Snapshot] = field(default_factory=dict)

    def record(self) -> QueueRecord:
        minutes = sorted(self.at)
        waiting, numbers, desks, published = zip(*(self.at[minute] for minute in minutes), strict=True)
        return QueueRecord(
            np.array(minutes, dtype=np.int64),
            np.array(waiting, dtype=np.int64),
            np.array(numbers, dtype=np.float64),
            np.array(desks, dtype=np.int64),
            np.array(published, dtype=np.float64),
        )


def true_date(text: str) -> date | None:
    """The day a row belongs to: dates after the collection have the new year typed too early; None if
    hopeless.

    One office's clock stood in 2012; nothing says which days those were.
    """
    try:
        day = date.fromisoformat(text)
        if day > COLLECTED_UNTIL:
            day = day.replace(year=day.year - 1)
    except ValueError:
        return None
    return day if COLLECTED_FROM <= day <= COLLECTED_UNTIL else None


def read_day(path: Path, day: date) -> WarsawDay:
    """The queues of one day; see read_days."""
    return read_days(path, [day])[0]


def read_days(path: Path, days: Collection[date]) -> list[WarsawDay]:
    """The queues of these days, in that order, from a CSV file, gzipped or not.

    Raises NoSuchDay, OSError, csv.Error. Rows with a value that is no number are left out; of two rows for
    one minute the later one counts. A queue with fewer than two snapshots is left out.
    """
    with _opened(path) as file:
        found = _gather(csv.reader(file), days)
    return [WarsawDay(day, _offices(path, day, found)) for day in days]


def days_in(path: Path) -> set[date]:
    """The days of which the file has rows. Raises NoSuchDay, OSError, csv.Error."""
    with _opened(path) as file:
        rows = csv.reader(file)
        at = _columns(next(rows, []))["date"]
        typed = {row[at] for row in rows if len(row) > at}
    return {day for text in typed if (day := true_date(text)) is not None}


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    return path.open(encoding="utf-8", newline="")


def _offices(path: Path, wanted: date, found: dict[Place, _Rows]) -> dict[str, list[WarsawQueue]]:
    offices: dict[str, list[WarsawQueue]] = {}
    for (day, office, group), rows in found.items():
        if day == wanted and len(rows.at) >= 2:
            record = rows.record()
            queue = WarsawQueue(office, group, rows.name, rows.letter, record, clean(record))
            offices.setdefault(office, []).append(queue)
    if not offices:
        raise NoSuchDay(f"{path.name} has no rows of {wanted}")
    return offices


def _gather(rows: Iterator[list[str]], days: Collection[date]) -> dict[Place, _Rows]:
    """Snapshots by (day, office id, group) of the rows whose true date is one of `days`."""
    header = next(rows, [])
    column = _columns(header)
    meant: dict[str, date | None] = {}
    found: dict[Place, _Rows] = {}
    for row in rows:
        if len(row) != len(header):
            continue
        typed = row[column["date"]]
        if typed not in meant:
            meant[typed] = true_date(typed)
        day = meant[typed]
        if day is None or day not in days:
            continue
        try:
            minute, snapshot = _snapshot(row, column)
        except ValueError:
            continue
        place = (day, office_id(row[column["name"]]), row[column["idGrupy"]])
        queue = found.setdefault(place, _Rows(row[column["nazwaGrupy"]], row[column["literaGrupy"]]))
        queue.at[minute] = snapshot
    return found


def _columns(header: list[str]) -> dict[str, int]:
    """Where each column stands; NoSuchDay names those that are missing."""
    column = {name: index for index, name in enumerate(header)}
    missing = set(COLUMNS) - set(column)
    if missing:
        raise NoSuchDay(f"the file has no column {', '.join(sorted(missing))}")
    return column


def _snapshot(row: list[str], column: dict[str, int]) -> tuple[int, Snapshot]:
    """(minute, (waiting, number, desks, published)), NaN for no number or minutes; ValueError for any other
    figure that is no number.
    """
    hour, minute = row[column["time"]].split(":")
    digits = re.search(r"\d+", row[column["aktualnyNumer"]])
    number = float(digits.group()) if digits else float("nan")
    waiting = int(row[column["liczbaKlwKolejce"]])
    desks = int(row[column["liczbaCzynnychStan"]] or 0)
    shown = row[column[PUBLISHED]] if PUBLISHED in column else ""
    published = float(shown) if re.fullmatch(r"\d+(\.\d+)?", shown) else float("nan")
    return int(hour) * 60 + int(minute), (waiting, number, desks, published)


@cache
def office_id(name: str) -> str:
    """The office's name as an id: UD_Praga_Polnoc → ud_praga_polnoc."""
    return re.sub(r"[^a-z0-9_-]", "-", name.lower())
