"""Every type that crosses a wire: commands' answers, events, board, socket frames, snapshots.

OpenAPI and AsyncAPI are generated from these types. Units: `*_ms` and bare instants inside the core are
integer milliseconds of city time since the Unix epoch; what a browser sees is RFC 3339 with offset for
instants and minutes (float) for waits. `offset` is a position in the city's event log; `version` counts the
changes of one ticket or desk.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

import msgspec


class TicketStatus(StrEnum):
    """States of a ticket (design §3); the last five are final."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    DONE = "done"
    NO_SHOW = "no_show"
    LEFT = "left"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


ACTIVE = frozenset({TicketStatus.WAITING, TicketStatus.CALLED, TicketStatus.SERVING, TicketStatus.PARKED})

DeskStatus = Literal["closed", "open", "paused"]
Phase = Literal["closed", "open", "tickets_closed"]
Alarm = Literal["none", "pause", "shelter"]
Power = Literal["on", "off"]
BranchStatus = Literal["closed", "open", "tickets_closed", "paused", "shelter"]


class Wait(msgspec.Struct, frozen=True):
    """A wait in minutes: one visitor in ten waits less than p10, half less than p50, nine in ten less than
    p90.
    """

    p10: float
    p50: float
    p90: float


# --- state as the core keeps it; the same after-images ride in events and in the snapshot -------------------


class Leg(msgspec.Struct):
    """One service at one desk. Instants are city ms; spans (ms) exclude pauses and parking; null until they
    happened. `joined_time` is `joined` in branch time, from which spans are counted; `paused_ms` is known
    once the leg has ended.
    """

    service: str
    queue: str
    branch: str
    desk: str | None = None
    joined: int | None = None
    called: int | None = None
    started: int | None = None
    finished: int | None = None
    wait_ms: int | None = None
    walk_ms: int | None = None
    service_ms: int | None = None
    parked_ms: int = 0
    paused_ms: int = 0
    outcome: str | None = None
    joined_time: int | None = None


class TicketState(msgspec.Struct):
    """A ticket as the core stores it. `order` (branch-time ms) and `tie` (event offset) give its place in a
    line.

    `desk`: the desk that has it in hand (called, serving) or parked it. `bound`: the only desk that may call
    it. `leg`: index of the current leg in `legs`. `since`: branch time at which it entered its state. Never
    sent to the public as it is: see TicketView.
    """

    id: str
    number: str
    letter: str
    day: str
    branch: str
    queue: str
    service: str
    state: TicketStatus
    version: int
    arrived: int
    order: int
    tie: int
    channel: str
    needs_power: bool = False
    desk: str | None = None
    bound: str | None = None
    come_back: str | None = None
    priority: str | None = None
    head_start_ms: int = 0
    recalls: int = 0
    recalled: int | None = None
    misses: int = 0
    park_reason: str | None = None
    park_until: int | None = None
    ended: int | None = None
    outcome: str | None = None
    note: str | None = None
    quoted: Wait | None = None
    leg: int = 0
    legs: list[Leg] = []
    since: int = 0


class DeskState(msgspec.Struct):
    """A desk: its status, the ticket in hand and since when (city ms)."""

    branch: str
    desk: str
    state: DeskStatus
    version: int
    since: int
    reason: str | None = None
    ticket: str | None = None


class BranchState(msgspec.Struct):
    """A branch's independent facts. `paused_since` is city ms while alarm or hold stops its time, else null.

    Branch time at city instant t = (paused_since if paused else t) − paused_total.
    """

    branch: str
    phase: Phase
    alarm: Alarm
    power: Power
    version: int
    hold: str | None = None
    paused_since: int | None = None
    paused_total: int = 0
    day: str | None = None


class Event(msgspec.Struct, omit_defaults=True):
    """One line of the city's log: what happened and the state after it (after-images; fold = newer replaces).

    `at` is city ms and never falls; `real` is the wall clock's ms at the writer. `type` is the verb's event
    name. `moved_from`: the branch a ticket left by this event, where it changed branches.
    """

    offset: int
    type: str
    at: int
    real: int
    actor: str
    branch: str | None = None
    ticket: TicketState | None = None
    desk: DeskState | None = None
    facts: BranchState | None = None
    was: TicketStatus | None = None
    moved_from: str | None = None
    detail: dict[str, str | int | float | bool | None] = {}


