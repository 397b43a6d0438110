"""Replay: everybody ahead is given to the desks K times over, and the waits that come out are the range.

Those who wait go in calling order, each to the earliest free desk that has the skill and is on its plan. With
first come, first served and skills that is exact: whoever comes later cannot delay a ticket. Expected
visitors with a head start break it: in each sample they go before a ticket that is behind them in order if
they are there when it would be called. That is exact while all desks serve the same queues; a desk that only
the expected one can use is kept free for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from predictors.conformal import Quantiles
from predictors.laws import Law, left_over, normal_strata, strata
from predictors.replay_hall import (
    MOST_CELLS,
    NEVER,
    BoolArray,
    Hall,
    IntArray,
    minutes_of,
    moment,
    moments,
)
from predictors.service_times import Laws

FloatArray = NDArray[np.float64]

SAMPLES = 100
QUANTILES = (0.1, 0.5, 0.9)
FEWEST_SERVED = 0.5
"""A wait is given if at least this share of samples is called before the desks' last span ends; the range is
that of those called.
"""


@dataclass(frozen=True)
class DeskNow:
    """A desk: whom it may call (`queues`), when (`spans`, minutes of day), and what it has in hand.

    `service` None: nothing in hand. `elapsed`: minutes since the start; None: called, not started yet.
    """

    desk: str
    queues: frozenset[str]
    spans: tuple[tuple[float, float], ...]
    service: str | None = None
    elapsed: float | None = None


@dataclass(frozen=True)
class TicketNow:
    """A waiting ticket; `bound`: only that desk may call it."""

    ticket: str
    queue: str
    service: str
    bound: str | None = None


@dataclass(frozen=True)
class Expected:
    """Somebody who will come `at` that minute of day with that probability, and goes before all who joined
    after `at` − `head_start`.
    """

    queue: str
    service: str
    at: float
    head_start: float = 0.0
    probability: float = 1.0


@dataclass(frozen=True)
class BranchNow:
    """A branch at minute `now` of its day. `line` is in calling order.

    `arrived`: by ticket, the minute it counts as joined (its own head start taken off); whoever is not in it
    is overtaken by nobody.
    """

    branch: str
    now: float
    desks: tuple[DeskNow, ...]
    line: tuple[TicketNow, ...]
    expected: tuple[Expected, ...] = ()
    closes: float | None = None
    arrived: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Replayed:
    """Waits in minutes; None: no desk will serve it, or the evidence is thin.

    `tickets`: of everybody in the line. `next`: by queue, of one who joins now. `arriving`: by queue and
    minute of day, of one who joins then.
    """

    tickets: dict[str, Quantiles | None]
    next: dict[str, Quantiles | None]
    arriving: dict[tuple[str, float], Quantiles | None]


def replay(
    branch: BranchNow,
    times: Laws,
    rng: np.random.Generator,
    samples: int = SAMPLES,
    queues: Sequence[str] | None = None,
    at: Sequence[float] = (),
) -> Replayed:
    """The waits of all who wait, of one more in each of `queues` (None: all that the branch's desks serve or
    somebody waits in), and of one who comes at each minute of day in `at`.
    """
    if queues is None:
        served = {queue for desk in branch.desks for queue in desk.queues}
        queues = sorted(served | {ticket.queue for ticket in branch.line})
    if not branch.desks or not _all_known(branch, times):
        return Replayed(
            {ticket.ticket: None for ticket in branch.line},
            dict.fromkeys(queues),
            {(queue, moment_of_day): None for queue in queues for moment_of_day in at},
        )
    samples = max(1, min(samples, MOST_CELLS // len(branch.desks)))
    return _Replay(branch, times, rng, samples).run(queues, at)


def _all_known(branch: BranchNow, times: Laws) -> bool:
    """Whether there is evidence for every service in hand or waited for."""
    services = {desk.service for desk in branch.desks if desk.service is not None}
    services |= {ticket.service for ticket in branch.line}
    return all(times.known(service, branch.branch) for service in services)


class _Draw:
    """Draws of minutes that desks are taken, stratified over the samples."""

    def __init__(self, branch: BranchNow, times: Laws, rng: np.random.Generator, samples: int) -> None:
        self._branch, self._times, self._rng, self._samples = branch.branch, times, rng, samples
        self._hour = branch.now / 60.0 % 24.0
        self._walk = times.walk_minutes(branch.branch)
        self._missed = times.missed_minutes(branch.branch)
        self._laws: dict[str, Law] = {}
        self._doubt = rng.permutation(normal_strata(samples))

    def law(self, service: str) -> Law:
        """The service's law now."""
        if service not in self._laws:
            self._laws[service] = self._times.law(service, self._branch, self._hour)
        return self._laws[service]

    def lasting(self, services: Sequence[str]) -> FloatArray:
        """(len(services), K) minutes from each call to the end, no-shows among them."""
        names = sorted(set(services))
        place = {name: at for at, name in enumerate(names)}
        which = np.array([place[service] for service in services], dtype=np.intp)
        laws = [self.law(name) for name in names]
        strata_of = np.stack([law.mu + law.sigma * normal_strata(self._samples) for law in laws])
        doubts = np.array([law.doubt for law in laws])
        drawn = self._rng.permuted(strata_of[which], axis=1)
        drawn = np.minimum(np.exp(drawn + doubts[which, None] * self._doubt), 1e4) + self._walk
        missing = np.array([self._times.no_show(name, self._branch) for name in names])
        if missing.any():
            missed = self._rng.random(drawn.shape) < missing[which, None]
            drawn = np.where(missed, self._missed, drawn)
        return drawn

    def in_hand(self, desks: Sequence[DeskNow]) -> FloatArray:
        """(desks, K) minutes until each desk has finished what it has in hand; 0 if nothing."""
        left = np.zeros((len(desks), self._samples))
        called = [at for at, desk in enumerate(desks) if desk.service is not None and desk.elapsed is None]
        if called:
            left[called] = self.lasting([desks[at].service or "" for at in called])
        started = [at for at, desk in enumerate(desks) if desk.service and desk.elapsed is not None]
        if started:
            exponential = self._rng.permuted(
                np.broadcast_to(strata(self._samples), (len(started), self._samples)), axis=1
            )
            laws = [self.law(desks[at].service or "") for at in started]
            left[started] = left_over(laws, [desks[at].elapsed or 0.0 for at in started], exponential)
        return left


