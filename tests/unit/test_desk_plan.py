"""When a desk will call: lunches to come and lunches had, pauses under way, desks that never close."""

from __future__ import annotations

import json
import math

import pytest

from predictors.desk_plan import DeskPlan

CLOSES = 1020.0


def taught(days: int = 10) -> DeskPlan:
    """Desk 1 has lunch from 12:00 to 12:45; desk 2 opened on the first three days only."""
    plan = DeskPlan()
    for day in range(days):
        for minute, open in ((480.0, True), (720.0, False), (765.0, True), (1020.0, False)):
            plan.observe("b", "1", day, minute, open)
            if day < 3:
                plan.observe("b", "2", day, minute, open)
    return plan


def test_without_a_record_an_open_desk_goes_on_until_the_line_is_served() -> None:
    assert DeskPlan().spans("b", "1", 600.0, CLOSES, True) == ((600.0, 1080.0),)
    assert DeskPlan(overtime=0.0).spans("b", "1", 600.0, CLOSES, True) == ((600.0, 1020.0),)
    assert DeskPlan().spans("b", "1", 600.0, None, True) == ((600.0, math.inf),)
    assert DeskPlan().spans("b", "1", 600.0, CLOSES, False) == ()


def test_lunch_is_left_out_while_it_is_to_come() -> None:
    plan = taught()
    plan.observe("b", "1", 10, 480.0, True)
    assert plan.spans("b", "1", 600.0, CLOSES, True) == ((600.0, 720.0), (765.0, 1080.0))
    assert plan.spans("b", "1", 730.0, CLOSES, True) == ((765.0, 1080.0),)
    assert plan.spans("b", "1", 800.0, CLOSES, True) == ((800.0, 1080.0),)


def test_a_lunch_that_was_had_is_not_had_again() -> None:
    plan = taught()
    for minute, open in ((480.0, True), (690.0, False), (733.0, True)):
        plan.observe("b", "1", 10, minute, open)
    assert plan.spans("b", "1", 735.0, CLOSES, True) == ((735.0, 1080.0),)


def test_a_short_pause_before_lunch_is_not_the_lunch() -> None:
    plan = taught()
    for minute, open in ((480.0, True), (690.0, False), (695.0, True)):
        plan.observe("b", "1", 10, minute, open)
    assert plan.spans("b", "1", 700.0, CLOSES, True) == ((700.0, 720.0), (765.0, 1080.0))


def test_a_desk_at_lunch_comes_back_when_it_always_does() -> None:
    plan = taught()
    plan.observe("b", "1", 10, 480.0, True)
    plan.observe("b", "1", 10, 726.0, False)
    assert plan.spans("b", "1", 740.0, CLOSES, False) == ((765.0, 1080.0),)


def test_a_desk_paused_at_no_usual_time_comes_back_as_pauses_end() -> None:
    """The longer it is away, the longer it will be; after three hours it does not come back."""
    plan = taught()
    plan.observe("b", "1", 10, 480.0, True)
    plan.observe("b", "1", 10, 900.0, False)
    backs = [plan.spans("b", "1", now, CLOSES, False)[0][0] - now for now in (901.0, 920.0, 950.0)]
    assert 5.0 < backs[0] < 45.0
    assert all(back > 1.0 for back in backs)
    assert plan.spans("b", "1", 1081.0, None, False) == ()


def test_short_pauses_are_learned_as_short() -> None:
    plan = DeskPlan()
    for day in range(30):
        for minute, open in ((480, True), (500 + 9 * day, False), (505 + 9 * day, True), (1020, False)):
            plan.observe("b", "1", day, float(minute), open)
    plan.observe("b", "1", 30, 480.0, True)
    plan.observe("b", "1", 30, 600.0, False)
    ((back, _),) = plan.spans("b", "1", 600.5, CLOSES, False)
    assert back < 608.0


def test_in_the_morning_a_desk_opens_when_it_usually_does_if_it_still_does() -> None:
    plan = taught()
    assert plan.spans("b", "1", 400.0, CLOSES, False)[0] == (480.0, 720.0)
    assert plan.spans("b", "1", 490.0, CLOSES, False)[0] == (490.0, 720.0)
    assert plan.spans("b", "1", 560.0, CLOSES, False) == (), "too late to be expected"
    assert plan.spans("b", "2", 400.0, CLOSES, False) == (), "not opened for a week"


def test_a_new_day_is_known_by_its_number() -> None:
    """Closed for good yesterday at five; at six in the evening of a long day it may still open."""
    plan = taught()
    assert plan.spans("b", "1", 1021.0, 1200.0, False)[0][0] > 1021.0
    assert plan.spans("b", "1", 1021.0, 1200.0, False, day=10) == ()


def test_a_desk_that_leaves_early_every_day_is_not_counted_on_after() -> None:
    plan = DeskPlan()
    for day in range(0, 28, 7):
        plan.observe("b", "1", day, 480.0, True)
        plan.observe("b", "1", day, 780.0, False)
    plan.observe("b", "1", 28, 480.0, True)
    assert plan.spans("b", "1", 600.0, CLOSES, True) == ((600.0, 780.0),)
    assert plan.spans("b", "1", 800.0, CLOSES, True) == ((800.0, 1080.0),), "today it stays"


def test_a_desk_that_stays_for_the_line_every_day_will_stay_today() -> None:
    plan = DeskPlan()
    for day in range(0, 28, 7):
        plan.observe("b", "1", day, 480.0, True)
        plan.observe("b", "1", day, 1060.0, False)
    plan.observe("b", "1", 28, 480.0, True)
    assert plan.spans("b", "1", 600.0, CLOSES, True) == ((600.0, 1120.0),)


def test_a_desk_that_is_never_closed_and_one_open_at_night_are_no_crash() -> None:
    plan = DeskPlan()
    for day in range(5):
        plan.observe("b", "1", day, 480.0, True)
    assert plan.spans("b", "1", 600.0, CLOSES, True) == ((600.0, 1080.0),)
    assert plan.spans("b", "1", 1400.0, CLOSES, True) == ((1400.0, 1460.0),)


@pytest.mark.parametrize("minute", [math.nan, math.inf, -math.inf])
def test_absurd_minutes_teach_nothing(minute: float) -> None:
    plan = taught()
    plan.observe("b", "1", 10, minute, True)
    assert plan.spans("b", "1", 600.0, CLOSES, True) == taught().spans("b", "1", 600.0, CLOSES, True)


def test_plans_survive_being_written_down() -> None:
    plan = taught()
    plan.observe("b", "1", 10, 480.0, True)
    again = DeskPlan.from_state(json.loads(json.dumps(plan.to_state())))
    for now, open in ((400.0, False), (600.0, True), (900.0, False)):
        for desk in ("1", "2"):
            assert again.spans("b", desk, now, CLOSES, open) == plan.spans("b", desk, now, CLOSES, open)


@pytest.mark.parametrize(
    "state", [{}, {"overtime": 60.0, "desks": [["b", "1", []]], "pauses": [], "days": []}]
)
def test_what_is_no_plan_is_refused(state: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        DeskPlan.from_state(state)
