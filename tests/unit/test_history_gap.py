"""A history with a gap still knows the last calls, and learns nothing from the time it did not see."""

from __future__ import annotations

import random

from balancer.live.board import Board
from balancer.live.estimates import Estimates
from balancer.live.history import History
from tests.happenings import Happenings

SEED = 11


def test_a_gap_keeps_the_last_calls() -> None:
    """The hall shows after a restart what it showed before."""
    dice = random.Random(SEED)
    town = Happenings()
    old = Board(town.city)
    old.load(town.snapshot())
    for _ in range(300):
        old.apply(town.random_step(dice))
    late = Board(town.city)
    late.load(town.snapshot())
    history = History(town.city, Estimates(town.city))
    history.add(town.told[:40])
    history.add(town.told[100:])
    history.lend(late)
    shown = {load.branch.branch: load.last_called for load in late.branches()}
    assert any(shown.values()), f"seed {SEED} calls nobody"
    assert shown == {load.branch.branch: load.last_called for load in old.branches()}
