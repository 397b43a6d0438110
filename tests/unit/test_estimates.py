"""Estimates learn from the events as they pass, and keep silent where nobody can know."""

from __future__ import annotations

import msgspec
import pytest

from balancer.live.board import Board
from balancer.live.estimates import FREE_DESK, Estimates
from balancer.messages import Event, Wait
from tests.happenings import Happenings

LINE = ("harbour", "all")


class Seen:
    """A town, its board and what is learned from it."""

    def __init__(self) -> None:
        self.town = Happenings()
        self.board = Board(self.town.city)
        self.board.load(self.town.snapshot())
        self.estimates = Estimates(self.town.city)
        self.estimates.begin(self.board, self.town.at)

    def tell(self, event: Event) -> None:
        self.estimates.learn(event, self.board, self.board.apply(event))

    def wait(self, branch: str = "harbour", queue: str = "all") -> Wait | None:
        load = self.board.branch(branch)
        self.estimates.catch_up(load, self.town.at)
        return self.estimates.quote(load, queue)

    def serve(self, count: int, minutes: float) -> None:
        """Both harbour desks call in turns, one call every `minutes`, with a line that never ends."""
        for number in range(count):
            for _ in range(2):
                self.tell(self.town.issue("harbour", "all"))
            desk = str(1 + number % 2)
            held = self.town.desks["harbour", desk].ticket
            if held is not None:
                self.tell(self.town.start(held))
                self.tell(self.town.finish(held))
            self.tell(self.town.call("harbour", desk))
            self.town.forward(minutes)


def test_it_learns_the_pace_of_a_line() -> None:
    seen = Seen()
    seen.serve(60, 6.0)
    waiting = seen.board.branch("harbour").waiting
    wait = seen.wait()
    assert wait is not None
    assert wait.p50 == pytest.approx(0.82 * 6.0 * (waiting + 0.5), rel=0.1)
    assert wait.p10 < wait.p50 < wait.p90


def test_nothing_is_said_before_three_calls_with_somebody_behind_them() -> None:
    """The first call ends no backlog that began with a call, so it takes four."""
    seen = Seen()
    said = []
    for _ in range(5):
        seen.serve(1, 5.0)
        said.append(seen.wait() is not None)
    assert said == [False, False, False, True, True]


def test_a_free_desk_and_no_line_is_known_without_evidence() -> None:
    seen = Seen()
    assert seen.wait() == FREE_DESK
    seen.tell(seen.town.issue("harbour", "all"))
    seen.tell(seen.town.call("harbour", "1"))
    assert seen.wait() == FREE_DESK
    seen.tell(seen.town.issue("harbour", "all"))
    seen.tell(seen.town.call("harbour", "2"))
    assert seen.wait() is None


def test_a_free_desk_with_people_of_another_queue_before_it_is_not_free_for_this_one() -> None:
    seen = Seen()
    seen.tell(seen.town.set_desk("centre", "2", "closed"))
    assert seen.wait("centre", "papers") == FREE_DESK
    seen.tell(seen.town.issue("centre", "social"))
    assert seen.wait("centre", "papers") is None


def test_arrivals_at_free_desks_teach_nothing_about_the_pace() -> None:
    """A quiet morning says how often people come, not how fast a line moves."""
    seen = Seen()
    for _ in range(30):
        seen.tell(seen.town.issue("harbour", "all"))
        seen.town.forward(0.1)
        seen.tell(seen.town.call("harbour", "1"))
        held = seen.town.desks["harbour", "1"].ticket
        assert held
        seen.tell(seen.town.start(held))
        seen.town.forward(5)
        seen.tell(seen.town.finish(held))
        seen.town.forward(20)
    assert seen.estimates.learned.calls(LINE) == 0


@pytest.mark.parametrize(
    ("facts", "joins", "waits"),
    [
        ({"phase": "closed"}, False, False),
        ({"phase": "tickets_closed"}, False, True),
        ({"alarm": "pause"}, False, False),
        ({"hold": "water"}, False, False),
        ({"alarm": "shelter"}, True, True),
        ({"power": "off"}, True, True),
    ],
)
def test_a_branch_that_stands_still_has_no_number(facts: dict[str, str], joins: bool, waits: bool) -> None:
    seen = Seen()
    seen.serve(20, 5.0)
    seen.tell(seen.town.set_facts("harbour", "branch_changed", **facts))
    assert (seen.wait() is not None) is joins
    ticket = seen.town.waiting("harbour")[0]
    load = seen.board.branch("harbour")
    assert (seen.estimates.wait_of(load, ticket, 0) is not None) is waits


def test_a_pause_teaches_nothing() -> None:
    seen = Seen()
    seen.serve(20, 5.0)
    before = seen.wait()
    seen.tell(seen.town.set_facts("harbour", "alarm_sounded", alarm="pause"))
    seen.town.forward(240)
    seen.tell(seen.town.set_facts("harbour", "alarm_cleared", alarm="none"))
    assert seen.wait() == before


def test_a_line_without_power_has_no_number_if_all_of_it_needs_power() -> None:
    seen = Seen()
    city = seen.town.city
    services = [msgspec.structs.replace(each, needs_power=True) for each in city.services]
    seen.estimates.refit(msgspec.structs.replace(city, services=services))
    seen.serve(20, 5.0)
    assert seen.wait() is not None
    seen.tell(seen.town.set_facts("harbour", "power_lost", power="off"))
    assert seen.wait() is None


def test_desks_on_a_break_make_it_longer_and_no_desk_makes_it_unknown() -> None:
    seen = Seen()
    seen.serve(40, 5.0)
    both = seen.wait()
    seen.tell(seen.town.set_desk("harbour", "2", "paused"))
    one = seen.wait()
    assert both and one and one.p50 == pytest.approx(2 * both.p50, rel=0.02)
    seen.tell(seen.town.set_desk("harbour", "1", "closed"))
    assert seen.wait() is None


def test_a_line_where_nobody_is_called_grows_longer_in_minutes() -> None:
    seen = Seen()
    seen.serve(40, 5.0)
    before = seen.wait()
    seen.town.forward(180)
    after = seen.wait()
    assert before and after and after.p50 > 1.2 * before.p50


def test_the_first_in_line_waits_less_than_the_last() -> None:
    seen = Seen()
    seen.serve(30, 5.0)
    load = seen.board.branch("harbour")
    line = seen.town.line("harbour", "1")
    first = seen.estimates.wait_of(load, line[0], seen.board.ahead_of(line[0].id) or 0)
    last = seen.estimates.wait_of(load, line[-1], seen.board.ahead_of(line[-1].id) or 0)
    assert first and last and first.p90 < last.p10 or first.p50 < last.p50 / 5
