"""The demo's day, worked out before it begins: who comes when, where, for what, for how long, and who gives
up. Pure.

Shapes are calibrated (`predictors.profiles`), sizes stand in `demand/<city>.toml`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from balancer.city.definition import Branch, City
from balancer.city.hours import spans_of
from predictors.profiles import Profile, arrivals, day_factor, service_minutes

DEMAND = Path(__file__).parent / "demand"
OPENING_MINUTE = 9 * 60 + 30
QUEUE_TILT = 0.25
WORKING_DAY_SEARCH = 60
WALK_MINUTES = 0.5


@dataclass(frozen=True)
class Demand:
    """How many come, and when clerks have lunch. Minutes are city time."""

    mean_service_minutes: float = 15.0
    visitors_a_desk: float = 16.0
    early_crowd: float = 1.7
    lunch_from: str = "12:30"
    lunch_minutes: float = 30.0
    patience_minutes: tuple[float, float] = (45.0, 120.0)
    visitors: dict[str, float] = field(default_factory=dict)

    def visitors_of(self, branch: Branch) -> float:
        """Visitors on a usual day."""
        return self.visitors.get(branch.branch, self.visitors_a_desk * len(branch.desks))

    @property
    def lunch_minute(self) -> int:
        """When the first third of the clerks goes, in minutes after midnight."""
        hours, minutes = self.lunch_from.split(":")
        return int(hours) * 60 + int(minutes)


@dataclass(frozen=True)
class Visitor:
    """One visitor: `minute` after midnight of coming, `service_minutes` at the desk; `gone` when called, or
    there.
    """

    minute: float
    branch: str
    service: str
    service_minutes: float
    gone: bool
    patience_minutes: float = 60.0


def load_demand(city: str) -> Demand:
    """The demand of that city; the defaults where none is written down."""
    path = DEMAND / f"{city}.toml"
    if not path.exists():
        return Demand()
    return Demand(**tomllib.loads(path.read_text("utf-8")))


def opening_of(branch: Branch, day: date) -> tuple[int, int] | None:
    """(opens, closes) in minutes after midnight, lunch breaks of the branch not looked at; None on a day
    off.
    """
    spans = spans_of(branch.hours, day)
    return (spans[0].opens, spans[-1].closes) if spans else None


def next_working_day(city: City, first: date) -> date:
    """The first day from `first` on at which some branch is open when the demo opens."""
    for shift in range(WORKING_DAY_SEARCH):
        day = first + timedelta(days=shift)
        for branch in city.branches:
            hours = opening_of(branch, day)
            if hours is not None and hours[0] <= OPENING_MINUTE < hours[1]:
                return day
    raise ValueError(f"no branch of {city.city} opens within {WORKING_DAY_SEARCH} days")


def visitors_of_day(
    city: City, day: date, demand: Demand, profile: Profile, rng: np.random.Generator
) -> list[Visitor]:
    """Everybody who comes that day, in order. Who came before OPENING_MINUTE stands there as the early
    crowd.
    """
    everybody: list[Visitor] = []
    for branch in city.branches:
        hours = opening_of(branch, day)
        if hours is not None:
            everybody += _visitors_of(city, branch, hours, demand, profile, rng)
    return sorted(everybody, key=lambda visitor: visitor.minute)


def _visitors_of(
    city: City,
    branch: Branch,
    hours: tuple[int, int],
    demand: Demand,
    profile: Profile,
    rng: np.random.Generator,
) -> list[Visitor]:
    mix = service_mix(city, branch, profile, rng)
    services, shares = list(mix), np.array(list(mix.values()))
    minutes = {service: city.service(service).minutes for service in services}
    scale = (demand.mean_service_minutes - WALK_MINUTES) / sum(minutes[each] * mix[each] for each in services)
    expected = demand.visitors_of(branch) * day_factor(profile, rng)
    moments = arrivals(profile, *hours, expected, rng)
    early = moments[moments < OPENING_MINUTE]
    crowd = rng.choice(early, size=round(len(early) * (demand.early_crowd - 1))) if len(early) else early
    come = np.concatenate([moments, crowd])
    chosen = rng.choice(len(services), size=len(come), p=shares)
    means = np.array([minutes[service] * scale for service in services])[chosen]
    held = service_minutes(profile, means, rng)
    gone = rng.random(len(come)) < profile.leaving_share
    patience = rng.uniform(*demand.patience_minutes, size=len(come))
    columns = (each.tolist() for each in (come, chosen, held, gone, patience))
    return [
        Visitor(minute, branch.branch, services[service], span, leaves, patient)
        for minute, service, span, leaves, patient in zip(*columns, strict=True)
    ]


def service_mix(city: City, branch: Branch, profile: Profile, rng: np.random.Generator) -> dict[str, float]:
    """Share of the branch's visitors by service; sums to 1.

    A queue gets visitors by what its desks can do, tilted so that some lines are longer than others; inside a
    queue the first services are asked for most, in the proportions of recorded queues.
    """
    weights: dict[str, float] = {}
    for queue in branch.queues:
        desks = sum(1 / len(desk.queues) for desk in branch.desks_of(queue.queue))
        ranks = np.resize(profile.queue_ranks, len(queue.services))
        ranks = ranks / ranks.sum()
        mean = sum(
            city.service(each).minutes * share for each, share in zip(queue.services, ranks, strict=True)
        )
        weight = desks / mean * rng.lognormal(0, QUEUE_TILT)
        for service, share in zip(queue.services, ranks, strict=True):
            weights[service] = weights.get(service, 0.0) + weight * float(share)
    total = sum(weights.values())
    return {service: weight / total for service, weight in weights.items()}
