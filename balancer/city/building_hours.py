"""Opening hours as a city file writes them ("09:00-13:00", "closed", dates and ranges) made into `Hours`."""

from __future__ import annotations

import datetime
import re

from balancer.city.faults import Findings, Path
from balancer.city.file_format import DayHours, FileException, FileHours
from balancer.city.model import DAY_MINUTES, DayException, Hours, Span

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SPAN = re.compile(r"^\s*(\d{1,2}):(\d{2})\s*[-–—]\s*(\d{1,2}):(\d{2})\s*$")
YEARLY = re.compile(r"^\d{2}-\d{2}$")
LEAP_YEAR = 2024


def build_hours(
    city: FileHours | None, branch: FileHours | None, city_path: Path, branch_path: Path, findings: Findings
) -> Hours:
    """A branch's hours: each day as the branch says, else the city, else closed; its exceptions go first."""
    week: list[list[Span]] = [[] for _ in DAYS]
    exceptions: list[DayException] = []
    for hours, path in ((city, city_path), (branch, branch_path)):
        if hours is None:
            continue
        for place, day in enumerate(DAYS):
            given = getattr(hours, day)
            key = day
            if given is None and day not in ("sat", "sun"):
                given, key = hours.weekdays, "weekdays"
            if given is not None:
                week[place] = read_spans(given, (*path, key), findings)
        own = (
            build_exception(each, (*path, "exceptions", n), findings)
            for n, each in enumerate(hours.exceptions)
        )
        exceptions = [*own, *exceptions]
    if city is None and branch is None:
        remedy = 'Add [hours] for the city, for example weekdays = "09:00-18:00".'
        findings.fault(branch_path[:-1], "no opening hours", remedy)
    return Hours(week=week, exceptions=exceptions)


def read_spans(given: DayHours, path: Path, findings: Findings) -> list[Span]:
    """The spans of one day, in order; closing up to 06:00 and before opening means the next morning."""
    texts = [given] if isinstance(given, str) else given
    if texts in (["closed"], []):
        return []
    spans = [span for text in texts if (span := _read_span(text, path, findings)) is not None]
    spans.sort(key=lambda span: span.opens)
    for before, after in zip(spans, spans[1:], strict=False):
        if after.opens < before.closes:
            problem = f"{write_span(before)} and {write_span(after)} overlap"
            findings.fault(path, problem, "Let one end before the next begins.")
    return spans


def _read_span(text: str, path: Path, findings: Findings) -> Span | None:
    match = SPAN.match(text)
    if match is None:
        remedy = 'Write "09:00-18:00", a list of such, or "closed".'
        findings.fault(path, f'"{text}" is not a span of hours', remedy)
        return None
    open_hour, open_minute, close_hour, close_minute = map(int, match.groups())
    opens, closes = open_hour * 60 + open_minute, close_hour * 60 + close_minute
    if max(open_minute, close_minute) > 59 or opens >= DAY_MINUTES or closes > DAY_MINUTES:
        findings.fault(path, f'"{text}": no such time of day', "Hours go from 00:00 to 24:00, minutes to 59.")
        return None
    if closes <= opens and closes <= 6 * 60:
        closes += DAY_MINUTES
    if closes <= opens:
        remedy = "Let it close after it opens; only closing up to 06:00 is taken as the next morning."
        findings.fault(path, f'"{text}" closes before it opens', remedy)
        return None
    return Span(opens, closes)


def write_span(span: Span) -> str:
    """The span as the file writes it.

    >>> write_span(Span(540, 1560))
    '09:00-02:00'
    """
    closes = span.closes - DAY_MINUTES if span.closes > DAY_MINUTES else span.closes
    return f"{span.opens // 60:02}:{span.opens % 60:02}-{closes // 60:02}:{closes % 60:02}"


def build_exception(given: FileException, path: Path, findings: Findings) -> DayException:
    """One exception: its days are checked to exist and to stand in order."""
    first = _read_day(given.date, (*path, "date"), findings)
    last = _read_day(given.until, (*path, "until"), findings) if given.until is not None else first
    yearly = [YEARLY.match(day) is not None for day in (first, last)]
    if yearly[0] != yearly[1]:
        findings.fault((*path, "until"), "one day has a year, the other has none", "Write both alike.")
    elif not yearly[0] and last < first:
        remedy = "Let until be the last day of the range."
        findings.fault((*path, "until"), f"{last} is before {first}", remedy)
    spans = read_spans(given.hours, (*path, "hours"), findings)
    return DayException(first=first, last=last, spans=spans, reason=given.reason)  # type: ignore[arg-type]


def _read_day(text: str, path: Path, findings: Findings) -> str:
    """A day of one year or of every year, checked to exist; a placeholder where it does not."""
    dated = f"{LEAP_YEAR}-{text}" if YEARLY.match(text) else text
    try:
        day = datetime.date.fromisoformat(dated).isoformat()
    except ValueError:
        remedy = 'Write 2026-12-31, or "12-31" for every year.'
        findings.fault(path, f'"{text}" is not a day of the calendar', remedy)
        return "2000-01-01"
    return day[5:] if YEARLY.match(text) else day
