"""What the operator reads before a running city changes."""

from __future__ import annotations

import pytest

from balancer.city.changes import changes
from balancer.city.definition import load_city
from tests.city_files import small_city

BEFORE = small_city()


def said(*edits: tuple[str, str]) -> list[str]:
    """The changes from the small city to the edited one, as lines."""
    return str(changes(BEFORE, small_city(*edits))).splitlines()


def test_nothing_changes() -> None:
    """The same definition is no change, and neither is a version number."""
    found = changes(BEFORE, small_city())
    assert not found
    assert str(found) == "Nothing changes."


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        (('uk = "Долина"', 'uk = "Верх"'), "~ city: name “Долина” / “Dolyna” → “Верх” / “Dolyna”"),
        (('contact = "0 800 000 000"', 'contact = "112"'), "~ city: contact 0 800 000 000 → 112"),
        (('city = "dolyna"', 'remote_tickets = true\ncity = "dolyna"'), "~ city: remote_tickets no → yes"),
        (("recalls_max = 3", "recalls_max = 2"), "~ city: recalls_max 3 → 2"),
        (
            ("[policy]", "[levels]\nbusy_minutes = 60\n[policy]"),
            "~ city: levels moderate_minutes 15, busy_minutes 40 → moderate_minutes 15, busy_minutes 60",
        ),
        (("carry_over = true", "carry_over = false"), "~ branch village: carry_over yes → no"),
        (("minutes = 6.5", "minutes = 7"), "~ service extract: minutes 6.5 → 7"),
        (("minutes = 6.5", 'fee = "10 грн"\nminutes = 6.5'), "~ service extract: fee none → “10 грн”"),
        (("start_minutes = 20", "start_minutes = 5"), "~ priority disability: head_start_minutes 20 → 5"),
        (("lat = 48.97", "lat = 48.98"), "~ branch center: lat 48.97 → 48.98"),
        (('["ramp", "shelter"]', '["ramp", "lift"]'), "~ branch center: facilities +lift -shelter"),
        (('["ramp", "shelter"]', '["shelter", "ramp"]'), "~ branch center: facilities in another order"),
        (('["ramp", "shelter"]', "[]"), "~ branch center: facilities ramp, shelter → none"),
        (('sat = "10:00-14:00"', ""), "~ branch village: hours on sat 10:00-14:00 → closed"),
        (('thu = "09', 'thu = "08'), "~ all 2 branches: hours on thu 09:00-20:00 → 08:00-20:00"),
        (
            ('ids = "1-3"\nqueues = ["papers"]', 'ids = "1-3"\nqueues = ["all"]'),
            "~ branch center: desks 1-3: queues +advice",
        ),
        (('ids = "1-3"', 'ids = "1-3, 7-9, 12"'), "+ branch center: desks 7-9, 12"),
        (('ids = "1-3"', 'ids = "1, 3"'), "- branch center: desk 2"),
        (('letter = "K"', 'letter = "A"'), "~ all 2 branches: queue advice: letter K → A"),
        (
            ('en = "Passport"', 'en = "Pass"'),
            "~ service passport: name “Паспорт” / “Passport” → “Паспорт” / “Pass”",
        ),
    ],
)
def test_one_change_is_one_line(edit: tuple[str, str], line: str) -> None:
    """In the words of the file, old and new."""
    assert said(edit) == [line]


def test_branches_services_and_queues_come_and_go() -> None:
    """Whole rows by their ids, with what they are."""
    assert said(('branch = "village"', 'branch = "hamlet"')) == [
        "+ branch hamlet: Village, 2 queues, 1 desk",
        "- branch village: Village, 2 queues, 1 desk",
    ]
    lines = said(('service = "advice"', 'service = "info"'), ('without = ["advice"]', 'without = ["info"]'),
                 ('services = ["advice"]', 'services = ["info"]'))  # fmt: skip
    assert lines == [
        "+ service info: Info",
        "- service advice: Info",
        "~ all 2 branches: queue advice: services +info -advice",
    ]


def test_exceptions_come_and_go() -> None:
    """A day off is named with its reason."""
    assert said(("lat = 48.97", 'hours = { exceptions = [{ date = 2026-12-24, hours = "09:00-13:00", '
                 'reason = "Свято" }] }\nlat = 48.97')) == [
        "~ branch center: exception 2026-12-24 09:00-13:00 (Свято) added"
    ]  # fmt: skip
    assert said(("New Year's Day", "New Year")) == [
        "~ all 2 branches: exception 01-01 closed (New Year) added",
        "~ all 2 branches: exception 01-01 closed (New Year's Day) removed",
    ]


def test_a_policy_of_the_city_is_not_repeated_for_each_branch() -> None:
    """Kharkiv's fifteen branches follow: one line."""
    before = load_city("kharkiv")
    assert str(changes(before, before)) == "Nothing changes."
    assert said(("recalls_max = 3", "recalls_max = 4")) == ["~ city: recalls_max 3 → 4"]


def test_a_branchs_own_way_in_a_citys_change_is_told() -> None:
    """The city goes from 3 to 4 recalls, the village to 5."""
    assert said(
        ("recalls_max = 3", "recalls_max = 4"), ("carry_over = true", "carry_over = true\nrecalls_max = 5")
    ) == [
        "~ city: recalls_max 3 → 4",
        "~ branch village: recalls_max 3 → 5",
    ]
