"""What happened in one branch in one day by its wall clock, folded from events. Pure.

Only after-images are read. A wait counts in the queue and half-hour of its leg's first call; of a ticket that
was carried over from another day only the minutes since the doors opened today.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from balancer.city.hours import instant, local_day
from balancer.core.views import branch_time, current_leg
from balancer.live.desk_spans import DeskSpans, kind_of
from balancer.live.learning import ended_leg
from balancer.live.queue_waits import QueueWaits
from balancer.live.wall_time import day_minute
from balancer.messages import BranchState, DeskState, Event, Leg, TicketState, TicketStatus

ENDED_WELL = frozenset({"ticket_finished", "leg_finished"})
MOST_INCIDENTS = 100
DAY_MINUTES = 24 * 60


class Incident(NamedTuple):
    """What a desk or reception put on record; `at` is city ms, `text` is for staff only."""

    at: int
    desk: str | None
    ticket: str | None
    category: str
    text: str


class BranchRecord:
    """One branch, one day: from `begins` up to `ends` (city ms). `opened`: branch time at which the doors
    opened first today; at midnight, where nobody saw it.
    """

    def __init__(self, branch: str, zone: str, at: int) -> None:
        self.branch = branch
        self.zone = zone
        self.day = local_day(zone, at)
        date, info = datetime.date.fromisoformat(self.day), ZoneInfo(zone)
        self.begins = instant(info, date, 0, last=False)
        self.ends = instant(info, date, DAY_MINUTES, last=False)
        self.facts = BranchState(branch, phase="closed", alarm="none", power="on", version=0)
        self.opened = self.begins
        self.doors_seen = False
        self.images: dict[str, DeskState] = {}
        self.desks: dict[str, DeskSpans] = {}
        self.queues: dict[str, QueueWaits] = {}
        self.incidents: list[Incident] = []
        self._called: set[tuple[str, int]] = set()

    def on(self, at: int) -> BranchRecord:
        """The record of the day of a later instant: this one, or a new day, desks as they are."""
        if at < self.ends:
            return self
        following = BranchRecord(self.branch, self.zone, at)
        following.facts, following.images = self.facts, dict(self.images)
        following.opened = branch_time(self.facts, following.begins)
        following.desks = {name: desk.next_day(following.begins) for name, desk in self.desks.items()}
        return following

    def desk(self, desk: str) -> DeskSpans:
        """A desk's day, empty before anything is known of it."""
        found = self.desks.get(desk)
        if found is None:
            found = self.desks[desk] = DeskSpans()
        return found

    def queue(self, queue: str) -> QueueWaits:
        """A queue's day."""
        found = self.queues.get(queue)
        if found is None:
            found = self.queues[queue] = QueueWaits()
        return found

    def waited(self, leg: Leg, here: int) -> int:
        """How long (ms) somebody has waited at branch time `here`, on this day."""
        return max(0, here - max(leg.joined_time or here, self.opened))

    # --- folding --------------------------------------------------------------------------------------------

    def see_facts(self, event_type: str, facts: BranchState, at: int) -> None:
        """The branch changed: while it stands still, free desks rest."""
        stood = self.facts.paused_since is not None
        self.facts = facts
        if event_type == "branch_opened" and not self.doors_seen:
            self.doors_seen, self.opened = True, branch_time(facts, at)
        stands = facts.paused_since is not None
        if stood != stands:
            for name, image in self.images.items():
                self.desk(name).turn(kind_of(image, branch_stands=stands), at)

    def see_desk(self, image: DeskState, at: int) -> None:
        """A desk is in this state from now on."""
        self.images[image.desk] = image
        stands = self.facts.paused_since is not None
        self.desk(image.desk).turn(kind_of(image, branch_stands=stands), at)

    def see_ticket(self, event: Event, ticket: TicketState) -> None:
        """Something happened to a ticket of this branch."""
        if event.type == "ticket_called":
            self._see_call(ticket, event.at)
        elif event.type in ENDED_WELL and event.was is TicketStatus.SERVING:
            self._see_end(event.type, ticket)
        elif event.type == "ticket_issued":
            self.queue(ticket.queue).issued += 1
        elif event.type == "ticket_no_show":
            self.queue(ticket.queue).missed += 1
        elif event.type == "ticket_reinstated":
            self.queue(ticket.queue).missed -= 1

    def _see_call(self, ticket: TicketState, at: int) -> None:
        leg = current_leg(ticket)
        if leg is None or leg.wait_ms is None or leg.joined_time is None:
            return
        first = leg.joined_time + leg.wait_ms == ticket.since  # else it was called before, and came back
        if first and (ticket.id, ticket.leg) not in self._called:
            self._called.add((ticket.id, ticket.leg))
            self.queue(leg.queue).call(self.waited(leg, ticket.since), day_minute(self.zone, at).minute)

    def _see_end(self, kind: str, ticket: TicketState) -> None:
        leg = ended_leg(kind, ticket)
        if leg is None or leg.service_ms is None:
            return
        self.queue(leg.queue).serve(leg.service_ms)
        if leg.desk is not None:
            self.desk(leg.desk).serve(leg.service_ms)

    def see_incident(self, event: Event) -> None:
        """Something was put on record."""
        told = event.detail
        desk = event.desk.desk if event.desk is not None else None
        number = event.ticket.number if event.ticket is not None else None
        found = Incident(event.at, desk, number, str(told.get("category", "")), str(told.get("text") or ""))
        self.incidents = [*self.incidents, found][-MOST_INCIDENTS:]
