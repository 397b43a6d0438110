"""The product's own forecasts of a synthetic city, made from what the live system sees and nothing else.

It learns from the events of the day as they pass: calls, starts, finishes, desks that open and pause. Service
laws, desk plan and conformal correction start empty and are kept from day to day, as the server keeps them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from predictors.conformal import Conformal, Quantiles
from predictors.desk_habits import REST_LEAST
from predictors.desk_plan import DeskPlan
from predictors.known_times import Laws
from predictors.service_times import ServiceTimes
from predictors.synthetic import CLOSES, NAMES, OPENS, FloatArray
from predictors.synthetic_day import BranchDay
from predictors.synthetic_view import Moment, View, look
from predictors.throughput import Throughput
from predictors.wait import SAMPLES, BranchNow, DeskNow, TicketNow, replay

PRIOR_MINUTES = 15.0
UNKNOWN = Quantiles(np.nan, np.nan, np.nan)

Spans = tuple[tuple[float, float], ...]
PlanOf = Callable[[View, int], Spans]


class Event(NamedTuple):
    """What the system hears at a minute of the day: `teach` takes it in."""

    minute: float
    teach: Callable[[], None]


class Product:
    """One city's predictors under way. `laws` and `plan`, if given, replace what is learned (ablations)."""

    def __init__(
        self, seed: int, samples: int = SAMPLES, laws: Laws | None = None, plan: PlanOf | None = None
    ) -> None:
        self.times = ServiceTimes({}, PRIOR_MINUTES)
        self.plan = DeskPlan()
        self.throughput = Throughput()
        self.corrections: dict[str, Conformal] = {}
        self._laws: Laws = laws or self.times
        self._plan_of = plan or self._learned_plan
        self._samples = samples
        self._rng = np.random.default_rng([seed, 11])

    def live(self, days: Sequence[BranchDay], asked: Sequence[Moment]) -> FloatArray:
        """One day in all branches: learn up to each moment, answer it; p10, p50, p90 before the correction
        (n, 3), NaN where the evidence is thin. Moments may come in any order; the day is learned to its end.
        """
        events = sorted((event for day in days for event in self._heard(day)), key=lambda each: each.minute)
        found = np.full((len(asked), 3), np.nan)
        taught = 0
        for place in sorted(range(len(asked)), key=lambda at: asked[at].now):
            while taught < len(events) and events[taught].minute <= asked[place].now:
                events[taught].teach()
                taught += 1
            found[place] = self.answer(asked[place])
        for event in events[taught:]:
            event.teach()
        return found

    def answer(self, moment: Moment) -> Quantiles:
        """The replay's range for the moment's ticket; NaN where it has none."""
        branch = self.branch_now(look(moment.day, moment.now))
        shown = replay(branch, self._laws, self._rng, self._samples, queues=()).tickets[str(moment.ticket)]
        return UNKNOWN if shown is None else shown

    def corrected(self, moments: Sequence[Moment], raw: FloatArray) -> FloatArray:
        """Ranges after the branches' conformal corrections as they stand now (n, 3)."""
        shown = raw.copy()
        for place, moment in enumerate(moments):
            if not np.isnan(raw[place]).any():
                shown[place] = self._correction(moment.day).adjust(Quantiles(*raw[place].tolist()))
        return shown

    def compare(self, moments: Sequence[Moment], raw: FloatArray) -> None:
        """Teach the corrections what followed; call it when the day is over."""
        for moment, row in zip(moments, raw, strict=True):
            if not np.isnan(row).any():
                self._correction(moment.day).observe(Quantiles(*row.tolist()), moment.actual)

    def _correction(self, day: BranchDay) -> Conformal:
        return self.corrections.setdefault(day.spec.branch, Conformal())

    def branch_now(self, view: View) -> BranchNow:
        """What the replay is told of the branch."""
        day = view.day
        names = [NAMES[queue] for queue in day.queue]
        desks = tuple(
            DeskNow(
                spec.desk,
                frozenset(NAMES[queue] for queue in spec.queues),
                self._plan_of(view, place),
                None if seen.ticket is None else names[seen.ticket],
                None if seen.ticket is None else seen.elapsed,
                let_wait(view, place),
            )
            for place, (spec, seen) in enumerate(zip(day.spec.desks, view.desks, strict=True))
        )
        line = tuple(TicketNow(str(i), names[i], names[i]) for i in view.waiting.tolist())
        return BranchNow(day.spec.branch, view.now, desks, line, closes=CLOSES)

    def _learned_plan(self, view: View, desk: int) -> Spans:
        spec = view.day.spec
        open_now = not view.at_lunch(desk)
        return self.plan.spans(spec.branch, spec.desks[desk].desk, view.now, CLOSES, open_now)

    def _heard(self, day: BranchDay) -> Iterator[Event]:
        """Everything that the day's log would hold and a predictor learns from."""
        clock = {name: day.branch_time(getattr(day, name)) for name in ("called", "started", "finished")}
        for ticket, queue in enumerate(day.queue.tolist()):
            came = not day.missed[ticket]
            until = clock["started" if came else "finished"][ticket]
            walk = float(until - clock["called"][ticket])
            heard_at = float(day.started[ticket] if came else day.finished[ticket])
            yield Event(heard_at, self._call_of(day, NAMES[queue], not came, walk))
            if came:
                minutes = float(clock["finished"][ticket] - clock["started"][ticket])
                yield Event(
                    float(day.finished[ticket]), self._service_of(day, NAMES[queue], heard_at / 60.0, minutes)
                )
        for minute, gap in gaps(day):
            yield Event(minute, self._gap_of(day, gap))
        for desk, minute, opened in desk_changes(day):
            yield Event(minute, self._change_of(day, desk, minute, opened))

    def _call_of(self, day: BranchDay, service: str, missed: bool, walk: float) -> Callable[[], None]:
        return lambda: self.times.observe_call(service, day.spec.branch, missed, walk)

    def _service_of(self, day: BranchDay, service: str, hour: float, minutes: float) -> Callable[[], None]:
        return lambda: self.times.observe(service, day.spec.branch, hour, minutes, day=day.day)

    def _gap_of(self, day: BranchDay, minutes: float) -> Callable[[], None]:
        return lambda: self.times.observe_rest(day.spec.branch, minutes)

    def _change_of(self, day: BranchDay, desk: str, minute: float, opened: bool) -> Callable[[], None]:
        return lambda: self.plan.observe(day.spec.branch, desk, day.day, minute, opened)


