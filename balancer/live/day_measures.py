"""The day of every branch of a city: a pure fold over the events of its log, in city time.

Started with what the log still has of the day (`learn` takes it in before the picture is whole), then fed
with every event: no pass over tickets, a few dictionary look-ups an event. The same events give the same
numbers, whoever saw them come and whoever read them later. Where the log does not reach back to the day's
beginning, or skips a part, everything before `known_from` is forgotten and the numbers say from when they
count.
"""

from __future__ import annotations

from collections.abc import Iterable

from balancer.city.definition import City
from balancer.live.board import Board
from balancer.live.branch_record import BranchRecord
from balancer.messages import Event, Snapshot


class DayMeasures:
    """Records of one city's branches. `known_from`: city ms from which everything is known; 0: all of it."""

    def __init__(self, city: City) -> None:
        self.offset = 0
        self.known_from = 0
        self._epoch = ""
        self._settled = False
        self._at = 0
        self._zones: dict[str, str] = {}
        self._records: dict[str, BranchRecord] = {}
        self.refit(city)

    def refit(self, city: City) -> None:
        """Go on with another definition of the city."""
        self._zones = {branch.branch: branch.time_zone for branch in city.branches}
        kept = {name: each for name, each in self._records.items() if self._zones.get(name) == each.zone}
        self._records = kept

    def begin(self, snapshot: Snapshot) -> None:
        """A snapshot was taken: of other data everything is forgotten; what led to it may yet be learned."""
        if snapshot.epoch != self._epoch:
            self._epoch = snapshot.epoch
            self._forget(0)
            self.offset = 0
        self._settled, self._at = False, snapshot.at

    def settle(self, board: Board) -> None:
        """All that leads to the snapshot has been told: take over what nobody told. The same again does
        nothing.
        """
        if self._settled:
            return
        self._settled = True
        if self.offset != board.offset:
            self._forget(self._at)
            self.offset = board.offset
        for load in board.branches():
            record = self._record(load.branch.branch, self._at)
            record.facts = load.facts
            for image in load.desks.values():
                if image.desk not in record.images:
                    record.see_desk(image, max(record.begins, self.known_from, image.since))

    def learn(self, events: Iterable[Event]) -> None:
        """Take in the next events; those that are known already change nothing."""
        for event in events:
            if event.offset <= self.offset:
                continue
            if event.offset != self.offset + 1:
                self._forget(event.at)
            self.offset = event.offset
            self._fold(event)

    def record(self, branch: str, now: int) -> BranchRecord:
        """A branch's day as it is at city ms `now`."""
        kept = self._records.get(branch)
        return BranchRecord(branch, self._zones[branch], now) if kept is None else kept.on(now)

    def _forget(self, known_from: int) -> None:
        self.known_from = known_from
        self._records = {}

    def _record(self, branch: str, at: int) -> BranchRecord:
        kept = self._records.get(branch)
        if kept is None or at >= kept.ends:
            kept = self._records[branch] = self.record(branch, at)
        return kept

    def _fold(self, event: Event) -> None:
        at, ticket, desk, facts = event.at, event.ticket, event.desk, event.facts
        if facts is not None and facts.branch in self._zones:
            self._record(facts.branch, at).see_facts(event.type, facts, at)
        if desk is not None and desk.branch in self._zones:
            self._record(desk.branch, at).see_desk(desk, at)
        if ticket is not None and ticket.branch in self._zones:
            self._record(ticket.branch, at).see_ticket(event, ticket)
        if event.type == "incident_recorded" and event.branch in self._zones:
            self._record(event.branch, at).see_incident(event)
