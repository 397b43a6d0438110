"""Warnings: what can be used and is probably not meant."""

from __future__ import annotations

import pytest

from balancer.city.definition import check_city
from tests.city_files import SMALL, only_fault, small_city, spoiled

WARNINGS = [
    (('thu = "09:00-20:00"', ""), "never open until 20:00", "hours"),
    (('thu = "09:00-20:00"', 'thu = "09:00-20:00"\nmon = "closed"'), "open on 4 days a week", "hours"),
    (
        ('thu = "09:00-20:00"', 'thu = "09:00-20:00"\nmon = "09:00-13:00"'),
        "open for seven hours on only 4 days a week",
        "hours",
    ),
    (
        ("[branches.policy]\ncarry_over = true", '[branches.policy]\nair_raid = "shelter"'),
        "serves in its shelter during an air raid, but has none",
        'branches[2] "village"',
    ),
    (
        ("recalls_max = 3", "recalls_max = 3\nno_show_after_seconds = 60"),
        "missed after 60 s, while its recalls take 90 s",
        "policy",
    ),
    (
        ("carry_over = true", "no_show_back = 0"),
        "a missed ticket goes back by no places and is called again at once",
        'branches[2] "village" › policy',
    ),
    (
        (
            "lat = 48.97",
            'hours = { weekdays = "00:00-24:00", thu = "00:00-24:00", sat = "00:00-24:00", '
            'sun = "00:00-24:00" }\nlat = 48.97',
        ),
        "open round the clock, and at midnight the day ends with all who wait",
        'branches[1] "center"',
    ),
    (
        ('letter = "K"', 'letter = "W"'),
        "letters that look different in Ukrainian and Latin, or are digits: W",
        "queues",
    ),
    (
        (
            "[[queues]]",
            '[[queues]]\nqueue = "idle"\nletter = "X"\nname = "x"\nservices = ["advice"]\n[[queues]]',
        ),
        'queue "idle" is in no branch',
        'queues[1] "idle"',
    ),
    (
        (
            "[[queues]]",
            '[[services]]\nservice = "lost"\nname = "x"\ncategory = "none"\n'
            '[[categories]]\ncategory = "none"\nname = "x"\n[[queues]]',
        ),
        'service "lost" is in no queue of any branch',
        'services[4] "lost"',
    ),
]


@pytest.mark.parametrize(("change", "problem", "place"), WARNINGS)
def test_warnings(change: tuple[str, str], problem: str, place: str) -> None:
    """A warning names its place and line and leaves the city usable."""
    city, found = check_city(spoiled(change), "small.toml")
    assert city is not None
    assert all(fault.warning and fault.line and fault.remedy for fault in found)
    assert [(fault.problem, fault.place) for fault in found] == [(problem, place)]


def test_swapped_coordinates_of_one_branch_among_many() -> None:
    """Of three branches, only the one that lies elsewhere is named."""
    start = SMALL.index("[[branches]]")
    third = SMALL[start : SMALL.index('[[branches]]\nbranch = "village"')].replace('"center"', '"third"')
    text = (SMALL + third).replace("lat = 48.97\nlon = 24.01", "lat = 24.01\nlon = 48.97", 1)
    _, found = check_city(text, "small.toml")
    assert [fault.place for fault in found] == ['branches[1] "center" › lat']


def test_a_remote_workplace_may_open_when_it_likes() -> None:
    """The law's hours are for units; the village opens late and has no long day."""
    assert small_city(('mon = ["09:00-12:00", "13:00-16:00"]', 'weekdays = "12:00-14:00"\nthu = "closed"'))


def test_the_citys_hours_are_named_once_and_a_branchs_own_at_the_branch() -> None:
    """One warning for what fifteen branches share."""
    fault = only_fault(("facilities", 'hours = { thu = "09:00-18:00" }\nfacilities'))
    assert (fault.place, fault.problem) == ('branches[1] "center" › hours', "never open until 20:00")


def test_warnings_wait_until_there_are_no_faults() -> None:
    """Half-read values would make them wrong."""
    _, found = check_city(spoiled(('thu = "09:00-20:00"', ""), ("lat = 48.97", "lat = 200")), "small.toml")
    assert [fault.warning for fault in found] == [False]
