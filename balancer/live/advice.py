"""Where a visitor should go: least travel and wait at arrival, those on the way counted, and why. Pure.

The order is that of `predictors.steering`. Near ties are put in an order by chance, so that a crowd that asks
at once is not sent to one branch; a visitor who announces himself needs no chance, because he is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from balancer.city.definition import City, LocalText, Service
from balancer.city.hours import rfc3339
from balancer.city.travel import Mode, Trip
from balancer.live import advice_words as words
from balancer.live.branch_load import BranchLoad
from balancer.live.receiving import Receiving, receiving
from balancer.messages import Wait
from balancer.messages.advice import AdviceView, AdvisedBranch, LeftOutBranch
from predictors.steering import NEAR_TIE, Candidate, Ranked, rank

MINUTE_MS = 60_000
FARTHEST_MINUTES = 360.0

WaitAt = Callable[[str, str, int], Wait | None]
"""The wait at (branch, queue) of one who arrives at a city instant (ms); None where nobody knows."""


@dataclass(frozen=True)
class Asked:
    """Who asks: for which service, by which mode, leaving at `leaves` (city ms), needing which facilities."""

    service: Service
    mode: Mode
    leaves: int
    facilities: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class _Fit:
    """A branch that may be advised."""

    load: BranchLoad
    trip: Trip
    arrives: int
    wait: Wait | None
    receiving: Receiving


def advise(
    city: City,
    loads: Iterable[BranchLoad],
    asked: Asked,
    trips: Mapping[str, Trip],
    wait_at: WaitAt,
    *,
    now: int,
    seed: int | None = None,
) -> AdviceView:
    """The branches best first, and those left out with the reason. `seed` draws the order of near ties; None:
    no draw, for one who will announce himself.
    """
    fit, out = _sort_out(loads, asked, trips, wait_at, now)
    rng = None if seed is None else np.random.default_rng(seed)
    ranked = rank([_candidate(each, asked.leaves) for each in fit.values()], rng=rng)
    ties = _near_ties(ranked)
    tied = [fit[branch].load.branch.name for branch in ties]
    return AdviceView(
        city=city.city,
        service=asked.service.service,
        mode=asked.mode,
        leaves=rfc3339(city.time_zone, asked.leaves),
        as_of=rfc3339(city.time_zone, now),
        spread=seed is not None and len(ties) > 1,
        note=words.near_ties(tied) if len(ties) > 1 else None,
        branches=[_advised(fit, one, ranked, ties, city) for one in ranked],
        left_out=out,
    )


def _sort_out(
    loads: Iterable[BranchLoad], asked: Asked, trips: Mapping[str, Trip], wait_at: WaitAt, now: int
) -> tuple[dict[str, _Fit], list[LeftOutBranch]]:
    """The branches that may be advised, and the others with the reason."""
    fit: dict[str, _Fit] = {}
    out: list[LeftOutBranch] = []
    for load in loads:
        trip = trips[load.branch.branch]
        arrives = asked.leaves + round(trip.minutes * MINUTE_MS)
        found = receiving(load, asked.service, now, arrives, asked.leaves)
        if trip.minutes > FARTHEST_MINUTES and found.reason in (None, "closing_too_soon", "closed"):
            found = Receiving("too_far")
        missing = [each for each in words.FACILITIES if each in asked.facilities - {*load.branch.facilities}]
        if found.reason is not None or missing:
            out.append(_left_out(load, found, missing))
            continue
        queue = load.branch.queue_of(asked.service.service)
        wait = wait_at(load.branch.branch, queue.queue, arrives) if queue else None
        fit[load.branch.branch] = _Fit(load, trip, arrives, wait, found)
    return fit, out


def _candidate(fit: _Fit, leaves: int) -> Candidate:
    closes, wait = fit.receiving.closes_at, fit.wait
    return Candidate(
        branch=fit.load.branch.branch,
        travel_minutes=fit.trip.minutes,
        wait=None if wait is None else (wait.p10, wait.p50, wait.p90),
        closes_in=None if closes is None else (closes - leaves) / MINUTE_MS,
        on_the_way=fit.load.on_the_way,
    )


def _near_ties(ranked: list[Ranked]) -> list[str]:
    """The branches about as good as the best, in the order of advice."""
    known = [one for one in ranked if one.door_to_desk is not None]
    best = min((one.cost for one in known), default=0.0)
    return [one.candidate.branch for one in known if one.cost <= best + NEAR_TIE]


def _left_out(load: BranchLoad, found: Receiving, missing: list[str]) -> LeftOutBranch:
    branch, reason = load.branch, found.reason or "facility_missing"
    return LeftOutBranch(
        branch=branch.branch,
        name=branch.name,
        demo=branch.demo,
        reason=reason,
        why=words.left_out(reason, missing),
        opens_at=None if found.opens_at is None else rfc3339(branch.time_zone, found.opens_at),
    )


def _advised(
    fit: Mapping[str, _Fit], one: Ranked, ranked: list[Ranked], ties: list[str], city: City
) -> AdvisedBranch:
    this = fit[one.candidate.branch]
    branch, closes = this.load.branch, this.receiving.closes_at
    first = one is ranked[0]
    why = _why_first(ranked, ties, city) if first else _why_other(one, ranked[0], ties)
    return AdvisedBranch(
        branch=branch.branch,
        name=branch.name,
        address=branch.address,
        kind=branch.kind,
        demo=branch.demo,
        lat=branch.lat,
        lon=branch.lon,
        facilities=list(branch.facilities),
        travel_minutes=round(this.trip.minutes, 1),
        distance_km=round(this.trip.km, 2),
        by_matrix=this.trip.point is not None,
        arrives=rfc3339(branch.time_zone, this.arrives),
        wait=this.wait,
        door_to_desk=None if one.door_to_desk is None else round(one.door_to_desk, 1),
        closes_at=None if closes is None else rfc3339(branch.time_zone, closes),
        waiting=this.load.waiting,
        on_the_way=this.load.on_the_way,
        near_tie=len(ties) > 1 and branch.branch in ties,
        why=why,
    )


def _why_first(ranked: list[Ranked], ties: list[str], city: City) -> LocalText:
    """Why the first is the first: against the nearest of the others whose wait is known."""
    first, others = ranked[0], ranked[1:]
    if not others:
        return words.say(words.ONLY)
    here = first.candidate
    if here.expected_wait is None or here.wait is None:
        return words.say(words.NEAREST_UNKNOWN)
    known = [each for each in others if each.door_to_desk is not None]
    nearest = min(others, key=lambda each: each.candidate.travel_minutes)
    if nearest.candidate.travel_minutes >= here.travel_minutes:
        if here.wait[1] <= city.levels.moderate_minutes:
            return words.say(words.NEAR_AND_SHORT)
        waits = [each.candidate.expected_wait or 0.0 for each in known]
        shortest = here.expected_wait <= min(waits, default=0.0)
        return words.say(words.NEAR_AND_SHORTEST if shortest else words.NEAR_OUTWEIGHS)
    if not known:
        return words.say(words.ONLY_KNOWN)
    against = min(known, key=lambda each: each.candidate.travel_minutes)
    return _farther(first, against, city.branch(against.candidate.branch).name, ties)


def _farther(first: Ranked, against: Ranked, name: LocalText, ties: list[str]) -> LocalText:
    """Why it is worth to go farther than to a nearer branch."""
    here, there = first.candidate, against.candidate
    less = (there.expected_wait or 0.0) - (here.expected_wait or 0.0)
    far = here.travel_minutes - there.travel_minutes
    if far <= 0:
        return words.say(words.NEAR_AND_SHORTEST if less >= 0 else words.NEAR_OUTWEIGHS)
    if less > far:
        return words.say(words.FARTHER_BUT_SHORTER, name, far=far, less=less)
    return words.say(words.SHARED_OUT if there.branch in ties else words.NEAREST_MAY_CLOSE, name)


def _why_other(one: Ranked, first: Ranked, ties: list[str]) -> LocalText:
    """Why it is not the first."""
    here, best = one.candidate, first.candidate
    if one.door_to_desk is None or first.door_to_desk is None:
        return words.say(words.UNKNOWN)
    if here.branch in ties:
        return words.say(words.ABOUT_AS_QUICK)
    if one.cost > one.door_to_desk:
        return words.say(words.MAY_CLOSE)
    more = one.door_to_desk - first.door_to_desk
    farther = here.travel_minutes - best.travel_minutes >= more / 2
    return words.say(words.FARTHER if farther else words.LONGER_LINE, more=more)
