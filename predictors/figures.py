"""What a simulated policy is worth, from who waited where: means, tails, fairness, how far lines swing."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from predictors.network import Day

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

LOOK_EVERY = 5.0


@dataclass(frozen=True, eq=False)
class Outcome:
    """Everybody who came, in the order of setting out; arrays (visitors,). `waits` is NaN for one whom no
    desk served.
    """

    waits: FloatArray
    travel: FloatArray
    branch: IntArray


@dataclass(frozen=True)
class Figures:
    """What a policy is worth. Minutes; `gain_share` is the share of the way from nearest to pooled, NaN where
    there is none. `spread` (most − least) and `gini` of the branches' mean waits say how fair it is. `swing`
    is how many people a desk the fullest branch has above the emptiest, on average over the day.
    """

    mean_wait: float
    p95_wait: float
    door_to_desk: float
    gain_share: float
    spread: float
    gini: float
    swing: float
    branch_waits: tuple[float, ...]
    visitors: int
    unserved: int
    data_age: float


def mean_wait(outcomes: list[Outcome]) -> float:
    """Of all who were served; NaN without any."""
    waits = np.concatenate([outcome.waits for outcome in outcomes])
    served = waits[~np.isnan(waits)]
    return float(served.mean()) if len(served) else math.nan


def figures(
    days: list[Day], outcomes: list[Outcome], desks: IntArray, bounds: tuple[float, float], data_age: float
) -> Figures:
    """Figures of one policy; `bounds`: mean waits of nearest and pooled, `desks`: those of each branch."""
    waits = np.concatenate([outcome.waits for outcome in outcomes])
    served = ~np.isnan(waits)
    travel = np.concatenate([outcome.travel for outcome in outcomes])
    branch = np.concatenate([outcome.branch for outcome in outcomes])
    mean = mean_wait(outcomes)
    nearest, pooled = bounds
    by_branch = [
        float(waits[here].mean()) if (here := served & (branch == number)).any() else 0.0
        for number in range(len(desks))
    ]
    return Figures(
        mean_wait=mean,
        p95_wait=float(np.quantile(waits[served], 0.95)) if served.any() else math.nan,
        door_to_desk=float((waits + travel)[served].mean()) if served.any() else math.nan,
        gain_share=(nearest - mean) / (nearest - pooled) if nearest > pooled else math.nan,
        spread=max(by_branch) - min(by_branch),
        gini=gini(by_branch),
        swing=float(np.mean([swing(*pair, desks) for pair in zip(days, outcomes, strict=True)])),
        branch_waits=tuple(by_branch),
        visitors=len(waits),
        unserved=int((~served).sum()),
        data_age=data_age,
    )


def gini(values: list[float]) -> float:
    """Gini coefficient of values that are not negative: 0 all equal, near 1 one has all; 0 of nothing."""
    rising = np.sort(np.asarray(values, dtype=np.float64))
    total = float(rising.sum())
    if total <= 0.0:
        return 0.0
    places = np.arange(1, len(rising) + 1)
    return float(2.0 * (places * rising).sum() / (len(rising) * total) - (len(rising) + 1) / len(rising))


def swing(day: Day, outcome: Outcome, desks: IntArray) -> float:
    """People a desk at the fullest branch minus those at the emptiest, looked at every LOOK_EVERY minutes."""
    arrived = day.sets_out + outcome.travel
    left = np.where(np.isnan(outcome.waits), math.inf, arrived + outcome.waits + day.service)
    moments = np.arange(LOOK_EVERY, float(day.sets_out.max(initial=0.0)), LOOK_EVERY)
    there = np.zeros((len(desks), len(moments)))
    for branch in range(len(desks)):
        here = outcome.branch == branch
        came = np.searchsorted(np.sort(arrived[here]), moments, side="right")
        gone = np.searchsorted(np.sort(left[here]), moments, side="right")
        there[branch] = (came - gone) / desks[branch]
    return float((there.max(axis=0) - there.min(axis=0)).mean()) if len(moments) else 0.0
