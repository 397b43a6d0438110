"""What a branch's record says for staffing: how long visitors take, who is gone, which desks are open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np

from balancer.city.definition import Branch, City
from balancer.messages import TicketStatus
from balancer.planning.past import SLOT_MINUTES, SLOTS, FloatArray, IntArray, open_share

if TYPE_CHECKING:
    from sqlalchemy import Engine


WEEKS = 6
PRIOR_VISITS = 20.0
USUAL_CV, LEAST_CV, MOST_CV = 0.9, 0.3, 1.6
LONGEST_MINUTES = 180.0
SHORTEST_MINUTES = 0.1
HALF_OPEN = 0.5


@dataclass(frozen=True)
class Service:
    """Minutes that a visitor holds a desk (the way to it included), their spread, and how many say so."""

    mean: float
    cv: float
    visits: int
    no_show: float


def service_of(engine: Engine | None, city: City, branch: Branch, today: date) -> Service:
    """Of the last weeks, leaning on the minutes that the city file names. A forgotten "finish" (over three
    hours) and spans that cannot be are left out.
    """
    prior = _prior(city, branch)
    if engine is None:
        return Service(prior, USUAL_CV, 0, 0.0)
    from balancer.archive.visits import leg_columns

    columns = ("state", "walk_ms", "service_ms")
    since = today - timedelta(days=7 * WEEKS)
    legs = leg_columns(engine, city.city, since, today, branch.branch, columns=columns)
    minutes = (np.nan_to_num(legs["walk_ms"].astype(float)) + legs["service_ms"].astype(float)) / 60_000
    kept = minutes[(minutes >= SHORTEST_MINUTES) & (minutes <= LONGEST_MINUTES)]
    missed = int((legs["state"] == TicketStatus.NO_SHOW).sum())
    no_show = missed / (missed + len(kept) + PRIOR_VISITS)
    mean = (kept.sum() + PRIOR_VISITS * prior) / (len(kept) + PRIOR_VISITS)
    cv = USUAL_CV
    if len(kept) > 1 and kept.mean() > 0:
        seen = float(kept.std(ddof=1) / kept.mean())
        cv = (len(kept) * seen + PRIOR_VISITS * USUAL_CV) / (len(kept) + PRIOR_VISITS)
    return Service(float(mean), float(np.clip(cv, LEAST_CV, MOST_CV)), len(kept), no_show)


def _prior(city: City, branch: Branch) -> float:
    minutes = [city.service(service).minutes for queue in branch.queues for service in queue.services]
    return float(np.mean(minutes)) if minutes else 15.0


def usual_desks(engine: Engine | None, city: City, branch: Branch, day: date, today: date) -> IntArray | None:
    """Desks open by half-hour (48,) on such a weekday, else on any day of the last weeks; None without a
    record.
    """
    if engine is None:
        return None
    by_day = _desks_by_day(engine, city, branch, today)
    if not by_day:
        return None
    same = [row for each, row in by_day.items() if each.weekday() == day.weekday()]
    rows = np.stack(same or list(by_day.values()))
    with np.errstate(all="ignore"):
        middle = np.array(
            [np.median(row[~np.isnan(row)]) if (~np.isnan(row)).any() else 0.0 for row in rows.T]
        )
    return np.round(middle).astype(np.int64)


def _desks_by_day(engine: Engine, city: City, branch: Branch, today: date) -> dict[date, FloatArray]:
    """Mean of the open desks by half-hour (48,), NaN where nothing was recorded, of days before today."""
    from balancer.archive.visits import local_minutes, minute_columns

    begin, end = (_midnight(branch, each) for each in (today - timedelta(days=7 * WEEKS), today))
    rows: dict[str, Any] = minute_columns(engine, city.city, begin, end, branch.branch)
    days, minutes = local_minutes(branch.time_zone, rows["minute"])
    slots = (minutes // SLOT_MINUTES).astype(int)
    found = {}
    for number in np.unique(days).tolist():
        mine = days == number
        seen = np.bincount(slots[mine], minlength=SLOTS)
        total = np.bincount(slots[mine], rows["desks_open"][mine].astype(float), minlength=SLOTS)
        if total.any():
            row = np.divide(total, seen, out=np.full(SLOTS, np.nan), where=seen > 0)
            found[date(1970, 1, 1) + timedelta(days=number)] = row
    return found


def _midnight(branch: Branch, day: date) -> int:
    zone = ZoneInfo(branch.time_zone)
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp() * 1000)


def all_desks(branch: Branch, day: date) -> IntArray:
    """Every desk of the branch in each half-hour (48,) in which it is open for half of it or longer."""
    return np.where(open_share(branch, day) >= HALF_OPEN, len(branch.desks), 0).astype(np.int64)
