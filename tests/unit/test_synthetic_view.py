"""What is seen at a moment: a hand-made day of two desks and four visitors."""

from __future__ import annotations

import numpy as np
import pytest

from predictors.synthetic import BranchSpec, DeskSpec, scenarios
from predictors.synthetic_day import BranchDay, simulate
from predictors.synthetic_view import left_to_wait, look, moments

NAN = np.nan
ALARM = (560.0, 570.0)


def hand_made(alarm: tuple[float, float] | None = None) -> BranchDay:
    """Desk 1 serves A from 510 on, rests from 530 to 540; desk 2 (A and B) is at lunch from 500 to 520."""
    spec = BranchSpec(
        "x",
        (DeskSpec("one", frozenset({0})), DeskSpec("two", frozenset({0, 1}), (500.0, 520.0))),
        4.0,
    )
    return BranchDay(
        spec,
        0,
        arrived=np.array([500.0, 505.0, 515.0, 528.0]),
        queue=np.array([0, 1, 0, 0]),
        missed=np.array([False, False, True, False]),
        called=np.array([510.0, 520.0, 525.0, 540.0]),
        started=np.array([511.0, 521.0, NAN, 541.0]),
        finished=np.array([525.0, 600.0, 530.0, 610.0]),
        freed=np.array([525.0, 600.0, 540.0, 610.0]),
        desk=np.array([0, 1, 0, 0]),
        alarm=alarm,
    )


def test_who_waits_and_who_sits_where() -> None:
    """At 512: the first has sat for a minute, the second waits, desk 2 is at lunch."""
    view = look(hand_made(), 512.0)
    assert view.waiting.tolist() == [1]
    assert view.desks[0].ticket == 0 and view.desks[0].elapsed == pytest.approx(1.0)
    assert view.at_lunch(1) and not view.at_lunch(0)
    assert view.able(0) == [0] and view.able(1) == []


def test_called_and_not_yet_there() -> None:
    """At 520.5 the second is called for half a minute and has not sat down."""
    desk = look(hand_made(), 520.5).desks[1]
    assert (desk.ticket, desk.elapsed) == (1, None) and desk.called_for == pytest.approx(0.5)


def test_a_desk_that_rests_is_seen_to_let_wait() -> None:
    """At 535 desk 1 has been free for five minutes although the fourth waits."""
    view = look(hand_made(), 535.0)
    assert view.waiting.tolist() == [3] and view.resting(0) and not view.resting(1)
    assert view.desks[0].elapsed == pytest.approx(5.0)


def test_elapsed_minutes_leave_out_the_alarm() -> None:
    """At 580 the second has sat for 59 minutes, ten of them in the alarm."""
    assert look(hand_made(ALARM), 580.0).desks[1].elapsed == pytest.approx(49.0)
    day = hand_made((530.0, 535.0))
    assert left_to_wait(day, 529.0, 3) == pytest.approx(6.0)


def test_moments_are_of_people_who_wait() -> None:
    """Each asked ticket waits at that moment, and what follows is its wait."""
    world = scenarios()["skills"]
    day = simulate(world, world.branches[0], 1, 3)
    found = moments(day, np.random.default_rng(3), 8)
    assert len(found) >= 8
    for each in found:
        assert each.ticket in look(day, each.now).waiting
        assert each.actual == pytest.approx(day.called[each.ticket] - each.now) and each.actual > 0


def test_nothing_is_asked_within_an_alarm() -> None:
    """Neither newcomers nor those who stand in line."""
    world = scenarios()["alarm"]
    asked = 0
    for number in range(12):
        day = simulate(world, world.branches[0], number, 3)
        for each in moments(day, np.random.default_rng(number), 30):
            assert not day.in_alarm(each.now)
            asked += day.alarm is not None
    assert asked > 50, "the days had alarms"
