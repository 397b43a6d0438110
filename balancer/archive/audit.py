"""Who did what: rows of the audit from the events of people, and the chain of hashes that ties them. Pure.

A row's hash is SHA-256 over the hash of the row before it and its own canonical JSON, so that a row which is
changed, taken out or put in later breaks the chain there. What staff wrote about a visitor beside the event
(note, reason of parking) is no part of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from balancer.messages import Event

PEOPLE = frozenset({"desk", "reception", "supervisor", "planner", "admin"})
"""Roles whose deeds are kept; devices, visitors and timers are in the event log alone."""
CALLS = frozenset({"help_asked", "help_ended"})
"""But for a kiosk's call for help, so that one that nobody answered is seen."""
BEGINNING = "0" * 64
HASHED = (
    "entry",
    "epoch",
    "offset",
    "at",
    "real",
    "actor",
    "role",
    "type",
    "branch",
    "desk",
    "ticket",
    "number",
    "detail",
)

Row = dict[str, Any]


class Head(NamedTuple):
    """Where a chain ends: how many rows it has, and the hash of the last."""

    entries: int = 0
    hash: str = BEGINNING


class Fault(NamedTuple):
    """The first row at which a chain is not what it was: its number, and what is wrong with it."""

    entry: int
    why: str


def audit_row(event: Event) -> Row | None:
    """What the audit keeps of an event, not yet in a chain; None where nobody of the staff did it
    or was called."""
    role, _, place = event.actor.partition(":")
    is_call = role == "kiosk" and event.detail.get("kind") in CALLS
    if role not in PEOPLE and not is_call:
        return None
    desk = place.partition("#")[0].partition("/")[2] or None
    return {
        "offset": event.offset,
        "at": event.at,
        "real": event.real,
        "actor": event.actor,
        "role": role,
        "type": event.type,
        "branch": event.branch,
        "desk": event.desk.desk if event.desk else desk,
        "ticket": event.ticket.id if event.ticket else None,
        "number": event.ticket.number if event.ticket else None,
        "detail": _canonical(_detail(event)),
    }


def _detail(event: Event) -> dict[str, Any]:
    """The event's own words and, where they are of the deed, those of its after-images."""
    found: dict[str, Any] = dict(event.detail)
    if event.type == "desk_paused" and event.desk is not None and event.desk.reason:
        found.setdefault("reason", event.desk.reason)
    if event.facts is not None and event.facts.hold:
        found.setdefault("hold", event.facts.hold)
    if event.type == "priority_set" and event.ticket is not None:
        found.setdefault("priority", event.ticket.priority)
    if event.moved_from:
        found.setdefault("moved_from", event.moved_from)
    return found


def chained(rows: Iterable[Row], head: Head, epoch: str) -> Iterator[Row]:
    """The rows as they follow on `head`, each with its number and hash."""
    for row in rows:
        whole = {**row, "epoch": epoch, "entry": head.entries + 1}
        head = Head(head.entries + 1, hash_of(whole, head.hash))
        yield {**whole, "hash": head.hash}


def hash_of(row: Mapping[Any, Any], before: str) -> str:
    """The hash that a row must have after a row whose hash is `before`."""
    text = before + _canonical({name: row[name] for name in HASHED})
    return hashlib.sha256(text.encode()).hexdigest()


def first_fault(rows: Iterable[Mapping[Any, Any]], head: Head) -> Fault | None:
    """The first row that breaks the chain; None where it leads from its beginning to `head` unbroken.

    `rows`: the whole audit of a city by number.
    """
    last = Head()
    for row in rows:
        due = last.entries + 1
        if row["entry"] != due:
            return Fault(due, f"entry {due} is missing, {row['entry']} follows on {last.entries}")
        if row["hash"] != hash_of(row, last.hash):
            return Fault(due, f"entry {due} is not what was written, or was put in later")
        last = Head(due, row["hash"])
    if last.entries < head.entries:
        due = last.entries + 1
        return Fault(due, f"entry {due} is missing, the audit had {head.entries}")
    if last != head:
        return Fault(last.entries, f"entry {last.entries} was not written by the archive")
    return None


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
