"""From after-images to rows of legs."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from balancer.archive.legs import Row, leg_rows
from balancer.archive.tables import LEGS
from balancer.messages import Event, Leg, TicketState, TicketStatus, Wait
from tests.happenings import Happenings
from tests.town import MINUTE, NINE

NEVER: Any = lambda branch, first, last: False  # noqa: E731


def rows(event: Event, agencies: dict[str, str] | None = None, alarmed: Any = NEVER) -> list[Row]:
    """The rows of an event."""
    return list(leg_rows(event, agencies or {}, alarmed))


@pytest.fixture
def town() -> Happenings:
    return Happenings()


def test_one_visit_step_by_step(town: Happenings) -> None:
    """A leg has a row from the first event on, and each later event says more of it."""
    issued = town.issue()
    assert issued.ticket is not None
    [row] = rows(issued)
    assert {**row, "city": "", "epoch": ""}.keys() == set(LEGS.c.keys())
    assert (row["joined"], row["called"], row["state"], row["offset"]) == (NINE, None, "waiting", 1)
    town.forward(4)
    [row] = rows(town.call(), {"centre/1": "fund"})
    assert (row["called"], row["desk"], row["agency"]) == (NINE + 4 * MINUTE, "1", "fund")
    town.start(issued.ticket.id)
    [row] = rows(town.finish(issued.ticket.id))
    assert row["state"] == "done"


def test_nothing_to_tell(town: Happenings) -> None:
    """Events without a ticket write no row."""
    assert rows(town.set_desk("centre", "1", "paused")) == []


def ticket(**parts: Any) -> TicketState:
    """A ticket of two legs in its second."""
    legs = [
        Leg(
            "address", "papers", "centre", "1", NINE, NINE + 1, NINE + 2, NINE + 3, 1, 1, 1, outcome="served"
        ),
        Leg("pension", "social", "centre", joined=NINE + 3),
        Leg("land", "land", "centre"),
    ]
    known: dict[str, Any] = {
        "id": "t",
        "number": "A001",
        "letter": "A",
        "day": "2026-11-23",
        "branch": "centre",
        "queue": "social",
        "service": "pension",
        "state": TicketStatus.WAITING,
        "version": 3,
        "arrived": NINE,
        "order": NINE,
        "tie": 1,
        "channel": "kiosk",
        "quoted": Wait(1, 2, 3),
        "estimated": Wait(2, 3, 4),
        "note": "a secret",
        "leg": 1,
        "legs": legs,
    }
    return TicketState(**known | parts)


def test_the_leg_that_ends_and_the_leg_that_begins() -> None:
    """An event that ends a leg writes both; one that does not, only the current one; never a leg to come."""
    ended = Event(9, "leg_finished", NINE + 3, 0, "desk", ticket=ticket())
    first, second = rows(ended)
    assert (first["leg"], first["state"], first["outcome"], first["first_p50"]) == (0, "done", "served", 2)
    assert (second["leg"], second["state"], second["joined"]) == (1, "waiting", NINE + 3)
    assert (first["last_p90"], second["first_p50"], second["last_p90"]) == (4, None, None)
    [only] = rows(Event(10, "priority_set", NINE + 4, 0, "desk", ticket=ticket()))
    assert only["leg"] == 1


def test_no_words_about_a_visitor() -> None:
    """Neither notes nor reasons nor the number in any row, and no NUL, which PostgreSQL would refuse."""
    told = ticket(park_reason="ill", leg=0, legs=[Leg("a", "q", "b", joined=NINE, outcome="x\0y")])
    [row] = rows(Event(9, "ticket_parked", NINE, 0, "desk", ticket=told))
    assert not {"a secret", "ill", "A001"} & set(row.values())
    assert row["outcome"] == "x�y"


def test_an_alarm_in_the_wait() -> None:
    """Asked for the span from joining to the call, or up to now where nobody has called yet."""
    asked = []

    def alarmed(branch: str, first: int, last: int) -> bool:
        asked.append((branch, first, last))
        return True

    rows(Event(9, "ticket_recalled", NINE + 50, 0, "d", ticket=ticket(leg=0)), alarmed=alarmed)
    rows(Event(10, "priority_set", NINE + 60, 0, "d", ticket=ticket()), alarmed=alarmed)
    assert asked == [("centre", NINE, NINE + 1), ("centre", NINE + 3, NINE + 60)]


def test_absurd_spans_are_kept_as_they_are() -> None:
    """A ticket finished after three days, a clock that jumped: the row says so, whoever learns decides."""
    leg = Leg("a", "q", "b", "1", NINE, NINE, NINE, NINE + 3 * 86_400_000, -5, 0, 3 * 86_400_000)
    [row] = rows(Event(9, "ticket_finished", NINE, 0, "d", ticket=ticket(leg=0, legs=[leg])))
    assert (row["wait_ms"], row["service_ms"]) == (-5, 259_200_000)


def test_the_event_is_left_as_it_was() -> None:
    """Rows take nothing away from the event."""
    event = Event(9, "leg_finished", NINE, 0, "d", ticket=ticket())
    before = msgspec.json.encode(event)
    rows(event)
    assert msgspec.json.encode(event) == before


def test_payment_is_timed_apart(town: Happenings) -> None:
    """Of a leg that was served its part of payment; of one that was not, nothing."""
    issued = town.issue()
    assert issued.ticket is not None
    [row] = rows(issued)
    assert row["paying_ms"] is None
    town.call()
    town.start(issued.ticket.id)
    finished = town.finish(issued.ticket.id)
    assert finished.ticket is not None
    finished.ticket.legs[0].paying_ms = 2 * MINUTE
    [row] = rows(finished)
    assert row["paying_ms"] == 2 * MINUTE
