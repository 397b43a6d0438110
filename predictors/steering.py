"""Where to send a visitor: least travel + expected wait *at arrival*, counting those already on their way.

A branch is rolled forward from the moment it was last seen to the moment of arrival: who waits and is served,
intents that land before, forecast arrivals, minus what the desks finish. The number there is taken as normal
and its mean and variance follow the closure of Massey & Pender (2013), so that a line near empty is not
thought to serve people that it does not have. Everything is pure; minutes throughout.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from predictors.intents import IntentWeights as IntentWeights

Range = tuple[float, float, float]
"""p10, p50, p90 in minutes; `predictors.wait.Quantiles` is one."""

NEAR_TIE = 3.0
LEVELLING = 1.0
MOST_BLIND = 0.25
PAST_CLOSING = 2.0
LONGEST_STEP = 5.0
_Z90 = 1.2815515655446004
_ROOT_2 = math.sqrt(2.0)
_ROOT_TAU = math.sqrt(2.0 * math.pi)


class Landing(NamedTuple):
    """Somebody on the way: arrives `at` minutes after the line was seen, counts as `weight` visitors."""

    at: float
    weight: float = 1.0


class Ahead(NamedTuple):
    """How many are at a branch (waiting and served) at some moment: mean and variance."""

    mean: float
    variance: float


@dataclass(frozen=True)
class LineNow:
    """A branch's line (or one queue's) when it was last seen; `desks` are those that serve it."""

    waiting: float
    in_service: float
    desks: int
    service_mean: float
    service_cv: float = 0.9


class LeftOut(StrEnum):
    """Why a branch is not advised."""

    NOT_OFFERED = "service_not_offered"
    CLOSED = "closed"
    PAUSED = "paused"
    CLOSING = "closing_too_soon"


@dataclass(frozen=True)
class Candidate:
    """A branch that a visitor could go to.

    `wait`: range at the moment of arrival, None = unknown. `closes_in`: minutes from now until it gives out
    no more tickets, None = not known to close. `on_the_way`: visitors that the wait already counts.
    """

    branch: str
    travel_minutes: float
    wait: Range | None
    closes_in: float | None = None
    on_the_way: float = 0.0
    offers: bool = True
    open: bool = True
    paused: bool = False

    @property
    def expected_wait(self) -> float | None:
        """The mean of the range by Swanson's rule (0.3, 0.4, 0.3); None where the wait is unknown."""
        if self.wait is None:
            return None
        return 0.3 * self.wait[0] + 0.4 * self.wait[1] + 0.3 * self.wait[2]


@dataclass(frozen=True)
class Ranked:
    """A branch in the order of advice. `door_to_desk` = travel + expected wait, None where it is unknown;
    `cost` adds the penalty for being served past closing.
    """

    candidate: Candidate
    door_to_desk: float | None
    cost: float


def left_out(candidate: Candidate, margin: float = 0.0) -> LeftOut | None:
    """Why this branch is not advised; None if it may be. `margin`: minutes to be there before it closes."""
    if not candidate.offers:
        return LeftOut.NOT_OFFERED
    if not candidate.open:
        return LeftOut.CLOSED
    if candidate.paused:
        return LeftOut.PAUSED
    if candidate.closes_in is not None and candidate.travel_minutes + margin >= candidate.closes_in:
        return LeftOut.CLOSING
    return None


def rank(
    candidates: Iterable[Candidate],
    *,
    margin: float = 0.0,
    near: float = NEAR_TIE,
    rng: np.random.Generator | None = None,
) -> list[Ranked]:
    """The branches that may be advised, best first; unknown waits come last, nearest first.

    Of those within `near` minutes of the best the one with the shorter line comes first, as in
    `choose_levelling`. With `rng` they change places by chance instead (softmax, temperature near ÷ 2): give
    it wherever this visitor's choice will not be known as an intent.
    """
    fit = [candidate for candidate in candidates if left_out(candidate, margin) is None]
    known = sorted((_ranked(one) for one in fit if one.wait is not None), key=_by_cost)
    unknown = sorted((_ranked(one) for one in fit if one.wait is None), key=_by_cost)
    near_best = [one for one in known if one.cost <= known[0].cost + near]
    behind = known[len(near_best) :]
    if rng is not None and near_best:
        return _shuffled(near_best, near, rng) + behind + unknown
    return sorted(near_best, key=_levelled) + behind + unknown


def _ranked(candidate: Candidate) -> Ranked:
    expected = candidate.expected_wait
    if expected is None or candidate.wait is None:
        return Ranked(candidate, None, candidate.travel_minutes)
    door_to_desk = candidate.travel_minutes + expected
    latest = candidate.travel_minutes + candidate.wait[2]
    past = 0.0 if candidate.closes_in is None else max(0.0, latest - candidate.closes_in)
    return Ranked(candidate, door_to_desk, door_to_desk + PAST_CLOSING * past)


def _by_cost(ranked: Ranked) -> tuple[float, float, str]:
    return ranked.cost, ranked.candidate.travel_minutes, ranked.candidate.branch


def _levelled(ranked: Ranked) -> tuple[float, float, str]:
    """`cost` with the wait counted once more: what joining this line costs those behind."""
    extra = LEVELLING * (ranked.candidate.expected_wait or 0.0)
    return ranked.cost + extra, ranked.candidate.travel_minutes, ranked.candidate.branch


