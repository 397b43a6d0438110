"""The staffing view from a past in memory: all desks where no habit is known, "never" told as null."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np

from balancer.messages.planning import StaffingView
from balancer.planning.forecasting import learn
from balancer.planning.past import Past
from balancer.planning.questions import read_question
from balancer.planning.staffing_view import figure, staffing_view
from tests.city_files import small_city

CITY = small_city()
TUESDAY = date(2026, 11, 24)
NOW = int(datetime(2026, 11, 23, 4, tzinfo=UTC).timestamp() * 1000)


def view(**given: str) -> StaffingView:
    """Four weeks with nine people in each open half-hour of both branches."""
    days = [date(2026, 10, 26) + timedelta(shift) for shift in range(28)]
    rows = np.zeros((28, 48))
    rows[[day.weekday() < 5 for day in days], 18:36] = 9.0
    past = Past(days, {("center", "papers"): rows, ("village", "papers"): rows.copy()})
    asked = {"repeats": "20", "date": TUESDAY.isoformat(), **given}
    return staffing_view(learn(CITY, past, NOW), read_question("staffing", "center", TUESDAY, asked), None)


def test_all_desks_where_no_habit_is_known() -> None:
    """The branch's desks while it is open, and the city file's minutes a visitor."""
    told = view()
    assert told.plan_from == "all_desks"
    assert {slot.plan for slot in told.slots} == {len(CITY.branch("center").desks)} == {told.desks_max}
    assert told.service is not None and told.service.visits == 0
    assert told.what_if is None and told.difference is None


def test_no_desk_at_all_is_never() -> None:
    """Nobody is called: null, not a number, and nobody within the standard."""
    told = view(desks="09:00-18:00:0").what_if
    assert told is not None
    assert (told.p50, told.p90, told.within) == (None, None, [0.0])
    assert told.unserved == told.visitors > 100
    assert figure(float("inf")) is None and figure(1.2345) == 1.23


def test_a_moved_desk_shows_on_both_sides() -> None:
    """Longer waits here, shorter there."""
    told = view(move_to="village")
    assert told.what_if is not None and told.plan is not None
    assert told.what_if.desk_hours == told.plan.desk_hours - 9
    assert [each.branch for each in told.others] == ["village"]
    assert told.others[0].what_if.desk_hours == told.others[0].plan.desk_hours + 9


def test_advice_names_the_worst_branch() -> None:
    """With advice the whole city is told of."""
    told = view(adoption="0.5")
    assert told.what_if is not None and told.what_if.elsewhere is not None
    assert told.what_if.worst_branch in ("center", "village")


def test_an_archive_that_knows_only_today_says_so() -> None:
    """The first day of a server: nothing to learn from, which is a state and no failure."""
    rows = np.full((1, 48), 2.0)
    learned = learn(CITY, Past([date(2026, 11, 23)], {("center", "papers"): rows}), NOW)
    told = staffing_view(learned, read_question("staffing", "center", TUESDAY, {}), None)
    assert told.state == "empty" and told.reason is not None and told.reason.code == "history_today"
    assert told.history.days == 1 and told.slots == []
