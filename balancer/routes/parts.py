"""The parts of one server process as the handlers reach them: `request.app.state.parts`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection

from balancer.city.definition import City
from balancer.core.devices import Devices
from balancer.core.help_book import HelpBook
from balancer.core.tokens import Tokens
from balancer.languages.offered import Offered
from balancer.planning.bench import PlannerBench
from balancer.routes.accuracy_reports import AccuracyReports
from balancer.routes.beats import Beats
from balancer.routes.caching import PublicDefinition
from balancer.routes.drawings import Drawings
from balancer.routes.rate_limits import Limits
from balancer.settings import Network, Settings

if TYPE_CHECKING:
    from balancer.alarms.watch import AlarmWatch
    from balancer.archive.archiver import Archiver
    from balancer.core.city_clock import CityClock
    from balancer.core.connect import Store
    from balancer.core.event_log import EventLog
    from balancer.core.ticket_queue import TicketQueue
    from balancer.core.timers import Timers
    from balancer.live.city_feed import CityFeed
    from balancer.live.hub import Hub
    from balancer.notices.starting import Pushing


@dataclass
class Parts:
    """Everything that `serve` built. `plan_applied`: the timers have brought the branches to this moment's
    plan.
    """

    settings: Settings
    store: Store
    queue: TicketQueue
    log: EventLog
    feed: CityFeed
    hub: Hub
    clock: CityClock
    timers: Timers
    tokens: Tokens
    limits: Limits
    beats: Beats
    city_key: bytes
    devices: Devices
    help_book: HelpBook
    archiver: Archiver | None = None
    alarms: AlarmWatch | None = None
    accuracy: AccuracyReports = field(default_factory=AccuracyReports)
    planner: PlannerBench = field(default_factory=PlannerBench)
    public: PublicDefinition = field(default_factory=PublicDefinition)
    drawings: Drawings = field(default_factory=Drawings)
    languages: Offered = field(default_factory=Offered)
    trusted: tuple[Network, ...] = ()
    pushing: Pushing | None = None
    plan_applied: bool = False
    draining: bool = False
    store_answers: bool = True

    @property
    def city(self) -> City:
        """The city's definition as it is now."""
        return self.feed.city

    def waiting_for(self) -> list[str]:
        """Why this process should get no traffic; empty when it is ready."""
        reasons = {
            "draining": self.draining,
            "store": not self.store_answers,
            "feed": not self.feed.ready,
            "plan": not self.plan_applied,
        }
        return [reason for reason, holds in reasons.items() if holds]


def parts_of(connection: HTTPConnection) -> Parts:
    """The parts that serve this request or socket."""
    parts: Parts = connection.app.state.parts
    return parts
