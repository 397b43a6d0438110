"""Desks that a day needs, the plan beside it, and what changes if the plan does."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from balancer.city.definition import Branch
from balancer.city.hours import rfc3339
from balancer.messages.planning import (
    Differences,
    DifferenceView,
    OtherBranch,
    OutcomeView,
    ServiceView,
    StaffingSlot,
    StaffingView,
    StandardView,
)
from balancer.planning.changes import Plan, change, words
from balancer.planning.forecasting import Known, clock, history_of, made, nothing_learned, reason
from balancer.planning.habits import Service, all_desks, service_of, usual_desks
from balancer.planning.past import SLOT_MINUTES, open_share
from balancer.planning.questions import Question
from predictors.arrivals import DayForecast
from predictors.staffing import STEP_MINUTES, STEPS, Load, Standard, by_step, desks_needed
from predictors.what_if import Days, Difference, Outcome, difference, live_through

if TYPE_CHECKING:
    from sqlalchemy import Engine

MOST_DAY_CV = 0.6
REMEMBERED = 128


@dataclass(frozen=True, eq=False)
class BranchPlan:
    """One branch's day: half-hours `first`..`last` (of 48) in which it is open, and what is planned there."""

    branch: Branch
    first: int
    last: int
    plan: Plan
    from_habit: bool
    service: Service


def staffing_view(known: Known, question: Question, engine: Engine | None) -> StaffingView:
    """The answer to `GET …/planner/staffing`."""
    branch = known.city.branch(question.branch)
    forecast = made(known, question.day)
    view = StaffingView(
        city=known.city.city,
        branch=branch.branch,
        made_at=rfc3339(known.city.time_zone, known.now_ms),
        demo=known.past.demo,
        history=history_of(known, branch.branch),
        date=question.day.isoformat(),
        standards=[StandardView(share=each.share, minutes=each.minutes) for each in question.standards],
        desks_max=len(branch.desks),
        repeats=question.repeats,
        seed=question.seed,
    )
    if forecast is None or branch.branch not in forecast.branches:
        view.state, view.reason = "empty", nothing_learned(known, branch.branch)
        return view
    day = branch_plan(known, branch, forecast, engine)
    if day is None:
        view.reason = reason("closed_day")
        return view
    _fill(view, known, question, day)
    if question.what_if.changes_anything:
        others = _others(known, question, forecast, engine)
        _compare(view, known, question, day, others)
    return view


def branch_plan(
    known: Known, branch: Branch, forecast: DayForecast, engine: Engine | None
) -> BranchPlan | None:
    """What is expected and planned there; None on a day on which it is closed."""
    opened = np.flatnonzero(open_share(branch, forecast.day))
    mean = forecast.branches[branch.branch].mean
    if not len(opened) or mean.sum() <= 0:
        return None
    first, last = int(opened[0]), int(opened[-1])
    service = service_of(engine, known.city, branch, known.today)
    usual = usual_desks(engine, known.city, branch, forecast.day, known.today)
    desks = (all_desks(branch, forecast.day) if usual is None else usual)[first : last + 1]
    load = Load(
        arrivals=mean[first : last + 1],
        service_mean=service.mean,
        service_cv=service.cv,
        day_cv=min(math.sqrt(forecast.spread[branch.branch]), MOST_DAY_CV),
        no_show=service.no_show,
    )
    plan = Plan(load, by_step(desks, len(load.by_step)), first * SLOT_MINUTES)
    return BranchPlan(branch, first, last, plan, usual is not None, service)


def _fill(view: StaffingView, known: Known, question: Question, day: BranchPlan) -> None:
    """Need and plan by half-hour, and how the plan fares."""
    service = day.service
    view.service = ServiceView(mean=round(service.mean, 2), cv=round(service.cv, 2), visits=service.visits)
    view.plan_from = "habit" if day.from_habit else "all_desks"
    standards = _standards(question)
    load = day.plan.load
    need = _need(_frozen(load), standards[0], question.seed)
    view.slots = [
        StaffingSlot(
            at=clock(day.first + at),
            arrivals=round(float(load.arrivals[at]), 2),
            need=int(need[at]),
            plan=int(day.plan.desks[at * STEPS]),
        )
        for at in range(len(load.arrivals))
    ]
    view.plan = outcome_view(_live(day.plan, question).outcome)


def _others(
    known: Known, question: Question, forecast: DayForecast, engine: Engine | None
) -> dict[str, BranchPlan]:
    """The other branches that the change touches: where a desk goes, or all that advice may name."""
    what_if = question.what_if
    if what_if.move_to is not None:
        known.city.branch(what_if.move_to)
    wanted = [
        branch
        for branch in known.city.branches
        if branch.branch != question.branch
        and ((what_if.adoption is not None and branch.is_public) or branch.branch == what_if.move_to)
        and branch.branch in forecast.branches
    ]
    found = {branch.branch: branch_plan(known, branch, forecast, engine) for branch in wanted}
    return {branch: plan for branch, plan in found.items() if plan is not None}


