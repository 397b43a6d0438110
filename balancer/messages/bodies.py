"""What is sent to the doors: bodies of commands."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
Text = Annotated[str, msgspec.Meta(max_length=200)]
LongText = Annotated[str, msgspec.Meta(max_length=500)]
IncidentCategory = Literal["conflict", "gift_refused", "register_down", "other"]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class NoFields(msgspec.Struct, forbid_unknown_fields=True):
    """The body of a verb that needs nothing more than its address; it may be left out."""


class IssueBody(msgspec.Struct, forbid_unknown_fields=True):
    """A new ticket for `service`; `services` are further legs of the same visit, in their order.

    `priority`: a priority class of the city; kiosks and staff only. `intent`: the id under which the visitor
    announced himself, which the ticket then keeps; citizens send its secret in the header Intent-Secret.

    Kiosks and reception enter what was given out on paper: `number` is a slip of a lease of today, whose
    ticket id and secret the ticket then has (`lease` guards against a number of another day); `arrived` is
    when the visitor came, today, from which place and wait follow. Reception may leave out the number.
    """

    service: Id
    services: Annotated[list[Id], msgspec.Meta(max_length=9)] = []
    priority: Id | None = None
    intent: Id | None = None
    number: Id | None = None
    lease: Id | None = None
    arrived: Moment | None = None


class LeaseBody(msgspec.Struct, forbid_unknown_fields=True):
    """How many numbers of every queue's letter."""

    count: Annotated[int, msgspec.Meta(ge=1, le=100)]


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
    note: LongText | None = None


class HandOnBody(TransferBody, forbid_unknown_fields=True):
    """A desk hands on its ticket in hand, or `ticket`, which it parked. `come_back`: afterwards it returns
    here.
    """

    ticket: Id | None = None
    come_back: bool = False


class ServiceBody(msgspec.Struct, forbid_unknown_fields=True):
    """A verb that names one service: quick-serve, add-leg, suspend-service, restore-service."""

    service: Id


class SkillsBody(msgspec.Struct, forbid_unknown_fields=True):
    """The queues that a desk calls from, until set anew; null: those of the city's file."""

    queues: Annotated[list[Id], msgspec.Meta(min_length=1, max_length=50)] | None


class PriorityBody(msgspec.Struct, forbid_unknown_fields=True):
    """A ticket's priority class (null takes it away) and why."""

    priority: Id | None
    reason: Text = ""


class NoteBody(msgspec.Struct, forbid_unknown_fields=True):
    """A note on the ticket in hand for whoever serves it next; an empty text takes it away."""

    text: LongText


class IncidentBody(msgspec.Struct, forbid_unknown_fields=True):
    """What happened at a desk, in words that the head of the centre reads."""

    category: IncidentCategory
    text: LongText = ""


class BranchIncidentBody(IncidentBody, forbid_unknown_fields=True):
    """What happened in a branch, and the ticket that it is about, if it is about one."""

    ticket: Id | None = None
