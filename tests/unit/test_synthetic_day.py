"""A synthetic day obeys the rules of the real system."""

from __future__ import annotations

import numpy as np
import pytest

from predictors.synthetic import NO_SHOW_MINUTES, scenarios
from predictors.synthetic_day import BranchDay, simulate

SEED = 21


def a_day(scenario: str, number: int = 0, place: int = 0) -> BranchDay:
    world = scenarios()[scenario]
    return simulate(world, world.branches[place], number, SEED)


def alarmed_day() -> BranchDay:
    days = (a_day("alarm", number) for number in range(20))
    return next(day for day in days if day.alarm is not None)


@pytest.mark.parametrize("scenario", ["skills", "breaks", "skew", "alarm", "rush"])
def test_everybody_is_called_once_by_a_desk_with_the_skill(scenario: str) -> None:
    """And nobody before he comes; a desk has one visitor at a time."""
    day = a_day(scenario)
    assert (day.called >= day.arrived).all() and (day.freed >= day.finished).all()
    for place, desk in enumerate(day.spec.desks):
        had = np.flatnonzero(day.desk == place)
        assert {int(queue) for queue in day.queue[had]} <= desk.queues
        order = had[np.argsort(day.called[had])]
        assert (day.called[order[1:]] >= day.freed[order[:-1]]).all()


def test_first_come_first_served_within_a_queue() -> None:
    """Calls of one queue are in the order of arrival."""
    day = a_day("skills")
    for queue in range(3):
        assert (np.diff(day.called[day.queue == queue]) >= 0).all()


def test_no_desk_calls_at_lunch() -> None:
    """It finishes its visitor and then goes."""
    day = a_day("rush")
    for place, desk in enumerate(day.spec.desks):
        calls = day.called[day.desk == place]
        assert not ((calls >= desk.lunch[0]) & (calls < desk.lunch[1])).any()


def test_no_desk_is_free_while_somebody_waits_for_it() -> None:
    """Whoever waits, all desks with his skill are busy, away or at lunch just before his call."""
    day = a_day("skills")
    late = np.flatnonzero(day.called > day.arrived + 1.0)
    for ticket in late:
        moment = day.called[ticket] - 0.5
        for place, desk in enumerate(day.spec.desks):
            busy = ((day.desk == place) & (day.called <= moment) & (day.freed > moment)).any()
            assert (
                busy or int(day.queue[ticket]) not in desk.queues or desk.lunch[0] <= moment < desk.lunch[1]
            )


def test_those_who_do_not_come_keep_a_desk_for_two_minutes() -> None:
    """And have no start."""
    day = a_day("skills")
    assert day.missed.any() and np.isnan(day.started[day.missed]).all()
    kept = (day.finished - day.called)[day.missed]
    assert kept == pytest.approx(np.full(len(kept), NO_SHOW_MINUTES))


def test_an_alarm_stops_calls_and_the_branch_clock() -> None:
    """Nobody is called in it, waits do not count it, and people gather at the door."""
    day = alarmed_day()
    assert day.alarm is not None
    begin, end = day.alarm
    assert not ((day.called >= begin) & (day.called < end)).any()
    assert not ((day.arrived >= begin) & (day.arrived < end)).any()
    spans = (day.arrived < begin) & (day.called > end)
    assert spans.any()
    assert (day.called - day.arrived - day.waits())[spans] == pytest.approx(np.full(spans.sum(), end - begin))
    assert day.in_alarm(begin) and not day.in_alarm(end)


def test_breaks_are_not_told() -> None:
    """In `breaks` a desk is free later than the system hears; elsewhere at once."""
    rested = a_day("breaks")
    assert 0.05 < (rested.freed > rested.finished).mean() < 0.2
    told = a_day("skills")
    assert (told.freed == told.finished).all()


def test_the_same_numbers_give_the_same_day() -> None:
    """Another day, branch or seed gives another."""
    assert (a_day("rush", 3).called == a_day("rush", 3).called).all()
    assert len(a_day("rush", 3).called) != len(a_day("rush", 4).called)
