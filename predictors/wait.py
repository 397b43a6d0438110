"""Replay: everybody ahead is given to the desks K times over, and the waits that come out are the range.

Those who wait go in calling order, each to the earliest free desk that has the skill and is on its plan. With
first come, first served and skills that is exact: whoever comes later cannot delay a ticket. Expected
visitors with a head start break it: in each sample they go before a ticket that is behind them in order if
they are there when it would be called. That is exact while all desks serve the same queues; a desk that only
the expected one can use is kept free for it.

A step costs about 15 µs, whatever K is (up to a few hundred), so a long line is shortened: from position 100
on, neighbours in one queue are called together, the more of them the further behind (one in a hundred of the
tickets ahead, at most half of their desks), and their own waits are interpolated. 300 waiting at ten desks
take about 190 steps. After MOST_STEPS nothing is told: that is a day's work and more.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from predictors.branch_now import BranchNow, DeskNow, Expected, Replayed, TicketNow
from predictors.conformal import Quantiles
from predictors.replay_draws import Draws
from predictors.replay_hall import MOST_CELLS, NEVER, BoolArray, Hall, IntArray, durations, minutes_of, moment
from predictors.replay_line import Group, grouped, spread
from predictors.service_times import Laws

__all__ = ["BranchNow", "DeskNow", "Expected", "Quantiles", "Replayed", "TicketNow", "replay"]

FloatArray = NDArray[np.float64]

Skill = tuple[str, str | None]
"""A queue, and the desk that a ticket is bound to."""

SAMPLES = 100
MOST_STEPS = 250
FEWEST_SERVED = 0.5
"""A wait is given if at least this share of samples is called before the desks' last span ends; the range is
that of those called.
"""

_PLACES = np.array([0.1, 0.5, 0.9])


def replay(
    branch: BranchNow,
    times: Laws,
    rng: np.random.Generator,
    samples: int = SAMPLES,
    queues: Sequence[str] | None = None,
    at: Sequence[float] = (),
) -> Replayed:
    """The waits of all who wait, of one more in each of `queues` (None: all that the branch's desks serve or
    somebody waits in), and of one who comes at each minute of day in `at` (before now: now).

    Nothing is told (None) where `times` does not know a service in hand or waited for.
    """
    if queues is None:
        served = {queue for desk in branch.desks for queue in desk.queues}
        queues = sorted(served | {ticket.queue for ticket in branch.line})
    if not branch.desks or not _all_known(branch, times):
        return Replayed(
            {ticket.ticket: None for ticket in branch.line},
            dict.fromkeys(queues),
            {(queue, when): None for queue in queues for when in at},
        )
    samples = max(1, min(samples, MOST_CELLS // len(branch.desks)))
    return _Replay(branch, times, rng, samples).run(queues, at)


def _all_known(branch: BranchNow, times: Laws) -> bool:
    """Whether there is evidence for every service in hand or waited for."""
    services = {desk.service for desk in branch.desks if desk.service is not None}
    services |= {ticket.service for ticket in branch.line}
    return all(times.known(service, branch.branch) for service in services)


class _Coming:
    """An expected visitor in all samples: in which it is still to come, and how long it will take a desk."""

    __slots__ = ("queue", "lasting", "still", "left", "minutes", "since", "order")

    def __init__(self, expected: Expected, now: float, lasting: IntArray, still: BoolArray) -> None:
        self.queue, self.lasting, self.still = expected.queue, lasting, still
        self.left = bool(np.count_nonzero(still))
        self.minutes = max(expected.at - now, 0.0)
        self.since = moment(self.minutes)
        self.order = expected.at - max(expected.head_start, 0.0)


class _Replay:
    """One run over a branch."""

    def __init__(self, branch: BranchNow, times: Laws, rng: np.random.Generator, samples: int) -> None:
        self._branch = branch
        desks, line = branch.desks, branch.line
        expected = sorted(branch.expected, key=lambda each: each.at)
        called = [desk.service for desk in desks if desk.service is not None and desk.elapsed is None]
        services = [*called, *(each.service for each in line), *(each.service for each in expected)]
        draws = Draws(branch.branch, branch.now, times, rng, samples)
        drawn = draws.lasting(services) if services else np.empty((0, samples))
        self._lasting = durations(drawn[len(called) :])
        relative = [[(s - branch.now, e - branch.now) for s, e in desk.spans] for desk in desks]
        self._hall = Hall(_in_hand(desks, draws, drawn[: len(called)]), relative)
        self._rows: dict[Skill, tuple[IntArray, int]] = {}
        self._found: list[IntArray] = []
        self._since: list[float] = []
        self._too_long = False
        self._coming = _expect(expected, branch.now, self._lasting[len(line) :], rng)
        self._first_order = min((each.order for each in self._coming), default=np.inf)

    def run(self, queues: Sequence[str], at: Sequence[float]) -> Replayed:
        """The whole pass: the line, the next of each queue, then the day as it comes."""
        branch = self._branch
        groups = self._serve_line()
        for queue in queues:
            self._ask(queue, branch.now)
        whens = sorted(set(at))
        for when in whens:
            self._come_until(max(when - branch.now, 0.0))
            for queue in queues:
                self._ask(queue, max(when, branch.now))
        ranges = _ranges(self._found, self._since)
        heads, asked = ranges[: len(groups)], iter(ranges[len(groups) :])
        following = {queue: next(asked) for queue in queues}
        arriving = {(queue, when): next(asked) for when in whens for queue in queues}
        return Replayed(
            spread(groups, heads, following, branch.line),
            {queue: self._while_open(branch.now, found) for queue, found in following.items()},
            {key: self._while_open(key[1], found) for key, found in arriving.items()},
        )

    def _while_open(self, when: float, found: Quantiles | None) -> Quantiles | None:
        closes = self._branch.closes
        return None if closes is not None and when >= closes else found

    def _serve_line(self) -> list[Group]:
        """Give everybody who waits to a desk, and keep when the head of each group is called."""
        branch = self._branch
        if not branch.line:
            return []
        drawn = self._lasting
        able = [len(self._desks_of(ticket.queue, ticket.bound)[0]) for ticket in branch.line]
        groups = grouped(branch.line, able)
        for step, group in enumerate(groups):
            if step >= MOST_STEPS:
                self._too_long = True
            if self._too_long:
                self._keep(None, 0.0)
                continue
            head = group.places[0]
            start = self._start(
                group.queue, group.bound, branch.arrived.get(branch.line[head].ticket, -np.inf)
            )
            if start is not None and len(group.places) == 1:
                self._hall.take(start, drawn[head])
            elif start is not None:
                self._hall.take_many(self._desks_of(group.queue, group.bound)[0], drawn[group.places])
            self._keep(start, 0.0)
        return groups

    def _ask(self, queue: str, minute: float) -> None:
        """The wait of one who joins at that minute of day; nobody is served."""
        start = None if self._too_long else self._start(queue, None, minute)
        self._keep(start, minute - self._branch.now)

    def _keep(self, start: IntArray | None, since: float) -> None:
        self._found.append(start if start is not None else np.full(self._hall.samples, NEVER))
        self._since.append(since)

    def _start(self, queue: str, bound: str | None, order: float) -> IntArray | None:
        """(K,) when the next in this queue is called, once those before it in order are served; None: by no
        desk.
        """
        rows, mask = self._desks_of(queue, bound)
        if not mask:
            return None
        start = self._hall.earliest(rows)
        if self._first_order >= order:
            return start
        latest = int(start.max())
        for coming in self._coming:
            if coming.since > latest:
                break
            if coming.order < order and coming.left and mask & self._desks_of(coming.queue, None)[1]:
                overtakes = coming.still & (start >= coming.since)
                if np.count_nonzero(overtakes):
                    self._serve(coming, overtakes)
                    start = self._hall.earliest(rows)
                    latest = int(start.max())
        return start

    def _serve(self, coming: _Coming, samples: BoolArray) -> None:
        rows, mask = self._desks_of(coming.queue, None)
        if mask:
            start = self._hall.earliest_since(rows, coming.since)
            self._hall.take(start[samples], coming.lasting[samples])
        coming.still = coming.still & ~samples
        coming.left = bool(np.count_nonzero(coming.still))

    def _come_until(self, minutes: float) -> None:
        """Let everybody come who is expected before that many minutes from now, and the desks idle till
        then.
        """
        while self._coming and self._coming[0].minutes < minutes:
            coming = self._coming.pop(0)
            self._hall.advance(coming.since)
            self._serve(coming, coming.still)
        self._hall.advance(moment(minutes))

    def _desks_of(self, queue: str, bound: str | None) -> tuple[IntArray, int]:
        """Rows of the desks that may call this queue (or of the one that may call it), also as bits."""
        key = (queue, bound)
        if key not in self._rows:
            desks = enumerate(self._branch.desks)
            if bound is None:
                rows = [row for row, desk in desks if queue in desk.queues]
            else:
                rows = [row for row, desk in desks if desk.desk == bound]
            self._rows[key] = np.array(rows, dtype=np.int64), sum(1 << row for row in rows)
        return self._rows[key]


def _expect(
    expected: Sequence[Expected], now: float, lasting: IntArray, rng: np.random.Generator
) -> list[_Coming]:
    """Those who will come, the soonest first, in those samples in which they do."""
    if not expected:
        return []
    still = rng.random(lasting.shape) < np.array([each.probability for each in expected])[:, None]
    return [_Coming(each, now, lasting[row], still[row]) for row, each in enumerate(expected)]


def _in_hand(desks: Sequence[DeskNow], draws: Draws, called: FloatArray) -> FloatArray:
    """(desks, K) minutes until each desk is done with what it does now; `called`: drawn for those who are
    only called.
    """
    left = np.zeros((len(desks), called.shape[1]))
    left[[row for row, desk in enumerate(desks) if desk.service is not None and desk.elapsed is None]] = (
        called
    )
    started = [(row, desk.service, desk.elapsed) for row, desk in enumerate(desks)
               if desk.service is not None and desk.elapsed is not None]  # fmt: skip
    if started:
        rows, services, elapsed = zip(*started, strict=True)
        left[list(rows)] = draws.started(services, elapsed)
    resting = [
        (row, desk.idle) for row, desk in enumerate(desks) if desk.service is None and desk.idle is not None
    ]
    if resting:
        rows, idle = zip(*resting, strict=True)
        left[list(rows)] = draws.resting(idle)
    return left


def _ranges(found: Sequence[IntArray], since: Sequence[float]) -> list[Quantiles | None]:
    """Quantiles of the waits in each row of moments, of those samples that are called at all."""
    if not found:
        return []
    called = np.array(found)
    called.sort(axis=1)
    served = (called < NEVER).sum(axis=1)
    last = np.maximum(served - 1, 0)[:, None]
    place = np.minimum(np.maximum(_PLACES * (served[:, None] + 1.0) - 1.0, 0.0), last)
    low = place.astype(np.intp)
    row = np.arange(len(called))[:, None]
    ends = minutes_of(called[row[:, :, None], np.stack([low, np.minimum(low + 1, last)], axis=-1)])
    below, above = ends[..., 0], ends[..., 1]
    enough = served >= FEWEST_SERVED * called.shape[1]
    with np.errstate(invalid="ignore"):
        quantiles = np.maximum(below + (above - below) * (place - low) - np.array(since)[:, None], 0.0)
    return [
        Quantiles(*row) if given else None
        for row, given in zip(quantiles.tolist(), enough.tolist(), strict=True)
    ]
