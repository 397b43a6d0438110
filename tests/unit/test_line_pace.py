"""How fast a line moves is learned from its own calls while somebody waited, and from nothing else."""

from __future__ import annotations

import pytest

from balancer.live.board import Board
from balancer.live.line_pace import LinePace
from balancer.messages import Event
from predictors.conformal import Quantiles
from tests.happenings import Happenings

LINE = ("harbour", "all")


class Seen:
    """A town, its board and what is learned from it."""

    def __init__(self) -> None:
        self.town = Happenings()
        self.board = Board(self.town.city)
        self.board.load(self.town.snapshot())
        self.pace = LinePace(self.town.city)
        self.pace.begin(self.board, self.town.at)

    def tell(self, event: Event) -> None:
        self.pace.learn(event, self.board, self.board.apply(event))

    def wait(self) -> Quantiles | None:
        load = self.board.branch("harbour")
        self.pace.catch_up(load, self.town.at)
        return self.pace.wait(load, "all", load.queues["all"].waiting)

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
    assert seen.pace.learned.calls(LINE) == 0


def test_a_pause_teaches_nothing() -> None:
    seen = Seen()
    seen.serve(20, 5.0)
    before = seen.wait()
    seen.tell(seen.town.set_facts("harbour", "alarm_sounded", alarm="pause"))
    seen.town.forward(240)
    seen.tell(seen.town.set_facts("harbour", "alarm_cleared", alarm="none"))
    assert seen.wait() == before


def test_a_line_where_nobody_is_called_grows_longer_in_minutes() -> None:
    seen = Seen()
    seen.serve(40, 5.0)
    before = seen.wait()
    seen.town.forward(180)
    after = seen.wait()
    assert before and after and after.p50 > 1.2 * before.p50


def test_desks_on_a_break_make_it_longer_and_no_desk_makes_it_unknown() -> None:
    seen = Seen()
    seen.serve(40, 5.0)
    both = seen.wait()
    seen.tell(seen.town.set_desk("harbour", "2", "paused"))
    one = seen.wait()
    assert both and one and one.p50 == pytest.approx(2 * both.p50, rel=0.02)
    seen.tell(seen.town.set_desk("harbour", "1", "closed"))
    assert seen.wait() is None
