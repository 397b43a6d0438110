"""What each policy tells a visitor, on boards made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from predictors.lines import PlainLine
from predictors.network import default_network
from predictors.policies import LeastBusy, Live, Ours, Policy

TRAVEL = [8.0, 15.0]


def two_branches() -> object:
    """The first two branches of the city, three desks each."""
    network = default_network()
    return replace(network, branches=network.branches[:2])


def opened(kind: type[Policy], crowd: int = 0, data_age: float = 0.0) -> Policy:
    """A policy on a day on which `crowd` people came to the nearer branch at minute 100, for 12 minutes."""
    policy = kind(two_branches(), data_age)  # type: ignore[arg-type]
    lines = [PlainLine(3), PlainLine(3)]
    for number in range(crowd):
        lines[0].join(number, 100.0, 12.0, "A", 0.0)
    policy.begin_day(lines)
    return policy


@pytest.mark.parametrize(
    ("kind", "empty", "full"), [(Policy, 0, 0), (LeastBusy, 0, 1), (Live, 0, 1), (Ours, 0, 1)]
)
def test_an_empty_and_a_full_branch(kind: type[Policy], empty: int, full: int) -> None:
    """Nobody leaves an empty near branch; all but `nearest` leave a full one."""
    assert opened(kind).advise(101.0, TRAVEL, 0.5) == empty
    assert opened(kind, crowd=20).advise(101.0, TRAVEL, 0.5) == full


def test_old_boards_hide_the_crowd() -> None:
    """Ten minutes old, the board of minute 101 shows the empty branch; at 111 it shows the crowd."""
    assert opened(Live, crowd=20, data_age=10.0).advise(101.0, TRAVEL, 0.5) == 0
    assert opened(Live, crowd=20, data_age=10.0).advise(111.0, TRAVEL, 0.5) == 1


def test_ours_counts_those_on_the_way() -> None:
    """Twelve announced visitors on the way to an empty branch: the next goes elsewhere, though the board is
    empty.
    """
    ours = opened(Ours)
    for _ in range(12):
        ours.sent(0, lands=105.0, announced=True)
    assert opened(Live).advise(101.0, TRAVEL, 0.5) == 0
    assert ours.advise(101.0, TRAVEL, 0.5) == 1
    late = opened(Ours)
    for _ in range(12):
        late.sent(0, lands=140.0, announced=True)
    assert late.advise(101.0, TRAVEL, 0.5) == 0, "they land after him"


def test_ours_lets_a_crowd_drain() -> None:
    """Six waiting now will be gone in forty minutes: far away, the branch is as good as empty."""
    ours = opened(Ours, crowd=9)
    assert isinstance(ours, Ours)
    assert ours.wait_at_arrival(101.0, 0, 2.0) > 2 * ours.wait_at_arrival(101.0, 0, 60.0)


def test_ours_learns_who_keeps_an_intent() -> None:
    """Kept, missed and never announced."""
    ours = opened(Ours)
    assert isinstance(ours, Ours)
    for number in range(200):
        ours.sent(0, 50.0, announced=number % 2 == 0)
        ours.arrived(50.0, 0, announced=True) if number % 4 else ours.missed(0)
    assert ours.weights.show_up == pytest.approx(0.75, abs=0.02)
    assert ours.weights.capture == pytest.approx(0.55, abs=0.03)
    ours.end_day()
