"""One branch: its state in one word, its desks, its calls."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from balancer.live.board import Board
from balancer.live.branch_load import CALLS_SHOWN, BranchLoad
from tests.happenings import Happenings


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, "open"),
        ({"phase": "tickets_closed"}, "tickets_closed"),
        ({"alarm": "pause"}, "paused"),
        ({"hold": "water"}, "paused"),
        ({"alarm": "shelter"}, "shelter"),
        ({"phase": "closed", "alarm": "pause"}, "closed"),
        ({"power": "off"}, "open"),
    ],
)
def test_facts_become_one_word(facts: dict[str, Any], state: str) -> None:
    town = Happenings()
    load = BranchLoad(town.city.branch("centre"))
    load.facts = msgspec.structs.replace(town.facts["centre"], **facts)
    assert load.state == state


def test_a_branch_that_nobody_opened_is_closed_and_empty() -> None:
    load = BranchLoad(Happenings().city.branch("centre"))
    assert (load.state, load.waiting, load.in_hand, load.desks_open) == ("closed", 0, 0, 0)
    assert list(load.queues) == ["papers", "social", "land"]


def test_open_desks_of_a_queue_are_those_with_the_skill_that_are_not_on_a_break() -> None:
    town = Happenings()
    board = Board(town.city)
    board.load(town.snapshot())
    board.apply(town.set_desk("centre", "2", "paused"))
    load = board.branch("centre")
    assert load.desks_open == 2
    assert [desk.desk for desk in load.open_desks("papers")] == ["1"]
    assert [desk.desk for desk in load.open_desks("land")] == ["3"]


def test_tickets_bound_to_a_desk_stand_in_its_own_line() -> None:
    town = Happenings()
    first, bound = town.issue().ticket, town.issue().ticket
    assert first and bound
    load = BranchLoad(town.city.branch("centre"))
    load.add(first)
    load.add(msgspec.structs.replace(bound, bound="2"))
    assert load.queues["papers"].waiting == 2
    assert (load.line("1"), load.line("2")) == (["t1"], ["t1", "t2"])
    load.remove(msgspec.structs.replace(bound, bound="2"))
    assert load.line("2") == ["t1"]


def test_calls_of_a_snapshot_are_in_the_order_of_their_instants() -> None:
    town = Happenings()
    for number in range(CALLS_SHOWN + 2):
        town.issue("harbour", "all")
        town.forward(1)
        town.call("harbour", "1" if number % 2 else "2", f"t{2 * number + 1}")
    town.forward(1)
    town.recall("t3")
    board = Board(town.city)
    board.load(town.snapshot())
    shown = [call.ticket for call in board.branch("harbour").last_called]
    assert shown == ["t3", "t15", "t13", "t11", "t9", "t7"]
