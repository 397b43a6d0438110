"""What the holder of a ticket and the staff see, and the answers to commands."""

from __future__ import annotations

import msgspec

from balancer.messages.state import Alarm, BranchStatus, DeskStatus, Method, Phase, Power, TicketStatus, Wait


class TicketView(msgspec.Struct):
    """A ticket as its holder sees it: no secret, no priority class. Instants RFC 3339, `wait` in minutes or
    null, `method` how it was worked out. `leave_by`: when to set out, if the travel time was asked with.
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
    method: Method | None = None
    leave_by: str | None = None


class StaffTicket(msgspec.Struct):
    """A ticket as staff see it: the holder's view and what only staff need. `paying_since`: RFC 3339, null
    while the visitor does not pay.
    """

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
    paying_since: str | None = None
    noted_by: str | None = None
    noted_at: str | None = None


class DeskView(msgspec.Struct):
    """A desk as staff see it; `queues`: the ones it calls from now."""

    branch: str
    desk: str
    state: DeskStatus
    reason: str | None
    ticket: str | None
    since: str
    version: int
    queues: list[str]


class BranchView(msgspec.Struct):
    """A branch's facts as staff see them; `resumes_at`: when it goes on after the all-clear (RFC 3339);
    `suspended`: services that a supervisor stopped.
    """

    branch: str
    state: BranchStatus
    phase: Phase
    alarm: Alarm
    power: Power
    hold: str | None
    version: int
    resumes_at: str | None
    suspended: list[str]


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


class Slip(msgspec.Struct):
    """A leased number: printed by a kiosk without the server, it becomes `ticket` once it is entered."""

    number: str
    queue: str
    letter: str
    ticket: str
    secret: str


class LeaseAnswer(msgspec.Struct):
    """201 of a lease. `day`: the date of the branch's day; after `expires` (RFC 3339) no slip is taken."""

    lease: str
    day: str
    expires: str
    slips: list[Slip]
    offset: int
