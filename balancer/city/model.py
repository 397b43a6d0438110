"""What a city is, as types: branches, queues, desks, services, rules. `definition` makes it from a file.

Every name for people is a `LocalText`: {"uk": …, "en": …}. Ids match `ID_PATTERN`. Fields whose name carries
a unit (seconds, minutes) are city time, but `desk_silent_after_seconds`, which is real time. All types are
frozen: a changed city is a new City with a higher `version`.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

import msgspec

from balancer.city.catalogue import (
    PRIOR_MINUTES,
    PURPOSES,
    Agency,
    Category,
    Document,
    Facility,
    LocalText,
    MapTiles,
    Notice,
    Purpose,
    Service,
    Standard,
)
from balancer.city.policy import AirRaid, Levels, Policy, PriorityClass
from balancer.city.search import Searched, SearchIndex
from balancer.city.travel import Mode, Travel, TravelPoint, Trip, kilometres, nearest_point, way
from balancer.errors import Refused

BranchKind = Literal["unit", "remote"]
BranchMode = Literal["live", "test", "training"]
"""Branches that try the system or learn it stay out of everything public."""

ID_PATTERN = r"[a-z0-9][a-z0-9_-]{0,39}"
DAY_MINUTES = 24 * 60
LANGUAGES = ("uk", "en")

__all__ = [
    "DAY_MINUTES",
    "ID_PATTERN",
    "LANGUAGES",
    "PRIOR_MINUTES",
    "PURPOSES",
    "Agency",
    "AirRaid",
    "Branch",
    "BranchKind",
    "BranchMode",
    "Category",
    "City",
    "DayException",
    "Desk",
    "Document",
    "Facility",
    "Hours",
    "Levels",
    "LocalText",
    "MapTiles",
    "Notice",
    "Policy",
    "PriorityClass",
    "Purpose",
    "Queue",
    "Service",
    "Span",
    "Standard",
]


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """A line inside a branch; `letter` starts its ticket numbers. `zone`, `floor`: where to wait."""

    queue: str
    letter: str
    name: LocalText
    services: list[str]
    zone: str | None = None
    floor: str | None = None


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """A workplace; `queues` are its skills. Its id is unique within the branch only. `zone`, `floor`: where
    it stands.
    """

    desk: str
    name: LocalText
    queues: list[str]
    agency: str | None = None
    zone: str | None = None
    floor: str | None = None


class Span(msgspec.Struct, frozen=True, array_like=True):
    """Open from `opens` to `closes`, wall minutes after that day's midnight; past 1440 = the next day."""

    opens: int
    closes: int


class DayException(msgspec.Struct, frozen=True, kw_only=True):
    """Other hours on the days `first`..`last`: "YYYY-MM-DD", or "MM-DD" for every year. No spans = closed."""

    first: str
    last: str
    spans: list[Span]
    reason: LocalText


class Hours(msgspec.Struct, frozen=True, kw_only=True):
    """Seven lists of spans, Monday first; of the exceptions the first that fits the day wins."""

    week: list[list[Span]]
    exceptions: list[DayException] = []


