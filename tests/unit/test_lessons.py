"""Former days teach what the log would have taught, a few lessons at a time, and nothing twice."""

from __future__ import annotations

import msgspec
import pytest

from balancer.live.learning import Learning
from balancer.live.lessons import AT_ONCE, DeskLesson, LegLesson, teach
from balancer.live.wall_time import day_minute
from balancer.messages import DeskState
from predictors.conformal import Quantiles
from tests.town import HOUR, KYIV, MINUTE, NINE, small_town

DAY = 24 * HOUR


def leg(at: int, **changes: object) -> LegLesson:
    """Six minutes of service and two of walking, promised ten minutes and called after thirty."""
    made = LegLesson(
        branch="harbour",
        queue="all",
        service="address",
        at=at,
        first=True,
        minutes=6.0,
        walk=2.0,
        missed=False,
        head_start=0.0,
        shown=Quantiles(8.0, 10.0, 12.0),
        waited=30.0,
    )
    return made._replace(**changes)


def learn(legs: list[LegLesson], desks: list[DeskLesson], before: int = NINE) -> tuple[Learning, list[int]]:
    learning = Learning(small_town("town"))
    return learning, list(teach(learning, legs, desks, before))


def test_legs_teach_services_walks_arrivals_and_how_wrong_the_ranges_were() -> None:
    week = [leg(NINE - day * DAY + number * MINUTE) for day in range(1, 6) for number in range(60)]
    learning, turns = learn(week, [])
    assert turns[-1] == 300 and len(turns) == 300 // AT_ONCE + 1
    assert learning.times.law("address", "harbour", 9.5).mean == pytest.approx(6.0, rel=0.2)
    assert learning.times.walk_minutes("harbour") == pytest.approx(2.0, rel=0.1)
    today = day_minute(KYIV, NINE).day
    assert learning.arrivals.rate("harbour", "all", today, 540.0, 550.0) == pytest.approx(1.0, rel=0.2)
    shown = Quantiles(8.0, 10.0, 12.0)
    assert learning.correction("harbour").adjust(shown).p90 > 13.0


def test_what_the_log_has_taught_is_not_taught_again() -> None:
    learning, turns = learn([leg(NINE), leg(NINE + MINUTE)], [DeskLesson("harbour", "1", NINE, True)])
    assert turns[-1] == 0
    assert not learning.times.known("address", "harbour")


def test_missing_spans_and_unknown_branches_teach_nothing() -> None:
    odd = [
        leg(NINE - DAY, minutes=None, walk=None, shown=None),
        leg(NINE - DAY, minutes=float("nan"), waited=float("nan")),
        leg(NINE - DAY, minutes=-5.0, waited=-5.0),
        leg(NINE - DAY, minutes=3 * 24 * 60.0),
        leg(NINE - DAY, branch="moon"),
    ]
    learning, _ = learn(odd * 20, [DeskLesson("moon", "1", NINE - DAY, True)])
    assert not learning.times.known("address", "harbour")
    shown = Quantiles(8.0, 10.0, 12.0)
    assert learning.correction("harbour").adjust(shown).p90 >= 12.0


def test_habits_of_former_days_come_before_what_was_seen_today() -> None:
    """The process saw the desk open today before it learned of the days before."""
    learning = Learning(small_town("town"))
    opened = DeskState("harbour", "1", "open", 1, NINE)
    learning.desks.see(opened, NINE)
    former = []
    for day in range(5, 0, -1):
        for hour, is_open in ((0, True), (4, False), (5, True), (9, False)):
            former.append(DeskLesson("harbour", "1", NINE - day * DAY + hour * HOUR, is_open))
    list(teach(learning, [], former, NINE))
    spans = learning.desks.spans("harbour", "1", opened, day_minute(KYIV, NINE + HOUR), 1080.0)
    assert spans[0] == (600.0, pytest.approx(780.0, abs=10)), "until lunch at one"
    assert spans[1][0] == pytest.approx(840.0, abs=10)
    closed = msgspec.structs.replace(opened, state="closed")
    assert learning.desks.spans("harbour", "1", closed, day_minute(KYIV, NINE + HOUR), 1080.0) == ()