class Snapshot(msgspec.Struct):
    """The whole active state of a city at `offset`, taken in one step. `definition` is the city's version
    number.
    """

    epoch: str
    offset: int
    at: int
    definition: int
    tickets: list[TicketState]
    desks: list[DeskState]
    branches: list[BranchState]


class Answer(msgspec.Struct):
    """What every command returns. `ticket` is null where the line is empty; a repeat returns it word for
    word.
    """

    offset: int
    at: int
    ticket: TicketState | None = None
    desk: DeskState | None = None
    facts: BranchState | None = None
    ahead: int | None = None


# --- what the public and the staff see ----------------------------------------------------------------------


class QueueLoad(msgspec.Struct):
    """One queue of a branch on the board: tickets waiting and in hand, and the wait of one who joins now."""

    queue: str
    waiting: int
    serving: int
    wait: Wait | None


class LastCalled(msgspec.Struct):
    """A call as a hall display shows it; `at` is RFC 3339."""

    number: str
    desk: str
    at: str


class BranchFrame(msgspec.Struct, tag_field="type", tag="branch"):
    """One branch's whole small state: equal or newer `seq` replaces, within one `epoch`.

    `reason` says why a branch is paused: "alarm" or the hold's reason. `opens_at`, `closes_at`: RFC 3339 or
    null.
    """

    branch: str
    epoch: str
    seq: int
    as_of: str
    state: BranchStatus
    power: Power
    reason: str | None
    opens_at: str | None
    closes_at: str | None
    waiting: int
    serving: int
    desks_open: int
    desks_total: int
    queues: list[QueueLoad]
    last_called: list[LastCalled]


class Hello(msgspec.Struct, tag_field="type", tag="hello"):
    """First frame on a socket. City time at sending and how many times faster than real time it runs."""

    protocol: int
    city: str
    epoch: str
    offset: int
    city_time: str
    speed: float
    beat_seconds: float


class Beat(msgspec.Struct, tag_field="type", tag="beat"):
    """A sign of life every `beat_seconds` real seconds, with the city time."""

    city_time: str
    offset: int


class Reconnect(msgspec.Struct, tag_field="type", tag="reconnect"):
    """The server is about to stop: come back after `reconnect_in` real seconds."""

    reconnect_in: float


class BoardBranch(msgspec.Struct):
    """A branch on `GET …/board`: the frame's fields and what does not change (name, kind, place)."""

    branch: str
    name: dict[str, str]
    kind: str
    lat: float
    lon: float
    demo: bool
    seq: int
    as_of: str
    state: BranchStatus
    power: Power
    reason: str | None
    opens_at: str | None
    closes_at: str | None
    waiting: int
    serving: int
    desks_open: int
    desks_total: int
    queues: list[QueueLoad]
    last_called: list[LastCalled]


class BoardView(msgspec.Struct):
    """The whole public picture; `offset` is the last event it covers."""

    city: str
    epoch: str
    offset: int
    as_of: str
    branches: list[BoardBranch]


class TicketView(msgspec.Struct):
    """A ticket as its holder sees it: no secret, no priority class. Instants RFC 3339, `wait` in minutes or
    null.
    """

    id: str
    number: str
    state: TicketStatus
    branch: str
    service: str
    queue: str
    desk: str | None
    version: int
    ahead: int | None
    wait: Wait | None
    arrived: str
    called_at: str | None
    park_until: str | None


class StaffTicket(msgspec.Struct):
    """A ticket as staff see it: the holder's view and what only staff need."""

    id: str
    number: str
    state: TicketStatus
    branch: str
    service: str
    queue: str
    desk: str | None
    version: int
    arrived: str
    joined: str | None
    called_at: str | None
    started_at: str | None
    park_until: str | None
    park_reason: str | None
    priority: str | None
    recalls: int
    misses: int
    bound: str | None
    note: str | None
    outcome: str | None
    waited_minutes: float | None
    leg: int
    legs: list[str]


class DeskView(msgspec.Struct):
    """A desk as staff see it."""

    branch: str
    desk: str
    state: DeskStatus
    reason: str | None
    ticket: str | None
    since: str
    version: int


