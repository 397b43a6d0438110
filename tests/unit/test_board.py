"""Events and a later snapshot tell the same story, and counting step by step equals counting anew."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import msgspec
import pytest

from balancer.errors import Refused
from balancer.live.board import Board
from balancer.messages import IntentState, TicketState, TicketStatus
from tests.happenings import Happenings
from tests.town import small_town


def picture(board: Board) -> dict[str, Any]:
    """All that a snapshot keeps too, in comparable form."""
    return {
        load.branch.branch: {
            "facts": msgspec.to_builtins(load.facts),
            "desks": {desk: msgspec.to_builtins(state) for desk, state in sorted(load.desks.items())},
            "queues": {
                name: (queue.waiting, queue.called, queue.serving, queue.parked)
                for name, queue in load.queues.items()
            },
            "lines": {desk.desk: load.line(desk.desk) for desk in load.branch.desks},
            "parked": sorted(load.parked),
        }
        for load in board.branches()
    }


def counted_anew(board: Board) -> dict[tuple[str, str, str], int]:
    return Counter((t.branch, t.queue, t.state) for t in board.tickets.values())


@pytest.mark.parametrize("seed", range(40))
def test_snapshot_and_events_equal_a_later_snapshot(seed: int) -> None:
    """Invariant 4: state = snapshot + fold(events after it), from any point on."""
    dice = random.Random(seed)
    town = Happenings()
    for _ in range(dice.randint(0, 60)):
        town.random_step(dice)
    board = Board(town.city)
    board.load(town.snapshot())
    for _ in range(200):
        event = town.random_step(dice)
        changed = board.apply(event)
        assert event.branch in changed
        assert {load.branch.branch for load in board.branches() if load.seq == event.offset} == changed, seed
    later = Board(town.city)
    later.load(town.snapshot())
    assert board.offset == later.offset
    assert picture(board) == picture(later), seed


@pytest.mark.parametrize("seed", range(20))
def test_counts_kept_step_by_step_equal_counts_made_anew(seed: int) -> None:
    dice = random.Random(1000 + seed)
    town = Happenings()
    board = Board(town.city)
    board.load(town.snapshot())
    for _ in range(150):
        board.apply(town.random_step(dice))
        anew = counted_anew(board)
        for load in board.branches():
            name = load.branch.branch
            for queue, count in load.queues.items():
                kept = (count.waiting, count.called, count.serving, count.parked)
                states = ("waiting", "called", "serving", "parked")
                assert kept == tuple(anew[name, queue, state] for state in states), seed
            assert load.waiting == sum(n for key, n in anew.items() if key[0] == name and key[2] == "waiting")


def place(ticket: TicketState) -> tuple[int, int, int, str]:
    """What decides who is called first."""
    return (ticket.order, ticket.placed, ticket.tie, ticket.id)


@pytest.mark.parametrize("seed", range(20))
def test_ahead_is_the_place_in_the_order_of_calling(seed: int) -> None:
    dice = random.Random(2000 + seed)
    town = Happenings()
    board = Board(town.city)
    board.load(town.snapshot())
    for _ in range(120):
        board.apply(town.random_step(dice))
    for ticket in board.tickets.values():
        peers = [t for t in town.waiting(ticket.branch) if t.queue == ticket.queue]
        before = [t for t in peers if place(t) < place(ticket)]
        expected = len(before) if ticket.state is TicketStatus.WAITING else None
        assert board.ahead_of(ticket.id) == expected, seed
    for branch in town.city.branches:
        for desk in branch.desks:
            line = [ticket.id for ticket in board.line(branch.branch, desk.desk)]
            assert line == [ticket.id for ticket in town.line(branch.branch, desk.desk)], seed


def test_a_head_start_overtakes_whoever_came_a_little_earlier() -> None:
    town = Happenings()
    board = Board(town.city)
    board.load(town.snapshot())
    early = board.apply(town.issue()) and "t1"
    town.forward(5)
    board.apply(town.issue(head_start=20))
    assert (board.ahead_of("t2"), board.ahead_of(early)) == (0, 1)


def test_a_transfer_changes_both_branches_and_is_in_one_line_only() -> None:
    town = Happenings()
    board = Board(town.city)
    board.load(town.snapshot())
    board.apply(town.issue())
    assert board.apply(town.transfer("t1", "harbour", "all")) == {"centre", "harbour"}
    assert (board.branch("centre").waiting, board.branch("harbour").waiting) == (0, 1)


def test_the_last_six_calls_newest_first_and_a_recall_moves_up() -> None:
    town = Happenings()
    board = Board(town.city)
    board.load(town.snapshot())
    for number in range(1, 9):
        board.apply(town.issue("harbour", "all"))
        town.forward(1)
        board.apply(town.call("harbour", "1", f"t{2 * number - 1}"))
    load = board.branch("harbour")
    assert [call.ticket for call in load.last_called] == ["t15", "t13", "t11", "t9", "t7", "t5"]
    board.apply(town.recall("t9"))
    assert [call.ticket for call in load.last_called] == ["t9", "t15", "t13", "t11", "t7", "t5"]
    board.apply(town.start("t15"))
    board.apply(town.finish("t15"))
    assert load.last_called[1].number == "H015"


def test_a_new_day_shows_no_calls_of_the_old_one() -> None:
    town = Happenings()
    board = Board(town.city)
    board.load(town.snapshot())
    board.apply(town.issue())
    board.apply(town.call())
    board.apply(town.set_facts("centre", "branch_opened", day="2026-11-23"))
    assert len(board.branch("centre").last_called) == 1
    board.apply(town.set_facts("centre", "branch_opened", day="2026-11-24"))
    assert board.branch("centre").last_called == []


def test_a_changed_city_keeps_tickets_desks_and_calls() -> None:
    town = Happenings()
    board = Board(town.city)
    board.load(town.snapshot())
    board.apply(town.issue("harbour", "all"))
    board.apply(town.call("harbour", "1"))
    board.apply(town.issue("harbour", "all"))
    applied = board.apply(town.tell("city_applied", detail={"version": 2}))
    old = small_town("town")
    harbour = msgspec.structs.replace(old.branches[1], desks=old.branches[1].desks[:1])
    board.refit(msgspec.structs.replace(old, branches=[old.branches[0], harbour], version=2))
    load = board.branch("harbour")
    assert applied == frozenset()
    assert (load.waiting, load.in_hand, list(load.desks), load.seq) == (1, 1, ["1"], town.offset)
    assert [call.number for call in load.last_called] == ["H001"]
    with pytest.raises(Refused, match="unknown_branch|Unknown branch"):
        board.branch("nowhere")


def test_those_on_the_way_are_counted_until_they_end() -> None:
    """From the snapshot and by events, in the branch they named; another definition keeps them."""
    town = Happenings()
    whole = town.snapshot()
    coming = [
        IntentState(name, branch, "papers", "address", "on_the_way", 1, town.at, town.at, town.at)
        for name, branch in (("a", "centre"), ("b", "centre"), ("c", "harbour"))
    ]
    board = Board(town.city)
    board.load(msgspec.structs.replace(whole, intents=coming[:1]))
    told = [town.tell("intent_announced", branch=each.branch, intent=each) for each in coming[1:]]
    changed = [board.apply(event) for event in told]
    assert changed == [{"centre"}, {"harbour"}]
    board.refit(town.city)
    assert [load.on_the_way for load in board.branches()] == [2, 1]
    for state in ("kept", "expired"):
        ended = msgspec.structs.replace(coming.pop(), state=state, version=2)
        assert board.apply(town.tell("intent_ended", branch=ended.branch, intent=ended)) == {ended.branch}
    assert [load.on_the_way for load in board.branches()] == [1, 0]
    board.load(whole)
    assert [load.on_the_way for load in board.branches()] == [0, 0]
