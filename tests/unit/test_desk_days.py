"""One desk's days: pauses, habits, and clocks that do not behave."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from predictors.desk_days import DeskDays

SEED = 20260205


def day(record: DeskDays, number: int, *changes: tuple[float, bool]) -> None:
    for minute, open in changes:
        record.observe(number, minute, open)


def lunches(days: int, late: float = 0.0) -> DeskDays:
    """Opens at 480, lunch from 720 (up to `late` minutes later) to 765, closes at 1020."""
    record, rng = DeskDays(), np.random.default_rng(SEED)
    for number in range(days):
        leaves = 720.0 + late * rng.random()
        day(record, number, (480, True), (leaves, False), (765, True), (1020, False))
    day(record, days, (480, True))
    return record


def test_a_daily_lunch_is_a_habit_after_three_days() -> None:
    assert lunches(2).habit().pauses == ()
    habit = lunches(3).habit()
    assert habit.pauses == ((720.0, 765.0),)
    assert habit.opens == 480.0


def test_a_lunch_that_begins_when_the_visitor_is_done_begins_early() -> None:
    """The plan's begin, not the begin after the last visitor: the replay adds the visitor itself."""
    ((begin, end),) = lunches(30, late=25.0).habit().pauses
    assert 720.0 <= begin < 727.0
    assert end == 765.0


def test_now_and_then_is_no_habit_and_two_daily_pauses_are_two() -> None:
    record = DeskDays()
    for number in range(20):
        day(record, number, (480, True), (600, False), (615, True), (720, False), (760, True))
        if number % 5 == 0:
            day(record, number, (900, False), (930, True))
        day(record, number, (1020, False))
    day(record, 20, (480, True))
    assert record.habit().pauses == ((600.0, 615.0), (720.0, 760.0))


def test_a_pause_that_ends_is_told_once() -> None:
    record = DeskDays()
    assert [record.observe(0, *change) for change in ((480, True), (600, False), (600, False))] == [None] * 3
    assert record.paused_since == 600
    assert record.observe(0, 620, True) == (600, 620)
    assert record.observe(0, 630, True) is None
    assert record.pauses_today() == ((600, 620),)


def test_a_desk_that_nobody_closed_has_no_end() -> None:
    record = DeskDays()
    for number in range(5):
        day(record, number, (480, True))
    assert record.closes() is None
    assert record.habit().opens == 480.0


def test_the_end_of_the_day_is_that_of_the_same_day_of_the_week() -> None:
    """Thursdays until eight, other days until six."""
    record = DeskDays()
    for number in range(28):
        day(record, number, (540, True), (1200.0 if number % 7 == 3 else 1080.0, False))
    record.observe(28, 540, True)
    assert record.closes() == (1080.0, 1080.0)
    for number in (29, 30):
        day(record, number, (540, True), (1080, False))
    record.observe(31, 540, True)
    assert record.closes() == (1200.0, 1200.0)


def test_clocks_that_jump_teach_nothing_absurd() -> None:
    record = DeskDays()
    day(record, 3, (480, True), (math.nan, False), (math.inf, False), (470, False))
    assert record.paused_since == 480
    day(record, 2, (490, True))
    assert record.paused_since == 480, "a day before the present one"


def test_tomorrow_morning_nothing_of_today_counts() -> None:
    record = lunches(3)
    fresh = record.next_morning()
    assert (fresh.changes, fresh.paused_since) == ([], None)
    assert record.changes, "today goes on"
    assert fresh.opened_on([0, 1, 2, 3, 9]) == 0.8


def test_days_survive_being_written_down() -> None:
    record = lunches(4)
    again = DeskDays.from_state(json.loads(json.dumps(record.to_state())))
    assert again.habit() == record.habit()
    assert (again.day, again.changes) == (record.day, record.changes)


@pytest.mark.parametrize("state", [[], [1, [], [[1, 2]]], [1, [["x", True]], []]])
def test_what_is_no_record_is_refused(state: list[object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        DeskDays.from_state(state)
