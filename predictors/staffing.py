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

import numpy as np
from numpy.typing import ArrayLike, NDArray

from predictors.branch_day import BranchDay, Lognormal, simulate_branch_day
from predictors.erlang import wait_over

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

SLOT_MINUTES = 30
STEP_MINUTES = 5
STEPS = SLOT_MINUTES // STEP_MINUTES
NEED_SAMPLES = (24, 80)
SIMULATED_VISITORS = 40_000
MARGIN = 0.01
MOST_ROUNDS = 60
CHUNK = 12
SLACK = 0.02
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
    desks = np.minimum(stationary_desks(load, standard), most)
    samples = int(np.clip(SIMULATED_VISITORS / load.arrivals.sum(), *NEED_SAMPLES))
    tried: dict[bytes, FloatArray] = {}

    def shares(plan: IntArray) -> FloatArray:
        key = plan.tobytes()
        if key not in tried:
            day = simulate(load, plan, seed, samples)
            tried[key] = np.where(busy, np.nan_to_num(_by_slot(day, standard.minutes), nan=1.0), 1.0)
        return tried[key]

    aim = min(standard.share + MARGIN, 1.0 - (1.0 - standard.share) / 2)
    for _ in range(MOST_ROUNDS):
        missed = shares(desks) < aim
        if not missed.any() or (desks[missed] >= most).all():
            return _trimmed(desks, aim, shares)
        first = missed & ~np.concatenate([[False], missed[:-1]])  # a line there makes the rest late
        desks = np.minimum(desks + first * np.maximum(1, desks // CHUNK), most)
    return desks


def _trimmed(desks: IntArray, aim: float, shares: Callable[[IntArray], FloatArray]) -> IntArray:
    """Take desks away, latest half-hour first, where there is slack and the standard holds everywhere."""
    if (shares(desks) < aim).any():
        return desks
    for slot in range(len(desks) - 1, -1, -1):
        while desks[slot] > 1 and shares(desks)[slot : slot + 2].min() > aim + SLACK:
            fewer = desks.copy()
            fewer[slot] -= max(1, int(desks[slot]) // (2 * CHUNK))
            if (shares(fewer) < aim).any():
                break
            desks = fewer
    return desks


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
