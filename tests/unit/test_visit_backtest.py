"""Simple predictions from joins and calls alone, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from predictors.visit_backtest import METHODS, Visits, _see, visit_answers

NAN = np.nan


def visits(count: int = 200, minutes: float = 10.0, seed: int = 1) -> Visits:
    """A line with a call every `minutes` for people who come in bunches of five."""
    rng = np.random.default_rng(seed)
    joined = np.sort(np.repeat(np.arange(count // 5) * 60.0, 5) + rng.random(count))
    called = np.empty(count)
    free = 0.0
    for at in range(count):
        called[at] = max(joined[at], free)
        free = called[at] + minutes
    return Visits(
        np.zeros(count, dtype=np.int64), joined, called, called - joined, np.full(count, 10.0),
        np.ones(count, dtype=bool),
    )  # fmt: skip


def test_what_each_visitor_saw() -> None:
    """Three in one line and one in another; the second of the line gave up."""
    line = Visits(
        np.array([0, 0, 0, 1]),
        joined=np.array([0.0, 5.0, 12.0, 12.0]),
        left=np.array([10.0, 11.0, 20.0, 13.0]),
        wait=np.array([10.0, NAN, 8.0, 1.0]),
        hour=np.full(4, 9.0),
        scored=np.ones(4, dtype=bool),
    )
    seen = _see(line)
    assert seen.ahead.tolist() == [0, 1, 0, 0]
    assert seen.calls.tolist() == [0, 0, 1, 0]
    assert seen.les[2] == 10.0 and np.isnan(seen.les[[0, 1, 3]]).all()


def test_learned_minutes_a_ticket_follow_the_line() -> None:
    """Where every ticket takes ten minutes, people ahead tell the wait and the hour does not."""
    found = visit_answers(visits(), visits(seed=2))
    assert set(found) == set(METHODS)
    scores = {name: each.score() for name, each in found.items()}
    assert scores["learned"].mae < 0.6 * scores["historical"].mae
    assert all(each.n == 200 for each in scores.values())


def test_unscored_visits_stand_in_line_only() -> None:
    """They are counted ahead, and nobody is compared with them."""
    some = visits()
    some.scored[::2] = False
    assert visit_answers(visits(), some)["learned"].score().n == 100


def test_nobody_called() -> None:
    """A named reason."""
    empty = visits()
    empty.wait[:] = NAN
    with pytest.raises(ValueError, match="test days"):
        visit_answers(visits(), empty)
