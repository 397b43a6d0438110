"""What staff read of a city's definition."""

from __future__ import annotations

from balancer.city.staff_view import staff_definition
from tests.city_files import small_city

TRAINING = ('branch = "village"', 'branch = "village"\nmode = "training"')


def branches(role: str, branch: str | None) -> list[str]:
    return [each["branch"] for each in staff_definition(small_city(TRAINING), role, branch)["branches"]]


def test_a_branch_in_training_is_seen_by_its_own() -> None:
    """And by those who see every branch; marked for what it is."""
    assert branches("reception", "village") == ["center", "village"]
    assert branches("planner", None) == ["center", "village"]
    assert branches("desk", "center") == ["center"]
    seen = staff_definition(small_city(TRAINING), "admin", None)["branches"]
    assert [each["mode"] for each in seen] == ["live", "training"]


def test_priority_classes_for_those_who_give_one() -> None:
    """By name; not for devices and planners, and nobody sees inner time-outs."""
    for role, known in (("reception", True), ("desk", True), ("kiosk", False), ("planner", False)):
        found = staff_definition(small_city(), role, None)
        assert ("priority_classes" in found) is known
        assert "policy" not in found["branches"][0]
    assert found["branches"][0]["service_red_minutes"]