def _shuffled(ties: list[Ranked], near: float, rng: np.random.Generator) -> list[Ranked]:
    """Near ties in the order of cost + Gumbel noise: the first is a softmax draw (temperature near ÷ 2)."""
    noise = rng.gumbel(scale=near / 2.0, size=len(ties)) if near > 0.0 else np.zeros(len(ties))
    order = np.argsort([one.cost - float(luck) for one, luck in zip(ties, noise, strict=True)], kind="stable")
    return [ties[int(place)] for place in order]


def choose_levelling(
    travel: Sequence[float],
    wait: Callable[[int], float],
    *,
    near: float = NEAR_TIE,
    levelling: float = LEVELLING,
) -> int:
    """Index of the branch to advise: of those within `near` minutes of the visitor's best door-to-desk time
    the one with the least travel + (1 + levelling) × wait.

    A visitor who joins a long line also delays those behind, so near ties go to the shorter line. `wait(i)`
    is asked from the nearest on, and not for branches that are too far to win.
    """
    best = math.inf
    known: list[tuple[float, float, int]] = []
    for branch in sorted(range(len(travel)), key=travel.__getitem__):
        if travel[branch] > best + near:
            break
        waits = wait(branch)
        best = min(best, travel[branch] + waits)
        known.append((travel[branch] + waits, levelling * waits, branch))
    return min((cost + extra, branch) for cost, extra, branch in known if cost <= best + near)[1]


def steered_share(blind_share: float, capture: float) -> float:
    """Share of visitors to send away from their nearest branch at all, so that no herd comes of it.

    `blind_share`: advised visitors who do not announce themselves, of all arrivals. What they do is seen only
    once they arrive; branches swing when their share × load × sensitivity × lag passes π/2 (Mitzenmacher
    2000; Pender, Rand & Wesson). At most MOST_BLIND of all arrivals may be steered blindly; those who
    announce themselves (`capture`) are known without a lag and damp it.
    """
    blind = blind_share * (1.0 - capture)
    return 1.0 if blind <= MOST_BLIND else MOST_BLIND / blind


def roll_forward(
    line: LineNow,
    minutes: float,
    arrivals: float | Callable[[float], float] = 0.0,
    landing: Sequence[Landing] = (),
) -> Ahead:
    """How many will be there `minutes` after the line was seen.

    `arrivals`: forecast arrivals a minute that `landing` does not hold, app users' own included; a function
    takes minutes after the line was seen. `landing` in any order; those later than `minutes` do not count.
    """
    there, variance, now = line.waiting + line.in_service, 0.0, 0.0
    if line.desks < 1 or minutes <= 0.0:
        return Ahead(there, variance)
    steps = max(1, math.ceil(minutes / LONGEST_STEP))
    step = minutes / steps
    lumps = _lumps(landing, step, steps)
    served_noise = 0.5 * (1.0 + line.service_cv**2)
    for number in range(steps):
        rate = arrivals(now + step / 2.0) if callable(arrivals) else arrivals
        busy, saturated = _busy(there, variance, line.desks)
        finished = min(busy * step / line.service_mean, there)
        pull = math.exp(-2.0 * step / line.service_mean * (1.0 - saturated))
        variance = variance * pull + rate * step + finished * served_noise
        there += rate * step - finished
        if lumps:
            there += lumps[number][0]
            variance += lumps[number][1]
        now += step
    return Ahead(there, variance)


def _lumps(landing: Sequence[Landing], step: float, steps: int) -> list[tuple[float, float]]:
    """Mean and variance that those on the way add at the end of each step; empty where nobody comes."""
    if not landing:
        return []
    lumps = [(0.0, 0.0)] * steps
    for at, weight in landing:
        number = int(at / step) if at >= 0.0 else -1
        if 0 <= number < steps:
            mean, variance = lumps[number]
            doubt = weight * (1.0 - weight) if weight <= 1.0 else weight - 1.0
            lumps[number] = (mean + weight, variance + doubt)
    return lumps


def _busy(there: float, variance: float, desks: int) -> tuple[float, float]:
    """Mean number of busy desks, and how surely all of them are, with a normal number `there`."""
    if variance <= 0.0:
        return (float(desks), 1.0) if there >= desks else (max(there, 0.0), 0.0)
    spread = math.sqrt(variance)
    z = (there - desks) / spread
    full = 0.5 * math.erfc(-z / _ROOT_2)
    over = (there - desks) * full + spread * math.exp(-0.5 * z * z) / _ROOT_TAU
    return max(there - over, 0.0), full


def expected_wait(there: float, desks: int, minutes: float, variance: float = 0.0) -> float:
    """E[(n − c + 1)⁺]·E[S]/c for normal n: the wait of one who finds n at c desks; inf without a desk.

    `minutes`: mean service time E[S].
    """
    if desks < 1:
        return math.inf
    excess = there - desks + 1.0
    if variance > 0.0:
        spread = math.sqrt(variance)
        z = excess / spread
        excess = excess * 0.5 * math.erfc(-z / _ROOT_2) + spread * math.exp(-0.5 * z * z) / _ROOT_TAU
    return max(excess, 0.0) * minutes / desks


def wait_range(ahead: Ahead, line: LineNow) -> Range:
    """p10, p50, p90 of that wait where no replay can be had: normal number there, random service times."""
    if line.desks < 1:
        return math.inf, math.inf, math.inf
    excess = ahead.mean - line.desks + 1.0
    spread = math.sqrt(max(ahead.variance + max(excess, 0.0) * line.service_cv**2, 0.0))
    scale = line.service_mean / line.desks
    low, mid, high = (max(0.0, excess + z * spread) * scale for z in (-_Z90, 0.0, _Z90))
    return low, mid, high
