"""What a file says of papers, standards, notices and purposes arrives in the city."""

from __future__ import annotations

import pytest

from balancer.city.catalogue import Document, Notice, Standard
from balancer.city.definition import check_city
from tests.city_files import SMALL

PAPERS = """minutes = 20
words = ["паспортний стіл"]
documents = [
  { name = { uk = "Фото", en = "Photograph" }, note = { uk = "два", en = "two" } },
  { name = { uk = "Витяг", en = "Extract" }, needed = false },
]
"""
PURPOSES = """name = { uk = "Документи", en = "Papers" }
words = ["довідка"]
purposes = { advice = "advice", submit = "passport" }
"""
STANDARD = """
[[standards]]
standard = "wait"
metric = "wait"
name = { uk = "Чекати", en = "Wait" }
target_minutes = 15
guaranteed_minutes = 40

[[notices]]
title = { uk = "Увага", en = "Mind" }
text = { uk = "Без черги нікого.", en = "Nobody jumps the queue." }
"""
WHOLE = (
    SMALL.replace("minutes = 20\nneeds_power", PAPERS + "needs_power", 1).replace(
        'name = { uk = "Документи", en = "Papers" }\n', PURPOSES, 1
    )
    + STANDARD
)


def test_papers_and_words_arrive() -> None:
    """A checklist keeps its order and says what nobody needs to bring; everyday words lead to the service."""
    city, faults = check_city(WHOLE, "small.toml")
    assert city is not None, [str(fault) for fault in faults]
    assert city.service("passport").documents == [
        Document(name={"uk": "Фото", "en": "Photograph"}, note={"uk": "два", "en": "two"}),
        Document(name={"uk": "Витяг", "en": "Extract"}, needed=False),
    ]
    assert [each.service for each in city.search("паспортний")] == ["passport"]
    assert city.categories[0].purposes == {"advice": "advice", "submit": "passport"}


def test_promises_arrive() -> None:
    """Target and guarantee stay apart; posters keep both languages."""
    city, _ = check_city(WHOLE, "small.toml")
    assert city is not None
    name = {"uk": "Чекати", "en": "Wait"}
    assert city.standards == [
        Standard(standard="wait", metric="wait", name=name, target_minutes=15, guaranteed_minutes=40)
    ]
    assert [type(each) for each in city.notices] == [Notice]


@pytest.mark.parametrize(
    ("wrong", "right", "problem"),
    [
        ('submit = "passport"', 'submit = "pasport"', 'there is no service "pasport"'),
        ("guaranteed_minutes = 40", "guaranteed_minutes = 10", "guarantees more than it aims for"),
        ('metric = "wait"', 'metric = "walk"', '"walk" does not fit here'),
        ("needed = false", 'needed = "no"', '"no" does not fit here'),
    ],
)
def test_a_slip_is_named(wrong: str, right: str, problem: str) -> None:
    """Unknown services, promises the wrong way round, values of the wrong kind."""
    city, faults = check_city(WHOLE.replace(wrong, right), "small.toml")
    assert city is None
    assert [fault.problem for fault in faults] == [problem]
