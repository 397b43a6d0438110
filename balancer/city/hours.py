"""When a branch is open, in city time (ms since the Unix epoch), right over daylight-saving changes.

Opening hours are wall time. A time of day that a spring change skips stands for the moment of the change; of
one that an autumn change repeats, opening takes the first and closing the second, so that nobody finds a door
closed which the hours call open. Pure: no clock in here, the caller passes the instant.
"""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Sequence
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec

from balancer.city.model import DAY_MINUTES, Branch, DayException, Hours, Span

SECOND_MS = 1000
MINUTE_MS = 60 * SECOND_MS
QUARTER_HOUR_MS = 15 * MINUTE_MS
LOOK_DAYS = (8, 40, 400)
KEPT_ANSWERS = 8
UNIX_EPOCH = datetime.datetime(1970, 1, 1)


class Opening(msgspec.Struct, frozen=True):
    """One unbroken time of being open, from `opens` up to `closes` (city ms); `day` is the day it began."""

    opens: int
    closes: int
    day: datetime.date


class HoursNow(msgspec.Struct, frozen=True):
    """The plan as seen from one instant; all city ms, None where nothing such is in sight: within 400 days,
    or within 8 while the branch is open round the clock.

    `opens_at`: the next opening; `closes_at`: the end of the present one, None while closed. `last_opened`,
    `last_closed`: the latest such instants, now included. `close_day_at`: when the day of the latest opening
    ends, `close_day_after_minutes` after its last closing (a lunch break is none) or when the next day opens.
    `more_today`: closed now, as for lunch, and open again within that same day. A branch that is open round
    the clock begins a new day at midnight: that is its `last_opened`.
    """

    open_now: bool
    opens_at: int | None
    closes_at: int | None
    last_opened: int | None
    last_closed: int | None
    close_day_at: int | None
    more_today: bool = False


def plan(branch: Branch, city_ms: int) -> HoursNow:
    """What the branch's opening hours say at that instant. Cheap: worked out once for each opening and
    closing.
    """
    kept = branch.__dict__.get("_calendar")
    if kept is None:
        kept = branch.__dict__["_calendar"] = Calendar(branch)
    calendar: Calendar = kept
    return calendar.plan(city_ms)


