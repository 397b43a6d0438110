"""When a branch is open: ordinary weeks, exceptions, nights, lunch, and the two nights when clocks change."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from unittest.mock import Mock
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from balancer.city.hours import Calendar, HoursNow, instant, local_day, plan, rfc3339, spans_of
from balancer.city.model import Branch, DayException, Hours, Policy, Span

KYIV = "Europe/Kyiv"
MINUTE = 60_000
HOUR = 60 * MINUTE


def ms(text: str, zone: str = KYIV) -> int:
    """The instant of a wall time, or of an RFC 3339 one, in ms."""
    at = datetime.datetime.fromisoformat(text)
    return int((at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).timestamp() * 1000)


def branch(
    week: Sequence[Sequence[Span]],
    exceptions: Sequence[DayException] = (),
    zone: str = KYIV,
    close_after: int = 60,
) -> Branch:
    return Branch(
        branch="b",
        name={},
        kind="unit",
        address={},
        lat=0,
        lon=0,
        time_zone=zone,
        hours=Hours(week=[list(day) for day in week], exceptions=list(exceptions)),
        policy=Policy(close_day_after_minutes=close_after),
    )


NINE_TO_SIX = Span(540, 1080)
WORKING_WEEK = [[NINE_TO_SIX]] * 3 + [[Span(540, 1200)], [NINE_TO_SIX], [], []]


def seen(at: str, of: Branch) -> dict[str, str | bool | None]:
    """The plan with its instants in words."""
    found = msgspec.structs.asdict(plan(of, ms(at, of.time_zone)))
    return {
        key: value if isinstance(value, bool) or value is None else rfc3339(of.time_zone, value)[:16]
        for key, value in found.items()
    }


def test_a_working_day() -> None:
    """Monday at ten: open until six, closed last on Friday."""
    assert seen("2026-11-23T10:00", branch(WORKING_WEEK)) == {
        "open_now": True,
        "opens_at": "2026-11-24T09:00",
        "closes_at": "2026-11-23T18:00",
        "last_opened": "2026-11-23T09:00",
        "last_closed": "2026-11-20T18:00",
        "close_day_at": "2026-11-23T19:00",
        "more_today": False,
    }


@pytest.mark.parametrize(
    ("at", "open_now", "opens_at"),
    [
        ("2026-11-23T08:59:59", False, "2026-11-23T09:00"),
        ("2026-11-23T09:00", True, "2026-11-24T09:00"),
        ("2026-11-23T17:59:59", True, "2026-11-24T09:00"),
        ("2026-11-23T18:00", False, "2026-11-24T09:00"),
        ("2026-11-26T19:59", True, "2026-11-27T09:00"),
        ("2026-11-28T12:00", False, "2026-11-30T09:00"),
    ],
)
def test_the_edges_of_a_day(at: str, open_now: bool, opens_at: str) -> None:
    """Open from the opening minute, closed from the closing minute, closed over the weekend."""
    found = seen(at, branch(WORKING_WEEK))
    assert (found["open_now"], found["opens_at"]) == (open_now, opens_at)


def test_lunch_is_not_the_end_of_the_day() -> None:
    """Between two spans the branch is closed, will open again today, and its day goes on."""
    lunch = branch([[Span(540, 720), Span(780, 1020)]] * 7)
    found = seen("2026-11-23T12:30", lunch)
    assert (found["open_now"], found["more_today"]) == (False, True)
    assert (found["opens_at"], found["last_closed"]) == ("2026-11-23T13:00", "2026-11-23T12:00")
    assert found["close_day_at"] == "2026-11-23T18:00"
    evening = seen("2026-11-23T17:30", lunch)
    assert (evening["more_today"], evening["close_day_at"]) == (False, "2026-11-23T18:00")


def test_a_night_shift_belongs_to_the_day_it_began() -> None:
    """Open from 22:00 to 02:00: open at one in the night, though the next day is a closed one."""
    night = branch([[Span(22 * 60, 26 * 60)]] * 5 + [[], []])
    found = seen("2026-11-28T01:00", night)  # Saturday
    assert (found["open_now"], found["closes_at"]) == (True, "2026-11-28T02:00")
    assert found["opens_at"] == "2026-11-30T22:00"


def test_the_day_ends_at_the_latest_when_the_next_one_opens() -> None:
    """A generous close_day_after does not reach into tomorrow."""
    found = seen("2026-11-23T23:00", branch(WORKING_WEEK, close_after=1440))
    assert found["close_day_at"] == "2026-11-24T09:00"


def test_a_branch_that_never_closes() -> None:
    """Round the clock: no closing, a new day at midnight; spans that touch are one."""
    always = branch([[Span(0, 720), Span(720, 1440)]] * 7)
    found = plan(always, ms("2026-11-23T12:00"))
    assert found == HoursNow(True, None, None, ms("2026-11-23T00:00"), None, None)
    assert plan(always, ms("2026-11-24T00:00")).last_opened == ms("2026-11-24T00:00")


def test_a_branch_that_never_opens() -> None:
    """A week of closed days is a plan too."""
    found = plan(branch([[]] * 7), ms("2026-11-23T12:00"))
    assert found == HoursNow(False, None, None, None, None, None)


def test_a_branch_that_opens_on_one_day_only() -> None:
    """The only opening there is has an end, and is found from half a year before."""
    election = DayException(first="2026-11-23", last="2026-11-23", spans=[NINE_TO_SIX], reason={})
    once = branch([[]] * 7, [election])
    assert seen("2026-06-01T12:00", once)["opens_at"] == "2026-11-23T09:00"
    found = seen("2026-11-23T12:00", once)
    assert (found["closes_at"], found["last_opened"]) == ("2026-11-23T18:00", "2026-11-23T09:00")
    assert found["close_day_at"] == "2026-11-23T19:00"
    assert seen("2026-12-24T12:00", once)["last_closed"] == "2026-11-23T18:00"


def test_exceptions() -> None:
    """The first that fits wins; yearly ranges may run over New Year; dated ones hold in one year."""
    hours = branch(
        WORKING_WEEK,
        [
            DayException(first="2026-12-30", last="2026-12-30", spans=[Span(600, 660)], reason={}),
            DayException(first="12-29", last="01-03", spans=[], reason={}),
            DayException(first="2026-11-23", last="2026-11-24", spans=[], reason={}),
        ],
    ).hours
    day = datetime.date.fromisoformat
    assert spans_of(hours, day("2026-12-30")) == [Span(600, 660)]
    assert spans_of(hours, day("2027-12-30")) == []
    assert spans_of(hours, day("2027-01-01")) == []
    assert spans_of(hours, day("2027-01-04")) == [NINE_TO_SIX]
    assert spans_of(hours, day("2026-11-24")) == []
    assert spans_of(hours, day("2027-11-23")) == [NINE_TO_SIX]


# --- daylight saving ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "minutes", "last", "utc"),
    [
        ("2026-03-28", 210, False, "2026-03-28T01:30+00:00"),  # an ordinary night
        ("2026-03-29", 210, False, "2026-03-29T01:00+00:00"),  # 03:30 is skipped: the moment of the change
        ("2026-03-29", 210, True, "2026-03-29T01:00+00:00"),
        ("2026-03-29", 240, False, "2026-03-29T01:00+00:00"),
        ("2026-10-25", 210, False, "2026-10-25T00:30+00:00"),  # 03:30 comes twice
        ("2026-10-25", 210, True, "2026-10-25T01:30+00:00"),
        ("2026-10-25", 540, False, "2026-10-25T07:00+00:00"),
    ],
)
def test_times_that_a_change_skips_or_repeats(at: str, minutes: int, last: bool, utc: str) -> None:
    """Kyiv changes at 03:00 in spring and at 04:00 in autumn."""
    day = datetime.date.fromisoformat(at)
    assert instant(ZoneInfo(KYIV), day, minutes, last=last) == ms(utc)


def test_a_night_shift_over_a_change_is_as_long_as_it_is() -> None:
    """22:00 to 06:00 lasts seven hours in spring and nine in autumn."""
    night = branch([[Span(22 * 60, 30 * 60)]] * 7)
    for day, hours in (("2026-03-28", 7), ("2026-10-24", 9), ("2026-11-23", 8)):
        found = plan(night, ms(f"{day}T23:00"))
        assert found.closes_at is not None and found.last_opened is not None
        assert found.closes_at - found.last_opened == hours * HOUR


ZONES = st.sampled_from([KYIV, "Europe/Warsaw"])
CHANGES = st.sampled_from(["2026-03-29", "2026-10-25", "2027-03-28", "2019-10-27"])
QUARTERS = st.integers(0, 95)


@st.composite
def weeks(draw: st.DrawFn) -> list[list[Span]]:
    """A week of hours on quarter hours, up to two spans a day, some of them over midnight."""
    week: list[list[Span]] = []
    for _ in range(7):
        edges = sorted({draw(QUARTERS) * 15 for _ in range(draw(st.sampled_from([0, 2, 2, 4])))})
        spans = [Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=False)]
        over_midnight: bool = draw(st.booleans())
        if spans and over_midnight:
            spans[-1] = Span(spans[-1].opens, 1440 + 15 * draw(st.integers(0, 20)))
        week.append(spans)
    return week


def by_the_wall(week: list[list[Span]], zone: str, around: datetime.date) -> list[tuple[int, int]]:
    """Openings around a day, found by looking at the wall clock every quarter of an hour."""
    start = ms(f"{around - datetime.timedelta(days=10)}T00:00+00:00")
    ticks = range(start, start + 21 * 24 * HOUR, 15 * MINUTE)
    walls = [
        datetime.datetime.fromtimestamp(tick / 1000, ZoneInfo(zone)).replace(tzinfo=None) for tick in ticks
    ]
    found: list[tuple[int, int]] = []
    for shift in range(-9, 10):
        day = around + datetime.timedelta(days=shift)
        midnight = datetime.datetime.combine(day, datetime.time())
        near = range((shift + 9) * 96, min((shift + 14) * 96, len(ticks)))
        for span in week[day.weekday()]:
            opens, closes = (
                midnight + datetime.timedelta(minutes=each) for each in (span.opens, span.closes)
            )
            first = next(n for n in near if walls[n] >= opens)
            last = next(n for n in reversed(near) if walls[n] <= closes)
            end = ticks[last] if walls[last] == closes else ticks[last + 1]
            if found and ticks[first] <= found[-1][1]:
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            elif end > ticks[first]:
                found.append((ticks[first], end))
    return found


@settings(max_examples=150)
@given(weeks(), ZONES, CHANGES, st.integers(-40, 40))
@example([[Span(195, 225)]] * 7, KYIV, "2026-03-29", 13)
@example([[Span(180, 210), Span(210, 240)]] * 7, KYIV, "2026-10-25", 15)
def test_the_plan_agrees_with_the_wall_clock(
    week: list[list[Span]], zone: str, change: str, hour: int
) -> None:
    """Around a change, at any hour, the plan is what a watcher of the clock on the wall would say."""
    around = datetime.date.fromisoformat(change)
    openings = by_the_wall(week, zone, around)
    now = ms(f"{change}T00:00+00:00") + hour * HOUR
    found = plan(branch(week, zone=zone), now)
    inside = [each for each in openings if each[0] <= now < each[1]]
    assert found.open_now == bool(inside)
    later = [opens for opens, _ in openings if opens > now]
    earlier = [closes for _, closes in openings if closes <= now]
    if later:
        assert found.opens_at == later[0]
        assert found.closes_at == (inside[0][1] if inside else None)
    if earlier:
        assert found.last_closed == earlier[-1]
        begun = [opens for opens, _ in openings if opens <= now]
        assert found.last_opened == begun[-1]


@settings(max_examples=50)
@given(weeks(), ZONES, st.lists(st.integers(0, 14 * 24 * 60), min_size=2, max_size=12))
def test_a_kept_answer_is_never_stale(week: list[list[Span]], zone: str, minutes: list[int]) -> None:
    """One calendar asked in any order says what a new one says."""
    kept = Calendar(branch(week, zone=zone))
    start = ms("2026-10-20T00:00+00:00")
    for minute in minutes:
        assert kept.plan(start + minute * MINUTE) == Calendar(branch(week, zone=zone)).plan(
            start + minute * MINUTE
        )


# --- instants in words --------------------------------------------------------------------------------------


@given(
    st.integers(ms("1985-01-01T00:00+00:00"), ms("2037-01-01T00:00+00:00")),
    st.sampled_from(
        [KYIV, "Europe/Warsaw", "UTC", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe"]
    ),
)
def test_instants_read_as_the_zone_shows_them(at: int, zone: str) -> None:
    """Words and instants go both ways, whole seconds, with the right offset and day."""
    text = rfc3339(zone, at)
    back = datetime.datetime.fromisoformat(text)
    assert int(back.timestamp()) == at // 1000
    shown = datetime.datetime.fromtimestamp(at // 1000, ZoneInfo(zone))
    assert back.utcoffset() == shown.utcoffset()
    assert local_day(zone, at) == shown.date().isoformat() == text[:10]


def test_the_repeated_hour_is_told_apart() -> None:
    """03:30 before and after the autumn change differ by their offsets."""
    first = ms("2026-10-25T00:30+00:00")
    assert [rfc3339(KYIV, at) for at in (first, first + HOUR)] == [
        "2026-10-25T03:30:00+03:00",
        "2026-10-25T03:30:00+02:00",
    ]
    assert rfc3339("UTC", 0) == "1970-01-01T00:00:00+00:00"
    assert rfc3339("America/St_Johns", ms("2026-11-23T12:00+00:00")) == "2026-11-23T08:30:00-03:30"


def test_a_day_by_half_hours_is_worked_out_once_for_each_edge(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked back and forth, as a drawing does for now and for later; the answers are those of a new
    calendar.
    """
    at, of = ms("2026-11-23T00:00"), branch(WORKING_WEEK)
    moments = [at + half_hour * 30 * MINUTE for half_hour in range(48)]
    wanted = [Calendar(of).plan(moment) for moment in moments]
    calendar = Calendar(of)
    work_out = Mock(wraps=calendar._work_out)
    monkeypatch.setattr(calendar, "_work_out", work_out)
    found = [(calendar.plan(at + 10 * HOUR), calendar.plan(moment))[1] for moment in moments]
    assert found == wanted
    assert work_out.call_count == 3  # before opening, open, after closing
