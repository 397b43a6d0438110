"""Erlang's formulas: lines with Poisson arrivals and exponential service, in steady state.

`load` is the offered load a = arrival rate × mean service time (in desks). Times come back in the unit of
`service_mean`. Source: Gautam, Analysis of Queues (2012), ch. 2; Erlang-A: Mandelbaum & Zeltyn (2007).
All raise ValueError on numbers that no line can have.
"""

from __future__ import annotations

import math
from typing import NamedTuple


class Impatient(NamedTuple):
    """A line some of whose visitors give up: probability to wait at all, to give up, and the mean wait of
    all (those who give up count until then).
    """

    waits: float
    gives_up: float
    mean_wait: float


def erlang_b(desks: int, load: float) -> float:
    """Share of visitors turned away where nobody may wait (M/G/c/c)."""
    _check(desks, load)
    blocked = 1.0
    for number in range(1, desks + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked


def erlang_c(desks: int, load: float) -> float:
    """Probability that a visitor waits (M/M/c); 1 where the load reaches the desks."""
    _check(desks, load)
    if load >= desks:
        return 1.0
    blocked = erlang_b(desks, load)
    return desks * blocked / (desks - load * (1.0 - blocked))


def mean_wait(desks: int, load: float, service_mean: float, cv: float = 1.0) -> float:
    """Mean wait; exact for `cv` 1 (M/M/c), for c = 1 (Pollaczek–Khinchine), else Allen–Cunneen; inf at load
    ≥ desks.
    """
    _check(desks, load, service_mean, cv)
    if load >= desks:
        return math.inf
    return erlang_c(desks, load) * service_mean / (desks - load) * (1.0 + cv**2) / 2.0


def wait_over(desks: int, load: float, service_mean: float, minutes: float) -> float:
    """Probability that the wait is longer than `minutes` (M/M/c); 1 at load ≥ desks."""
    _check(desks, load, service_mean, max(minutes, 0.0))
    if load >= desks:
        return 1.0
    return erlang_c(desks, load) * math.exp(-(desks - load) * max(minutes, 0.0) / service_mean)


def erlang_a(desks: int, load: float, service_mean: float, patience_mean: float) -> Impatient:
    """M/M/c with exponential patience (mean `patience_mean`): stable at any load."""
    _check(desks, load, service_mean, patience_mean)
    if service_mean == 0.0 or patience_mean == 0.0:
        raise ValueError("service and patience need a length")
    leaving = service_mean / patience_mean
    below = 1.0 / erlang_b(desks, load) if load else math.inf
    if math.isinf(below):
        return Impatient(0.0, 0.0, 0.0)
    full, term, queued, line = 1.0, 1.0, 0.0, 0.0
    for place in range(1, 10_000_000):
        term *= load / (desks + place * leaving)
        queued, line = queued + term, line + place * term
        if queued > 1e200:
            below, full, term, queued, line = (one * 1e-200 for one in (below, full, term, queued, line))
        if term < 1e-15 * (full + queued) and desks + place * leaving > load:
            break
    mean_line = line / (below + queued)
    mean_wait_of_all = mean_line * service_mean / load
    return Impatient((full + queued) / (below + queued), mean_wait_of_all / patience_mean, mean_wait_of_all)


def desks_within(load: float, service_mean: float, minutes: float, share: float, most: int = 1000) -> int:
    """Fewest desks with which `share` of the visitors wait at most `minutes` (M/M/c, steady state)."""
    if not 0.0 <= share < 1.0:
        raise ValueError(f"the share must be at least 0 and below 1, not {share}")
    _check(1, load, service_mean, minutes)
    for desks in range(max(1, math.floor(load)), most + 1):
        if 1.0 - wait_over(desks, load, service_mean, minutes) >= share:
            return desks
    raise ValueError(f"more than {most} desks are needed")


def _check(desks: int, *numbers: float) -> None:
    """ValueError unless there is a desk and every other number is finite and not negative."""
    if desks < 1:
        raise ValueError(f"a line needs a desk, not {desks}")
    for number in numbers:
        if not (math.isfinite(number) and number >= 0.0):
            raise ValueError(f"loads and times are finite and not negative, not {number}")
