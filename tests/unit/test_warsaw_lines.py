"""Warsaw's days as recorded lines, from the small file written by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from loadtest.warsaw import NoSuchDay
from loadtest.warsaw_lines import TEST_DAYS, TRAIN_DAYS, recorded_days

SMALL = Path(__file__).parents[1] / "data" / "warsaw_small.csv"


def test_usable_queues_become_lines() -> None:
    (lines,) = recorded_days(SMALL, [date(2020, 1, 8)])
    by_name = {line.line: line for line in lines}
    assert set(by_name) == {"ud_alfa-11", "ud_alfa-12", "usc_beta-11"}
    line = by_name["ud_alfa-11"]
    assert (line.office, line.weekday, line.opens, line.closes) == ("ud_alfa", 2, 480.0, 960.0)
    assert line.published.tolist() == [10.0] * 7
    assert line.called[0] == 0.0 and line.called[-1] > 20


def test_a_day_without_a_usable_queue_says_so() -> None:
    with pytest.raises(NoSuchDay, match="2019-12-30"):
        recorded_days(SMALL, [date(2019, 12, 30)])


def test_test_days_come_after_training_days() -> None:
    assert max(TRAIN_DAYS) < min(TEST_DAYS)
    assert date(2020, 1, 6) not in TRAIN_DAYS
