"""A what-if put to work on plans, and told in words."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from balancer.planning.changes import Plan, change, words
from balancer.planning.questions import read_question
from predictors.staffing import Load, by_step
from tests.city_files import small_city

TODAY = date(2026, 11, 23)
CITY = small_city()


def plans() -> dict[str, Plan]:
    """Both branches open from nine to eleven: four half-hours of ten people, three desks and two."""
    return {
        name: Plan(Load(np.full(4, 10.0), 9.0), by_step(np.full(4, desks), 24), 540)
        for name, desks in (("center", 3), ("village", 2))
    }


def changed(**given: str) -> tuple[dict[str, Plan], float | None]:
    return change(CITY, plans(), read_question("staffing", "center", TODAY, given))


def test_a_desk_moves_from_here_to_there() -> None:
    """One fewer here, one more there, as many in all."""
    found, elsewhere = changed(move_to="village")
    assert [set(found[name].desks.tolist()) for name in ("center", "village")] == [{2}, {3}]
    assert elsewhere is None


def test_windows_are_by_the_wall_clock() -> None:
    """From half past nine to ten are the second half-hour's six steps."""
    found, _ = changed(desks="09:30-10:00:7", rush="2@10:00..10:30")
    assert found["center"].desks.tolist() == [3] * 6 + [7] * 6 + [3] * 12
    assert found["center"].load.by_step.sum() == pytest.approx(50)
    assert found["village"].load.by_step.sum() == pytest.approx(40)


def test_an_alarm_is_the_whole_city_s() -> None:
    """Nobody is called anywhere; paid hours stay."""
    found, _ = changed(alarm="09:30..10:00")
    for name, hours in (("center", 6.0), ("village", 4.0)):
        assert found[name].desks[6:12].sum() == 0
        assert found[name].desk_hours == hours
        assert found[name].load.by_step.sum() == pytest.approx(40)


def test_advice_loses_nobody() -> None:
    """Whoever leaves comes to the other branch."""
    found, elsewhere = changed(adoption="1", arrivals="200")
    assert elsewhere is not None and elsewhere >= 0
    assert sum(plan.load.by_step.sum() for plan in found.values()) == pytest.approx(160)


def test_words_in_both_languages() -> None:
    """Each change says what it is."""
    given = {"extra_desk": "2", "rush": "1.5", "alarm": "11:00..11:40", "adoption": "0.3", "arrivals": "10"}
    told = words(CITY, read_question("staffing", "center", TODAY, given).what_if)
    assert [each.kind for each in told] == ["extra_desk", "rush", "arrivals", "alarm", "adoption"]
    assert told[3].uk == "повітряна тривога 11:00–11:40" and told[2].en == "visitors +10 %"
