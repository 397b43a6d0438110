"""Wrong keys and values, each with a remedy that a person can follow."""

from __future__ import annotations

import pytest

from balancer.city.definition import check_city
from balancer.city.faults import Findings
from balancer.city.file_format import FileBranch
from balancer.city.reading import read_table
from tests.city_files import SMALL, found_in, only_fault

WRONG = [
    (("lat = 48.97", 'lat = "48.97"'), '"48.97" does not fit here', "Write a number from -90 to 90."),
    (("lat = 48.97", "lat = 98"), "98 does not fit here", "Write a number from -90 to 90."),
    (("lat = 48.97", "lat = nan"), "nan does not fit here", "Write a number from -90 to 90."),
    (("lat = 48.97", "lat = true"), "true does not fit here", "Write a number from -90 to 90."),
    (
        ("head_start_minutes = 20", "head_start_minutes = -1"),
        "-1 does not fit here",
        "Write a whole number from 0 to 1440.",
    ),
    (
        ("head_start_minutes = 20", "head_start_minutes = 2.5"),
        "2.5 does not fit here",
        "Write a whole number from 0 to 1440.",
    ),
    (("recalls_max = 3", "recalls_max = 21"), "21 does not fit here", "Write a whole number from 0 to 20."),
    (("minutes = 20\nneeds", "minutes = 0\nneeds"), "0 does not fit here", "Write a number above 0 to 480."),
    (("needs_power = true", 'needs_power = "yes"'), '"yes" does not fit here', "Write true or false."),
    (("demo = true", "demo = 1"), "1 does not fit here", "Write true or false."),
    (('kind = "remote"', 'kind = "remotee"'), '"remotee" does not fit here', 'Did you mean "remote"?'),
    (('kind = "remote"', "kind = 5"), "5 does not fit here", 'Write one of "unit", "remote".'),
    (
        ('["ramp", "shelter"]', '["ramp", "sauna"]'),
        '"sauna" does not fit here',
        'Write one of "ramp", "lift"',
    ),
    (('["ramp", "shelter"]', '"ramp"'), '"ramp" does not fit here', "Write a list"),
    (
        ("carry_over = true", 'air_raid = "hide"'),
        '"hide" does not fit here',
        'Write one of "pause", "shelter"',
    ),
    (('letter = "P"', 'letter = "PP"'), '"PP" does not fit here', "Write one capital Latin letter or digit."),
    (('letter = "P"', 'letter = "Ж"'), '"Ж" does not fit here', "Write one capital Latin letter or digit."),
    (
        ('city = "dolyna"', 'city = "Долина"'),
        '"Долина" does not fit here',
        "Write an id: up to 40 lower-case",
    ),
    (
        ("minutes = 20\nneeds", 'online_url = "diia"\nneeds'),
        '"diia" does not fit here',
        "Write an address that begins with https://",
    ),
    (
        ('contact = "0', 'contact = "\\u00070'),
        "has a control character in it",
        "Use one line of visible characters.",
    ),
    (('name = "Info"', "name = 5"), "5 does not fit here", 'Write { uk = "…", en = "…" }.'),
    (('name = "Info"', 'name = { uk = "Інфо" }'), "has no English text", 'Write { uk = "…", en = "…" }.'),
    (
        ('name = "Info"', 'name = { uk = "І", en = "I", pl = "I" }'),
        "unknown language",
        'Known: "uk" and "en".',
    ),
    (
        ('name = "Info"', 'name = "a\\nb"'),
        "Ukrainian text too long or with control characters",
        "Use one line",
    ),
    (('name = "Info"', 'name = "   "'), "has no Ukrainian text", 'Write { uk = "…", en = "…" }.'),
    (("lon = 24.01", "lon = 24.01\nlight = 5"), "unknown key", "Known here: "),
    (("lon = 24.01", "lon = 24.01\nfacilites = []"), "unknown key", 'Did you mean "facilities"?'),
    (
        ('weekdays = "09:00-18:00"', "weekdays = 9"),
        "9 does not fit here",
        "Write text in quotes, or a list of them.",
    ),
    (("[policy]\nrecalls_max = 3", "policy = 3"), "3 does not fit here", "Write a table here"),
    (('contact = "0 800 000 000"', "contact = 800"), "800 does not fit here", "Write text in quotes."),
]


@pytest.mark.parametrize(("change", "problem", "remedy"), WRONG)
def test_wrong_values(change: tuple[str, str], problem: str, remedy: str) -> None:
    """Each wrong value is named as it was written, with what fits instead."""
    found = found_in(change)
    assert problem in [fault.problem for fault in found]
    fault = next(fault for fault in found if fault.problem == problem)
    assert fault.remedy.startswith(remedy)
    assert fault.line is not None
    assert not fault.warning


def test_a_missing_key_is_shown_as_it_would_be_written() -> None:
    """The remedy is a line to copy."""
    assert only_fault(("lat = 48.97\n", "")).remedy == "Add lat = 0.0."
    assert only_fault(('address = "пл. Ринок, 1"\n', "")).remedy == 'Add address = { uk = "…", en = "…" }.'
    findings = Findings()
    read_table({}, FileBranch, ("branches", 0), findings)
    remedies = {fault.remedy for fault in findings.report({}, {})}
    assert {'Add branch = "…".', "Add queues = [ … ].", "Add desks = [ … ]."} <= remedies


def test_a_wrong_value_does_not_hide_what_depends_on_it() -> None:
    """A branch without coordinates still has its desks checked."""
    found = found_in(("lat = 48.97", "lat = 200"), ('ids = "4"', 'ids = "3"'))
    assert [fault.problem for fault in found] == ["200 does not fit here", 'desk "3" stands here twice']


def test_a_wrong_id_does_not_make_its_users_wrong() -> None:
    """An id that breaks the pattern is one fault, not one for each place that names it."""
    _, found = check_city(SMALL.replace('"advice"', '"Advice!"'), "small.toml")
    assert [fault.place for fault in found] == [
        'services[3] "Advice!" › service',
        'queues[2] "Advice!" › queue',
    ]


def test_a_long_value_is_cut_short_in_the_message() -> None:
    """Ten thousand characters in a file do not become ten thousand on the screen."""
    fault = only_fault(('kind = "remote"', f'kind = "{"x" * 10_000}"'))
    assert len(fault.problem) < 100
