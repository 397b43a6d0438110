"""Opening hours as people write them."""

from __future__ import annotations

import pytest

from balancer.city.building_hours import read_spans, write_span
from balancer.city.definition import Span
from balancer.city.faults import Findings
from tests.city_files import SMALL, found_in, only_fault, small_city


@pytest.mark.parametrize(
    ("written", "spans"),
    [
        ("09:00-18:00", [Span(540, 1080)]),
        ("9:00 – 18:00", [Span(540, 1080)]),
        (["13:00-17:00", "09:00-12:00"], [Span(540, 720), Span(780, 1020)]),
        (["09:00-12:00", "12:00-17:00"], [Span(540, 720), Span(720, 1020)]),
        ("00:00-24:00", [Span(0, 1440)]),
        ("22:00-02:00", [Span(1320, 1560)]),
        ("22:00-00:00", [Span(1320, 1440)]),
        ("closed", []),
        ([], []),
        (["closed"], []),
    ],
)
def test_hours_of_a_day(written: str | list[str], spans: list[Span]) -> None:
    """One span, several with a break, over midnight, round the clock, none."""
    findings = Findings()
    assert read_spans(written, (), findings) == spans
    assert not findings.fatal


@pytest.mark.parametrize("written", ["09:00-18:00", "00:00-24:00", "22:00-02:00"])
def test_spans_are_written_as_they_are_read(written: str) -> None:
    """For the list of changes."""
    assert write_span(read_spans(written, (), Findings())[0]) == written


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("9-18", '"9-18" is not a span of hours'),
        ("09:00-17:60", '"09:00-17:60": no such time of day'),
        ("25:00-26:00", '"25:00-26:00": no such time of day'),
        ("09:00-24:30", '"09:00-24:30": no such time of day'),
        ("18:00-09:00", '"18:00-09:00" closes before it opens'),
        ("09:00-09:00", '"09:00-09:00" closes before it opens'),
        (["09:00-13:00", "12:00-18:00"], "09:00-13:00 and 12:00-18:00 overlap"),
        (["09:00-13:00", "closed"], '"closed" is not a span of hours'),
    ],
)
def test_hours_that_cannot_be(written: str | list[str], problem: str) -> None:
    """Each with its own words."""
    findings = Findings()
    read_spans(written, ("hours", "mon"), findings)
    assert [fault.problem for fault in findings.report({}, {})] == [problem]


def test_a_branch_changes_only_the_days_it_names() -> None:
    """Monday and Saturday are the village's own, the rest is the city's, exceptions too."""
    city = small_city()
    center, village = (branch.hours for branch in city.branches)
    assert center.week == [[Span(540, 1080)]] * 3 + [[Span(540, 1200)], [Span(540, 1080)], [], []]
    assert village.week[0] == [Span(540, 720), Span(780, 960)]
    assert village.week[1:5] == center.week[1:5]
    assert village.week[5:] == [[Span(600, 840)], []]
    assert village.exceptions == center.exceptions


def test_weekdays_of_a_branch_do_not_touch_its_city_weekend() -> None:
    """`weekdays` is Monday to Friday; a named day beats it."""
    city = small_city(
        ('mon = ["09:00-12:00", "13:00-16:00"]\n', 'weekdays = "10:00-16:00"\nfri = "closed"\n')
    )
    week = city.branch("village").hours.week
    assert week == [[Span(600, 960)]] * 4 + [[], [Span(600, 840)], []]


def test_exceptions_of_a_branch_stand_before_the_citys() -> None:
    """So that a branch may be open on a day when the city is not."""
    city = small_city(
        (
            "[branches.hours]\n",
            '[branches.hours]\nexceptions = [{ date = 2027-01-01, until = 2027-01-03, hours = "10:00-12:00", '
            'reason = "Ялинка" }]\n',
        )
    )
    first, second = city.branch("village").hours.exceptions
    assert (first.first, first.last, first.spans) == ("2027-01-01", "2027-01-03", [Span(600, 720)])
    assert (second.first, second.last, second.spans) == ("01-01", "01-01", [])
    assert second.reason["uk"] == "Новий рік"


@pytest.mark.parametrize(
    ("date", "problem", "remedy"),
    [
        ('"31-12"', '"31-12" is not a day of the calendar', "Write 2026-12-31"),
        ('"02-30"', '"02-30" is not a day of the calendar', "Write 2026-12-31"),
        ('"2026-13-01"', '"2026-13-01" is not a day of the calendar', "Write 2026-12-31"),
        ('"12-24"\nuntil = 2026-12-26', "one day has a year, the other has none", "Write both alike."),
        ("2026-12-24\nuntil = 2026-12-20", "2026-12-20 is before 2026-12-24", "Let until be the last day"),
        ('"01-01"\nhours = "all day"', '"all day" is not a span of hours', 'Write "09:00-18:00"'),
    ],
)
def test_days_that_cannot_be(date: str, problem: str, remedy: str) -> None:
    """A day is one that the calendar has."""
    fault = only_fault(('"01-01"', date))
    assert fault.problem == problem
    assert fault.remedy.startswith(remedy)
    assert fault.place.startswith("hours › exceptions[1]")


def test_the_citys_wrong_hours_are_one_fault_not_one_a_branch() -> None:
    """Every branch takes them, one place has to be mended."""
    assert only_fault(('weekdays = "09:00-18:00"', 'weekdays = "9 to 6"')).place == "hours › weekdays"


def test_a_city_without_hours() -> None:
    """Each branch that has none of its own is named."""
    hours = SMALL[SMALL.index("[hours]") : SMALL.index("[[priority_classes]]")]
    found = found_in((hours, ""))
    assert [(fault.place, fault.problem) for fault in found] == [('branches[1] "center"', "no opening hours")]
