"""Columns of recorded lines: by name, finite, and blind to what comes later."""

from __future__ import annotations

import numpy as np

from predictors.line_columns import COLUMN, NAMES, moments, together
from predictors.line_habits import learn_habits
from tests.recorded_town import cut, recorded_town

SEED = 11


def test_a_row_says_what_was_known() -> None:
    days = recorded_town(SEED, 2)
    rows = moments(days[1], learn_habits(days[:1]))
    line = days[1][0]
    mine = rows.lines == 0
    assert rows.columns.shape == (len(rows.waits), len(NAMES))
    assert np.isfinite(rows.columns).all()
    assert rows.columns[mine, COLUMN["ahead"]].tolist() == line.waiting[line.asked].tolist()
    left = line.closes - line.minutes[line.asked]
    assert rows.columns[mine, COLUMN["to_close"]].tolist() == left.tolist()
    assert rows.waits[mine].tolist() == line.waits[line.asked].tolist()


def test_nothing_in_a_row_comes_from_after_its_moment() -> None:
    """The last row of a day that is cut off equals that row of the whole day."""
    days = recorded_town(SEED, 3)
    habits = learn_habits(days[:2])
    whole = moments(days[2], habits, [np.ones(len(line.minutes), dtype=bool) for line in days[2]])
    for length in (1, 20, 57):
        early = [cut(line, length) for line in days[2]]
        last = [np.arange(length) == length - 1 for _ in early]
        found = moments(early, habits, last)
        same = whole.columns[whole.minutes == days[2][0].minutes[length - 1]]
        assert np.allclose(found.columns, same, rtol=1e-9), length


def test_a_day_without_lines_has_no_rows() -> None:
    days = recorded_town(SEED, 1)
    habits = learn_habits(days)
    assert moments([], habits).columns.shape == (0, len(NAMES))
    nobody = [np.zeros(len(line.minutes), dtype=bool) for line in days[0]]
    assert len(moments(days[0], habits, nobody).waits) == 0


def test_days_are_put_together_in_order() -> None:
    days = recorded_town(SEED, 2)
    habits = learn_habits(days)
    parts = [moments(day, habits) for day in days]
    assert together(parts).waits.tolist() == [*parts[0].waits, *parts[1].waits]