def _compare(
    view: StaffingView, known: Known, question: Question, day: BranchPlan, others: dict[str, BranchPlan]
) -> None:
    """The same days with the change, here and in the branches that it touches."""
    plans = {question.branch: day.plan} | {name: each.plan for name, each in others.items()}
    changed, elsewhere = change(known.city, plans, question)
    before = {name: _live(plan, question) for name, plan in plans.items()}
    after = {name: _live(plan, question) for name, plan in changed.items()}
    here, there = before[question.branch], after[question.branch]
    view.plan, view.what_if = outcome_view(here.outcome), outcome_view(there.outcome)
    view.what_if.elsewhere = None if elsewhere is None else round(elsewhere, 1)
    view.changes = words(known.city, question.what_if)
    view.difference = _differences(here, there)
    for at, slot in enumerate(view.slots):
        slot.what_if = round(float(changed[question.branch].desks[at * STEPS : (at + 1) * STEPS].mean()))
    view.others = [
        OtherBranch(
            branch=name,
            name=each.branch.name,
            plan=outcome_view(before[name].outcome),
            what_if=outcome_view(after[name].outcome),
        )
        for name, each in others.items()
    ]
    if question.what_if.adoption is not None:
        _worst(view.plan, before)
        _worst(view.what_if, after)


def _worst(view: OutcomeView, days: dict[str, Days]) -> None:
    name = max(days, key=lambda each: np.nan_to_num(days[each].outcome.p90, nan=0.0))
    view.worst_branch, view.worst_p90 = name, figure(days[name].outcome.p90)


def _standards(question: Question) -> list[Standard]:
    return [Standard(each.share, each.minutes) for each in question.standards]


class _Frozen(NamedTuple):
    """A load by which an answer is remembered: sliders move one thing and ask for all of it again."""

    arrivals: tuple[float, ...]
    service_mean: float
    service_cv: float
    day_cv: float
    no_show: float
    slot_minutes: int

    @property
    def load(self) -> Load:
        """The load that it stands for."""
        return Load(np.array(self.arrivals), *self[1:])


def _frozen(load: Load) -> _Frozen:
    rest = (load.service_mean, load.service_cv, load.day_cv, load.no_show, load.slot_minutes)
    return _Frozen(tuple(load.arrivals.tolist()), *rest)


@lru_cache(maxsize=REMEMBERED)
def _need(load: _Frozen, standard: Standard, seed: int) -> tuple[int, ...]:
    return tuple(desks_needed(load.load, standard, seed=seed).tolist())


@lru_cache(maxsize=REMEMBERED)
def _days(
    load: _Frozen, desks: tuple[int, ...], standards: tuple[Standard, ...], seed: int, repeats: int
) -> Days:
    closes = len(desks) * STEP_MINUTES
    return live_through(load.load, desks, standards, closes=closes, seed=seed, repeats=repeats)


def _live(plan: Plan, question: Question) -> Days:
    standards, desks = tuple(_standards(question)), tuple(plan.desks.tolist())
    days = _days(_frozen(plan.load), desks, standards, question.seed, question.repeats)
    return days if plan.desk_hours is None else replace(days, desk_hours=plan.desk_hours)


def outcome_view(outcome: Outcome) -> OutcomeView:
    """As it goes over the wire: rounded, null for what never happens."""
    return OutcomeView(
        p50=figure(outcome.p50),
        p90=figure(outcome.p90),
        within=[figure(each, 4) for each in outcome.within],
        visitors=round(outcome.visitors, 1),
        unserved=round(outcome.unserved, 1),
        desk_hours=round(outcome.desk_hours, 1),
        overtime=round(outcome.overtime, 1),
    )


def figure(value: float, digits: int = 2) -> float | None:
    """Rounded; None for what is not finite."""
    return round(value, digits) if math.isfinite(value) else None


def _differences(plan: Days, other: Days) -> Differences:
    hours = other.desk_hours - plan.desk_hours
    return Differences(
        p50=_difference(difference(plan.p50, other.p50)),
        p90=_difference(difference(plan.p90, other.p90)),
        within=[
            _difference(difference(mine, its), 4) for mine, its in zip(plan.within, other.within, strict=True)
        ],
        desk_hours=DifferenceView(value=round(hours, 1), chance=0.0),
    )


def _difference(each: Difference, digits: int = 2) -> DifferenceView:
    return DifferenceView(value=figure(each.value, digits), chance=figure(each.chance, digits))
