"""A branch's day counted again, slowly and from the whole log: what the incremental fold is held against.

Between one event and the next nothing changes, so each such stretch is booked whole to what every desk was
doing; calls and services are taken from the tickets' legs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from balancer.city.hours import local_day
from balancer.messages import BranchState, DeskState, Event, Leg

ENDED = ("ticket_finished", "leg_finished")


@dataclass
class DayCount:
    """One branch, one day. Spent: ms by (desk, kind); waits by queue; services by (queue, desk)."""

    spent: Counter[tuple[str, str]] = field(default_factory=Counter)
    waits: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    served: list[tuple[str, str | None, int]] = field(default_factory=list)
    issued: Counter[str] = field(default_factory=Counter)
    nonstop_since: dict[str, int | None] = field(default_factory=dict)

    def medians(self) -> dict[str, float]:
        """Median wait (ms) by queue."""
        return {queue: float(median(waits)) for queue, waits in self.waits.items() if waits}


def recount(events: Sequence[Event], branch: str, zone: str, now: int) -> DayCount:
    """The day of `now` from every event of the city's log."""
    found, today = DayCount(), local_day(zone, now)
    desks: dict[str, DeskState] = {}
    facts = BranchState(branch, "closed", "none", "on", 0)
    opened: int | None = None
    called: set[tuple[str, int]] = set()
    before = events[0].at
    for event in [*events, None]:
        at = now if event is None else event.at
        _book(found, desks, facts, before, at, zone, today)
        before = at
        if event is None:
            break
        if event.facts is not None and event.facts.branch == branch:
            facts = event.facts
            if event.type == "branch_opened" and opened is None and local_day(zone, at) == today:
                opened = _branch_ms(facts, at)
        if event.desk is not None and event.desk.branch == branch:
            desks[event.desk.desk] = event.desk
        _follow_nonstop(found, desks, facts, at)
        if event.ticket is not None:
            start = opened if opened is not None else _midnight(events, branch, zone, now)
            _count(found, event, branch, start, called, local_day(zone, at) == today)
    return found


def _book(
    found: DayCount,
    desks: dict[str, DeskState],
    facts: BranchState,
    begins: int,
    ends: int,
    zone: str,
    today: str,
) -> None:
    """Book a stretch to every desk, as far as it lies in the day; the zone of these tests is UTC."""
    day = 86_400_000
    midnight = ends - ends % day
    if local_day(zone, ends) != today:
        return
    for desk, kind in _kinds(desks, facts).items():
        found.spent[desk, kind] += max(0, ends - max(begins, midnight))


def _kinds(desks: dict[str, DeskState], facts: BranchState) -> dict[str, str]:
    kinds = {}
    for name, desk in desks.items():
        if desk.ticket is not None and desk.state != "closed":
            kinds[name] = "busy"
        elif desk.state == "open" and facts.paused_since is None:
            kinds[name] = "idle"
        elif desk.state != "closed":
            kinds[name] = "paused"
    return kinds


def _follow_nonstop(found: DayCount, desks: dict[str, DeskState], facts: BranchState, at: int) -> None:
    works = {name for name, kind in _kinds(desks, facts).items() if kind != "paused"}
    for name in desks:
        if name not in works:
            found.nonstop_since[name] = None
        elif found.nonstop_since.get(name) is None:
            found.nonstop_since[name] = at


def _count(
    found: DayCount, event: Event, branch: str, opened: int, called: set[tuple[str, int]], counts: bool
) -> None:
    ticket: Any = event.ticket
    if event.type == "ticket_called":
        leg: Leg = ticket.legs[ticket.leg]
        first = (ticket.id, ticket.leg) not in called
        called.add((ticket.id, ticket.leg))
        if first and counts and ticket.branch == branch:
            assert leg.joined_time is not None and leg.wait_ms is not None
            here = leg.joined_time + leg.wait_ms
            found.waits[leg.queue].append(max(0, here - max(leg.joined_time, opened)))
    if not counts or ticket.branch != branch:
        return
    if event.type == "ticket_issued":
        found.issued[ticket.queue] += 1
    if event.type in ENDED and event.was == "serving":
        leg = ticket.legs[ticket.leg - (event.type == "leg_finished")]
        found.served.append((leg.queue, leg.desk, leg.service_ms or 0))


def _branch_ms(facts: BranchState, at: int) -> int:
    return (at if facts.paused_since is None else facts.paused_since) - facts.paused_total


def _midnight(events: Sequence[Event], branch: str, zone: str, now: int) -> int:
    """Branch time at the beginning of the day of `now`, with the facts as they were then."""
    midnight = now - now % 86_400_000
    facts = BranchState(branch, "closed", "none", "on", 0)
    for event in events:
        if event.at >= midnight:
            break
        if event.facts is not None and event.facts.branch == branch:
            facts = event.facts
    return _branch_ms(facts, midnight)
