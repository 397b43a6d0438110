"""How each branch stands, minute by minute and desk by desk: a pure fold over the event log.

It counts from `was` and the after-image alone, so what it must remember is small enough to be stored with
every commit. City time comes in with the events: a scaled clock only makes the minutes come sooner.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from balancer.archive.legs import Row
from balancer.core.views import branch_status
from balancer.messages import Alarm, BranchStatus, DeskStatus, Event, Power, Snapshot, TicketStatus

MINUTE_MS = 60_000
LONGEST_SILENCE_MINUTES = 24 * 60
"""After a longer silence of the whole city (a server that was off, a clock set forward) nobody knows how its
branches stood meanwhile, and no minutes are written."""
KEEP_ALARMS_MS = 7 * 24 * 60 * MINUTE_MS
NOT_TOLD = frozenset({"none", "continue"})
"""Under these a wait was shown as ever, and is measured against what was shown."""


_decode_agencies = msgspec.json.Decoder(dict[str, str]).decode


class DeskNow(msgspec.Struct):
    """One desk: its state, since when (city ms), and whether it has a ticket in hand."""

    state: DeskStatus
    since: int
    busy: bool


class BranchNow(msgspec.Struct):
    """One branch. `alarms`: [begin, end] of the last alarms, end null while it lasts (city ms)."""

    waiting: int = 0
    state: BranchStatus = "closed"
    alarm: Alarm = "none"
    power: Power = "on"
    desks: dict[str, DeskNow] = {}
    alarms: list[tuple[int, int | None]] = []


class CityNow(msgspec.Struct):
    """One city as the fold remembers it: the last minute written, its branches, desk → agency."""

    minute: int | None = None
    branches: dict[str, BranchNow] = {}
    agencies: dict[str, str] = {}

    def branch(self, branch: str) -> BranchNow:
        """A branch, closed and empty where nothing was heard of it yet."""
        return self.branches.setdefault(branch, BranchNow())

    def alarmed(self, branch: str, first: int, last: int) -> bool:
        """Whether the branch stood under an alarm at any time from `first` to `last` (city ms)."""
        known = self.branches.get(branch)
        alarms = known.alarms if known else []
        return any(begin <= last and (end is None or end >= first) for begin, end in alarms)


def city_of(snapshot: Snapshot, agencies: dict[str, str]) -> CityNow:
    """The city as a snapshot shows it."""
    now = CityNow(minute=snapshot.at // MINUTE_MS, agencies=agencies)
    for facts in snapshot.branches:
        branch = now.branch(facts.branch)
        branch.state, branch.alarm, branch.power = branch_status(facts), facts.alarm, facts.power
        if facts.alarm not in NOT_TOLD:
            branch.alarms.append((facts.paused_since or snapshot.at, None))
    for desk in snapshot.desks:
        now.branch(desk.branch).desks[desk.desk] = DeskNow(desk.state, desk.since, desk.ticket is not None)
    for ticket in snapshot.tickets:
        now.branch(ticket.branch).waiting += ticket.state is TicketStatus.WAITING
    return now


def pass_minutes(now: CityNow, at: int) -> Iterator[Row]:
    """The rows of the minutes that began up to city ms `at`, as everything stood; call before folding."""
    minute, last = at // MINUTE_MS, now.minute
    now.minute = minute if last is None else max(last, minute)
    if last is None or not 0 < minute - last <= LONGEST_SILENCE_MINUTES:
        return
    for branch, stands in now.branches.items():
        busy = sum(desk.busy for desk in stands.desks.values())
        open_ = sum(desk.state == "open" for desk in stands.desks.values())
        if stands.state == "closed" and not (stands.waiting or open_ or busy):
            continue
        row = {
            "branch": branch,
            "waiting": stands.waiting,
            "desks_open": open_,
            "desks_busy": busy,
            "alarm": stands.alarm,
            "power": stands.power,
            "state": stands.state,
        }
        for begun in range(last + 1, minute + 1):
            yield {"minute": begun * MINUTE_MS, **row}


def fold(now: CityNow, event: Event) -> Row | None:
    """Take in one event; the row of `desk_states` where a desk has changed its state."""
    _count(now, event)
    if event.type == "city_applied" and "agencies" in event.detail:
        now.agencies = _decode_agencies(str(event.detail["agencies"]))
    if event.facts is not None:
        _take_facts(now.branch(event.facts.branch), event)
    return _take_desk(now, event) if event.desk is not None else None


def _count(now: CityNow, event: Event) -> None:
    if event.ticket is None:
        return
    if event.was is TicketStatus.WAITING:
        now.branch(event.moved_from or event.ticket.branch).waiting -= 1
    if event.ticket.state is TicketStatus.WAITING:
        now.branch(event.ticket.branch).waiting += 1


def _take_facts(branch: BranchNow, event: Event) -> None:
    facts = event.facts
    assert facts is not None
    if facts.alarm not in NOT_TOLD and branch.alarm in NOT_TOLD:
        recent = [(begin, end) for begin, end in branch.alarms if end and end > event.at - KEEP_ALARMS_MS]
        branch.alarms = [*recent, (event.at, None)]
    elif facts.alarm in NOT_TOLD and branch.alarm not in NOT_TOLD:
        branch.alarms = [(begin, end or event.at) for begin, end in branch.alarms]
    branch.state, branch.alarm, branch.power = branch_status(facts), facts.alarm, facts.power


def _take_desk(now: CityNow, event: Event) -> Row | None:
    desk = event.desk
    assert desk is not None
    desks = now.branch(desk.branch).desks
    old = desks.get(desk.desk)
    desks[desk.desk] = DeskNow(desk.state, desk.since, desk.ticket is not None)
    if old is not None and (old.state, old.since) == (desk.state, desk.since):
        return None
    return {"branch": desk.branch, "desk": desk.desk, "since": desk.since, "state": desk.state}
