"""The simple methods, by hand on a made day, and ranges from a method's own errors."""

from __future__ import annotations

import numpy as np
import pytest

from predictors.baselines import COLUMNS, History, Ranges, backlog, columns, points, table
from predictors.synthetic_view import look
from tests.unit.test_synthetic_view import hand_made

DAY = hand_made()
HISTORY = History([DAY])


def test_minutes_between_calls_while_somebody_stood_in_line() -> None:
    """Queue A is called at 510, 525 and 540; who came after the call before says nothing of a line."""
    assert backlog(DAY, 0).tolist() == []
    busy = hand_made()
    busy.arrived[2] = 509.0
    assert backlog(busy, 0).tolist() == [15.0]
    busy.arrived[3] = 524.0
    assert backlog(busy, 0).tolist() == [15.0, 15.0]


def test_what_is_seen_when_the_last_one_joins() -> None:
    """At 528 the fourth joins: nobody waits before him, the last called had waited 10 minutes."""
    seen = dict(zip(COLUMNS, columns(HISTORY, look(DAY, 528.0), 3).tolist(), strict=True))
    assert (seen["ahead"], seen["before"], seen["waiting"]) == (0, 0, 1)
    assert (seen["les"], seen["whole"], seen["hol"]) == (10.0, 10.0, 0.0)
    assert seen["able"] == 2 and seen["rate"] == pytest.approx(2 / 45)


def test_who_has_waited_has_that_behind_him() -> None:
    """At 538 the fourth has waited ten minutes: les 0, the head of the line is he himself."""
    seen = columns(HISTORY, look(DAY, 538.0), 3)
    found = points(HISTORY, seen[None, :])
    assert (found["les"][0], found["hol"][0]) == (0.0, 0.0)
    usual = float(DAY.waits()[DAY.queue == 0].mean())
    assert found["historical"][0] == pytest.approx(usual - 10.0)


def test_points_by_hand() -> None:
    """(Q + 1)·S/c, people ÷ calls, and minutes a ticket × people."""
    row = np.zeros((1, len(COLUMNS)))
    place = {name: at for at, name in enumerate(COLUMNS)}
    for name, value in {"hour": 9, "ahead": 3, "before": 5, "pool": 4, "rate": 0.2}.items():
        row[0, place[name]] = value
    found = points(HISTORY, row)
    assert found["ql"][0] == pytest.approx(6 * HISTORY.service.mean() / 4)
    assert found["rolling"][0] == pytest.approx(4 / 0.2)
    assert found["learned"][0] == pytest.approx(4 * HISTORY.a_ticket[0, 0])
    row[0, place["rate"]] = 0.0
    assert points(HISTORY, row)["rolling"][0] == pytest.approx(found["learned"][0])


def test_ranges_come_from_own_errors() -> None:
    """A method that errs by −1 to +9 minutes gets that range, never below zero."""
    middle = np.tile(np.linspace(10.0, 50.0, 500), 4)
    error = np.repeat(np.linspace(-1.0, 9.0, 4), 500)
    shown = Ranges(middle, middle + error).around(np.array([30.0, 0.5]))
    assert shown[0] == pytest.approx([29.0, 30.0, 39.0], abs=0.01)
    assert shown[1].min() >= 0.0 and (np.diff(shown, axis=1) >= 0).all()


def test_an_empty_table() -> None:
    """No moments, no rows, all columns."""
    assert table(HISTORY, []).shape == (0, len(COLUMNS))
