"""What a city answers when it is asked for its parts."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from balancer.city.definition import check_city
from balancer.city.model import Branch, City
from balancer.city.policy import PriorityClass
from balancer.errors import Refused
from tests.city_files import SMALL, small_city

CITY = small_city()
CENTER = CITY.branch("center")


def test_parts_are_found_by_their_ids() -> None:
    """Branches and services of the city, queues and desks of a branch."""
    assert CITY.branch("village").branch == "village"
    assert CITY.service("passport").needs_power
    assert CITY.priority_class("disability").head_start_minutes == 20
    assert CENTER.queue("advice").letter == "K"
    assert CENTER.desk("3").queues == ["papers"]
    assert list(CITY.branch_by_id) == ["center", "village"]


@pytest.mark.parametrize(
    ("look", "code"),
    [
        (lambda: CITY.branch("mars"), "unknown_branch"),
        (lambda: CITY.service("mars"), "unknown_service"),
        (lambda: CITY.priority_class("mars"), "unknown_priority_class"),
        (lambda: CENTER.queue("mars"), "unknown_queue"),
        (lambda: CENTER.desk("99"), "unknown_desk"),
    ],
)
def test_what_does_not_exist_is_refused_by_its_own_code(look: Callable[[], object], code: str) -> None:
    """The refusal names what was asked for."""
    with pytest.raises(Refused) as caught:
        look()
    assert caught.value.code == code
    assert "mars" in caught.value.text("uk") or "99" in caught.value.text("uk")


def test_a_service_leads_to_its_queue_and_the_queue_to_its_desks() -> None:
    """Not every branch offers every service."""
    queue = CENTER.queue_of("passport")
    assert queue is not None and queue.queue == "papers"
    assert [desk.desk for desk in CENTER.desks_of("papers")] == ["1", "2", "3", "4"]
    assert [desk.desk for desk in CENTER.desks_of("advice")] == ["4"]
    assert CENTER.desks_of("mars") == []
    assert CITY.branch("village").queue_of("passport") is None
    assert [branch.branch for branch in CITY.branches_offering("passport")] == ["center"]
    assert CITY.branches_offering("mars") == []


def test_services_are_found_by_what_people_type() -> None:
    """In both languages, and by the name of their group."""
    assert [each.service for each in CITY.search("пас")] == ["passport"]
    assert [each.service for each in CITY.search("EXTR", "en")] == ["extract"]
    assert {each.service for each in CITY.search("документи")} == {"passport", "extract", "advice"}
    assert CITY.search("щось інше") == []


def test_a_new_version_is_a_new_city() -> None:
    """What a city has looked up stays with it."""
    newer: City = msgspec.structs.replace(CITY, version=5, branches=[CENTER])
    assert (newer.version, CITY.version) == (5, 0)
    assert list(newer.branch_by_id) == ["center"]
    assert list(CITY.branch_by_id) == ["center", "village"]


def test_a_city_cannot_be_changed_in_place() -> None:
    """Frozen: readers may share it."""
    with pytest.raises(AttributeError):
        CITY.version = 3  # type: ignore[misc]


def test_a_branch_without_queues_answers_too() -> None:
    """Nothing there is not an error."""
    bare: Branch = msgspec.structs.replace(CENTER, queues=[], desks=[])
    assert bare.queue_of("passport") is None
    assert bare.desk_by_id == {}


@pytest.mark.parametrize("field", ["price = 100", 'fee = { uk = "100 грн", en = "100" }'])
def test_nobody_can_buy_a_place(field: str) -> None:
    """A class of priority is a head start and nothing else; a file that sells one is refused."""
    names = {each.name for each in msgspec.structs.fields(PriorityClass)}
    assert names == {"priority", "name", "head_start_minutes"}
    city, faults = check_city(
        SMALL.replace("head_start_minutes = 20", f"head_start_minutes = 20\n{field}", 1), "x.toml"
    )
    assert city is None and field.split()[0] in str(faults[0])
