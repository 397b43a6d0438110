"""How long a replay takes: one branch by its line, and a whole city of fifteen branches.

Run with `python -m tests.bench.replay_speed`. The time is that of one process on its own core
(`process_time`), the median of many passes; laws are learned, with no-shows, walks, unlogged rests and
lunches, so that nothing is left out that the live server does. Other programs on the machine slow it down.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from predictors.service_times import ServiceTimes
from predictors.wait import BranchNow, DeskNow, Expected, TicketNow, replay

SEED = 20260131
PASSES = 60
CITY_BUDGET_MS, CALL_BUDGET_MS = 15.0, 5.0
NOW = 650.0
SERVICES = {"passport": 15.0, "residence": 8.0, "social": 20.0, "business": 12.0, "land": 25.0, "tax": 10.0}
QUEUES = tuple(SERVICES)
CITY = ((12, 60), (10, 40), (10, 35), (8, 30), (8, 25), (7, 20), (6, 18), (6, 15), (5, 12), (5, 10), (4, 10),
        (2, 6), (2, 5), (2, 4), (1, 3))  # fmt: skip
"""Desks and people waiting of a city's fifteen branches on a busy morning."""


def taught() -> ServiceTimes:
    """A city that has served a few thousand people."""
    times, rng = ServiceTimes(SERVICES), np.random.default_rng(SEED)
    for at in range(6000):
        service, branch = QUEUES[at % len(QUEUES)], f"b{at % len(CITY)}"
        minutes = SERVICES[service] * float(rng.lognormal(-0.25, 0.7))
        times.observe(service, branch, 9.0 + at % 8, minutes, day=at // 400)
        times.observe_call(service, branch, missed=at % 17 == 0, minutes=0.7)
        times.observe_rest(branch, 8.0 if at % 12 == 0 else 0.1)
    return times


def branch(name: str, desks: int, waiting: int, early: int = 2) -> BranchNow:
    """Desks with skills and lunches in turns, everyone busy; `early` expected visitors with a head start."""
    spans = [((540.0, 700.0 + 15 * (at % 4)), (745.0 + 15 * (at % 4), 1140.0)) for at in range(desks)]
    skills = [frozenset(QUEUES if at % 3 == 0 else QUEUES[at % 2 :: 2]) for at in range(desks)]
    service = [QUEUES[at % len(QUEUES)] for at in range(max(desks, waiting))]
    return BranchNow(
        name,
        NOW,
        tuple(DeskNow(f"d{at}", skills[at], spans[at], service[at], 2.0 + at) for at in range(desks)),
        tuple(TicketNow(f"t{at}", service[at], service[at]) for at in range(waiting)),
        tuple(Expected(QUEUES[at], QUEUES[at], NOW + 9.0 * (at + 1), 20.0, 0.5) for at in range(early)),
        arrived={f"t{at}": NOW - 0.5 * (waiting - at) for at in range(waiting)},
    )


def median_ms(work: Callable[[], object]) -> tuple[float, float]:
    """Median and least of PASSES, in milliseconds of CPU."""
    work()
    spent = []
    for _ in range(PASSES):
        begin = time.process_time()
        work()
        spent.append(1000.0 * (time.process_time() - begin))
    return statistics.median(spent), min(spent)


def main() -> None:
    """Print a line for each size and one for the city; leave with 1 if a budget is missed."""
    times, rng = taught(), np.random.default_rng(SEED)
    print(f"seed {SEED}, {PASSES} passes each, K=100\n\ndesks  waiting  median ms  least ms")
    for desks, waiting in ((5, 10), (10, 40), (10, 100), (10, 300), (20, 1000)):
        one = branch("b0", desks, waiting)
        middle, least = median_ms(lambda one=one: replay(one, times, rng))  # type: ignore[misc]
        print(f"{desks:5}  {waiting:7}  {middle:9.2f}  {least:8.2f}")
    ahead = [NOW + 15.0 * step for step in range(1, 9)]
    middle, least = median_ms(lambda: replay(branch("b0", 10, 40, early=6), times, rng, at=ahead))
    print(f"   10       40  {middle:9.2f}  {least:8.2f}  with eight moments to come and six expected")
    branches = [branch(f"b{at}", *size) for at, size in enumerate(CITY)]
    slowest = 0.0
    for each in branches:
        slowest = max(slowest, median_ms(lambda each=each: replay(each, times, rng))[0])  # type: ignore[misc]
    middle, least = median_ms(lambda: [replay(each, times, rng) for each in branches])
    people = sum(waiting for _, waiting in CITY)
    print(f"\ncity of {len(CITY)} branches, {people} waiting: {middle:.1f} ms (least {least:.1f})")
    print(f"its slowest branch: {slowest:.2f} ms")
    missed = []
    if middle > CITY_BUDGET_MS:
        missed.append("city")
    if slowest > CALL_BUDGET_MS:
        missed.append("call")
    raise SystemExit(f"over budget: {', '.join(missed)}" if missed else 0)


if __name__ == "__main__":
    main()
