"""References, ids, zones and policies of a whole city."""

from __future__ import annotations

import pytest

from balancer.city.building import merged
from balancer.city.definition import check_city
from balancer.city.file_format import FilePolicy
from balancer.city.model import Policy
from tests.city_files import SMALL, found_in, small_city

WRONG = [
    (('branch = "village"', 'branch = "center"'), 'branch "center" stands here twice', "Rename one"),
    (('service = "advice"', 'service = "extract"'), 'service "extract" stands here twice', "Rename one"),
    (('queue = "advice"', 'queue = "papers"'), 'queue "papers" stands here twice', "Rename one"),
    (
        ("[[agencies]]", '[[agencies]]\nagency = "pension-fund"\nname = "x"\n[[agencies]]'),
        'agency "pension-fund" stands here twice',
        "Rename one",
    ),
    (
        ("[[categories]]", '[[categories]]\ncategory = "papers"\nname = "x"\n[[categories]]'),
        'category "papers" stands here twice',
        "Rename one",
    ),
    (
        ('category = "papers"\nminutes', 'category = "paper"\nminutes'),
        'there is no category "paper"',
        'Did you mean "papers"?',
    ),
    (
        ('time_zone = "Europe/Kyiv"', 'time_zone = "Kyiv"'),
        'there is no time zone "Kyiv"',
        'Write a name like "Europe/Kyiv".',
    ),
    (
        ("lat = 48.97", 'time_zone = "Europe/Warszawa"\nlat = 48.97'),
        'there is no time zone "Europe/Warszawa"',
        'Did you mean "Europe/Warsaw"?',
    ),
    (
        ("[policy]", "[levels]\nbusy_minutes = 10\n[policy]"),
        "busy begins before moderate",
        "Let busy_minutes",
    ),
]


@pytest.mark.parametrize(("change", "problem", "remedy"), WRONG)
def test_wrong_references(change: tuple[str, str], problem: str, remedy: str) -> None:
    """Each has its own words, a line and a remedy."""
    found = {fault.problem: fault for fault in found_in(change)}
    assert problem in found, list(found)
    assert found[problem].remedy.startswith(remedy)
    assert found[problem].line is not None


def test_a_policy_is_the_citys_with_the_branchs_own_values() -> None:
    """What neither says is the program's default."""
    city = small_city()
    assert city.branch("center").policy == city.policy
    village = city.branch("village").policy
    assert (village.recalls_max, village.carry_over) == (3, True)
    assert village.park_default_minutes == Policy().park_default_minutes
    assert merged(Policy(recalls_max=5), FilePolicy(recalls_max=0)).recalls_max == 0
    assert merged(Policy(recalls_max=5), None) == Policy(recalls_max=5)


def test_the_way_to_a_shelter_is_a_text_in_both_languages_or_unknown() -> None:
    """A plain text stands for both."""
    city = small_city(('facilities = ["ramp", "shelter"]', 'shelter = "Підвал, сходами вниз."'))
    assert city.branch("center").shelter == dict.fromkeys(["uk", "en"], "Підвал, сходами вниз.")
    assert small_city().branch("center").shelter is None


def test_a_branch_may_live_in_another_time_zone() -> None:
    """Else it has the city's."""
    city = small_city(("lat = 48.97", 'time_zone = "Europe/Warsaw"\nlat = 48.97'))
    assert [branch.time_zone for branch in city.branches] == ["Europe/Warsaw", "Europe/Kyiv"]


def test_a_city_needs_a_branch() -> None:
    """An empty list is named."""
    text = SMALL[: SMALL.index("[[branches]]")].replace('city = "dolyna"', 'city = "dolyna"\nbranches = []')
    _, found = check_city(text, "small.toml")
    assert [fault.problem for fault in found] == ["a city needs at least one branch"]
