"""A branch as the replay takes it: desks, what they have in hand, who is ahead of whom."""

from __future__ import annotations

import msgspec
import pytest

from balancer.live.board import Board
from balancer.live.branch_now import branch_now, on_the_way
from balancer.live.learning import Learning
from balancer.messages import IntentState
from predictors.wait import BranchNow
from tests.happenings import Happenings
from tests.town import MINUTE


class Scene:
    """A town at ten o'clock and how its branches look to the replay."""

    def __init__(self) -> None:
        self.town = Happenings()
        self.town.forward(60)
        self.learning = Learning(self.town.city)

    def board(self) -> Board:
        board = Board(self.town.city)
        board.load(self.town.snapshot())
        return board

    def now(self, branch: str = "centre") -> BranchNow:
        board = self.board()
        return branch_now(board.branch(branch), board.tickets, self.learning, self.town.at)


def test_minutes_are_of_the_branchs_day() -> None:
    now = Scene().now()
    assert (now.now, now.closes) == (600.0, 18 * 60.0)
    assert {desk.desk: desk.queues for desk in now.desks} == {
        "1": frozenset({"papers", "social"}),
        "2": frozenset({"papers"}),
        "3": frozenset({"land"}),
    }


def test_a_called_visitor_is_not_begun_and_a_served_one_for_so_many_minutes_of_branch_time() -> None:
    scene = Scene()
    for desk in ("1", "2"):
        scene.town.issue("centre", "papers")
        scene.town.call("centre", desk)
    held = scene.town.desks["centre", "1"].ticket
    assert held
    scene.town.start(held)
    scene.town.forward(4)
    pause = scene.town.at
    scene.town.set_facts("centre", "alarm_sounded", alarm="pause", paused_since=pause)
    scene.town.forward(30)
    scene.town.set_facts(
        "centre", "alarm_cleared", alarm="none", paused_since=None, paused_total=scene.town.at - pause
    )
    scene.town.forward(3)
    hands = {desk.desk: (desk.service, desk.elapsed) for desk in scene.now().desks}
    assert hands == {"1": ("address", pytest.approx(7.0)), "2": ("address", None), "3": (None, None)}


def test_the_line_is_in_calling_order_over_all_queues_and_desks() -> None:
    scene = Scene()
    scene.town.issue("centre", "papers")
    scene.town.forward(1)
    scene.town.issue("centre", "social")
    scene.town.forward(1)
    early = scene.town.issue("centre", "papers", head_start=20.0).ticket
    scene.town.forward(1)
    bound = scene.town.issue("centre", "land").ticket
    assert early and bound
    scene.town.tell(
        "ticket_transferred", branch="centre", ticket=msgspec.structs.replace(bound, bound="1", version=2)
    )
    now = scene.now()
    assert [ticket.queue for ticket in now.line] == ["papers", "papers", "social", "land"]
    assert now.line[0].ticket == early.id
    assert now.line[3].bound == "1"
    assert now.arrived[early.id] == pytest.approx(602.0 - 20.0)


def test_without_power_who_needs_it_is_not_in_the_line() -> None:
    scene = Scene()
    made = scene.town.issue("centre", "papers", service="passport").ticket
    assert made
    scene.town.tell(
        "ticket_requeued", branch="centre", ticket=msgspec.structs.replace(made, needs_power=True, version=2)
    )
    assert len(scene.now().line) == 1
    scene.town.set_facts("centre", "power_lost", power="off")
    assert scene.now().line == ()


@pytest.mark.parametrize(("state", "calls_again"), [("closed", False), ("paused", True)])
def test_a_desk_that_closed_today_is_done_and_one_on_a_break_comes_back(
    state: str, calls_again: bool
) -> None:
    scene = Scene()
    opened = scene.town.desks["centre", "3"]
    scene.learning.desks.see(opened, scene.town.at)
    closed = scene.town.set_desk("centre", "3", state).desk
    assert closed
    scene.learning.desks.see(closed, scene.town.at)
    scene.town.forward(2)
    spans = [desk.spans for desk in scene.now().desks if desk.desk == "3"]
    assert bool(spans) is calls_again
    assert not spans or spans[0][0][0] > 602.0


def test_those_on_the_way_are_expected_when_they_said() -> None:
    scene = Scene()
    load = scene.board().branch("centre")
    for number, minutes in enumerate((25, -5)):
        load.coming[str(number)] = IntentState(
            id=str(number),
            branch="centre",
            queue="papers",
            service="address",
            state="on_the_way",
            version=1,
            announced=scene.town.at,
            arrives=scene.town.at + minutes * MINUTE,
            expires=scene.town.at + 60 * MINUTE,
        )
    coming = on_the_way(load, scene.town.at, 0.7)
    assert {each.probability for each in coming} == {0.7}
    assert [each.at for each in coming] == [625.0, 600.0], "who is late may come any moment"
    assert {each.head_start for each in coming} == {0.0}


def test_a_free_desk_that_lets_somebody_wait_has_done_so_for_so_long() -> None:
    scene = Scene()
    first = scene.town.issue("centre", "papers").ticket
    assert first
    scene.town.call("centre", "2")
    scene.town.start(first.id)
    scene.town.forward(10)
    finished = scene.town.finish(first.id)
    scene.learning.learn(finished)
    scene.town.forward(3)
    scene.town.issue("centre", "papers")
    scene.town.forward(4)
    idle = {desk.desk: desk.idle for desk in scene.now().desks}
    assert idle == {"1": None, "2": pytest.approx(4.0), "3": None}