class Branch(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A unit or remote workplace that receives visitors. `policy` is the city's with the branch's own merged
    in; `hall_capacity`: people who find room in its hall; `notices`: posters beside the city's; `shelter`:
    how to get from the hall to where people shelter.
    """

    branch: str
    name: LocalText
    kind: BranchKind
    address: LocalText
    lat: float
    lon: float
    time_zone: str
    hours: Hours
    facilities: list[Facility] = []
    shelter: LocalText | None = None
    demo: bool = False
    mode: BranchMode = "live"
    hall_capacity: int | None = None
    notices: list[Notice] = []
    policy: Policy = Policy()
    queues: list[Queue] = []
    desks: list[Desk] = []

    @cached_property
    def queue_by_id(self) -> dict[str, Queue]:
        """The branch's queues by id, in file order."""
        return {queue.queue: queue for queue in self.queues}

    @cached_property
    def desk_by_id(self) -> dict[str, Desk]:
        """The branch's desks by id, in file order."""
        return {desk.desk: desk for desk in self.desks}

    @cached_property
    def _queue_by_service(self) -> dict[str, Queue]:
        return {service: queue for queue in reversed(self.queues) for service in queue.services}

    @cached_property
    def _desks_by_queue(self) -> dict[str, list[Desk]]:
        return {queue.queue: [d for d in self.desks if queue.queue in d.queues] for queue in self.queues}

    def queue(self, queue: str) -> Queue:
        """The queue of that id; Refused("unknown_queue")."""
        try:
            return self.queue_by_id[queue]
        except KeyError:
            raise Refused("unknown_queue", queue=queue) from None

    def desk(self, desk: str) -> Desk:
        """The desk of that id; Refused("unknown_desk")."""
        try:
            return self.desk_by_id[desk]
        except KeyError:
            raise Refused("unknown_desk", desk=desk) from None

    def queue_of(self, service: str) -> Queue | None:
        """The queue of this branch that serves the service; None where it is not offered here."""
        return self._queue_by_service.get(service)

    def desks_of(self, queue: str) -> list[Desk]:
        """The desks that have the skill for the queue."""
        return self._desks_by_queue.get(queue, [])

    @property
    def is_public(self) -> bool:
        """Whether the public sees it; branches on trial or in training stay among staff."""
        return self.mode == "live"


class City(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A community's whole centre. `version` counts the definitions applied to a running city; 0 = never
    applied.
    """

    city: str
    name: LocalText
    time_zone: str
    contact: str = ""
    remote_tickets: bool = False
    policy: Policy = Policy()
    levels: Levels = Levels()
    travel: Travel = Travel()
    travel_points: list[TravelPoint] = []
    priority_classes: list[PriorityClass] = []
    categories: list[Category] = []
    agencies: list[Agency] = []
    services: list[Service] = []
    branches: list[Branch] = []
    standards: list[Standard] = []
    notices: list[Notice] = []
    rights: list[LocalText] = []
    map_tiles: MapTiles | None = None
    languages: list[str] = msgspec.field(default_factory=lambda: list(LANGUAGES))
    demo: bool = False
    version: int = 0

    @cached_property
    def public_branches(self) -> dict[str, Branch]:
        """Those that the public sees, by id, in file order."""
        return {branch.branch: branch for branch in self.branches if branch.is_public}

    def public_branch(self, branch: str) -> Branch:
        """The branch of that id; Refused("unknown_branch"), for the public also of one in training."""
        if branch not in self.public_branches:
            raise Refused("unknown_branch", branch=branch)
        return self.public_branches[branch]

    @cached_property
    def branch_by_id(self) -> dict[str, Branch]:
        """The branches by id, in file order."""
        return {branch.branch: branch for branch in self.branches}

    @cached_property
    def service_by_id(self) -> dict[str, Service]:
        """The services by id, in file order."""
        return {service.service: service for service in self.services}

    @cached_property
    def priority_by_id(self) -> dict[str, PriorityClass]:
        """The priority classes by id."""
        return {each.priority: each for each in self.priority_classes}

    @cached_property
    def _search_index(self) -> SearchIndex:
        groups = {category.category: category for category in self.categories}
        none = Category(category="", name={})
        return SearchIndex(
            Searched(each.service, {}, each.name, each.words)
            if each.purpose  # it stands for its group, and comes after the services that are meant
            else Searched(each.service, each.name, group.name, each.words, group.words)
            for each in self.services
            for group in (groups.get(each.category, none),)
        )

    def branch(self, branch: str) -> Branch:
        """The branch of that id; Refused("unknown_branch")."""
        try:
            return self.branch_by_id[branch]
        except KeyError:
            raise Refused("unknown_branch", branch=branch) from None

    def service(self, service: str) -> Service:
        """The service of that id; Refused("unknown_service")."""
        try:
            return self.service_by_id[service]
        except KeyError:
            raise Refused("unknown_service", service=service) from None

    def priority_class(self, priority: str) -> PriorityClass:
        """The priority class of that id; Refused("unknown_priority_class")."""
        try:
            return self.priority_by_id[priority]
        except KeyError:
            raise Refused("unknown_priority_class", priority=priority) from None

    def branches_offering(self, service: str) -> list[Branch]:
        """The branches where that service may be had, in file order."""
        return [branch for branch in self.branches if branch.queue_of(service) is not None]

    def trips(self, mode: Mode, lat: float, lon: float) -> dict[str, Trip]:
        """The way from a place to each branch, by id."""
        point = nearest_point(self.travel_points, lat, lon, self.travel.matrix_reach_km)
        return {
            each.branch: way(self.travel, point, mode, each.branch, kilometres(lat, lon, each.lat, each.lon))
            for each in self.branches
        }

    def search(self, text: str, language: str = "uk") -> list[Service]:
        """Services that fit what was typed, best first; a tie favours `language`."""
        return [self.service_by_id[found] for found in self._search_index.find(text, language)]
