"""The recursions: against Erlang's formulas, against ciw's simulations, against each other, and by hand."""

from __future__ import annotations

import importlib
import math
import warnings
from typing import Any

import numpy as np
import pytest

from predictors.erlang import mean_wait
from predictors.lines import PlainLine, SkilledLine, fcfs_waits, head_start_waits
from predictors.network import DeskSpec

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    ciw: Any = importlib.import_module("ciw")

SEED = 20261122
RUNS, VISITORS, WARM_UP = 24, 1500, 300
STRICT = 1e9


def visitors(rng: np.random.Generator, count: int, rate: float, cv: float) -> tuple[list[float], list[float]]:
    """Poisson arrivals and service times of mean 1: exponential for cv 1, else lognormal."""
    arrivals = np.cumsum(rng.exponential(1.0 / rate, count))
    if cv == 1.0:
        return arrivals.tolist(), rng.exponential(1.0, count).tolist()
    sigma = math.sqrt(math.log1p(cv**2))
    return arrivals.tolist(), rng.lognormal(-(sigma**2) / 2, sigma, count).tolist()


def ciw_waits(desks: int, rate: float, cv: float, shares: tuple[float, ...], seed: int) -> list[list[float]]:
    """Waits in ciw by class (priorities in that order) of the visitors after the warm-up."""
    ciw.seed(seed)
    sigma = math.sqrt(math.log1p(cv**2))
    law = ciw.dists.Exponential(1.0) if cv == 1.0 else ciw.dists.Lognormal(-(sigma**2) / 2, sigma)
    names = [f"class {number}" for number in range(len(shares))]
    network = ciw.create_network(
        arrival_distributions={
            name: [ciw.dists.Exponential(rate * share)] for name, share in zip(names, shares, strict=True)
        },
        service_distributions={name: [law] for name in names},
        number_of_servers=[desks],
        priority_classes={name: number for number, name in enumerate(names)},
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(VISITORS, method="Finish")
    records = sorted(simulation.get_all_records(), key=lambda record: record.arrival_date)[WARM_UP:]
    return [[one.waiting_time for one in records if one.customer_class == name] for name in names]


def close(ours: list[float], theirs: list[float]) -> None:
    """Two sets of run means agree within 3.5 standard errors of their difference."""
    error = math.hypot(np.std(ours, ddof=1) / len(ours) ** 0.5, np.std(theirs, ddof=1) / len(theirs) ** 0.5)
    assert abs(np.mean(ours) - np.mean(theirs)) <= 3.5 * error, (np.mean(ours), np.mean(theirs), error, SEED)
    assert error < 0.25 * np.mean(theirs), "the bounds are too wide to say anything"


@pytest.mark.parametrize(
    ("desks", "load", "cv"), [(1, 0.7, 1.0), (4, 3.4, 1.0), (5, 4.0, 0.9), (3, 2.4, 2.0)]
)
def test_first_come_first_served_agrees_with_ciw(desks: int, load: float, cv: float) -> None:
    """M/M/c and M/G/c: the same mean wait as ciw's within the confidence bounds of both."""
    rng = np.random.default_rng(SEED)
    ours = [
        float(np.mean(fcfs_waits(*visitors(rng, VISITORS, load, cv), desks)[WARM_UP:]))
        for _ in range(10 * RUNS)
    ]
    theirs = [float(np.mean(ciw_waits(desks, load, cv, (1.0,), SEED + run)[0])) for run in range(RUNS)]
    close(ours, theirs)


def test_priorities_agree_with_ciw() -> None:
    """Two classes, strict priority without interruption: the mean wait of each."""
    rng = np.random.default_rng(SEED)
    ours: list[list[float]] = [[], []]
    for _ in range(10 * RUNS):
        arrivals, services = visitors(rng, VISITORS, 3.4, 1.0)
        first = rng.random(VISITORS) < 0.3
        waits = np.array(head_start_waits(arrivals, services, np.where(first, STRICT, 0.0).tolist(), 4))
        for number, mine in enumerate((first, ~first)):
            ours[number].append(float(waits[WARM_UP:][mine[WARM_UP:]].mean()))
    theirs = [ciw_waits(4, 3.4, 1.0, (0.3, 0.7), SEED + run) for run in range(RUNS)]
    for number in range(2):
        close(ours[number], [float(np.mean(run[number])) for run in theirs])
    assert np.mean(ours[0]) < np.mean(ours[1]) / 2


@pytest.mark.parametrize(("desks", "load"), [(1, 0.6), (3, 2.4), (10, 8.0), (43, 38.7)])
def test_long_runs_meet_erlang_c(desks: int, load: float) -> None:
    """Twenty runs of 20,000 visitors: Erlang-C's mean lies within 3.5 standard errors."""
    rng = np.random.default_rng(SEED)
    means = [np.mean(fcfs_waits(*visitors(rng, 20_000, load, 1.0), desks)[2000:]) for _ in range(20)]
    error = np.std(means, ddof=1) / 20**0.5
    truth = mean_wait(desks, load, 1.0)
    assert abs(np.mean(means) - truth) <= 3.5 * error and error < 0.1 * truth, (np.mean(means), truth, SEED)


def test_a_line_by_hand() -> None:
    """Two desks: the third waits for the first to get free; a head start of five minutes overtakes."""
    arrivals, services = [0.0, 1.0, 2.0, 3.0], [10.0, 4.0, 5.0, 1.0]
    assert fcfs_waits(arrivals, services, 2) == [0.0, 0.0, 3.0, 7.0]
    assert head_start_waits(arrivals, services, [0.0, 0.0, 0.0, 5.0], 2) == [0.0, 0.0, 4.0, 2.0]
    assert head_start_waits([0.0, 0.0, 5.0], [1.0, 1.0, 1.0], [0.0, 9.0, 0.0], 1) == [1.0, 0.0, 0.0]
    with pytest.raises(ValueError):
        fcfs_waits([1.0], [1.0], 0)
    with pytest.raises(ValueError):
        head_start_waits([1.0], [1.0], [], 1)


def lived(line: PlainLine | SkilledLine, *days: list[float]) -> list[float]:
    """Waits of visitors (arrivals, services, head starts) who joined that line one after the other."""
    for number, (at, service, head_start) in enumerate(zip(*days, strict=True)):
        line.join(number, at, service, "A", head_start)
    line.close()
    return [line.waits[number] for number in range(len(days[0]))]


def test_lines_that_are_asked_while_they_live_give_the_same_waits() -> None:
    """PlainLine and SkilledLine against the recursions of a whole day, with and without head starts."""
    rng = np.random.default_rng(SEED)
    arrivals, services = visitors(rng, 800, 3.6, 0.9)
    none, some = [0.0] * 800, np.where(rng.random(800) < 0.2, 3.0, 0.0).tolist()
    desks = [DeskSpec()] * 4
    batch = fcfs_waits(arrivals, services, 4)
    assert lived(PlainLine(4), arrivals, services, none) == pytest.approx(batch)
    assert lived(SkilledLine(desks), arrivals, services, none) == pytest.approx(batch)
    ahead = head_start_waits(arrivals, services, some, 4)
    assert lived(SkilledLine(desks), arrivals, services, some) == pytest.approx(ahead)


def test_the_board_counts_everybody() -> None:
    """What both lines say at any moment: waiting + served = came − finished, and served ≤ desks."""
    rng = np.random.default_rng(SEED)
    arrivals, services = visitors(rng, 500, 3.6, 0.9)
    waits = fcfs_waits(arrivals, services, 4)
    plain, skilled = PlainLine(4), SkilledLine([DeskSpec()] * 4)
    for number, at in enumerate(arrivals):
        for line in (plain, skilled):
            line.join(number, at, services[number], "A", 0.0)
        moment = max(0.0, at - 2.0)
        starts = [a + w for a, w in zip(arrivals[: number + 1], waits, strict=False)]
        called = sum(start <= moment for start in starts)
        gone = sum(start + service <= moment for start, service in zip(starts, services, strict=False))
        came = sum(a <= moment for a in arrivals[: number + 1])
        assert plain.seen(moment) == skilled.seen(moment) == (came - called, called - gone)


def test_skills_and_plans() -> None:
    """A desk serves what it can, when it is there; whom nobody can serve has no wait."""
    line = SkilledLine(
        [
            DeskSpec(frozenset("A"), ((0.0, 10.0), (30.0, 60.0))),
            DeskSpec(frozenset("AB"), ((0.0, 60.0),)),
        ]
    )
    line.join(0, 1.0, 8.0, "A", 0.0)  # the desk of fewer skills takes it
    line.join(1, 2.0, 20.0, "B", 0.0)
    line.join(2, 3.0, 5.0, "A", 0.0)  # called at 9, when the first desk gets free
    line.join(3, 12.0, 5.0, "A", 0.0)  # that desk left at 10, so the other one, at 22
    line.join(4, 13.0, 30.0, "B", 0.0)  # 27
    line.join(5, 14.0, 5.0, "A", 0.0)  # 30, when the first one is back
    line.join(6, 15.0, 5.0, "C", 0.0)
    line.join(7, 58.0, 5.0, "B", 0.0)  # 58: the second desk is free since 57
    line.join(8, 59.0, 5.0, "B", 0.0)  # nobody calls after 60
    line.close()
    assert line.waits == {0: 0.0, 1: 0.0, 2: 6.0, 3: 10.0, 4: 14.0, 5: 16.0, 7: 0.0}
