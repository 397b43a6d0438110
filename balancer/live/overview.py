"""Every branch's day beside the others, and the city's sums, by the measures each supervisor sees. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from balancer.city.definition import City
from balancer.core.standard_shares import standard_shares
from balancer.live.measures_view import DayNow
from balancer.live.queue_waits import median
from balancer.messages.overview import BranchOverview, CitySums
from balancer.messages.supervisor import BranchMeasures

MINUTE_MS = 60_000


def branch_overview(day: DayNow, measures: BranchMeasures, alerts: int) -> BranchOverview:
    """One row; `alerts`: how many decisions wait."""
    branch, facts = day.load.branch, day.load.facts
    short = msgspec.structs.replace(measures, queues=[], desks=[])
    return BranchOverview(branch.branch, branch.name, branch.mode, facts.alarm, facts.power, alerts, short)


def city_sums(city: City, days: Iterable[DayNow], rows: Sequence[BranchOverview]) -> CitySums:
    """The live branches together."""
    live = [row for row in rows if row.mode == "live"]
    measures = [row.measures for row in live]
    records = [day.record for day in days if day.load.branch.is_public]
    waits = sorted(wait for each in records for queue in each.queues.values() for wait in queue.waits)
    services = sorted(span for each in records for queue in each.queues.values() for span in queue.services)
    middle = median(waits)
    longest = [each.longest_minutes for each in measures if each.longest_minutes is not None]
    return CitySums(
        waiting=sum(each.waiting for each in measures),
        longest_minutes=max(longest, default=None),
        issued=sum(each.issued for each in measures),
        called=len(waits),
        served=len(services),
        missed=sum(each.missed for each in measures),
        median_minutes=None if middle is None else _minutes(middle),
        mean_service_minutes=_minutes(sum(services) / len(services)) if services else None,
        desks_open=sum(each.desks_open for each in measures),
        desks_total=sum(each.desks_total for each in measures),
        over_red=sum(each.over_red for each in measures),
        alerts=sum(row.alerts for row in live),
        standards=standard_shares(city.standards, waits, services),
    )


def _minutes(ms: float) -> float:
    return round(ms / MINUTE_MS, 1)
