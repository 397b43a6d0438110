"""Our recursion beside ciw and simpy on the same M/M/c line: `python -m tests.bench.simulators`.

The three take turns in one run, so that only ratios taken side by side are believed; of the rounds the median
counts. All simulate the same number of visitors at 5 desks and load 4 (ρ = 0.8); the drawing of random times
belongs to each one's time. Exit code 1 where ours is not BAR times as fast as ciw, or where a mean wait is
far from Erlang's.
"""

from __future__ import annotations

import argparse
import importlib
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from predictors.erlang import mean_wait
from predictors.lines import PlainLine, fcfs_waits

OUT = Path(__file__).resolve().parents[2] / "test-output/bench"
DESKS, LOAD, BAR = 5, 4.0, 50.0
SEED = 20261122
ciw: Any = importlib.import_module("ciw")
simpy: Any = importlib.import_module("simpy")


def drawn(count: int, seed: int) -> tuple[list[float], list[float]]:
    """Arrivals and service times (mean 1)."""
    rng = np.random.default_rng(seed)
    return np.cumsum(rng.exponential(1 / LOAD, count)).tolist(), rng.exponential(1.0, count).tolist()


def ours(count: int, seed: int) -> float:
    """Mean wait by the recursion of a whole day."""
    return statistics.fmean(fcfs_waits(*drawn(count, seed), DESKS))


def ours_live(count: int, seed: int) -> float:
    """Mean wait by the line that takes visitors one by one, as the city simulator does."""
    line = PlainLine(DESKS)
    for visitor, (at, service) in enumerate(zip(*drawn(count, seed), strict=True)):
        line.join(visitor, at, service, "A", 0.0)
    return statistics.fmean(line.waits.values())


def with_ciw(count: int, seed: int) -> float:
    """Mean wait by ciw."""
    ciw.seed(seed)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(LOAD)],
        service_distributions=[ciw.dists.Exponential(1.0)],
        number_of_servers=[DESKS],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(count, method="Finish")
    return statistics.fmean(record.waiting_time for record in simulation.get_all_records())


def with_simpy(count: int, seed: int) -> float:
    """Mean wait by simpy: one process a visitor, the desks a resource."""
    world = simpy.Environment()
    desks = simpy.Resource(world, DESKS)
    waits: list[float] = []

    def visitor(service: float) -> Iterator[Any]:
        came = world.now
        with desks.request() as desk:
            yield desk
            waits.append(world.now - came)
            yield world.timeout(service)

    def door() -> Iterator[Any]:
        for at, service in zip(*drawn(count, seed), strict=True):
            yield world.timeout(at - world.now)
            world.process(visitor(service))

    world.process(door())
    world.run()
    return statistics.fmean(waits)


CONTESTANTS: dict[str, tuple[Callable[[int, int], float], float]] = {
    "recursion": (ours, 25.0),
    "line": (ours_live, 10.0),
    "ciw": (with_ciw, 1.0),
    "simpy": (with_simpy, 2.0),
}


def main(words: list[str] | None = None) -> int:
    """Print visitors a second and ratios; 1 where the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visitors", type=int, default=20_000, help="Of ciw's turn; faster ones take more.")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args(words)
    speeds: dict[str, list[float]] = {name: [] for name in CONTESTANTS}
    waits: dict[str, list[float]] = {name: [] for name in CONTESTANTS}
    for number in range(given.rounds):
        for name, (run, more) in CONTESTANTS.items():
            count = int(given.visitors * more)
            began = time.perf_counter()
            waits[name].append(run(count, SEED + number))
            speeds[name].append(count / (time.perf_counter() - began))
    truth = mean_wait(DESKS, LOAD, 1.0)
    print(f"M/M/{DESKS}, ρ = {LOAD / DESKS}; Erlang-C's mean wait {truth:.4f}\n")
    print("| simulator | visitors/s | × ciw, median | lowest–highest | mean wait |\n|---|---|---|---|---|")
    ratios = {name: [a / b for a, b in zip(speeds[name], speeds["ciw"], strict=True)] for name in CONTESTANTS}
    for name in CONTESTANTS:
        low, mid, high = min(ratios[name]), statistics.median(ratios[name]), max(ratios[name])
        speed, wait = statistics.median(speeds[name]), statistics.fmean(waits[name])
        print(f"| {name} | {speed:,.0f} | {mid:.1f} | {low:.1f}–{high:.1f} | {wait:.4f} |")
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "simulators.json").write_text(json.dumps({"speeds": speeds, "waits": waits}, indent=2), "utf-8")
    far = [name for name in CONTESTANTS if abs(statistics.fmean(waits[name]) - truth) > 0.1 * truth]
    return 1 if far or statistics.median(ratios["recursion"]) < BAR else 0


if __name__ == "__main__":
    sys.exit(main())
