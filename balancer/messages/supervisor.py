"""What the head of a centre sees: the measures of a branch's day, and what needs a decision.

`BranchMeasures` is the definition of every measure, for one branch as for the comparison of all of them.
Minutes throughout; instants RFC 3339 in the branch's time zone; a day is one by the branch's wall clock.
Waits and services are those of the core: pauses of the branch belong to neither.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from balancer.messages.devices import DeviceView
from balancer.messages.state import BranchStatus, DeskStatus, Wait
from balancer.messages.views import BranchView

SpanKind = Literal["busy", "idle", "paused"]
Level = Literal["quiet", "moderate", "busy"]


class DaySpan(msgspec.Struct):
    """A stretch of a desk's day: `busy` called or serving, `idle` open without a ticket, `paused` on a break
    or open while the whole branch stands still.
    """

    begins: str
    ends: str
    kind: SpanKind


class DeskDay(msgspec.Struct):
    """A desk's day up to now. `done`: services that it ended itself (not handed on, not broken off).

    `over_red`: services above the policy's `service_red_minutes`, ended today or going on; `over_red_now`:
    the one in hand is. `nonstop_minutes`: since it last opened or came back from a break; 0 while it is not
    open. `spans` are given for a single desk only.
    """

    desk: str
    busy_minutes: float
    idle_minutes: float
    paused_minutes: float
    done: int
    mean_service_minutes: float | None
    over_red: int
    over_red_now: bool
    nonstop_minutes: float
    spans: list[DaySpan] = []


class StandardShare(msgspec.Struct):
    """How a standard is met today: which share of `n` waits or services was within the target, and which
    within the guarantee. They are two promises, measured separately; null without any. `share`: what is
    promised.
    """

    standard: str
    metric: Literal["wait", "service"]
    name: dict[str, str]
    target_minutes: float
    guaranteed_minutes: float
    share: float
    n: int
    within_target: float | None
    within_guaranteed: float | None


class QueueDay(msgspec.Struct):
    """A queue's day. `called`: first calls today, `median_minutes` the median of their waits; `served`:
    services ended; `longest_minutes`: of those who wait now, `longest` that ticket's number. `wait`: of one
    who joins now. `desks_open`: open desks with the skill.
    """

    queue: str
    waiting: int
    longest_minutes: float | None
    longest: str | None
    over_target: int
    over_guaranteed: int
    issued: int
    called: int
    served: int
    median_minutes: float | None
    standards: list[StandardShare]
    wait: Wait | None
    desks_open: int


class HeatCell(msgspec.Struct):
    """One half-hour from `at`: the median wait of the `n` who were called in it, or, where `forecast` is
    true, the one that is expected of those who come then. Null where nobody was called or nobody knows.
    """

    at: str
    p50: float | None
    n: int
    forecast: bool
    level: Level | None


class HeatRow(msgspec.Struct):
    """The half-hours of one queue, or of the whole branch (`queue` null), from opening to closing."""

    queue: str | None
    cells: list[HeatCell]


class HallLoad(msgspec.Struct):
    """People in the hall who are at no desk (waiting, called, parked), and how many it holds."""

    people: int
    capacity: int | None


class HourForecast(msgspec.Struct):
    """The next hour, or what is left until closing: visitors who will come, and whom the desks can serve."""

    comes: float
    can_serve: float


class BranchMeasures(msgspec.Struct):
    """A branch's day up to `as_of`. `known_from`: the day is measured from then on only, because the log does
    not reach back farther; null: the whole day. `median_minutes`: median wait of those `called` today.
    """

    branch: str
    state: BranchStatus
    day: str
    as_of: str
    known_from: str | None
    waiting: int
    longest_minutes: float | None
    longest: str | None
    issued: int
    called: int
    served: int
    missed: int
    median_minutes: float | None
    mean_service_minutes: float | None
    desks_open: int
    desks_paused: int
    desks_total: int
    over_red: int
    over_red_now: int
    hall: HallLoad
    forecast: HourForecast | None
    standards: list[StandardShare]
    queues: list[QueueDay]
    desks: list[DeskDay]
    strip: HeatRow


AlertKind = Literal[
    "queue_unserved",
    "starving_ticket",
    "hall_full",
    "over_red",
    "standard_at_risk",
    "stale_desk",
    "silent_device",
    "printer_needs_hand",
    "feed_silent",
    "rest_due",
    "help_asked",
]
AlertVerb = Literal[
    "set_skills",
    "open_desk",
    "resume_desk",
    "pause_desk",
    "ask",
    "close_tickets",
    "check_device",
    "check_alarm",
    "answer_help",
    "end_help",
]


class AlertAction(msgspec.Struct):
    """The one thing that would help most. `queues`: all skills that the desk has afterwards (set_skills)."""

    verb: AlertVerb
    desk: str | None = None
    queue: str | None = None
    queues: list[str] | None = None
    device: str | None = None


class Alert(msgspec.Struct):
    """What needs a decision. `alert` names the same trouble as long as it lasts; `since` is when it began,
    null where nobody can say.

    The rest is what the words are made of: `minutes` it has lasted or been waited, `count` people, `at` when
    a standard will be missed, `mark` which of its two promises, `free_queues` in which nobody waits, `paused`
    desks on a break.
    """

    alert: str
    kind: AlertKind
    urgent: bool
    since: str | None
    queue: str | None = None
    desk: str | None = None
    ticket: str | None = None
    device: str | None = None
    minutes: float | None = None
    count: int | None = None
    at: str | None = None
    mark: Literal["target", "guaranteed"] | None = None
    free_queues: list[str] = []
    paused: int = 0
    printer: str | None = None
    action: AlertAction | None = None


class DeskRow(msgspec.Struct):
    """A desk on the head's table: its state now and its day. `queues`: its skills now, `own_skills` false
    where somebody changed them today. `ticket`: number and id in hand, `minutes` in its present state and
    `serving` which.
    """

    desk: str
    state: DeskStatus
    reason: str | None
    since: str
    version: int
    queues: list[str]
    own_skills: bool
    ticket: str | None
    ticket_id: str | None
    serving: bool
    paying: bool
    minutes: float | None
    day: DeskDay


class IncidentView(msgspec.Struct):
    """What was put on record today."""

    at: str
    desk: str | None
    ticket: str | None
    category: str
    text: str


class SupervisionView(msgspec.Struct):
    """All that `/supervisor` shows of a branch. `moving` says whether branch time moves (no pause). Lists of
    desks in the order of their numbers: nobody is ranked.
    """

    branch: str
    name: dict[str, str]
    facts: BranchView
    opens_at: str | None
    closes_at: str | None
    moving: bool
    alerts: list[Alert]
    measures: BranchMeasures
    desks: list[DeskRow]
    heat: list[HeatRow]
    devices: list[DeviceView]
    incidents: list[IncidentView]
    amber_minutes: float
    red_minutes: float
    offset: int
    city_time: str
