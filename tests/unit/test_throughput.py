"""Learned throughput: it finds the true pace, shrinks where it knows little, and says nothing where it knows
none.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from predictors.throughput import FEWEST_CALLS, Throughput, wait_quantiles

SEED = 20261123


def taught(minutes: float, calls: int, *, desks: int = 1, prior: float = 15.0, line: str = "a") -> Throughput:
    learned = Throughput()
    for _ in range(calls):
        learned.observe(line, prior, minutes * desks, 1)
    return learned


def test_much_evidence_wins_over_the_prior() -> None:
    assert taught(6.0, 300).desk_minutes("a", 15.0) == pytest.approx(6.0, abs=0.2)


def test_no_evidence_is_the_prior_and_a_little_lies_between() -> None:
    assert Throughput().desk_minutes("a", 15.0) == 15.0
    few = taught(6.0, 3).desk_minutes("a", 15.0)
    assert 6.0 < few < 15.0


def test_desk_minutes_divide_by_the_desks_that_are_open() -> None:
    learned = taught(5.0, 200, desks=3)
    one, three = learned.wait("a", 15.0, 1, 6), learned.wait("a", 15.0, 3, 6)
    assert one and three
    assert one[1] == pytest.approx(3 * three[1])


def test_a_line_that_was_never_seen_borrows_the_citys_ratio() -> None:
    """The city works in half of the prior time; so a new line is expected to."""
    learned = Throughput()
    for line in range(20):
        for _ in range(20):
            learned.observe(line, 10.0, 5.0, 1)
    assert learned.city_ratio == pytest.approx(0.5, abs=0.05)
    assert learned.desk_minutes("new", 20.0) == pytest.approx(10.0, abs=1.0)


def test_thin_evidence_and_closed_desks_give_no_number() -> None:
    few = taught(5.0, math.ceil(FEWEST_CALLS) - 1)
    assert few.wait("a", 15.0, 2, 4) is None
    enough = taught(5.0, math.ceil(FEWEST_CALLS) + 1)
    assert enough.wait("a", 15.0, 2, 4) is not None
    assert enough.wait("a", 15.0, 0, 4) is None


def test_what_the_city_knows_is_evidence_for_a_line_that_was_never_seen() -> None:
    learned = Throughput()
    for line in range(9):
        for _ in range(12):
            learned.observe(line, 10.0, 5.0, 1)
    assert learned.wait("new", 10.0, 1, 3) is None
    for _ in range(12):
        learned.observe(9, 10.0, 5.0, 1)
    known, seen = learned.wait("new", 10.0, 1, 3), learned.wait(0, 10.0, 1, 3)
    assert known and seen
    assert known[2] / known[1] > seen[2] / seen[1], "the range says how little is known"


def test_a_line_that_stands_still_gets_longer() -> None:
    learned = taught(5.0, 50)
    before = learned.wait("a", 15.0, 1, 4)
    learned.observe("a", 15.0, 120.0, 0)
    after = learned.wait("a", 15.0, 1, 4)
    assert before and after and after[1] > before[1] * 1.2


def test_old_evidence_fades() -> None:
    learned = taught(20.0, 400)
    for _ in range(1500):
        learned.observe("a", 15.0, 5.0, 1)
    assert learned.desk_minutes("a", 15.0) == pytest.approx(5.0, abs=0.5)
    assert learned.calls("a") <= 400


def test_the_citys_ratio_forgets_nothing_that_it_should_and_keeps_no_rounding() -> None:
    """The sums that make the ratio are kept step by step; they must equal sums made anew."""
    dice = np.random.default_rng(SEED)
    learned = Throughput()
    for _ in range(20_000):
        learned.observe(int(dice.integers(30)), 15.0, float(dice.exponential(8.0)), int(dice.integers(2)))
    anew = Throughput()
    anew._records = learned._records
    for record in learned._records.values():
        anew._share += record.share
        anew._weight += record.weight
    assert learned.city_ratio == pytest.approx(anew.city_ratio, rel=1e-9), SEED


def test_quantiles_are_ordered_grow_with_the_line_and_narrow_with_evidence() -> None:
    ranges = np.array([wait_quantiles(ahead, 6.0, 100.0) for ahead in range(30)])
    assert (np.diff(ranges, axis=1) > 0).all()
    assert (np.diff(ranges, axis=0) > 0).all()
    relative = ranges[:, 2] / ranges[:, 1]
    assert (np.diff(relative) < 0).all(), "many services ahead average out"
    few, many = wait_quantiles(5, 6.0, 3.0), wait_quantiles(5, 6.0, 300.0)
    assert few[1] == many[1]
    assert few[2] > many[2] and few[0] < many[0]


def test_waits_of_a_simulated_line_fall_into_the_range() -> None:
    """Three desks, lognormal services of 12 minutes: learn 300 calls, then predict fresh lines."""
    dice = np.random.default_rng(SEED)
    cv, mean, desks = 0.8, 12.0, 3
    sigma = math.sqrt(math.log(1 + cv * cv))

    def services(shape: tuple[int, ...]) -> np.ndarray:
        return dice.lognormal(math.log(mean) - sigma * sigma / 2, sigma, shape)

    learned = Throughput()
    free = services((desks,))
    for duration in services((300,)):
        first = int(free.argmin())
        was = float(free[first])
        free[first] += duration
        learned.observe("a", 20.0, desks * (float(free.min()) - was), 1)
    inside = {ahead: [0, 0] for ahead in (0, 3, 10)}
    for ahead, counted in inside.items():
        found = learned.wait("a", 20.0, desks, ahead)
        assert found is not None
        for _ in range(400):
            free = services((desks,)) * dice.random(desks)
            for duration in services((ahead,)):
                free[free.argmin()] += duration
            counted[0] += found[0] <= free.min() <= found[2]
            counted[1] += free.min() <= found[2]
    assert all(both / 400 >= 0.7 for both, _ in inside.values()), (SEED, inside)
    assert all(below / 400 >= 0.85 for _, below in inside.values()), (SEED, inside)
