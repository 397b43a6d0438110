"""State as the core keeps it; the same after-images ride in events and in the snapshot."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

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
Alarm = Literal["none", "pause", "shelter", "continue"]
"""What an air raid means for a branch while it lasts; under "continue" service goes on where it is."""

Power = Literal["on", "off"]
BranchStatus = Literal["closed", "open", "tickets_closed", "paused", "shelter"]
Method = Literal["replay", "throughput"]
"""How a wait was worked out: by replaying the desks, or by how fast the line moved."""


class Wait(msgspec.Struct, frozen=True):
    """A wait in minutes: one visitor in ten waits less than p10, half less than p50, nine in ten less than
    p90.
    """

    p10: float
    p50: float
    p90: float


class Leg(msgspec.Struct):
    """One service at one desk. Instants are city ms; spans (ms) exclude pauses and parking; null until they
    happened. `joined_time` is `joined` in branch time, from which spans are counted; `paused_ms` is known
    once the leg has ended. `paying_ms` is the part of `service_ms` in which the visitor paid.
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
    paying_ms: int = 0


class TicketState(msgspec.Struct):
    """A ticket as the core stores it. `order` (branch-time ms), then `placed` (the city ms at which it took
    its place: arrived, or was put behind others), then `tie` (event offset) give its place in a line.

    `desk`: the desk that has it in hand (called, serving) or parked it. `bound`: the only desk that may call
    it. `leg`: index of the current leg in `legs`. `since`: branch time at which it entered its state.
    `paying_since`: since when (city ms; `paying_time` in branch time) the visitor pays, else null.
    `noted_by`, `noted_at`: who wrote the note (as in the log) and when (city ms).
    `quoted`: the wait shown when it was issued, `estimated`: the last one shown before its first call. Never
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
    noted_by: str | None = None
    noted_at: int | None = None
    quoted: Wait | None = None
    estimated: Wait | None = None
    leg: int = 0
    legs: list[Leg] = []
    since: int = 0
    paying_since: int | None = None
    paying_time: int | None = None
    placed: int = 0


class DeskState(msgspec.Struct):
    """A desk: its status, the ticket in hand and since when (city ms). `queues`: the ones it calls from,
    where a supervisor has set them; null = those of the city's file.
    """

    branch: str
    desk: str
    state: DeskStatus
    version: int
    since: int
    reason: str | None = None
    ticket: str | None = None
    queues: list[str] | None = None


class BranchState(msgspec.Struct):
    """A branch's independent facts. `paused_since` is city ms while alarm or hold stops its time, else null;
    `resumes` the city ms at which an alarm's pause ends, once the all-clear was given, else null;
    `suspended` the services that a supervisor stopped one by one.

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
    resumes: int | None = None
    suspended: list[str] = []


IntentStatus = Literal["on_the_way", "kept", "cancelled", "expired"]


class IntentState(msgspec.Struct):
    """A visitor on his way: where to, for what, when he means to come, until when he is expected (city ms).

    Nothing of who he is or where he comes from. `ticket` is the one that kept it; `quoted` the wait at
    arrival that he was promised.
    """

    id: str
    branch: str
    queue: str
    service: str
    state: IntentStatus
    version: int
    announced: int
    arrives: int
    expires: int
    ended: int | None = None
    ticket: str | None = None
    quoted: Wait | None = None


class NumberBlock(msgspec.Struct):
    """The leased numbers of one queue: its letter with `first` and those after it."""

    queue: str
    letter: str
    first: int


class LeaseState(msgspec.Struct):
    """Numbers of a branch's day that a kiosk may give out by itself: `count` of every block."""

    lease: str
    branch: str
    day: str
    count: int
    blocks: list[NumberBlock]


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
    intent: IntentState | None = None
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
    intents: list[IntentState] = []


class Answer(msgspec.Struct):
    """What every command returns. `ticket` is null where the line is empty; a repeat returns it word for
    word.
    """

    offset: int
    at: int
    ticket: TicketState | None = None
    desk: DeskState | None = None
    facts: BranchState | None = None
    intent: IntentState | None = None
    lease: LeaseState | None = None
    ahead: int | None = None
