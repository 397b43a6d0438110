"""Answers of the other doors."""

from __future__ import annotations

from typing import Any

import msgspec

from balancer.messages.kiosk_help import HelpView
from balancer.messages.live import LastCalled, QueueLoad
from balancer.messages.state import BranchStatus
from balancer.messages.views import BranchView, DeskView, StaffTicket, TicketView


class CityEntry(msgspec.Struct):
    """A city in `GET /api/v1/cities`; `url` is its public definition."""

    city: str
    name: dict[str, str]
    url: str


class CityList(msgspec.Struct):
    """The cities of this server."""

    cities: list[CityEntry]


class ServiceEntry(msgspec.Struct):
    """A service as a search finds it; `branches` are the ids of those that offer it."""

    service: str
    name: dict[str, str]
    category: str
    needs_power: bool
    branches: list[str]


class ServiceList(msgspec.Struct):
    """What `GET …/services?q=` found, best first."""

    services: list[ServiceEntry]


class TicketStatusAnswer(msgspec.Struct):
    """The holder's view of a ticket as it is now."""

    ticket: TicketView
    offset: int


class BranchRoom(msgspec.Struct):
    """What reception and supervisors see of a branch: its facts, desks, tickets in calling order, and each
    queue with the wait of one who joins now; who waits for help at a kiosk, oldest first.
    """

    branch: BranchView
    desks: list[DeskView]
    tickets: list[StaffTicket]
    queues: list[QueueLoad]
    help: list[HelpView]
    offset: int
    city_time: str


class Calls(msgspec.Struct):
    """What a hall display shows: who is called where, newest first."""

    branch: str
    state: BranchStatus
    reason: str | None
    calls: list[LastCalled]
    offset: int


class Pulse(msgspec.Struct):
    """The answer to a desk's heartbeat: the last event that the server has seen."""

    offset: int


class TokenReach(msgspec.Struct):
    """Whose token it is: its role, and the branch and desk that it reaches; null = all of them."""

    role: str
    branch: str | None
    desk: str | None


class Health(msgspec.Struct):
    """`ready` says whether this process takes traffic; `waiting_for` says what it still lacks."""

    ready: bool
    waiting_for: list[str]


class ProblemView(msgspec.Struct, omit_defaults=True):
    """RFC 9457: `code` is stable, title and detail are in the reader's language, `state` is the current
    state.
    """

    type: str
    title: str
    status: int
    code: str
    detail: str
    field: str | None = None
    state: dict[str, Any] | None = None
    instance: str | None = None
