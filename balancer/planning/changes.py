"""A what-if put to work: the plans of one or more branches, changed as the question says, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from balancer.city.definition import Branch, City
from balancer.messages.planning import ChangeView
from balancer.planning.past import IntArray
from balancer.planning.questions import Question, WhatIf, Window
from predictors.levelling import level_out, travel_minutes
from predictors.staffing import STEP_MINUTES, Load
from predictors.what_if import Span, busier, more_desks, with_alarm, with_desks

DAY_STEPS = 24 * 60 // STEP_MINUTES


@dataclass(frozen=True, eq=False)
class Plan:
    """A branch's day from minute `begin` after midnight on: what comes, and desks by step of five minutes.

    `desk_hours`: what is paid for, where that is not what the desks serve (an alarm); else None.
    """

    load: Load
    desks: IntArray
    begin: int
    desk_hours: float | None = None

    def span(self, window: Window) -> Span:
        """That window, counted from the day's first slot."""
        return Span(max(0, window.begin - self.begin), max(0, window.end - self.begin))


def change(city: City, plans: Mapping[str, Plan], question: Question) -> tuple[dict[str, Plan], float | None]:
    """The plans as the what-if has them, and how many a day go to other branches (None without advice).

    `plans` holds the question's branch and those that the change touches too. More or fewer visitors are this
    branch's; an alarm is the whole city's.
    """
    what_if, changed = question.what_if, dict(plans)
    changed[question.branch] = _here(plans[question.branch], what_if)
    if what_if.move_to in changed and what_if.move_to != question.branch:
        there = changed[what_if.move_to]
        changed[what_if.move_to] = replace(there, desks=more_desks(there.desks, what_if.move_count))
    elsewhere = None
    if what_if.adoption is not None:
        changed, elsewhere = _advised(city, changed, question.branch, what_if.adoption)
    if what_if.alarm is not None:
        for name, plan in changed.items():
            load, desks = with_alarm(plan.load, plan.desks, plan.span(what_if.alarm))
            hours = float(plan.desks.sum()) * STEP_MINUTES / 60
            changed[name] = replace(plan, load=load, desks=desks, desk_hours=hours)
    return changed, elsewhere


def _here(plan: Plan, what_if: WhatIf) -> Plan:
    load, desks = busier(plan.load, what_if.arrivals), plan.desks
    load = busier(load, what_if.rush, plan.span(what_if.rush_window) if what_if.rush_window else None)
    for each in what_if.desks:
        desks = with_desks(desks, each.count, plan.span(each.window))
    desks = more_desks(desks, what_if.extra_desk)
    if what_if.move_to is not None:
        desks = more_desks(desks, -what_if.move_count)
    return replace(plan, load=load, desks=desks)


def _advised(city: City, plans: dict[str, Plan], here: str, adoption: float) -> tuple[dict[str, Plan], float]:
    """Those who follow the advice go where way and wait are least. What is offered where is respected."""
    names = list(plans)
    arrivals, desks = np.zeros((2, len(names), DAY_STEPS))
    for row, name in enumerate(names):
        first = plans[name].begin // STEP_MINUTES
        arrivals[row, first : first + len(plans[name].desks)] = plans[name].load.by_step
        desks[row, first : first + len(plans[name].desks)] = plans[name].desks
    places = [city.branch(name) for name in names]
    moved = level_out(
        arrivals,
        desks,
        np.array([plans[name].load.service_mean for name in names]),
        travel_minutes(np.array([[place.lat, place.lon] for place in places])),
        np.array([[_offered(one, other) for other in places] for one in places]),
        adoption,
    )
    found = {}
    for row, name in enumerate(names):
        first = plans[name].begin // STEP_MINUTES
        mine = moved.arrivals[row, first : first + len(plans[name].desks)]
        load = replace(plans[name].load, arrivals=mine, slot_minutes=STEP_MINUTES)
        found[name] = replace(plans[name], load=load)
    return found, float(moved.left[names.index(here)])


def _offered(one: Branch, other: Branch) -> float:
    """Share of what the first offers that may be had at the other too."""
    services = [service for queue in one.queues for service in queue.services]
    return sum(other.queue_of(service) is not None for service in services) / max(len(services), 1)


def words(city: City, what_if: WhatIf) -> list[ChangeView]:
    """Each change in both languages."""
    found: list[ChangeView] = []

    def say(kind: str, uk: str, en: str) -> None:
        found.append(ChangeView(kind=kind, uk=uk, en=en))

    for each in what_if.desks:
        span = _clock(each.window)
        say("desks", f"{span}: відкрито місць {each.count}", f"{span}: {each.count} desks open")
    if what_if.extra_desk:
        say("extra_desk", f"місць: {what_if.extra_desk:+d}", f"desks: {what_if.extra_desk:+d}")
    if what_if.move_to is not None:
        name, count = city.branch(what_if.move_to).name, what_if.move_count
        say("move_to", f"перенести місць {count}: {name['uk']}", f"desks moved {count}: {name['en']}")
    if what_if.rush != 1.0:
        span = f" {_clock(what_if.rush_window)}" if what_if.rush_window else ""
        say("rush", f"наплив ×{what_if.rush:g}{span}", f"a rush ×{what_if.rush:g}{span}")
    if what_if.arrivals != 1.0:
        percent = f"{(what_if.arrivals - 1) * 100:+.0f} %"
        say("arrivals", f"прихід людей {percent}", f"visitors {percent}")
    if what_if.alarm is not None:
        span = _clock(what_if.alarm)
        say("alarm", f"повітряна тривога {span}", f"an air-raid alarm {span}")
    if what_if.adoption is not None:
        share = f"{what_if.adoption * 100:.0f} %"
        say("adoption", f"слухають поради {share}", f"{share} follow the advice")
    return found


def _clock(window: Window) -> str:
    return "–".join(f"{minute // 60}:{minute % 60:02}" for minute in (window.begin, window.end))
