"""Rules: what a branch does not say it has from its city, what the city does not say from the program."""

from __future__ import annotations

from balancer.city.definition import check_city
from balancer.city.policy import Policy
from tests.city_files import SMALL


def test_rules_are_inherited_one_by_one() -> None:
    """The city changes one value, its branch another; all others keep their defaults."""
    text = SMALL.replace("recalls_max = 3", "recalls_max = 3\nservice_red_minutes = 30").replace(
        "lat = 48.97", "lat = 48.97\npolicy = { resume_delay_minutes = 10 }", 1
    )
    city, faults = check_city(text, "small.toml")
    assert city is not None, [str(fault) for fault in faults]
    policy = city.branches[0].policy
    assert (policy.recalls_max, policy.service_red_minutes, policy.resume_delay_minutes) == (3, 30, 10)
    assert city.policy.resume_delay_minutes == Policy().resume_delay_minutes == 0
    assert policy.service_amber_minutes == Policy().service_amber_minutes
