"""Queues out of the catalogue, desks out of ranges, and everything that can be wrong with them."""

from __future__ import annotations

import pytest

from balancer.city.building_branch import read_ids
from balancer.city.faults import Findings
from tests.city_files import found_in, only_fault, small_city


@pytest.mark.parametrize(
    ("written", "ids"),
    [
        ("1", ["1"]),
        ("1-3", ["1", "2", "3"]),
        ("1-2, 7, a1-a2,reception", ["1", "2", "7", "a1", "a2", "reception"]),
        ("front-desk", ["front-desk"]),
        ("9-11", ["9", "10", "11"]),
    ],
)
def test_ids_and_ranges(written: str, ids: list[str]) -> None:
    """A range only between numbers, with the same letters before them."""
    findings = Findings()
    assert read_ids(written, (), findings) == ids
    assert not findings.fatal


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("8-1", '"8-1" is not a range'),
        ("1-900", '"1-900" is not a range'),
        ("", '"" is not a desk id'),
        ("1,,2", '"" is not a desk id'),
        ("Desk 5", '"Desk 5" is not a desk id'),
        ("стіл", '"стіл" is not a desk id'),
    ],
)
def test_ids_that_cannot_be(written: str, problem: str) -> None:
    """Each piece is judged by itself."""
    findings = Findings()
    read_ids(written, (), findings)
    assert [fault.problem for fault in findings.report({}, {})] == [problem]


def test_a_queue_collects_categories_and_services_without_some() -> None:
    """Services stand in the catalogue's order, whatever the order they are named in."""
    city = small_city(('without = ["advice"]', 'services = ["advice"]\nwithout = ["extract"]'),
                      ('queues = ["papers", "advice"]', 'queues = ["papers"]'),
                      ('queues = ["advice", { queue', 'queues = [{ queue'),
                      ('queues = ["advice", "papers"]', 'queues = ["papers"]'))  # fmt: skip
    assert city.branch("center").queue("papers").services == ["passport", "advice"]


def test_a_branch_may_take_services_away_or_have_its_own_queue() -> None:
    """`without` of the branch reaches all its queues; a queue of its own needs no catalogue."""
    city = small_city(
        ("lat = 48.97", 'without = ["extract"]\nlat = 48.97'),
        (
            '"advice", { queue',
            '"advice", { queue = "own", letter = "X", name = "Own", services = ["passport"] }, { queue',
        ),
        ('ids = "1"\nqueues = ["advice", "papers"]', 'ids = "1"\nqueues = ["all"]'),
    )
    assert city.branch("center").queue("papers").services == ["passport"]
    own = city.branch("village").queue("own")
    assert (own.letter, own.services, own.name["uk"]) == ("X", ["passport"], "Own")


def test_a_desks_name_may_carry_its_number() -> None:
    """{n} becomes the id."""
    city = small_city(('ids = "1-3"\n', 'ids = "1-3"\nname = { uk = "Стіл {n}", en = "Table {n}" }\n'))
    assert city.branch("center").desk("2").name == {"uk": "Стіл 2", "en": "Table 2"}


WRONG = [
    (
        ('queues = ["papers", "advice"]', 'queues = ["papers", "advice", "advice"]'),
        'queue "advice" stands here twice',
        "Rename one",
    ),
    (
        ('letter = "K"', 'letter = "P"'),
        'queues "papers" and "advice" both have the letter P',
        "Give each its own",
    ),
    (
        ('without = ["advice"]\n', ""),
        'service "advice" is in the queues "papers" and "advice"',
        "Leave it in one",
    ),
    (
        ('categories = ["papers"]', 'categories = ["paper"]'),
        'there is no category "paper"',
        'Did you mean "papers"?',
    ),
    (
        ('services = ["advice"]', 'services = ["advise"]'),
        'there is no service "advise"',
        'Did you mean "advice"?',
    ),
    (
        ('without = ["advice"]', 'without = ["advise"]'),
        'there is no service "advise"',
        'Did you mean "advice"?',
    ),
    (
        ("lat = 48.97", 'lat = 48.97\nwithout = ["advise"]'),
        'there is no service "advise"',
        'Did you mean "advice"?',
    ),
    (
        ("lat = 48.97", 'lat = 48.97\nwithout = ["advice"]'),
        'queue "advice" has no services here',
        "Give it services",
    ),
    (
        ('queue = "papers", services = ["extract"]', 'queue = "x", services = ["extract"]'),
        '"letter" is missing',
        "Add it",
    ),
    (
        ('queue = "papers", services = ["extract"]', 'queue = "x", services = ["extract"]'),
        '"name" is missing',
        "Add it",
    ),
    (
        ('queues = ["all"]', 'queues = ["papers"]'),
        'no desk serves the queue "advice"',
        'Add "advice" to the queues',
    ),
    (
        ('queues = ["all"]', "queues = []"),
        "a desk without skills can call nobody",
        'Name its queues, or ["all"].',
    ),
    (
        ('queues = ["all"]', 'queues = ["advic"]'),
        'there is no queue in this branch "advic"',
        'Did you mean "advice"?',
    ),
    (
        ('agency = "pension-fund"\n\n[[b', 'agency = "pension"\n\n[[b'),
        'there is no agency "pension"',
        "Did you mean",
    ),
    (('ids = "4"', 'ids = "3-4"'), 'desk "3" stands here twice', "Rename one"),
]


@pytest.mark.parametrize(("change", "problem", "remedy"), WRONG)
def test_wrong_queues_and_desks(change: tuple[str, str], problem: str, remedy: str) -> None:
    """Each has its own words, a line and a remedy."""
    found = {fault.problem: fault for fault in found_in(change)}
    assert problem in found, list(found)
    assert found[problem].remedy.startswith(remedy)
    assert found[problem].line is not None
    assert not found[problem].warning


def test_a_catalogue_queue_is_checked_once_where_it_stands() -> None:
    """Not again for each branch that has it."""
    fault = only_fault(('services = ["advice"]', 'services = ["advice", "passprot"]'))
    assert fault.place == 'queues[2] "advice" › services[2]'