class _Coming:
    """An expected visitor in all samples: where it is still to come, and what it will take."""

    def __init__(self, expected: Expected, now: float, lasting: IntArray, coming: BoolArray) -> None:
        self.queue, self.lasting, self.coming = expected.queue, lasting, coming
        self.minutes = max(expected.at - now, 0.0)
        self.since = moment(self.minutes)
        self.order = expected.at - expected.head_start


class _Replay:
    """One run over a branch."""

    def __init__(self, branch: BranchNow, times: Laws, rng: np.random.Generator, samples: int) -> None:
        self._branch = branch
        self._draw = _Draw(branch, times, rng, samples)
        relative = [[(s - branch.now, e - branch.now) for s, e in desk.spans] for desk in branch.desks]
        self._hall = Hall(self._draw.in_hand(branch.desks), relative)
        self._rows: dict[tuple[str, str | None], IntArray] = {}
        self._coming: list[_Coming] = []
        if branch.expected:
            lasting = moments(self._draw.lasting([each.service for each in branch.expected]))
            for each, drawn in zip(branch.expected, lasting, strict=True):
                comes = rng.random(samples) < each.probability
                self._coming.append(_Coming(each, branch.now, drawn, comes))
        self._coming.sort(key=lambda each: each.minutes)
        self._found: list[IntArray] = []
        self._since: list[float] = []

    def run(self, queues: Sequence[str], at: Sequence[float]) -> Replayed:
        """The whole pass: the line, the next of each queue, then the day as it comes."""
        branch = self._branch
        self._serve_line()
        tickets: list[str] = [ticket.ticket for ticket in branch.line]
        for queue in queues:
            self._ask(queue, branch.now)
        moments_asked = sorted(set(at))
        for when in moments_asked:
            self._come_until(max(when - branch.now, 0.0))
            for queue in queues:
                self._ask(queue, max(when, branch.now))
        ranges = iter(_ranges(np.stack(self._found), np.array(self._since))) if self._found else iter(())
        return Replayed(
            {ticket: next(ranges) for ticket in tickets},
            {queue: next(ranges) for queue in queues},
            {(queue, when): next(ranges) for when in moments_asked for queue in queues},
        )

    def _serve_line(self) -> None:
        branch = self._branch
        if not branch.line:
            return
        drawn = moments(self._draw.lasting([ticket.service for ticket in branch.line]))
        for ticket, lasting in zip(branch.line, drawn, strict=True):
            start = self._start(ticket.queue, ticket.bound, branch.arrived.get(ticket.ticket, -np.inf))
            if start is not None:
                self._hall.take(start, lasting)
            self._keep(start, 0.0)

    def _ask(self, queue: str, minute: float) -> None:
        """The wait of one who joins at that minute of day; nobody is served."""
        self._keep(self._start(queue, None, minute), minute - self._branch.now)

    def _keep(self, start: IntArray | None, since: float) -> None:
        self._found.append(start if start is not None else np.full(self._hall.samples, NEVER))
        self._since.append(since)

    def _start(self, queue: str, bound: str | None, order: float) -> IntArray | None:
        """(K,) when the next in this queue is called, those before it in order let go first; None: by no
        desk.
        """
        rows = self._desks_of(queue, bound)
        if not len(rows):
            return None
        start = self._hall.earliest(rows)
        for coming in self._coming:
            if coming.order < order and np.intersect1d(rows, self._desks_of(coming.queue, None)).size:
                overtakes = coming.coming & (start >= coming.since)
                if overtakes.any():
                    self._serve(coming, overtakes)
                    start = self._hall.earliest(rows)
        return start

    def _serve(self, coming: _Coming, mask: BoolArray) -> None:
        rows = self._desks_of(coming.queue, None)
        if len(rows):
            self._hall.take_some(self._hall.earliest(rows, coming.since), coming.lasting, mask)
        coming.coming = coming.coming & ~mask

    def _come_until(self, minutes: float) -> None:
        """Let everybody come who is expected before that many minutes from now, and the desks idle till
        then.
        """
        while self._coming and self._coming[0].minutes < minutes:
            coming = self._coming.pop(0)
            self._hall.advance(coming.since)
            self._serve(coming, coming.coming)
        self._hall.advance(moment(minutes))

    def _desks_of(self, queue: str, bound: str | None) -> IntArray:
        """Rows of the desks that may call this queue, or of the one desk that may call this ticket."""
        key = (queue, bound)
        if key not in self._rows:
            able = [
                queue in desk.queues if bound is None else desk.desk == bound for desk in self._branch.desks
            ]
            self._rows[key] = np.flatnonzero(able)
        return self._rows[key]


def _ranges(found: IntArray, since: FloatArray) -> list[Quantiles | None]:
    """Quantiles of the waits in each row of moments (rows, K), of those samples that are called at all."""
    waits = np.sort(np.maximum(minutes_of(found) - since[:, None], 0.0), axis=1)
    served = np.isfinite(waits).sum(axis=1)
    place = np.array(QUANTILES) * (served[:, None] + 1.0) - 1.0
    place = np.clip(place, 0.0, np.maximum(served - 1, 0)[:, None])
    low = place.astype(np.intp)
    high = np.minimum(low + 1, np.maximum(served - 1, 0)[:, None])
    below, above = np.take_along_axis(waits, low, 1), np.take_along_axis(waits, high, 1)
    enough = served >= FEWEST_SERVED * found.shape[1]
    with np.errstate(invalid="ignore"):
        quantiles = below + (above - below) * (place - low)
    return [
        Quantiles(*row) if given else None
        for row, given in zip(quantiles.tolist(), enough.tolist(), strict=True)
    ]
