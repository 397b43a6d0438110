"""Reading a day of the Warsaw record with all its faults, from a small file written by hand."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from loadtest.warsaw import NoSuchDay, WarsawDay, WarsawQueue, read_day, read_days, true_date
from predictors.traces import Trace

SMALL = Path(__file__).parents[1] / "data" / "warsaw_small.csv"
DAY = date(2020, 1, 8)


def queue_of(day: WarsawDay, office: str, group: str) -> WarsawQueue:
    return next(queue for queue in day.offices[office] if queue.group == group)


def test_a_day_with_every_fault() -> None:
    """Every queue is there; those that cannot be replayed say why."""
    day = read_day(SMALL, DAY)
    assert {office: len(queues) for office, queues in day.offices.items()} == {"ud_alfa": 6, "usc_beta": 1}
    assert day.excluded() == {"no_number": 1, "frozen": 1, "under_25_calls": 1, "jump_over_30": 1}


def test_rows_are_sorted_repaired_and_the_later_one_counts() -> None:
    """Rows out of order are sorted, a minute given twice has its later row, broken rows are left out."""
    day = read_day(SMALL, DAY)
    twice = queue_of(day, "ud_alfa", "11").record
    assert twice.minutes.tolist() == [482, 487, 491, 497, 502, 507, 513]
    assert twice.waiting[0] == 2
    late = queue_of(day, "usc_beta", "11").trace
    assert isinstance(late, Trace)
    assert late.called.tolist() == [14, 14, 14, 20, 28, 34, 40]


def test_a_misread_number_is_smoothed() -> None:
    """One number of 950 between 12 and 24 does not make the queue unusable."""
    trace = queue_of(read_day(SMALL, DAY), "ud_alfa", "12").trace
    assert isinstance(trace, Trace)
    assert trace.called.tolist() == [7, 12, 12, 24, 31, 31, 36]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2020-01-08", DAY),
        ("2020-12-30", date(2019, 12, 30)),
        ("2012-02-09", None),
        ("8 January", None),
        ("", None),
    ],
)
def test_dates_as_typed_and_as_meant(typed: str, meant: date | None) -> None:
    """A year typed too early is mended, a clock that stood still in 2012 cannot be."""
    assert true_date(typed) == meant


def test_the_wrong_year_is_found_under_the_right_day() -> None:
    """Rows of 2020-12-30 belong to 2019-12-30."""
    assert list(read_day(SMALL, date(2019, 12, 30)).offices) == ["ud_alfa"]


def test_several_days_in_one_reading() -> None:
    """Each day as if it were read alone."""
    first, second = read_days(SMALL, [DAY, date(2019, 12, 30)])
    assert (first.date, second.date) == (DAY, date(2019, 12, 30))
    assert first.excluded() == read_day(SMALL, DAY).excluded()
    assert list(second.offices) == ["ud_alfa"]


def test_gzip_and_plain_read_alike(tmp_path: Path) -> None:
    """The real file is gzipped."""
    packed = tmp_path / "small.csv.gz"
    packed.write_bytes(gzip.compress(SMALL.read_bytes()))
    assert read_day(packed, DAY).excluded() == read_day(SMALL, DAY).excluded()


def test_a_day_or_file_without_rows_says_so(tmp_path: Path) -> None:
    """No rows of that day, or no such columns: a sentence, not a traceback."""
    with pytest.raises(NoSuchDay, match="no rows of 2020-01-09"):
        read_day(SMALL, date(2020, 1, 9))
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    with pytest.raises(NoSuchDay, match="no column aktualnyNumer, date, idGrupy"):
        read_day(other, DAY)
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    with pytest.raises(NoSuchDay):
        read_day(empty, DAY)
