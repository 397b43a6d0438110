"""What the events of a city teach its predictors: service times, walks, no-shows, habits of desks, arrivals.

Only after-images are read, so the same events teach the same whether they come live, from the log's past or
from the archive. Spans are those of the core (branch time, without pauses and parking); which of them are too
absurd to count is decided by `predictors.service_times`. Pure.
"""

from __future__ import annotations

from collections import Counter

from balancer.city.definition import City
from balancer.live.arrival_rates import ArrivalRates
from balancer.live.wall_time import day_minute
from balancer.messages import DeskState, Event, Leg, TicketState, TicketStatus
from predictors.conformal import Conformal
from predictors.desk_plan import DeskPlan
from predictors.service_times import ServiceTimes

MINUTE_MS = 60_000
SERVED = frozenset({"ticket_finished", "leg_finished", "ticket_transferred"})
CUT_OFF = frozenset({"ticket_left", "ticket_parked", "ticket_requeued", "ticket_expired"})
FEW_CALLS = 5
MISSED = frozenset({"ticket_missed", "ticket_no_show"})


class Learning:
    """All that one city's estimates have learned but the paces of its lines."""

    def __init__(self, city: City) -> None:
        self.times = ServiceTimes({})
        self.desks = DeskPlan()
        self.arrivals = ArrivalRates()
        self._corrections: dict[str, Conformal] = {}
        self._open: dict[tuple[str, str], bool] = {}
        self._opened: dict[tuple[str, str], int] = {}
        self._calls: Counter[str] = Counter()
        self._starts: Counter[str] = Counter()
        self._zones: dict[str, str] = {}
        self.refit(city)

    def refit(self, city: City) -> None:
        """Go on with another definition of the city; what was learned stays."""
        self.times.refit({service.service: service.minutes for service in city.services})
        self._zones = {branch.branch: branch.time_zone for branch in city.branches}

    def correction(self, branch: str) -> Conformal:
        """How far a branch's ranges were off, learned from its own record."""
        return self._corrections.setdefault(branch, Conformal())

    def tells_services(self, branch: str) -> bool:
        """Whether a branch says when services begin: at least half of its calls were started, once some were
        seen. An imported feed may know calls only.
        """
        calls = self._calls[branch]
        return calls < FEW_CALLS or 2 * self._starts[branch] >= calls

    def learn(self, event: Event) -> None:
        """Take in one event. What a branch that is no more did teaches nothing."""
        if event.desk is not None:
            self.see_desk(event.desk, event.at)
        ticket = event.ticket
        if ticket is None or ticket.branch not in self._zones:
            return
        if event.type == "ticket_issued":
            if not event.detail.get("quick"):
                self._learn_arrival(ticket)
        elif event.type == "ticket_called":
            self._calls[ticket.branch] += 1
        elif event.type == "ticket_started":
            self._learn_start(ticket)
        elif event.type in MISSED and event.was is TicketStatus.CALLED:
            self.times.observe_call(ticket.service, ticket.branch, missed=True)
        elif event.was is TicketStatus.SERVING:
            self._learn_end(event.type, ticket, event.at)

    def see_desk(self, desk: DeskState, at: int) -> None:
        """Take in that a desk is in this state at city ms `at`; the same again teaches nothing."""
        is_open, place = desk.state == "open", (desk.branch, desk.desk)
        if desk.branch in self._zones and self._open.get(place, False) != is_open:
            when = day_minute(self._zones[desk.branch], at)
            self.desks.observe(desk.branch, desk.desk, when.day, when.minute, is_open)
            self._open[place] = is_open
            if is_open:
                self._opened[place] = when.day

    def last_opened(self, branch: str, desk: str) -> int | None:
        """The day (ordinal) on which a desk opened last; None if it was never seen open."""
        return self._opened.get((branch, desk))

    def learn_leg(
        self, service: str, branch: str, at: int, minutes: float | None, walk: float | None, missed: bool
    ) -> None:
        """Take in one leg of the archive: `at` city ms of its start (or call), `minutes` of its service."""
        if branch not in self._zones:
            return
        if minutes is not None:
            when = day_minute(self._zones[branch], at)
            self.times.observe(service, branch, when.hour, minutes, day=when.day)
        if walk is not None:
            self.times.observe_walk(branch, walk)
        if missed or minutes is not None:
            self.times.observe_call(service, branch, missed)

    def _learn_arrival(self, ticket: TicketState) -> None:
        when = day_minute(self._zones[ticket.branch], ticket.arrived)
        early = ticket.head_start_ms / MINUTE_MS
        self.arrivals.observe(ticket.branch, ticket.queue, ticket.service, when.day, when.minute, early)

    def _learn_start(self, ticket: TicketState) -> None:
        self._starts[ticket.branch] += 1
        self.times.observe_call(ticket.service, ticket.branch, missed=False)
        leg = ticket.legs[ticket.leg] if ticket.leg < len(ticket.legs) else None
        if leg is not None and leg.walk_ms is not None:
            self.times.observe_walk(ticket.branch, leg.walk_ms / MINUTE_MS)

    def _learn_end(self, kind: str, ticket: TicketState, at: int) -> None:
        """A service ended, or was cut off: then it was at least so long."""
        if kind not in SERVED and kind not in CUT_OFF:
            return
        leg = _ended(kind, ticket)
        if leg is None or not leg.service_ms or leg.branch not in self._zones:
            return
        when = day_minute(self._zones[leg.branch], leg.started or at)
        minutes = leg.service_ms / MINUTE_MS
        self.times.observe(
            leg.service, leg.branch, when.hour, minutes, censored=kind in CUT_OFF, day=when.day
        )


def _ended(kind: str, ticket: TicketState) -> Leg | None:
    """The leg whose service this event ended: of a visit that goes on, the one before the present one."""
    place = ticket.leg - (kind in ("leg_finished", "ticket_transferred"))
    return ticket.legs[place] if 0 <= place < len(ticket.legs) else None
