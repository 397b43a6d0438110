"""What the audit keeps of an event, and how a chain of hashes shows what was done to it."""

from __future__ import annotations

import random

import msgspec
import pytest

from balancer.archive.audit import BEGINNING, Fault, Head, Row, audit_row, chained, first_fault
from balancer.messages import Event
from tests.happenings import Happenings

SEED = 11


def by(actor: str, event: Event) -> Event:
    return msgspec.structs.replace(event, actor=actor)


def deeds(count: int) -> list[Row]:
    """Rows of a random morning, done by different people."""
    town, dice = Happenings(), random.Random(SEED)
    who = ("desk:centre/1#a1", "reception:centre#b2", "supervisor:centre#c3", "admin:#d4")
    rows = [audit_row(by(dice.choice(who), town.random_step(dice))) for _ in range(count)]
    return [row for row in rows if row is not None]


def chain(rows: list[Row]) -> tuple[list[Row], Head]:
    made = list(chained(rows, Head(), "e"))
    return made, Head(len(made), made[-1]["hash"])


def test_people_are_kept_devices_and_timers_are_not() -> None:
    """A clerk's deed is in it with desk and ticket number; what a kiosk, a visitor or a timer did is not."""
    town = Happenings()
    issued = town.issue()
    called = by("desk:centre/1#a1b2", town.call())
    row = audit_row(called)
    assert row is not None and called.ticket is not None
    assert (row["role"], row["branch"], row["desk"]) == ("desk", "centre", "1")
    assert (row["ticket"], row["number"]) == (called.ticket.id, called.ticket.number)
    for actor in ("kiosk:centre#k", "citizen", "timer", "display:centre#d", "test"):
        assert audit_row(by(actor, issued)) is None


def test_a_call_for_help_is_kept_with_what_came_of_it() -> None:
    """A kiosk's own, too: one that nobody answered would leave no trace else."""
    town = Happenings()
    for kind, kept in (("help_asked", True), ("help_ended", True), ("device_approved", False)):
        told = town.tell("staff_noted", branch="centre", detail={"kind": kind, "answered": False})
        row = audit_row(by("kiosk:centre#k", told))
        assert (row is not None) is kept
        assert row is None or (row["role"], row["branch"]) == ("kiosk", "centre")
        assert audit_row(by("citizen", told)) is None


def test_a_deed_keeps_its_reason_and_no_word_about_the_visitor() -> None:
    """Why a desk paused and which class was given are in it; a note about a visitor stays in the log."""
    town = Happenings()
    ticket = town.issue().ticket
    assert ticket is not None
    noted = msgspec.structs.replace(ticket, note="cries a lot", priority="veteran")
    given = town.tell("priority_set", branch="centre", ticket=noted, detail={"reason": "document shown"})
    row = audit_row(by("reception:centre#x", given))
    assert row is not None and row["detail"] == '{"priority":"veteran","reason":"document shown"}'
    paused = town.set_desk("centre", "1", "paused")
    assert paused.desk is not None
    paused.desk.reason = "lunch"
    row = audit_row(by("supervisor:centre#y", paused))
    assert row is not None and row["detail"] == '{"reason":"lunch"}' and row["desk"] == "1"


def test_an_unbroken_chain() -> None:
    """Made in one go or in two, it is the same; checked, it holds."""
    rows = deeds(40)
    made, head = chain(rows)
    first = list(chained(rows[:15], Head(), "e"))
    second = list(chained(rows[15:], Head(15, first[-1]["hash"]), "e"))
    assert first + second == made
    assert first_fault(made, head) is None
    assert first_fault([], Head()) is None
    assert Head().hash == BEGINNING


@pytest.mark.parametrize("name", ["actor", "at", "branch", "number", "detail", "type", "real", "hash"])
def test_a_changed_row_is_found(name: str) -> None:
    """Whatever was changed in a row, the check names that row."""
    made, head = chain(deeds(30))
    made[11] = {**made[11], name: 1 if name in ("at", "real") else "something else"}
    fault = first_fault(made, head)
    assert fault is not None and fault.entry == 12, fault


def test_a_row_that_was_taken_out_is_found() -> None:
    """From the middle, from the beginning and from the end."""
    made, head = chain(deeds(30))
    for place, due in ((11, 12), (0, 1), (len(made) - 1, len(made))):
        left = made[:place] + made[place + 1 :]
        assert first_fault(left, head) == Fault(due, first_fault(left, head).why)  # type: ignore[union-attr]
    assert first_fault([], head) == Fault(1, f"entry 1 is missing, the audit had {len(made)}")


def test_taken_out_and_numbered_anew_is_found_too() -> None:
    """Closing the gap in the numbers does not mend the hashes."""
    made, head = chain(deeds(30))
    left = made[:11] + [{**row, "entry": row["entry"] - 1} for row in made[12:]]
    fault = first_fault(left, head)
    assert fault is not None and fault.entry == 12


def test_a_row_that_was_put_in_is_found() -> None:
    """In the middle with the later ones moved, and behind the last one with a hash that fits."""
    made, head = chain(deeds(30))
    copy = {**made[3], "entry": 12}
    moved = made[:11] + [copy] + [{**row, "entry": row["entry"] + 1} for row in made[11:]]
    assert (fault := first_fault(moved, head)) is not None and fault.entry == 12
    forged = list(chained([made[3]], head, "e"))
    assert (fault := first_fault(made + forged, head)) is not None and fault.entry == len(made) + 1
