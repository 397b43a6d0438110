"""A branch's day from events: what counts, where it counts, and when another day begins."""

from __future__ import annotations

from tests.head_room import HeadRoom
from tests.town import HOUR


def served(room: HeadRoom, queue: str, desk: str, wait: float, service: float) -> str:
    """A whole visit."""
    ticket = room.town.issue("centre", queue).ticket
    assert ticket is not None
    room.town.forward(wait)
    room.town.call("centre", desk, ticket.id)
    room.town.start(ticket.id)
    room.town.forward(service)
    room.town.finish(ticket.id)
    return ticket.id


def test_a_visit_counts_at_its_queue_and_desk() -> None:
    """Its wait in the half-hour of the call, its service at the desk that gave it."""
    room = HeadRoom()
    room.town.forward(25)
    served(room, "land", "3", 10, 8)
    record = room.day().record
    assert record.queue("land").waits == [600_000]
    assert list(record.queue("land").by_slot) == [19]
    assert record.queue("land").services == record.desk("3").services == [480_000]
    assert record.desk("1").services == []


def test_a_second_call_is_no_second_wait() -> None:
    """Put back into the line and called again: one wait, the first."""
    room = HeadRoom()
    ticket = room.town.issue("centre", "land").ticket
    assert ticket is not None
    room.town.forward(5)
    room.town.call("centre", "3", ticket.id)
    room.town.forward(1)
    room.town.to_line(ticket.id)
    room.town.forward(9)
    room.town.call("centre", "3", ticket.id)
    assert room.day().record.queue("land").waits == [300_000]


def test_an_alarm_is_nobodys_idle_time() -> None:
    """Free desks rest from the alarm until the all-clear."""
    room = HeadRoom()
    room.town.forward(10)
    room.town.set_facts("centre", "alarm_sounded", alarm="pause", paused_since=room.town.at)
    room.town.forward(30)
    room.town.set_facts("centre", "alarm_cleared", alarm="none", paused_since=None, paused_total=HOUR // 2)
    room.town.forward(5)
    day = room.day()
    desk = day.record.desk("3")
    assert desk.spent("paused", day.now) == HOUR // 2
    assert desk.nonstop_since == day.now - 5 * 60_000


def test_midnight_begins_anew() -> None:
    """Yesterday's counts are gone; one who was carried over has waited since the doors opened today."""
    room = HeadRoom()
    served(room, "land", "3", 10, 8)
    carried = room.town.issue("centre", "land").ticket
    assert carried is not None
    room.town.set_desk("centre", "3", "closed")
    room.town.set_facts("centre", "day_closed", phase="closed")
    room.town.forward(24 * 60)
    assert room.day().record.queue("land").waits == []
    room.town.set_facts("centre", "branch_opened", phase="open")
    room.town.set_desk("centre", "3", "open")
    room.town.forward(7)
    day = room.day()
    (waiting,) = day.line()
    assert day.waited(waiting) == 7 * 60_000
    room.town.call("centre", "3", carried.id)
    assert room.day().record.queue("land").waits == [7 * 60_000]


def test_incidents_are_kept_for_the_day() -> None:
    """With what was said."""
    room = HeadRoom()
    room.town.tell("incident_recorded", branch="centre", detail={"category": "conflict", "text": "сварка"})
    (incident,) = room.day().record.incidents
    assert (incident.category, incident.text) == ("conflict", "сварка")
