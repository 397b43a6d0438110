"""A city's matrix of minutes: read into its points; every wrong row is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from balancer.city.changes import changes
from balancer.city.definition import CityFaults, decode_city, encode_city, load_city
from balancer.city.travel_matrix import MOST_FAULTS
from tests.city_files import small_city, spoiled

HEADER = "point,lat,lon,mode,branch,minutes\n"
GOOD = HEADER + "station,48.96,24.01,transit,village,18\nstation,48.96,24.01,walk,center,12.5\n"
KEY = ('contact = "0 800 000 000"', 'contact = "0 800 000 000"\ntravel_matrix = "minutes.csv"')


def city_file(folder: Path, rows: str | bytes | None) -> Path:
    """The small city in a folder, beside it that matrix."""
    (folder / "city.toml").write_text(spoiled(KEY), "utf-8")
    if rows is not None:
        (folder / "minutes.csv").write_bytes(rows if isinstance(rows, bytes) else rows.encode())
    return folder / "city.toml"


def faults(folder: Path, rows: str | bytes | None) -> list[str]:
    """Everything that is wrong with that matrix."""
    with pytest.raises(CityFaults) as caught:
        load_city(city_file(folder, rows))
    return [fault.problem for fault in caught.value.faults if not fault.warning]


def test_a_matrix_is_part_of_the_city(tmp_path: Path) -> None:
    """Stored and read again with it; a change of it is told without its numbers."""
    city = load_city(city_file(tmp_path, "\ufeff" + GOOD))
    (station,) = city.travel_points
    assert station.minutes == {"transit": {"village": 18.0}, "walk": {"center": 12.5}}
    assert decode_city(encode_city(city)).travel_points == city.travel_points
    told = str(changes(small_city(), city))
    assert "travel_matrix: 1 points" in told and "18" not in told


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("station,48.96,24.01,boat,village,9", 'line 4: there is no mode "boat"'),
        ("station,48.96,24.01,walk,vilage,9", 'line 4: there is no branch "vilage"'),
        ("station,48.96,24.01,walk,village,-1", 'line 4: minutes is "-1"'),
        ("station,48.96,24.01,walk,village,nan", 'line 4: minutes is "nan"'),
        ("station,48.96,24.01,walk,village,", 'line 4: minutes is ""'),
        ("station,48.96,24.01,walk", 'line 4: there is no branch ""'),
        ("other,148,24.01,walk,village,9", 'line 4: lat is "148"'),
        (",48.96,24.01,walk,village,9", "line 4: the point has no name"),
        ("station,48.97,24.01,walk,village,9", 'line 4: point "station" lay elsewhere before'),
        ("station,48.96,24.01,walk,center,9", 'line 4: "station" to "center" by walk stands here twice'),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, row: str, problem: str) -> None:
    """By file, line and column."""
    assert faults(tmp_path, GOOD + row + "\n") == [f"minutes.csv, {problem}"]


def test_all_wrong_rows_are_told_up_to_twenty(tmp_path: Path) -> None:
    """Not the first alone, nor thousands."""
    rows = "".join(f"p{n},48.9,24.0,walk,village,x\n" for n in range(50))
    assert len(faults(tmp_path, HEADER + rows)) == MOST_FAULTS


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (None, "minutes.csv cannot be read (No such file or directory)"),
        ("", 'minutes.csv: no column "point", "lat", "lon", "mode", "branch", "minutes"'),
        ("point,lat,lon,mode,minutes\n", 'minutes.csv: no column "branch"'),
        (HEADER, "minutes.csv has no rows"),
    ],
)
def test_a_file_that_is_no_matrix(tmp_path: Path, rows: str | None, problem: str) -> None:
    """Said in one line."""
    assert faults(tmp_path, rows) == [problem]


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    """A spreadsheet's own format is not CSV."""
    (problem,) = faults(tmp_path, HEADER.encode() + b"\xff\xfe\x00\n")
    assert problem.startswith("minutes.csv cannot be read (")
