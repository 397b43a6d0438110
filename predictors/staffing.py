"""How many desks a day needs by half-hour, and what a plan gives: waits, shares within a standard.

    need: Erlang's stationary figure as a start → simulated whole days, in which a line is carried from one
          half-hour into the next → desks are added where the standard is missed and taken where it is not

The branch is one pooled line: any desk serves any visitor, so desks that may serve few queues need more.
Waits are clock minutes from coming to being called, pauses included.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from predictors.branch_day import BranchDay, Lognormal, simulate_branch_day
from predictors.erlang import wait_over

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

SLOT_MINUTES = 30
STEP_MINUTES = 5
STEPS = SLOT_MINUTES // STEP_MINUTES
SAMPLES = (64, 400)
SIMULATED_VISITORS = 50_000
MARGIN = 0.01
MOST_ROUNDS = 8
CHUNK = 12
FEWEST_PEOPLE = 0.05
MOST_DESKS = 400

_STANDARD = re.compile(r"\s*(\d{1,2}(?:\.\d+)?)\s*%\s*/\s*(\d{1,3}(?:\.\d+)?)\s*(?:min)?\s*")


@dataclass(frozen=True)
class Standard:
    """So many visitors (`share` in 0..1, below 1) are called within so many minutes."""

    share: float
    minutes: float

    @classmethod
    def parse(cls, text: str) -> Standard:
        """From "90%/20min"; ValueError for anything else.

        >>> Standard.parse("90%/20min")
        Standard(share=0.9, minutes=20.0)
        """
        found = _STANDARD.fullmatch(text)
        if found is None or not 0 < float(found[1]) < 100 or float(found[2]) <= 0:
            raise ValueError(f"a standard reads like 90%/20min, not {text!r}")
        return cls(float(found[1]) / 100, float(found[2]))


@dataclass(frozen=True, eq=False)
class Load:
    """What a branch's day asks for. `arrivals` (slots,): expected people by slot of `slot_minutes`, from the
    day's first slot on; `day_cv`: how much whole days vary (standard deviation ÷ mean); `no_show`: share
    called in vain.
    """

    arrivals: FloatArray
    service_mean: float
    service_cv: float = 0.9
    day_cv: float = 0.0
    no_show: float = 0.0
    slot_minutes: int = SLOT_MINUTES

    @property
    def by_step(self) -> FloatArray:
        """Expected people by STEP_MINUTES."""
        steps = self.slot_minutes // STEP_MINUTES
        return np.repeat(np.asarray(self.arrivals, float) / steps, steps)


def desks_needed(load: Load, standard: Standard, *, seed: int = 42, most: int = MOST_DESKS) -> IntArray:
    """Fewest desks (slots,) with which the visitors of every half-hour meet the standard; 0 where nobody
    comes.

    Deterministic for a seed. `most` bounds it where no number would do. ValueError on impossible loads.
    """
    busy = load.arrivals > FEWEST_PEOPLE
    if not busy.any():
        return np.zeros(len(load.arrivals), dtype=np.int64)
    aim = min(standard.share + MARGIN, 1.0 - (1.0 - standard.share) / 2)
    samples = int(np.clip(SIMULATED_VISITORS / load.arrivals.sum(), *SAMPLES))
    desks = _forward(load, standard, aim, np.random.default_rng(seed), samples, most)
    for _ in range(MOST_ROUNDS):
        day = simulate(load, desks, seed + 1, samples)  # other days than those by which they were found
        met = np.where(busy, np.nan_to_num(_by_slot(day, standard.minutes), nan=1.0), 1.0)
        missed = (met < standard.share) & (desks < most)
        if not missed.any():
            break
        first = missed & ~np.concatenate([[False], missed[:-1]])  # a line there makes the rest late
        desks = np.minimum(desks + first * np.maximum(1, desks // (2 * CHUNK)), most)
    return desks


def _forward(
    load: Load, standard: Standard, aim: float, rng: np.random.Generator, samples: int, most: int
) -> IntArray:
    """Half-hour after half-hour, the fewest desks that its visitors need with the line they find there.

    They are taken to stay open until these visitors are served; the caller mends where that is not so.
    """
    factors = rng.gamma(load.day_cv**-2, load.day_cv**2, samples) if load.day_cv else np.ones(samples)
    law = Lognormal(load.service_mean, load.service_cv)
    start = np.minimum(stationary_desks(load, standard), most)
    free = np.zeros((samples, most))
    found = np.zeros_like(start)
    for slot, people in enumerate(load.arrivals):
        counts = rng.poisson(np.maximum(people, 0.0) * factors)
        if people <= FEWEST_PEOPLE or not counts.any():
            continue
        arrived = np.full((samples, int(counts.max())), np.nan)
        drawn = np.sort(rng.uniform(slot, slot + 1, arrived.shape) * SLOT_MINUTES, axis=1)
        arrived = np.where(np.arange(arrived.shape[1]) < counts[:, None], drawn, np.nan)
        services = law.sample(rng, arrived.shape)

        def served(desks: int, visitors: FloatArray = arrived, times: FloatArray = services) -> _Served:
            return _serve(visitors, times, free[:, :desks], standard.minutes)

        floor = min(int(np.ceil(people / SLOT_MINUTES * load.service_mean)), most)
        found[slot], chosen = _fewest(served, floor, int(start[slot]), aim, most)
        free[:, : found[slot]] = chosen.free
    return found


class _Served(NamedTuple):
    """Share of the visitors called in time, and when each desk is free afterwards (samples, desks)."""

    share: float
    free: FloatArray


def _fewest(
    served: Callable[[int], _Served], floor: int, guess: int, aim: float, most: int
) -> tuple[int, _Served]:
    """The fewest desks from `floor` to `most` that serve the aim, searched from a guess; and how they serve.

    The floor is the offered load: a standard that allows a wait is no reason to let a line grow.
    """
    tried: dict[int, _Served] = {}

    def meets(desks: int) -> bool:
        if desks not in tried:
            tried[desks] = served(desks)
        return tried[desks].share >= aim

    low, high = max(floor, 1) - 1, max(floor, guess, 1)
    while high < most and not meets(high):
        low, high = high, min(most, high + max(1, high // CHUNK))
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if meets(middle) else (middle, high)
    meets(high)
    return high, tried[high]


def _serve(arrived: FloatArray, services: FloatArray, free: FloatArray, minutes: float) -> _Served:
    """First come, first served by desks that stay open: arrays (samples, visitors), (samples, desks)."""
    free = free.copy()
    rows = np.arange(len(arrived))
    came, in_time = np.isfinite(arrived), 0
    for visitor in range(arrived.shape[1]):
        real = came[:, visitor]
        desk = free.argmin(axis=1)
        start = np.maximum(free[rows, desk], arrived[:, visitor])
        in_time += int(((start - arrived[:, visitor]) <= minutes)[real].sum())
        free[rows[real], desk[real]] = (start + services[:, visitor])[real]
    return _Served(in_time / max(int(came.sum()), 1), free)


def stationary_desks(load: Load, standard: Standard) -> IntArray:
    """(slots,) by Erlang-C for each half-hour alone, its wait stretched by (1 + cv²) ÷ 2 (Allen–Cunneen)."""
    stretched = standard.minutes * 2.0 / (1.0 + load.service_cv**2)
    found = np.zeros(len(load.arrivals), dtype=np.int64)
    for slot, people in enumerate(load.arrivals):
        if people <= FEWEST_PEOPLE:
            continue
        offered = people / SLOT_MINUTES * load.service_mean
        desks = max(1, int(np.ceil(offered)))
        while wait_over(desks, offered, load.service_mean, stretched) > 1.0 - standard.share:
            desks += 1
        found[slot] = desks
    return found


def simulate(load: Load, desks: ArrayLike, seed: int, repeats: int) -> BranchDay:
    """So many days with these desks: one number a half-hour, or one a step of STEP_MINUTES.

    Equal seeds and arrivals give equal visitors, whatever the desks. ValueError on what makes no day.
    """
    arrivals, plan = load.by_step, by_step(desks, len(load.by_step))
    return simulate_branch_day(
        arrivals,
        plan,
        Lognormal(load.service_mean, load.service_cv),
        np.random.default_rng(seed),
        slot_minutes=STEP_MINUTES,
        samples=repeats,
        day_cv=load.day_cv,
        no_show=load.no_show,
    )


def by_step(desks: ArrayLike, steps: int) -> IntArray:
    """Desks by STEP_MINUTES from a plan by half-hour, or the plan itself where it has that many numbers."""
    plan = np.asarray(desks, dtype=np.int64)
    return plan if len(plan) == steps else np.repeat(plan, STEPS)


def _by_slot(day: BranchDay, minutes: float) -> FloatArray:
    """Share within so many minutes by half-hour of arrival; NaN where nobody came."""
    slots = day.slots // STEPS
    real = ~np.isnan(day.waits)
    slot = np.minimum((day.arrived[real] // SLOT_MINUTES).astype(np.int64), slots - 1)
    came = np.bincount(slot, minlength=slots)
    within = np.bincount(slot, (day.waits[real] <= minutes).astype(float), minlength=slots)
    return np.asarray(np.divide(within, came, out=np.full(slots, np.nan), where=came > 0))
