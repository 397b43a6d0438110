"""A waiting ticket as an entry of a calendar (RFC 5545), in the city's time zone. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from balancer.city.definition import City
from balancer.messages import TicketState, Wait
from balancer.wording.languages import Language, clock_time, local
from balancer.wording.said import SAID

MINUTE_MS, SECOND_MS = 60_000, 1000
PRODUCT = "-//queue-balancer//ticket//"


def calendar_entry(
    ticket: TicketState, city: City, wait: Wait, travel: float | None, now: int, language: Language
) -> bytes:
    """The call of a ticket, expected `wait` minutes after city ms `now`: from p10 to p90, with an alarm
    `travel` minutes before it begins (at its beginning, where the way is not known).
    """
    branch, words = city.branch(ticket.branch), SAID.of(language)
    zone = ZoneInfo(branch.time_zone)
    early, low, high = (_instant(now, minutes) for minutes in (wait.p10, wait.p50, wait.p90))
    leave = max(now, early - round((travel or 0.0) * MINUTE_MS))

    def clock(at: int) -> str:
        return clock_time(language, branch.time_zone, at)

    title = words.calendar_title.format(number=ticket.number)
    service = local(city.service(ticket.service).name, language)
    text = words.calendar_text.format(service=service, low=clock(low), high=clock(high), early=clock(early))
    event = Event()
    event.add("uid", f"{ticket.id}@{city.city}")
    event.add("dtstamp", datetime.fromtimestamp(now / SECOND_MS, ZoneInfo("UTC")))
    event.add("dtstart", _wall(early, zone))
    event.add("dtend", _wall(max(high, early + MINUTE_MS), zone))
    event.add("summary", title)
    event.add("location", f"{local(branch.name, language)}, {local(branch.address, language)}")
    if travel:
        text += "\n" + words.calendar_leave.format(leave=clock(leave))
    event.add("description", text)
    event.add_component(_alarm(timedelta(milliseconds=leave - early), words.calendar_alarm, ticket.number))
    calendar = Calendar()
    calendar.add("prodid", PRODUCT + language.upper())
    calendar.add("version", "2.0")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    body: bytes = calendar.to_ical()
    return body


def _alarm(before: timedelta, text: str, number: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text.format(number=number))
    alarm.add("trigger", before)
    return alarm


def _instant(now: int, minutes: float) -> int:
    """City ms in `minutes`, whole minutes: nobody knows a call to the second."""
    return round(now / MINUTE_MS + minutes) * MINUTE_MS


def _wall(at: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(at / SECOND_MS, zone)
