"""A city's own minutes from place to branch: a CSV file beside the city file, read and checked row by row.

    point,lat,lon,mode,branch,minutes
    metro-nauky,50.0123,36.2270,transit,shevchenkivskyi,9

One row for each point, mode and branch that is known; the others go by distance.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath

import msgspec

from balancer.city.faults import Findings, did_you_mean, some_of
from balancer.city.model import City
from balancer.city.travel import MODES, TravelPoint

COLUMNS = ("point", "lat", "lon", "mode", "branch", "minutes")
PLACE = ("travel_matrix",)
LONGEST_MINUTES = 600.0
MOST_ROWS = 100_000
MOST_FAULTS = 20
Row = Mapping[str, str | None]


class _Wrong(Exception):
    """What is wrong with a row, and its remedy."""


def with_matrix(city: City, file: FilePath, findings: Findings) -> City:
    """The city with the points of its matrix; each wrong row becomes a fault, at most twenty of them."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.DictReader(text, strict=True)
            missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
            if missing:
                header = f"Begin the file with {','.join(COLUMNS)}."
                findings.fault(PLACE, f"{file.name}: no column {some_of(missing)}", header)
                return city
            points = _Points(city)
            for line, row in _lines(reader):
                _take(points, row, f"{file.name}, line {line}", findings)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = getattr(error, "strerror", None) or str(error)
        findings.fault(PLACE, f"{file.name} cannot be read ({why})", "Name a UTF-8 CSV file beside this one.")
        return city
    if not points.found and not points.faults:
        findings.fault(PLACE, f"{file.name} has no rows", "Add rows, or take travel_matrix away.")
    return msgspec.structs.replace(city, travel_points=list(points.found.values()))


def _lines(reader: csv.DictReader[str]) -> Iterator[tuple[int, Row]]:
    for number, row in enumerate(reader):
        if number >= MOST_ROWS:
            raise csv.Error(f"more than {MOST_ROWS} rows")
        yield reader.line_num, row


def _take(points: _Points, row: Row, where: str, findings: Findings) -> None:
    if points.faults >= MOST_FAULTS:
        return
    try:
        points.add(row)
    except _Wrong as wrong:
        points.faults += 1
        findings.fault(PLACE, f"{where}: {wrong.args[0]}", wrong.args[1])


class _Points:
    """The points found so far, by id."""

    def __init__(self, city: City) -> None:
        self.found: dict[str, TravelPoint] = {}
        self.faults = 0
        self._branches = city.branch_by_id

    def add(self, row: Row) -> None:
        """Take in a row; _Wrong says what is wrong with it."""
        name, mode, branch = ((row[key] or "").strip() for key in ("point", "mode", "branch"))
        if not name or not name.isprintable() or len(name) > 80:
            raise _Wrong("the point has no name", "Give each point a short name or id.")
        if mode not in MODES:
            raise _Wrong(f'there is no mode "{mode}"', did_you_mean(mode, MODES, f"Known: {some_of(MODES)}."))
        if branch not in self._branches:
            known = some_of(self._branches)
            raise _Wrong(
                f'there is no branch "{branch}"', did_you_mean(branch, self._branches, f"Known: {known}.")
            )
        lat, lon = _number(row, "lat", -90, 90), _number(row, "lon", -180, 180)
        minutes = _number(row, "minutes", 0, LONGEST_MINUTES)
        point = self.found.setdefault(name, TravelPoint(name, lat, lon, {}))
        if (point.lat, point.lon) != (lat, lon):
            raise _Wrong(f'point "{name}" lay elsewhere before', "Give its lat and lon alike in every row.")
        known_minutes = point.minutes.setdefault(mode, {})
        if branch in known_minutes:
            raise _Wrong(f'"{name}" to "{branch}" by {mode} stands here twice', "Take one of them away.")
        known_minutes[branch] = minutes


def _number(row: Row, key: str, least: float, most: float) -> float:
    text = (row[key] or "").strip()
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not least <= value <= most:
        raise _Wrong(f'{key} is "{text}"', f"Write a number from {least:g} to {most:g}.")
    return value
