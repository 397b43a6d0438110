"""Steering: a line rolled forward, and branches in the order of advice."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from predictors.erlang import erlang_c, mean_wait
from predictors.steering import (
    Ahead,
    Candidate,
    Landing,
    LeftOut,
    LineNow,
    choose_levelling,
    expected_wait,
    left_out,
    rank,
    roll_forward,
    steered_share,
    wait_range,
)

BUSY = LineNow(waiting=20, in_service=5, desks=5, service_mean=15.0)


def test_a_certain_number_is_counted() -> None:
    """Without doubt: those ahead that must leave first, at the pace of all desks."""
    assert expected_wait(9, 5, 15.0) == pytest.approx(15.0)
    assert expected_wait(4, 5, 15.0) == 0.0
    assert expected_wait(4, 0, 15.0) == math.inf


def test_doubt_makes_waits() -> None:
    """A line that is short on average is sometimes long; E[(n−c+1)⁺] against sampling."""
    rng = np.random.default_rng(5)
    sampled = np.maximum(rng.normal(4.0, 2.0, 400_000) - 5 + 1, 0.0).mean() * 15.0 / 5
    assert expected_wait(4.0, 5, 15.0, variance=4.0) == pytest.approx(sampled, rel=0.02)
    assert expected_wait(-50.0, 5, 15.0, variance=1.0) >= 0.0


def test_a_busy_line_drains_at_the_pace_of_its_desks() -> None:
    """Five desks of 15 minutes finish one every 3 minutes."""
    ahead = roll_forward(BUSY, 30.0)
    assert ahead.mean == pytest.approx(15.0, abs=0.1)
    assert ahead.variance > 0.0
    assert roll_forward(BUSY, 0.0) == Ahead(25.0, 0.0)


def test_those_on_the_way_count_if_they_land_before() -> None:
    """An intent after the moment of arrival is behind; one before it is ahead, by its weight."""
    alone = roll_forward(BUSY, 20.0)
    joined = roll_forward(
        BUSY, 20.0, landing=[Landing(5.0, 0.8), Landing(19.0), Landing(21.0), Landing(-1.0)]
    )
    assert joined.mean - alone.mean == pytest.approx(1.8, abs=0.05)
    flow = roll_forward(BUSY, 20.0, arrivals=0.2)
    assert flow.mean - alone.mean == pytest.approx(4.0, abs=0.1)
    later = roll_forward(BUSY, 20.0, arrivals=lambda minute: 0.4 if minute > 10 else 0.0)
    assert later.mean - alone.mean == pytest.approx(4.0, abs=0.3)


def test_an_empty_branch_stays_empty() -> None:
    """Desks do not finish people that are not there, and numbers do not go below zero."""
    ahead = roll_forward(LineNow(0, 0, 5, 15.0), 60.0)
    assert 0.0 <= ahead.mean < 1e-9
    assert expected_wait(ahead.mean, 5, 15.0, ahead.variance) == 0.0


def test_far_ahead_it_comes_near_the_steady_state() -> None:
    """Rolled forward for hours the wait is near Erlang's, from an empty line and from a full one."""
    desks, load, service = 6, 4.8, 15.0
    truth = mean_wait(desks, load, service)
    for waiting in (0.0, 20.0):
        line = LineNow(waiting, min(waiting, 6.0), desks, service, service_cv=1.0)
        ahead = roll_forward(line, 600.0, arrivals=load / service)
        found = expected_wait(ahead.mean, desks, service, ahead.variance)
        assert found == pytest.approx(truth, rel=0.6), (found, truth, erlang_c(desks, load))


def test_a_rolled_line_against_chance() -> None:
    """Mean and variance after 12 minutes against 4,000 simulated lines with exponential service."""
    rng = np.random.default_rng(11)
    there = np.full(4000, 8)
    step = 0.05
    for _ in range(int(12 / step)):
        come = rng.random(4000) < 0.3 * step
        gone = rng.random(4000) < np.minimum(there, 5) / 15.0 * step
        there += come.astype(int) - gone.astype(int)
    ahead = roll_forward(LineNow(3, 5, 5, 15.0, service_cv=1.0), 12.0, arrivals=0.3)
    assert ahead.mean == pytest.approx(there.mean(), abs=0.15)
    assert ahead.variance == pytest.approx(there.var(), rel=0.15)


def test_the_range_is_ordered_and_wide() -> None:
    """p10 ≤ p50 ≤ p90; without a desk nobody knows an end."""
    low, mid, high = wait_range(roll_forward(BUSY, 10.0, arrivals=0.3), BUSY)
    assert 0.0 <= low < mid < high
    assert wait_range(Ahead(3.0, 1.0), LineNow(3, 0, 0, 15.0)) == (math.inf, math.inf, math.inf)


