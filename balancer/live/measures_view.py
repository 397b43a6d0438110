"""The measures of a branch's day as they leave the server: `BranchMeasures` and `DeskDay`. Pure.

What happened comes from the day's record, what is now from the board. Who asks pays: one pass over the
branch's own line, nothing an event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from balancer.city.definition import City
from balancer.city.hours import rfc3339
from balancer.core.standard_shares import standard_shares, wait_standard
from balancer.core.views import branch_time, current_leg
from balancer.live.branch_load import BranchLoad
from balancer.live.branch_record import BranchRecord
from balancer.live.desk_spans import DeskSpans
from balancer.live.heat import past_cells
from balancer.live.queue_waits import QueueWaits, median
from balancer.messages import TicketState, TicketStatus, Wait
from balancer.messages.supervisor import (
    BranchMeasures,
    DaySpan,
    DeskDay,
    HallLoad,
    HeatRow,
    HourForecast,
    QueueDay,
)

MINUTE_MS = 60_000
Tickets = Mapping[str, TicketState]
Waits = Mapping[str, Wait | None]


@dataclass(frozen=True)
class DayNow:
    """One branch's day at city ms `now`: its record, its load, and the tickets that the load names."""

    city: City
    load: BranchLoad
    tickets: Tickets
    record: BranchRecord
    now: int
    known_from: int = 0

    @property
    def here(self) -> int:
        """Branch time (ms)."""
        return branch_time(self.load.facts, self.now)

    def waited(self, ticket: TicketState) -> int:
        """How long (ms) a waiting ticket has waited today."""
        leg = current_leg(ticket)
        return 0 if leg is None else self.record.waited(leg, self.here)

    def line(self) -> list[TicketState]:
        """Everybody who waits, in calling order."""
        return [self.tickets[each] for each in self.load.calling_order() if each in self.tickets]

    def service_ms(self, desk: str) -> int | None:
        """For how long the ticket in hand at a desk has been served, earlier parts of it included."""
        state = self.load.desks.get(desk)
        ticket = self.tickets.get(state.ticket or "") if state is not None else None
        if ticket is None or ticket.state is not TicketStatus.SERVING:
            return None
        leg = current_leg(ticket)
        return max(0, self.here - ticket.since) + (leg.service_ms or 0 if leg is not None else 0)

    @property
    def red_ms(self) -> float:
        """Above this a service is too long (ms)."""
        return self.load.branch.policy.service_red_minutes * MINUTE_MS

    def instant(self, at: int) -> str:
        """A city instant as it leaves the server."""
        return rfc3339(self.load.branch.time_zone, at)


def desk_day(day: DayNow, desk: str, *, spans: bool = False) -> DeskDay:
    """A desk's day up to now; with `spans` its stretches too."""
    found = day.record.desks.get(desk) or DeskSpans()
    in_hand = day.service_ms(desk)
    over_now = in_hand is not None and in_hand > day.red_ms
    since = found.nonstop_since
    return DeskDay(
        desk=desk,
        busy_minutes=_minutes(found.spent("busy", day.now)),
        idle_minutes=_minutes(found.spent("idle", day.now)),
        paused_minutes=_minutes(found.spent("paused", day.now)),
        done=len(found.services),
        mean_service_minutes=_mean(found.services),
        over_red=found.over(round(day.red_ms)) + over_now,
        over_red_now=over_now,
        nonstop_minutes=0.0 if since is None else _minutes(max(0, day.now - since)),
        spans=[DaySpan(day.instant(s.begins), day.instant(s.ends), s.kind) for s in found.stretches(day.now)]
        if spans
        else [],
    )


def queue_day(day: DayNow, queue: str, line: list[TicketState], wait: Wait | None) -> QueueDay:
    """A queue's day; `line`: who waits in it, `wait`: of one who joins."""
    found = day.record.queues.get(queue) or QueueWaits()
    waited = {ticket.number: day.waited(ticket) for ticket in line}
    longest = max(waited, key=lambda number: waited[number], default=None)
    promised = wait_standard(day.city.standards)
    target = promised.target_minutes if promised else float("inf")
    guaranteed = promised.guaranteed_minutes if promised else float("inf")
    return QueueDay(
        queue=queue,
        waiting=len(line),
        longest_minutes=None if longest is None else _minutes(waited[longest]),
        longest=longest,
        over_target=sum(each > target * MINUTE_MS for each in waited.values()),
        over_guaranteed=sum(each > guaranteed * MINUTE_MS for each in waited.values()),
        issued=found.issued,
        called=len(found.waits),
        served=len(found.services),
        median_minutes=_maybe(median(found.waits)),
        standards=standard_shares(day.city.standards, found.waits, found.services),
        wait=wait,
        desks_open=len(day.load.open_desks(queue)),
    )


def branch_measures(day: DayNow, waits: Waits, forecast: HourForecast | None) -> BranchMeasures:
    """The branch's day. `waits`: of one who joins, by queue."""
    load, record = day.load, day.record
    by_queue: dict[str, list[TicketState]] = {queue.queue: [] for queue in load.branch.queues}
    for ticket in day.line():
        by_queue.setdefault(ticket.queue, []).append(ticket)
    queues = [queue_day(day, each, line, waits.get(each)) for each, line in by_queue.items()]
    desks = [desk_day(day, each.desk) for each in load.branch.desks]
    called = sorted(wait for each in record.queues.values() for wait in each.waits)
    services = sorted(span for each in record.queues.values() for span in each.services)
    slowest = max(queues, key=lambda each: each.longest_minutes or -1.0, default=None)
    states = [load.desks[each.desk].state for each in load.branch.desks if each.desk in load.desks]
    return BranchMeasures(
        branch=load.branch.branch,
        state=load.state,
        day=record.day,
        as_of=day.instant(day.now),
        known_from=day.instant(day.known_from) if day.known_from > record.begins else None,
        waiting=sum(each.waiting for each in queues),
        longest_minutes=slowest.longest_minutes if slowest else None,
        longest=slowest.longest if slowest else None,
        issued=sum(each.issued for each in record.queues.values()),
        called=len(called),
        served=len(services),
        missed=sum(each.missed for each in record.queues.values()),
        median_minutes=_maybe(median(called)),
        mean_service_minutes=_mean(services),
        desks_open=states.count("open"),
        desks_paused=states.count("paused"),
        desks_total=len(load.branch.desks),
        over_red=sum(each.over_red for each in desks),
        over_red_now=sum(each.over_red_now for each in desks),
        hall=HallLoad(_in_hall(load), load.branch.hall_capacity),
        forecast=forecast,
        standards=standard_shares(day.city.standards, called, services),
        queues=queues,
        desks=desks,
        strip=HeatRow(None, past_cells(day.city.levels, load.branch, record, list(record.queues), day.now)),
    )


def _in_hall(load: BranchLoad) -> int:
    """Who is in the hall and at no desk."""
    return sum(each.waiting + each.called + each.parked for each in load.queues.values())


def _minutes(ms: float) -> float:
    return round(ms / MINUTE_MS, 1)


def _maybe(ms: float | None) -> float | None:
    return None if ms is None else _minutes(ms)


def _mean(spans: Iterable[int]) -> float | None:
    found = list(spans)
    return _minutes(sum(found) / len(found)) if found else None
