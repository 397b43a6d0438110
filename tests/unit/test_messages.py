"""The wire types: every one encodes, decodes again and says what it is."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import msgspec
import pytest

from balancer import messages
from balancer.messages import (
    Answer,
    BranchFrame,
    Event,
    Hello,
    IssueBody,
    TicketState,
    TicketStatus,
    TicketView,
)

TYPES = [
    kind
    for module in pkgutil.iter_modules(messages.__path__, f"{messages.__name__}.")
    for _, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass)
    if issubclass(kind, msgspec.Struct) and kind.__module__ == module.name
]
PUBLIC = (
    "TicketView",
    "BranchFrame",
    "BoardBranch",
    "BoardView",
    "QueueLoad",
    "LastCalled",
    "Hello",
    "Beat",
    "Calls",
)
SECRET = {"secret", "priority", "phone", "head_start_ms", "note", "park_reason"}

TICKET = TicketState(
    id="t1",
    number="A001",
    letter="A",
    day="2026-11-23",
    branch="center",
    queue="papers",
    service="passport",
    state=TicketStatus.WAITING,
    version=1,
    arrived=1,
    order=1,
    tie=1,
    channel="kiosk",
)


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
def test_every_type_says_what_it_is_and_has_a_schema(kind: type[msgspec.Struct]) -> None:
    """The documents are generated from these."""
    assert inspect.getdoc(kind)
    assert msgspec.json.schema(kind)


@pytest.mark.parametrize("name", PUBLIC)
def test_nothing_public_has_a_field_for_a_secret(name: str) -> None:
    """Invariant 8: no secret, no phone number, no priority class."""
    assert not SECRET & set(getattr(messages, name).__struct_fields__)


@pytest.mark.parametrize(
    "kind", [kind for kind in TYPES if kind.__name__.endswith("Body")], ids=lambda k: k.__name__
)
def test_a_body_refuses_fields_that_it_does_not_know(kind: type[msgspec.Struct]) -> None:
    """A misspelt field is told, never passed over."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"no_such_field": 1}', type=kind)


def test_an_event_survives_the_log() -> None:
    """What is left out means the default."""
    event = Event(offset=7, type="ticket_issued", at=1, real=2, actor="kiosk", branch="center", ticket=TICKET)
    raw = msgspec.json.encode(event)
    assert b"moved_from" not in raw
    assert msgspec.json.decode(raw, type=Event) == event


def test_an_answer_survives_the_store() -> None:
    """A repeat is decoded from what was stored."""
    answer = Answer(offset=3, at=5, ticket=TICKET, ahead=2)
    assert msgspec.json.decode(msgspec.json.encode(answer), type=Answer) == answer


def test_frames_carry_their_type_first() -> None:
    """A client chooses by `type`."""
    hello = Hello(1, "dolyna", "e", 0, "2026-11-23T10:00:00+02:00", 1.0, 15.0)
    assert msgspec.json.encode(hello).startswith(b'{"type":"hello"')
    assert BranchFrame.__struct_config__.tag == "branch"


def test_holders_and_staff_share_the_fixed_names() -> None:
    """Design §8 fixes the names of a ticket."""
    fixed = {"id", "number", "state", "branch", "service", "queue", "desk", "version", "ahead", "wait"}
    assert fixed <= set(TicketView.__struct_fields__)


def test_a_ticket_has_at_most_ten_legs() -> None:
    """A visit of a hundred services is a mistake or an attack."""
    raw = msgspec.json.encode({"service": "a", "services": ["b"] * 10})
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(raw, type=IssueBody)