class Calendar:
    """A branch's openings as instants. Keeps its last answers, each of which holds until something changes or
    the day ends; a drawing asks for the whole day by half-hours.
    """

    def __init__(self, branch: Branch) -> None:
        self._hours = branch.hours
        self._zone = ZoneInfo(branch.time_zone)
        self._close_day_after_ms = branch.policy.close_day_after_minutes * MINUTE_MS
        self._kept: tuple[tuple[range, HoursNow], ...] = ()

    def plan(self, city_ms: int) -> HoursNow:
        """See `plan` of this module."""
        for held, answer in self._kept:
            if city_ms in held:
                return answer
        found = self._work_out(city_ms)
        self._kept = (found, *self._kept[: KEPT_ANSWERS - 1])
        return found[1]

    def _work_out(self, now: int) -> tuple[range, HoursNow]:
        """The answer at `now` and the instants for which it holds; looks farther where the nearest days say
        nothing.
        """
        today = datetime.datetime.fromtimestamp(now / SECOND_MS, self._zone).date()
        for days in LOOK_DAYS:
            window = [today + datetime.timedelta(days=shift) for shift in range(-days, days + 1)]
            openings = self._openings(window)
            answer = self._answer(now, openings, window)
            round_the_clock = answer.open_now and answer.closes_at is None and answer.opens_at is None
            if round_the_clock or (answer.opens_at is not None and answer.last_closed is not None):
                break
        midnights = (instant(self._zone, today, minutes, last=False) for minutes in (0, DAY_MINUTES))
        edges = sorted([*midnights, *(edge for each in openings for edge in (each.opens, each.closes))])
        place = bisect.bisect_right(edges, now)
        return range(edges[place - 1], edges[place]), answer

    def _openings(self, window: Sequence[datetime.date]) -> list[Opening]:
        """The openings that begin on these days, in order; those that touch are one."""
        found: list[Opening] = []
        for day in window:
            for span in spans_of(self._hours, day):
                opens = instant(self._zone, day, span.opens, last=False)
                closes = instant(self._zone, day, span.closes, last=True)
                if found and opens <= found[-1].closes:
                    found[-1] = msgspec.structs.replace(found[-1], closes=max(closes, found[-1].closes))
                elif opens < closes:
                    found.append(Opening(opens, closes, day))
        return found

    def _answer(self, now: int, openings: list[Opening], window: Sequence[datetime.date]) -> HoursNow:
        """The plan at `now`; an opening that reaches the edge of the window has no known end there."""
        at = bisect.bisect_right([each.opens for each in openings], now) - 1
        latest = openings[at] if at >= 0 else None
        following = openings[at + 1] if at + 1 < len(openings) else None
        open_now = latest is not None and now < latest.closes
        closed = openings[at - 1] if open_now and at > 0 else None if open_now else latest
        end = instant(self._zone, window[-1], DAY_MINUTES, last=False)
        today = instant(self._zone, window[len(window) // 2], 0, last=False)
        begun = latest.opens if latest and latest.day > window[0] else today if open_now else None
        return HoursNow(
            open_now=open_now,
            opens_at=following.opens if following else None,
            closes_at=latest.closes if latest and open_now and latest.closes < end else None,
            last_opened=begun,
            last_closed=closed.closes if closed else None,
            close_day_at=self._close_day_at(openings[at:], end) if latest else None,
            more_today=bool(not open_now and latest and following and following.day == latest.day),
        )

    def _close_day_at(self, openings: list[Opening], end: int) -> int | None:
        """The end of the first opening's day; None if it goes on as far as we look."""
        same_day = [each for each in openings if each.day == openings[0].day]
        closes = same_day[-1].closes
        due = closes + self._close_day_after_ms
        later = openings[len(same_day) :]
        return None if closes >= end else min(due, later[0].opens) if later else due


def spans_of(hours: Hours, day: datetime.date) -> list[Span]:
    """The spans that begin on that day: of the exceptions the first that fits, else the weekday's."""
    for exception in hours.exceptions:
        if _covers(exception, day.isoformat()):
            return exception.spans
    return hours.week[day.weekday()]


def _covers(exception: DayException, day: str) -> bool:
    """Whether the day ("YYYY-MM-DD") lies in the exception; yearly ranges may run over New Year."""
    first, last = exception.first, exception.last
    if len(first) == len("MM-DD"):
        day = day[5:]
        if first > last:
            return day >= first or day <= last
    return first <= day <= last


def instant(zone: ZoneInfo, day: datetime.date, minutes: int, *, last: bool) -> int:
    """The instant (ms) when the wall clock shows that many minutes after the day's midnight.

    Of a time that comes twice the first or the `last`; for a time that is skipped, the moment of the change.
    """
    wall = datetime.datetime.combine(day, datetime.time()) + datetime.timedelta(minutes=minutes)
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    first_ms, second_ms = (int(each.timestamp()) * SECOND_MS for each in (first, second))
    if second_ms >= first_ms:
        return second_ms if last else first_ms
    # Skipped: read with the offset after the change it lies before it, and the other way round.
    steps = range(second_ms, first_ms + 1, MINUTE_MS)
    return steps[bisect.bisect_left(steps, True, key=lambda ms: _wall(zone, ms) >= wall)]


def _wall(zone: ZoneInfo, ms: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(ms / SECOND_MS, zone).replace(tzinfo=None, fold=0)


# --- instants in words --------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _offset_seconds(time_zone: str, quarter_hour: int) -> int:
    """Seconds east of UTC; no zone has changed its offset off a quarter of an hour since 1972."""
    instant_s = quarter_hour * QUARTER_HOUR_MS / SECOND_MS
    offset = datetime.datetime.fromtimestamp(instant_s, ZoneInfo(time_zone)).utcoffset()
    return round(offset.total_seconds()) if offset is not None else 0


def _local(time_zone: str, city_ms: int) -> tuple[datetime.datetime, int]:
    """Wall time, whole seconds, and its offset from UTC in seconds."""
    offset = _offset_seconds(time_zone, city_ms // QUARTER_HOUR_MS)
    return UNIX_EPOCH + datetime.timedelta(seconds=city_ms // SECOND_MS + offset), offset


def local_day(time_zone: str, city_ms: int) -> str:
    """The day by the wall clock there.

    >>> local_day("Europe/Kyiv", 1795385400000)
    '2026-11-23'
    """
    return _local(time_zone, city_ms)[0].date().isoformat()


def day_bounds(time_zone: str, city_ms: int) -> tuple[int, int]:
    """The midnights (city ms) between which that day lies by the wall clock there.

    >>> [rfc3339("Europe/Kyiv", each) for each in day_bounds("Europe/Kyiv", 1795385400000)]
    ['2026-11-23T00:00:00+02:00', '2026-11-24T00:00:00+02:00']
    """
    zone, day = ZoneInfo(time_zone), _local(time_zone, city_ms)[0].date()
    return instant(zone, day, 0, last=False), instant(zone, day, DAY_MINUTES, last=False)


def rfc3339(time_zone: str, city_ms: int) -> str:
    """The instant as RFC 3339, whole seconds, with the offset that holds there then.

    >>> rfc3339("Europe/Kyiv", 1795420800999)
    '2026-11-23T10:00:00+02:00'
    """
    return _rfc3339(time_zone, city_ms // SECOND_MS)


@lru_cache(maxsize=4096)
def _rfc3339(time_zone: str, seconds: int) -> str:
    wall, offset = _local(time_zone, seconds * SECOND_MS)
    hours, minutes = divmod(abs(offset) // 60, 60)
    return f"{wall.isoformat()}{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}"
