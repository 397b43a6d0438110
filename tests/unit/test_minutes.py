"""The fold of branches minute by minute."""

from __future__ import annotations

from typing import Any

import pytest

from balancer.archive.minutes import LONGEST_SILENCE_MINUTES, BranchNow, CityNow, city_of, fold, pass_minutes
from balancer.messages import Event
from tests.happenings import Happenings
from tests.town import MINUTE, NINE


class Told:
    """A fold beside a town, with the rows it gave."""

    def __init__(self) -> None:
        self.town = Happenings()
        self.now = city_of(self.town.snapshot(), {})
        self.rows: list[dict[str, Any]] = []

    def hear(self, *events: Event) -> None:
        """Fold what happened."""
        for event in events:
            self.rows += pass_minutes(self.now, event.at)
            fold(self.now, event)

    def at(self, minute: int, branch: str = "centre") -> dict[str, Any]:
        """The row of a minute after nine."""
        return next(r for r in self.rows if (r["minute"], r["branch"]) == (NINE + minute * MINUTE, branch))


@pytest.fixture
def told() -> Told:
    return Told()


def test_a_minute_stands_as_it_began(told: Told) -> None:
    """What happens within a minute shows in the next one; every minute between has its row."""
    told.town.forward(0.5)
    told.hear(told.town.issue(), told.town.issue())
    told.town.forward(2)
    told.hear(told.town.call())
    told.town.forward(1)
    told.hear(told.town.set_desk("centre", "2", "paused"))
    told.town.forward(1)
    told.hear(told.town.set_facts("harbour", "power_lost", power="off"))
    assert [(told.at(m)["waiting"], told.at(m)["desks_busy"]) for m in (1, 2, 3, 4)] == [
        (2, 0),
        (2, 0),
        (1, 1),
        (1, 1),
    ]
    assert [told.at(m)["desks_open"] for m in (3, 4)] == [3, 2]
    assert told.at(4, "harbour")["power"] == "on"
    assert told.at(1, "harbour")["desks_open"] == 2


def test_a_move_between_branches_is_counted_on_both_sides(told: Told) -> None:
    """Neither in two lines nor in none."""
    issued = told.town.issue()
    assert issued.ticket is not None
    told.hear(issued, told.town.transfer(issued.ticket.id, "harbour", "all"))
    told.town.forward(1)
    told.hear(told.town.leave(issued.ticket.id))
    told.town.forward(1)
    told.hear(told.town.issue())
    assert [told.at(1, b)["waiting"] for b in ("centre", "harbour")] == [0, 1]
    assert told.at(2, "harbour")["waiting"] == 0


def test_closed_and_empty_is_not_told(told: Told) -> None:
    """A branch that is closed, with nobody in it and no desk open, writes none; with somebody it does."""
    town = told.town
    told.hear(town.issue("harbour", "all"), town.set_facts("harbour", "branch_closed", phase="closed"))
    for branch, desk in list(town.desks):
        told.hear(town.set_desk(branch, desk, "closed"))
    told.hear(town.set_facts("centre", "branch_closed", phase="closed"))
    town.forward(1)
    told.hear(town.set_facts("harbour", "power_lost", power="off"))
    assert [(row["branch"], row["state"]) for row in told.rows] == [("harbour", "closed")]


def test_a_silence_is_filled_but_not_an_absence(told: Told) -> None:
    """Up to a day without any event the branches stood as they were; over a longer one nobody knows."""
    told.town.forward(LONGEST_SILENCE_MINUTES)
    told.hear(told.town.issue())
    assert len([r for r in told.rows if r["branch"] == "centre"]) == LONGEST_SILENCE_MINUTES
    told.rows.clear()
    told.town.forward(LONGEST_SILENCE_MINUTES + 1)
    told.hear(told.town.issue())
    assert told.rows == []
    told.town.forward(1)
    told.hear(told.town.issue())
    assert len(told.rows) == 2


def test_alarms_are_remembered(told: Told) -> None:
    """Any touch of a wait with an alarm counts: before its end, after its begin, while it lasts."""
    told.town.forward(10)
    told.hear(told.town.set_facts("centre", "alarm_sounded", alarm="pause", paused_since=told.town.at))
    told.town.forward(20)
    told.hear(told.town.set_facts("centre", "alarm_cleared", alarm="none", paused_since=None))

    def touched(first: int, last: int) -> bool:
        return told.now.alarmed("centre", NINE + first * MINUTE, NINE + last * MINUTE)

    assert [touched(0, 9), touched(0, 10), touched(12, 14), touched(30, 40), touched(31, 40)] == [
        False,
        True,
        True,
        True,
        False,
    ]
    told.hear(told.town.set_facts("centre", "alarm_sounded", alarm="shelter"))
    assert touched(100, 200) and not told.now.alarmed("harbour", 0, 2 * NINE)
    assert told.at(11)["alarm"] == "pause" and told.at(11)["state"] == "paused"


def test_a_desk_s_states(told: Told) -> None:
    """A row when its state changes, none while it only takes and ends tickets."""
    issued = told.town.issue()
    assert issued.ticket is not None and fold(told.now, issued) is None
    assert fold(told.now, told.town.call()) is None
    told.town.forward(3)
    paused = told.town.set_desk("centre", "2", "paused")
    assert paused.desk is not None
    paused.desk.since = told.town.at
    row = fold(told.now, paused)
    assert row == {"branch": "centre", "desk": "2", "since": NINE + 3 * MINUTE, "state": "paused"}
    assert fold(told.now, paused) is None


def test_a_snapshot_is_as_good_as_the_events(told: Told) -> None:
    """Begun from a snapshot, the fold stands where the events would have led it."""
    for _ in range(3):
        told.hear(told.town.issue())
    told.hear(told.town.call(), told.town.set_facts("centre", "power_lost", power="off"))
    assert city_of(told.town.snapshot(), {}) == told.now


def test_a_branch_nobody_heard_of_is_closed() -> None:
    """The very first event finds an empty city."""
    assert CityNow().branch("new") == BranchNow(state="closed")
    assert not CityNow().alarmed("new", 0, 1)
