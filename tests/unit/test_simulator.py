"""A city under advice: nobody is lost, the bound holds, naive advice swings and ours does not."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from predictors.figures import Figures
from predictors.lines import fcfs_waits
from predictors.network import BranchSpec, City, DeskSpec, Network, default_network
from predictors.policies import Policy, PolicyName
from predictors.simulator import POOLED, Setup, simulate, walk_day

SEED = 20261122
ALL = tuple(PolicyName)


@lru_cache
def usual(load: float = 0.92) -> Mapping[str, Figures]:
    """A few days of the study's city, every policy."""
    return simulate(ALL, Setup(load=load, days=6, seed=SEED))


def test_the_order_is_that_of_the_study() -> None:
    """No advice is worst, then the live board, then ours; one pooled queue is the bound below all."""
    found = usual()
    waits = {name: one.mean_wait for name, one in found.items()}
    assert list(found) == ["nearest", "least-busy", "live", "ours", "pooled"]
    assert waits["nearest"] > waits["live"] > waits["ours"] > waits["pooled"], (waits, SEED)
    assert all(waits[POOLED] < wait for name, wait in waits.items() if name != POOLED)
    assert found["nearest"].gain_share == 0.0 and found[POOLED].gain_share == 1.0


@pytest.mark.parametrize(("load", "nearest", "pooled"), [(0.92, 36.6, 8.6), (0.80, 19.5, 1.5)])
def test_nearest_and_pooled_are_near_the_study(load: float, nearest: float, pooled: float) -> None:
    """40 days of the default network, within what other seeds give."""
    found = simulate([], Setup(load=load, seed=SEED))
    assert list(found) == ["nearest", "pooled"]
    assert found["nearest"].mean_wait == pytest.approx(nearest, rel=0.2), SEED
    assert found["pooled"].mean_wait == pytest.approx(pooled, abs=2.5), SEED


@pytest.mark.parametrize(("load", "least"), [(0.92, 0.80), (0.80, 0.75)])
def test_ours_wins_most_of_the_gain(load: float, least: float) -> None:
    """Six days: a looser bar than the bench's 40, and fairer branches than without advice."""
    ours, nearest = usual(load)["ours"], usual(load)["nearest"]
    assert ours.gain_share >= least, SEED
    assert ours.door_to_desk < nearest.door_to_desk and ours.p95_wait < nearest.p95_wait
    assert ours.gini < nearest.gini and ours.spread < nearest.spread


def test_everybody_is_served_once() -> None:
    """Conservation: the day's visitors, no more, no fewer; service is first come, first served everywhere."""
    network = default_network()
    day = City(network, 0.92).day(SEED, 0)
    for name, one in usual().items():
        assert one.visitors == usual()["nearest"].visitors and one.unserved == 0, name
    lived = walk_day(network, day, Policy(network, 0.0), Setup(adoption=1.0))
    assert np.array_equal(lived.branch, day.home)
    for branch, desks in enumerate(network.desks):
        here = np.flatnonzero(lived.branch == branch)
        arrived = (day.sets_out + lived.travel)[here]
        order = here[np.argsort(arrived, kind="stable")]
        expected = fcfs_waits(np.sort(arrived).tolist(), day.service[order].tolist(), int(desks))
        assert lived.waits[order] == pytest.approx(expected)


def test_the_same_seed_is_the_same_result() -> None:
    """And the same visitors whatever policies are asked for."""
    few = simulate([PolicyName.OURS], Setup(days=6, seed=SEED))
    assert few["ours"] == usual()["ours"] and few["nearest"] == usual()["nearest"]
    assert simulate([], Setup(days=6, seed=SEED + 1))["nearest"] != usual()["nearest"]


def equal_branches() -> Network:
    """Four equal branches of five desks, equally far from everybody: a herd's meadow."""
    corners = ((0, 0), (6, 0), (0, 6), (6, 6))
    branches = [BranchSpec(f"branch-{x}-{y}", (DeskSpec(),) * 5, 0.0, float(x), float(y)) for x, y in corners]
    return replace(default_network(), branches=tuple(branches), shock_cv=0.0, profile=(1.0,), access=7.0)


@pytest.mark.parametrize("intents", [0.0, 0.5, 1.0])
def test_old_data_make_a_herd_of_the_naive_and_not_of_ours(intents: float) -> None:
    """Everybody advised by a board 10 minutes old: "least busy" makes lines swing more than no advice at all
    and waits grow; ours keeps them level.
    """
    setup = Setup(adoption=1.0, intents=intents, data_age=10.0, days=4, seed=SEED)
    found = simulate([PolicyName.LEAST_BUSY, PolicyName.OURS], setup, equal_branches())
    naive, ours, nearest = found["least-busy"], found["ours"], found["nearest"]
    assert naive.swing > 1.5 * nearest.swing, (naive.swing, nearest.swing, SEED)
    assert naive.mean_wait > nearest.mean_wait
    assert ours.swing < 0.6 * naive.swing, (ours.swing, naive.swing, SEED)
    assert ours.door_to_desk < nearest.door_to_desk, SEED


def test_skills_plans_priorities_and_missed_calls() -> None:
    """A city with all of them: nobody is lost, priorities wait less, broken intents too."""
    desks = (
        DeskSpec(frozenset("A"), ((0.0, 240.0), (270.0, math.inf))),
        DeskSpec(frozenset("AB")),
        DeskSpec(frozenset("AB"), ((30.0, math.inf),)),
        DeskSpec(frozenset("A")),
    )
    branches = [replace(branch, desks=desks) for branch in default_network().branches[:4]]
    network = replace(
        default_network(),
        branches=tuple(branches),
        queues={"A": 0.8, "B": 0.2},
        priority=(0.1, 30.0),
        no_show=0.1,
        show_up=0.7,
    )
    found = simulate(ALL, Setup(days=3, seed=SEED), network)
    assert all(one.unserved == 0 for one in found.values())
    assert found["ours"].mean_wait < found["nearest"].mean_wait
    day = City(network, 0.92).day(SEED, 0)
    lived = walk_day(network, day, Policy(network, 0.0), Setup())
    assert lived.waits[day.head_start > 0].mean() < lived.waits[day.head_start == 0].mean()


def test_a_queue_that_no_desk_serves_is_told() -> None:
    """Its visitors are counted as not served; the others' figures stand."""
    network = replace(default_network(), queues={"A": 0.9, "Z": 0.1})
    found = simulate([], Setup(days=1, seed=SEED), network)["nearest"]
    assert 0 < found.unserved < 0.2 * found.visitors and math.isfinite(found.mean_wait)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("adoption", 1.5),
        ("intents", -0.1),
        ("data_age", -1.0),
        ("days", 0),
        ("seed", -1),
        ("adoption", math.nan),
    ],
)
def test_no_such_experiment(field: str, value: float) -> None:
    """Refused, naming the field."""
    with pytest.raises(ValueError, match=field):
        Setup(**{field: value})  # type: ignore[arg-type]