def near_and_far(**far: object) -> list[Candidate]:
    """Near with an hour of waiting, far with none."""
    return [
        Candidate("near", 5.0, (40.0, 60.0, 80.0)),
        Candidate("far", 25.0, (0.0, 5.0, 10.0), **far),  # type: ignore[arg-type]
    ]


def test_least_travel_and_wait_comes_first() -> None:
    """Thirty minutes door to desk beat sixty-five; the figures are those shown."""
    ranked = rank(near_and_far())
    assert [one.candidate.branch for one in ranked] == ["far", "near"]
    assert [one.door_to_desk for one in ranked] == pytest.approx([30.0, 65.0])


@pytest.mark.parametrize(
    ("far", "reason"),
    [
        ({"offers": False}, LeftOut.NOT_OFFERED),
        ({"open": False}, LeftOut.CLOSED),
        ({"paused": True}, LeftOut.PAUSED),
        ({"closes_in": 25.0}, LeftOut.CLOSING),
    ],
)
def test_who_cannot_be_served_is_not_sent(far: dict[str, object], reason: LeftOut) -> None:
    """Each branch that is left out has its reason."""
    candidates = near_and_far(**far)
    assert [one.candidate.branch for one in rank(candidates)] == ["near"]
    assert [left_out(one) for one in candidates] == [None, reason]


def test_served_past_closing_costs() -> None:
    """A branch that closes before the line is through comes behind, but is not hidden."""
    ranked = rank(near_and_far(closes_in=26.0))
    assert [one.candidate.branch for one in ranked] == ["far", "near"]
    assert ranked[0].cost == pytest.approx(30.0 + 2 * 9.0)
    assert left_out(near_and_far(closes_in=30.0)[1], margin=10.0) is LeftOut.CLOSING


def test_unknown_waits_come_last() -> None:
    """Nothing is promised for them; the nearest first."""
    ranked = rank([Candidate("a", 9.0, None), Candidate("b", 2.0, None), *near_and_far()])
    assert [one.candidate.branch for one in ranked] == ["far", "near", "b", "a"]
    assert ranked[2].door_to_desk is None


def test_near_ties_are_shared_and_clear_winners_are_not() -> None:
    """Without intents two equal branches share the visitors; a far worse one gets none."""
    candidates = [Candidate(name, 8.0, (5.0, 5.0, 5.0)) for name in ("a", "b")]
    candidates.append(Candidate("worse", 8.0, (15.0, 15.0, 15.0)))
    rng = np.random.default_rng(3)
    first = Counter(rank(candidates, rng=rng)[0].candidate.branch for _ in range(400))
    assert 150 < first["a"] < 250 and first["worse"] == 0
    assert rank([], rng=rng) == []


def test_near_ties_go_to_the_shorter_line() -> None:
    """Two minutes more of travel for a line that is ten minutes shorter, not five more for anything."""
    travel, wait = [5.0, 16.0, 22.0], [20.0, 11.0, 7.0]
    candidates = [
        Candidate(name, way, (minutes, minutes, minutes))
        for name, way, minutes in zip("abc", travel, wait, strict=True)
    ]
    assert [one.candidate.branch for one in rank(candidates)] == ["b", "a", "c"]
    assert choose_levelling(travel, wait.__getitem__) == 1
    assert choose_levelling(travel, wait.__getitem__, near=0.0) == 0
    assert choose_levelling(travel, wait.__getitem__, levelling=0.0) == 0


def test_branches_too_far_to_win_are_not_asked() -> None:
    """Rolling forward costs time: a branch whose way alone is longer than the best is left alone."""
    asked: list[int] = []

    def wait(branch: int) -> float:
        asked.append(branch)
        return 1.0

    assert choose_levelling([30.0, 5.0, 8.0, 9.5], wait) == 1
    assert asked == [1, 2]


def test_the_live_advice_and_the_simulated_one_agree() -> None:
    """`rank` puts the branch first that `choose_levelling` would choose."""
    rng = np.random.default_rng(17)
    for _ in range(200):
        travel, wait = rng.uniform(2, 30, 6).tolist(), rng.uniform(0, 30, 6).tolist()
        candidates = [
            Candidate(str(number), way, (minutes, minutes, minutes))
            for number, (way, minutes) in enumerate(zip(travel, wait, strict=True))
        ]
        first = int(rank(candidates)[0].candidate.branch)
        assert first == choose_levelling(travel, wait.__getitem__), (travel, wait)


def test_blind_advice_is_thinned() -> None:
    """Everybody announced or few advised: all are steered. Else a quarter of all arrivals at most."""
    assert steered_share(0.9, 1.0) == steered_share(0.2, 0.0) == steered_share(0.0, 0.0) == 1.0
    assert steered_share(1.0, 0.0) == pytest.approx(0.25)
    assert steered_share(0.5, 0.0) == pytest.approx(0.5)
    assert steered_share(0.8, 0.5) > steered_share(0.8, 0.0)
