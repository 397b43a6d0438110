"""How long the waits of a whole city take to work out, and for how long at most they hold up the event loop.

    python -m tests.bench.estimates [--waiting 20]

Kharkiv with every desk open and serving and about `--waiting` tickets in each of its 15 branches, everybody's
service known. A pass refreshes every branch in turn, as the feed does, which lets the loop go between two
branches: so the longest branch is what blocks it. CPU milliseconds of this process, so that other programs
count as little as they can. The bars: a pass ≤ 15 ms, a branch ≤ 5 ms.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from balancer.city.definition import load_city
from balancer.live.board import Board
from balancer.live.estimates import Estimates
from tests.happenings import Happenings

PASSES = 60
CITY_BAR_MS, BRANCH_BAR_MS = 15.0, 5.0
OUT = Path("test-output/bench/estimates.json")


class BusyCity:
    """Kharkiv at its busiest, with everything that its estimates have learned from the morning."""

    def __init__(self, waiting: int, seed: int = 1) -> None:
        self.town = Happenings(load_city("kharkiv"))
        self.board = Board(self.town.city)
        self.board.load(self.town.snapshot())
        self.estimates = Estimates(self.town.city)
        self.estimates.begin(self.board, self.town.at)
        self._dice = random.Random(seed)
        self._told = 0
        for branch in self.town.city.branches:
            for _ in range(waiting + 3 * len(branch.desks)):
                queue = self._dice.choice(branch.queues)
                service = self._dice.choice(queue.services)
                self.town.issue(branch.branch, queue.queue, service=service)
        for _ in range(3):
            self._everybody_works()
        self.tell()

    def _everybody_works(self) -> None:
        """Each desk ends what it has and begins the next."""
        for branch in self.town.city.branches:
            for desk in branch.desks:
                held = self.town.desks[branch.branch, desk.desk].ticket
                if held is not None:
                    self.town.finish(held)
                if self.town.line(branch.branch, desk.desk):
                    self.town.call(branch.branch, desk.desk)
                    held = self.town.desks[branch.branch, desk.desk].ticket
                    assert held is not None
                    self.town.start(held)
        self.town.forward(self._dice.uniform(8, 16))

    def tell(self) -> None:
        """Fold what happened since the last time."""
        for event in self.town.told[self._told :]:
            self.estimates.learn(event, self.board, self.board.apply(event))
        self._told = len(self.town.told)

    def refresh(self) -> Iterator[tuple[str, float]]:
        """(branch, milliseconds) of each branch in turn."""
        for load in self.board.branches():
            began = time.process_time()
            self.estimates.refresh(load, self.board, self.town.at)
            yield load.branch.branch, 1000 * (time.process_time() - began)


def measure(waiting: int) -> dict[str, float]:
    """Figures of PASSES passes, after one to warm up; a tenth of a minute passes between two."""
    city = BusyCity(waiting)
    passes = []
    for _ in range(PASSES + 1):
        passes.append([spent for _, spent in city.refresh()])
        city.town.forward(0.1)
    wholes = [sum(each) for each in passes[1:]]
    longest = [max(each) for each in passes[1:]]
    latest = [city.estimates.latest(load.branch.branch) for load in city.board.branches()]
    known = [wait for each in latest for wait in each.queues.values()]
    return {
        "branches": len(passes[0]),
        "desks": sum(len(branch.desks) for branch in city.town.city.branches),
        "waiting": sum(load.waiting for load in city.board.branches()),
        "queues": len(known),
        "queues_known": sum(wait is not None for wait in known),
        "city_ms_median": round(statistics.median(wholes), 2),
        "city_ms_least": round(min(wholes), 2),
        "city_ms_p95": round(sorted(wholes)[int(0.95 * len(wholes))], 2),
        "longest_branch_ms_median": round(statistics.median(longest), 2),
        "longest_branch_ms_least": round(min(longest), 2),
        "longest_branch_ms_p95": round(sorted(longest)[int(0.95 * len(longest))], 2),
    }


def main(arguments: list[str] | None = None) -> int:
    """Measure, print and write; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--waiting", type=int, default=20, help="tickets that wait in each branch")
    found = measure(parser.parse_args(arguments).waiting)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    for name, value in found.items():
        print(f"{name:26} {value:g}")
    held = found["city_ms_median"] <= CITY_BAR_MS and found["longest_branch_ms_median"] <= BRANCH_BAR_MS
    print("bars held" if held else f"missed: {CITY_BAR_MS:g} ms a city, {BRANCH_BAR_MS:g} ms a branch")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