def let_wait(view: View, desk: int) -> float | None:
    """For how many minutes the desk, free and open, has let somebody wait whom it may call, at least what
    counts as a rest: here a desk that is not away calls at once. None: it has not.
    """
    seen = view.desks[desk]
    if not view.resting(desk):
        return None
    may = view.day.spec.desks[desk].queues
    able = [int(ticket) for ticket in view.waiting if int(view.day.queue[ticket]) in may]
    begin, now = view.day.branch_time(np.array([view.day.arrived[min(able)], view.now]))
    waited = float(now - begin)
    return max(waited if seen.elapsed is None else min(waited, seen.elapsed), REST_LEAST)


def gaps(day: BranchDay) -> Iterator[tuple[float, float]]:
    """(minute of the call, branch minutes from the desk's finish before) where somebody waited at that finish
    whom the desk could have called, and the ticket called had to wait: the desk came back at that minute.

    Lunches are no gaps. A gap whose line was served by others meanwhile counts too, or long ones would be
    missed more often than short ones.
    """
    for place, desk in enumerate(day.spec.desks):
        had = np.flatnonzero(day.desk == place)
        had = had[np.argsort(day.called[had])]
        finished, called = day.finished[had[:-1]], day.called[had[1:]]
        lunch = (finished < desk.lunch[1]) & (called >= desk.lunch[0])
        may = np.isin(day.queue, list(desk.queues))
        arrived, gone = np.sort(day.arrived[may]), np.sort(day.called[may])
        line = np.searchsorted(arrived, finished, "right") > np.searchsorted(gone, finished, "left")
        stood = line & (day.arrived[had[1:]] < called) & ~lunch
        minutes = day.branch_time(called) - day.branch_time(finished)
        yield from zip(called[stood].tolist(), minutes[stood].tolist(), strict=True)


def desk_changes(day: BranchDay) -> Iterator[tuple[str, float, bool]]:
    """(desk, minute, open) when a desk opens in the morning, goes to lunch, comes back and closes."""
    ends = max(CLOSES, float(np.max(day.finished, initial=CLOSES)))
    for place, desk in enumerate(day.spec.desks):
        begin, end = desk.lunch
        in_hand = (day.desk == place) & (day.called < begin) & (day.finished > begin)
        leaves = float(day.finished[in_hand].max()) if in_hand.any() else begin
        yield desk.desk, OPENS, True
        if leaves < end:
            yield desk.desk, leaves, False
            yield desk.desk, end, True
        yield desk.desk, ends, False
