"""The call as an entry of a calendar: read back by the library, in the city's zone."""

from __future__ import annotations

from datetime import timedelta

from icalendar import Calendar

from balancer.messages import Wait
from balancer.notices.calendar_entry import calendar_entry
from tests.city_files import small_city
from tests.unit.test_guide_view import TEN, ticket

WAIT = Wait(20.2, 31.0, 44.0)


def entry(travel: float | None = 13, language: str = "uk", now: int = TEN) -> Calendar:
    body = calendar_entry(ticket(), small_city(), WAIT, travel, now, "en" if language == "en" else "uk")
    assert all(len(line) <= 75 for line in body.split(b"\r\n")), "lines are folded by bytes"
    return Calendar.from_ical(body)


def test_it_lasts_from_the_earliest_to_the_latest_call() -> None:
    """Whole minutes of the city's zone, which is described in the file."""
    calendar = entry()
    event = calendar.walk("VEVENT")[0]
    assert event["dtstart"].dt.isoformat() == "2026-11-23T10:20:00+02:00"
    assert event["dtend"].dt.isoformat() == "2026-11-23T10:44:00+02:00"
    assert calendar.walk("VTIMEZONE")[0]["tzid"] == "Europe/Kyiv"
    assert str(event["location"]) == "Центр, пл. Ринок, 1"


def test_the_alarm_rings_when_it_is_time_to_leave() -> None:
    """The way before the earliest call; at once where that has passed; at the call without a way."""
    alarm = entry().walk("VALARM")[0]
    assert alarm["trigger"].dt == timedelta(minutes=-13)
    assert "Вийдіть о 10:07." in str(entry().walk("VEVENT")[0]["description"])
    assert entry(travel=60).walk("VALARM")[0]["trigger"].dt == timedelta(minutes=-20)
    assert entry(travel=None).walk("VALARM")[0]["trigger"].dt == timedelta(0)


def test_it_speaks_english_too_and_names_no_secret() -> None:
    """Title and text in the reader's language; the uid is the ticket's id, which opens nothing."""
    event = entry(language="en").walk("VEVENT")[0]
    assert str(event["summary"]) == "Service centre: ticket P007"
    assert "Passport. The call is expected 10:31–10:44, hardly before 10:20." in str(event["description"])
    assert str(event["uid"]) == "t1@dolyna"