class BranchView(msgspec.Struct):
    """A branch's facts as staff see them."""

    branch: str
    state: BranchStatus
    phase: Phase
    alarm: Alarm
    power: Power
    hold: str | None
    version: int


class IssueAnswer(msgspec.Struct):
    """201 of a new ticket; `secret` opens the holder's view and goes only into headers and URL fragments."""

    ticket: TicketView
    secret: str
    offset: int


class DeskAnswer(msgspec.Struct):
    """200 of a desk verb; `ticket` is null where the line is empty."""

    desk: DeskView
    ticket: StaffTicket | None
    offset: int


class TicketAnswer(msgspec.Struct):
    """200 of a ticket verb by reception or supervisor."""

    ticket: StaffTicket
    offset: int


class BranchAnswer(msgspec.Struct):
    """200 of a branch verb."""

    branch: BranchView
    offset: int


class DeskRoom(msgspec.Struct):
    """All that `/desk` shows: the desk, the ticket in hand, its line in calling order, and what it parked."""

    desk: DeskView
    branch: BranchView
    ticket: StaffTicket | None
    line: list[StaffTicket]
    parked: list[StaffTicket]
    waiting: int
    offset: int
    city_time: str


# --- what is sent to the doors: bodies of commands ----------------------------------------------------------

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
Text = Annotated[str, msgspec.Meta(max_length=200)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class NoFields(msgspec.Struct, forbid_unknown_fields=True):
    """The body of a verb that needs nothing more than its address; it may be left out."""


class IssueBody(msgspec.Struct, forbid_unknown_fields=True):
    """A new ticket for `service`; `services` are further legs of the same visit, in their order.

    `priority`: a priority class of the city; kiosks and staff only.
    """

    service: Id
    services: Annotated[list[Id], msgspec.Meta(max_length=9)] = []
    priority: Id | None = None


class TicketBody(msgspec.Struct, forbid_unknown_fields=True):
    """A verb of a desk that names one ticket by its id."""

    ticket: Id


class MaybeTicketBody(msgspec.Struct, forbid_unknown_fields=True):
    """The ticket who left; without one, the ticket in hand."""

    ticket: Id | None = None


class ReasonBody(msgspec.Struct, forbid_unknown_fields=True):
    """Why, in a few words that colleagues see; never shown to the public but for a branch's hold."""

    reason: Text = ""


class FinishBody(msgspec.Struct, forbid_unknown_fields=True):
    """How the service ended, a word of the branch's own for its reports."""

    outcome: Annotated[str, msgspec.Meta(min_length=1, max_length=40)] = "served"


class ParkBody(msgspec.Struct, forbid_unknown_fields=True):
    """Put the ticket in hand aside, `until` an instant (RFC 3339) or for `minutes`; without either, policy
    decides.
    """

    reason: Text = ""
    until: Moment | None = None
    minutes: Annotated[float, msgspec.Meta(gt=0, le=1440)] | None = None


class TransferBody(msgspec.Struct, forbid_unknown_fields=True):
    """Where a ticket goes: another branch, queue or desk. `service` changes what it is for.

    `keep_place`: by its first arrival (true) or behind everybody (false). `note` is for whoever serves it
    next.
    """

    to_branch: Id | None = None
    to_queue: Id | None = None
    to_desk: Id | None = None
    service: Id | None = None
    keep_place: bool = True
    note: Text | None = None


class HandOnBody(TransferBody, forbid_unknown_fields=True):
    """A desk hands on its ticket in hand, or `ticket`, which it parked. `come_back`: afterwards it returns
    here.
    """

    ticket: Id | None = None
    come_back: bool = False


class ServiceBody(msgspec.Struct, forbid_unknown_fields=True):
    """A verb of a desk that names one service: quick-serve, add-leg."""

    service: Id


class PriorityBody(msgspec.Struct, forbid_unknown_fields=True):
    """A ticket's priority class (null takes it away) and why."""

    priority: Id | None
    reason: Text = ""


# --- answers of the other doors -----------------------------------------------------------------------------


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
    """What reception and supervisors see of a branch: its facts, desks and tickets in calling order."""

    branch: BranchView
    desks: list[DeskView]
    tickets: list[StaffTicket]
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
