"""A process that starts late knows what an older one knows: rates, last calls, when a branch changed."""

from __future__ import annotations

import random

from balancer.live.board import Board
from balancer.live.estimates import Estimates
from balancer.live.history import History
from tests.happenings import Happenings


def test_history_gives_a_late_process_what_an_old_one_knows() -> None:
    dice = random.Random(7)
    town = Happenings()
    old = Board(town.city)
    old.load(town.snapshot())
    old_estimates = Estimates(town.city)
    old_estimates.begin(old, town.at)
    for _ in range(400):
        event = town.random_step(dice)
        old_estimates.learn(event, old, old.apply(event))

    late, late_estimates = Board(town.city), Estimates(town.city)
    late.load(town.snapshot())
    history = History(town.city, late_estimates)
    history.add(town.told[:150])
    history.add(town.told[150:])
    history.lend(late)
    for load in late.branches():
        known = old.branch(load.branch.branch)
        assert load.last_called == known.last_called
        assert load.seq == known.seq
    learned = late_estimates.pace.learned.calls(("harbour", "all"))
    assert 0 < learned <= old_estimates.pace.learned.calls(("harbour", "all"))
    assert late_estimates.learning.times.known("address", "harbour")


def test_a_history_that_ends_early_lends_nothing() -> None:
    """Calls that are not the last ones would be a lie."""
    town = Happenings()
    town.issue()
    town.call()
    town.issue()
    board = Board(town.city)
    board.load(town.snapshot())
    history = History(town.city, Estimates(town.city))
    history.add(town.told[:2])
    history.lend(board)
    assert [load.seq for load in board.branches()] == [3, 3]


def test_a_branch_without_events_keeps_the_snapshots_seq_and_a_new_city_counts_for_all() -> None:
    town = Happenings()
    town.issue()
    town.issue("harbour", "all")
    town.issue()
    board = Board(town.city)
    board.load(town.snapshot())
    history = History(town.city, Estimates(town.city))
    history.add(town.told)
    history.lend(board)
    assert (board.branch("centre").seq, board.branch("harbour").seq) == (3, 2)
    town.tell("city_applied", detail={"version": 2})
    board.load(town.snapshot())
    history.add(town.told[3:])
    history.lend(board)
    assert (board.branch("centre").seq, board.branch("harbour").seq) == (4, 4)


def test_calls_of_the_past_take_the_time_they_took() -> None:
    """As a server starts: watched from the snapshot first, then taught the past. A line that moved every ten
    minutes is not one that moves at once.
    """
    town = Happenings()
    town.set_facts("harbour", "branch_opened", phase="open")
    town.set_desk("harbour", "2", "closed")
    town.set_desk("harbour", "1", "open")
    for _ in range(30):
        town.issue("harbour", "all")
    for _ in range(20):
        ticket = town.call("harbour", "1").ticket
        assert ticket is not None
        town.forward(10)
        town.leave(ticket.id)
    board, estimates = Board(town.city), Estimates(town.city)
    board.load(town.snapshot())
    estimates.begin(board, town.at)
    history = History(town.city, estimates)
    history.add(town.told)
    history.lend(board)
    estimates.begin(board, town.at)
    found = estimates.pace.wait(board.branch("harbour"), "all", 6)
    assert found is not None and 30 < found.p50 < 120, found
