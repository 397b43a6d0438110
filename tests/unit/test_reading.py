"""Wrong keys and values, each with a remedy that a person can follow."""

from __future__ import annotations

import copy
import datetime
import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balancer.city.building import build_city
from balancer.city.definition import check_city, decode_city, encode_city
from balancer.city.faults import Findings
from balancer.city.file_format import FileBranch, FileCity
from balancer.city.reading import read_table
from balancer.city.review import review
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
        ('name = "Info"', 'name = { uk = "І", en = "I", polish = "I" }'),
        "unknown language",
        'Write a short tag, as "uk" or "crh".',
    ),
    (
        ('name = "Info"', 'name = { uk = "І", en = "I", pl = "" }'),
        'has no "pl" text',
        'Write { uk = "…", en = "…" }.',
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


def test_a_table_where_a_list_of_tables_belongs() -> None:
    """One pair of brackets too few is the commonest slip of all."""
    fault = found_in(("[[agencies]]", "[agencies]"))[0]
    assert (fault.place, fault.problem) == ("agencies", "a table does not fit here")
    assert "[[ … ]]" in fault.remedy


DOCUMENT = tomllib.loads(SMALL)
ODD = st.recursive(
    st.one_of(
        st.text(max_size=5),
        st.integers(-(2**63), 2**63 - 1),
        st.floats(),
        st.booleans(),
        st.just(datetime.date(2026, 12, 31)),
        st.just(datetime.datetime(2026, 12, 31, 9, 0)),
        st.just(datetime.time(9, 0)),
        st.sampled_from(["09:00-18:00", "closed", "papers", "center", "1-5", "all", "Europe/Kyiv"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["uk", "en", "queue", "ids"]), inner)
    ),
    max_leaves=4,
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of a document."""
    steps = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [place for step in steps for place in [(value, step), *places(value[step])]]


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, 500), st.one_of(st.none(), ODD)), min_size=1, max_size=4))
def test_no_file_however_odd_breaks_the_check(edits: list[tuple[int, Any]]) -> None:
    """Any value in any place: faults or a city, never a crash; what has no fault can be stored and read."""
    document = copy.deepcopy(DOCUMENT)
    for number, value in edits:
        found = places(document)
        if found:
            container, step = found[number % len(found)]
            if value is None:
                del container[step]
            else:
                container[step] = copy.deepcopy(value)
    findings = Findings()
    read = read_table(document, FileCity, (), findings)
    city = build_city(read, findings)
    if not findings.fatal:
        review(city, read, findings)
        assert decode_city(encode_city(city)) == city
    assert all(fault.place and fault.problem and fault.remedy for fault in findings.report(document, {}))
