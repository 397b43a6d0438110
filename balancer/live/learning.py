"""What the events of a city teach its predictors: service times, walks, no-shows, habits of desks, arrivals.

Only after-images are read, so the same events teach the same whether they come live, from the log's past or
from the archive. Spans are those of the core (branch time, without pauses and parking); which of them are too
absurd to count is decided by `predictors.service_times`. Pure.
"""

from __future__ import annotations

from collections import Counter

from balancer.city.definition import City, Queue
from balancer.live.arrival_rates import ArrivalRates
from balancer.live.desk_record import DeskRecord
from balancer.live.intent_record import IntentRecord
from balancer.live.kept_laws import KeptLaws
from balancer.live.wall_time import day_minute
from balancer.messages import Event, Leg, TicketState, TicketStatus
from predictors.conformal import Conformal
from predictors.service_times import ServiceTimes

MINUTE_MS = 60_000
SERVED = frozenset({"ticket_finished", "leg_finished", "ticket_transferred"})
CUT_OFF = frozenset({"ticket_left", "ticket_parked", "ticket_requeued", "ticket_expired"})
MISSED = frozenset({"ticket_missed", "ticket_no_show"})
FEW_CALLS = 5


class Learning:
    """All that one city's estimates have learned but the paces of its lines."""

    def __init__(self, city: City) -> None:
        self.times = ServiceTimes({})
        self.laws = KeptLaws(self.times)
        self.desks = DeskRecord()
        self.arrivals = ArrivalRates()
        self.intents = IntentRecord()
        self._corrections: dict[str, Conformal] = {}
        self._days: dict[str, int] = {}
        self._calls: Counter[str] = Counter()
        self._starts: Counter[str] = Counter()
        self._zones: dict[str, str] = {}
        self.refit(city)

    def refit(self, city: City) -> None:
        """Go on with another definition of the city; what was learned stays."""
        self.times.refit({service.service: service.minutes for service in city.services})
        self.laws.clear()
        self._zones = {branch.branch: branch.time_zone for branch in city.public_branches.values()}
        self.desks.refit(self._zones)

    def correction(self, branch: str) -> Conformal:
        """How far a branch's ranges were off, learned from its own record."""
        if branch not in self._corrections:
            self._corrections[branch] = Conformal()
        return self._corrections[branch]

    def tells_services(self, branch: str) -> bool:
        """Whether a branch says when services begin: at least half of its calls were started, once some were
        seen. An imported feed may know calls only.
        """
        calls = self._calls[branch]
        return calls < FEW_CALLS or 2 * self._starts[branch] >= calls

    def begin_day(self, branch: str, day: int) -> None:
        """It is that day (ordinal) there now: what was special about another is forgotten."""
        if self._days.get(branch) != day:
            self._days[branch] = day
            self.times.begin_day(branch, day)
            self.laws.clear()

    def service_minutes(self, branch: str, queue: Queue, hour: float) -> float:
        """The mean service of those who come to a queue: of what the last of them came for, else of all it
        serves.
        """
        services = self.arrivals.services(branch, queue.queue) or queue.services
        means = [self.laws.law(each, branch, hour).mean for each in services]
        return sum(means) / max(1, len(means))

    def learn(self, event: Event) -> None:
        """Take in one event. A branch that is no more, or is in training, teaches nothing."""
        self.intents.learn(event)
        ticket = event.ticket
        if ticket is not None and ticket.branch not in self._zones:
            return
        if event.type == "ticket_called" and ticket is not None:
            self._learn_call(ticket)
        if event.desk is not None:
            self.desks.see(event.desk, event.at)
            if ticket is not None and ticket.branch == event.desk.branch and event.desk.ticket is None:
                self.desks.free(event.desk, ticket.since)
        if ticket is None:
            return
        if event.type == "ticket_issued" and not event.detail.get("quick"):
            self._learn_arrival(ticket)
        elif event.type == "ticket_started":
            self._learn_start(ticket)
        elif event.type in MISSED and event.was is TicketStatus.CALLED:
            self._learn_miss(ticket, event.at)
        elif event.was is TicketStatus.SERVING:
            self._learn_end(event.type, ticket, event.at)

    def learn_leg(
        self, service: str, branch: str, at: int, minutes: float | None, walk: float | None, missed: bool
    ) -> None:
        """Take in one leg of the archive: `at` city ms at which it joined, `minutes` of its service."""
        if branch not in self._zones:
            return
        if minutes is not None:
            when = day_minute(self._zones[branch], at)
            self.times.observe(service, branch, when.hour, minutes, day=when.day)
            self.laws.forget(service, branch)
            self._starts[branch] += 1
        if missed or minutes is not None:
            self._calls[branch] += 1
            self.times.observe_call(service, branch, missed, walk)

    def learn_arrival(self, branch: str, queue: str, service: str, at: int, head_start: float) -> None:
        """Take in that somebody joined at city ms `at`, with so many minutes' head start."""
        if branch in self._zones:
            when = day_minute(self._zones[branch], at)
            self.arrivals.observe(branch, queue, service, when.day, when.minute, head_start)

    def _learn_call(self, ticket: TicketState) -> None:
        """The gap of a desk that let somebody wait whom it has called only now."""
        self._calls[ticket.branch] += 1
        freed = self.desks.freed(ticket.branch, ticket.desk or "")
        leg = ticket.legs[ticket.leg] if ticket.leg < len(ticket.legs) else None
        if freed is not None and leg is not None and (leg.joined_time or freed + 1) <= freed:
            self.times.observe_rest(ticket.branch, (ticket.since - freed) / MINUTE_MS)

    def _learn_arrival(self, ticket: TicketState) -> None:
        early = ticket.head_start_ms / MINUTE_MS
        self.learn_arrival(ticket.branch, ticket.queue, ticket.service, ticket.arrived, early)

    def _learn_start(self, ticket: TicketState) -> None:
        self._starts[ticket.branch] += 1
        leg = ticket.legs[ticket.leg] if ticket.leg < len(ticket.legs) else None
        walk = None if leg is None or leg.walk_ms is None else leg.walk_ms / MINUTE_MS
        self.times.observe_call(ticket.service, ticket.branch, missed=False, minutes=walk)

    def _learn_miss(self, ticket: TicketState, at: int) -> None:
        leg = ticket.legs[ticket.leg] if ticket.leg < len(ticket.legs) else None
        lost = None if leg is None or leg.called is None else (at - leg.called) / MINUTE_MS
        self.times.observe_call(ticket.service, ticket.branch, missed=True, minutes=lost)

    def _learn_end(self, kind: str, ticket: TicketState, at: int) -> None:
        """A service ended, or was cut off: then it was at least so long."""
        if kind not in SERVED and kind not in CUT_OFF:
            return
        leg = ended_leg(kind, ticket)
        if leg is None or not leg.service_ms or leg.branch not in self._zones:
            return
        when = day_minute(self._zones[leg.branch], leg.started or at)
        minutes = leg.service_ms / MINUTE_MS
        cut_off = kind in CUT_OFF
        self.times.observe(leg.service, leg.branch, when.hour, minutes, censored=cut_off, day=when.day)
        self.laws.forget(leg.service, leg.branch)


def ended_leg(kind: str, ticket: TicketState) -> Leg | None:
    """The leg whose service this event ended: of a visit that goes on, the one before the present one."""
    place = ticket.leg - (kind in ("leg_finished", "ticket_transferred"))
    return ticket.legs[place] if 0 <= place < len(ticket.legs) else None
