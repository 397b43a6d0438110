"""The next hour of a branch: how many will come, and how many its desks can serve. Pure.

Who comes: the usual arrivals of such a day at today's pace (`live.arrival_rates`). Whom the desks can serve:
their planned minutes (`live.branch_now`), each divided by the mean service of what it may call, weighted by
how much of that waits or will come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from balancer.city.hours import plan
from balancer.live.branch_load import BranchLoad
from balancer.live.branch_now import Tickets, branch_now
from balancer.live.learning import Learning
from balancer.live.wall_time import DayMinute, day_minute
from balancer.messages.supervisor import HourForecast
from predictors.wait import DeskNow

HOUR, STEP = 60.0, 15.0
MINUTE_MS = 60_000


def hour_forecast(
    load: BranchLoad, tickets: Tickets, learning: Learning, now: int, until: int | None = None
) -> HourForecast | None:
    """From city ms `now` for an hour or until closing; None while the branch is not serving."""
    if load.state in ("closed", "paused"):
        return None
    closes = plan(load.branch, now).closes_at if until is None else until
    minutes = HOUR if closes is None else min(HOUR, max(0.0, (closes - now) / MINUTE_MS))
    when = day_minute(load.branch.time_zone, now)
    queues = [each.queue for each in load.branch.queues]
    coming = {queue: _comes(load, learning, queue, when, minutes) for queue in queues}
    demand = {queue: coming[queue] + load.queues[queue].waiting for queue in queues}
    service = {
        each.queue: max(1.0, learning.service_minutes(load.branch.branch, each, when.hour))
        for each in load.branch.queues
    }
    desks = branch_now(load, tickets, learning, now).desks
    can_serve = sum(_serves(desk, demand, service, when.minute, minutes) for desk in desks)
    return HourForecast(round(sum(coming.values()), 1), round(can_serve, 1))


def _comes(load: BranchLoad, learning: Learning, queue: str, when: DayMinute, minutes: float) -> float:
    """Visitors to a queue, by quarters of an hour; nobody once no tickets are given out."""
    if load.state == "tickets_closed":
        return 0.0
    many, spent = 0.0, 0.0
    while spent < minutes:
        step = min(STEP, minutes - spent)
        at = when.minute + spent + step / 2
        many += step * learning.arrivals.rate(load.branch.branch, queue, when.day, when.minute, at)
        spent += step
    return many


def _serves(
    desk: DeskNow, demand: Mapping[str, float], service: Mapping[str, float], minute: float, within: float
) -> float:
    """Services that a desk can end from `minute` on."""
    open_minutes = sum(
        max(0.0, min(ends, minute + within) - max(begins, minute)) for begins, ends in desk.spans
    )
    skills: Sequence[str] = sorted(desk.queues & service.keys())
    if not skills or open_minutes <= 0.0:
        return 0.0
    weights = [demand[queue] for queue in skills]
    if sum(weights) <= 0.0:
        weights = [1.0] * len(skills)
    mean = sum(w * service[q] for w, q in zip(weights, skills, strict=True)) / sum(weights)
    return open_minutes / mean
