"""Plurals, times and days as the two languages want them."""

from __future__ import annotations

import doctest

import pytest

from balancer.wording import languages
from balancer.wording.languages import clock_time, day_and_time, local, plural

KYIV = "Europe/Kyiv"
TEN = 1_795_420_800_000  # 2026-11-23 10:00 in Kyiv
DAY = 86_400_000
PEOPLE = {"one": "людина", "few": "людини", "other": "людей"}


@pytest.mark.parametrize(
    ("count", "form"),
    [(0, "людей"), (1, "людина"), (2, "людини"), (5, "людей"), (11, "людей"), (21, "людина")],
)
def test_ukrainian_has_its_forms(count: int, form: str) -> None:
    """By CLDR, as in the browser."""
    assert plural("uk", count, **PEOPLE) == form


def test_english_has_two() -> None:
    """A form that a language does not have is not asked for."""
    assert [plural("en", n, one="branch", other="branches") for n in (1, 2, 21)] == [
        "branch",
        "branches",
        "branches",
    ]


def test_times_are_the_city_s() -> None:
    """The wall clock there, on both sides of the change to winter time; a day only where it is another."""
    assert clock_time("en", KYIV, TEN) == "10:00"
    assert clock_time("uk", KYIV, TEN - 60 * DAY) == "11:00"
    assert day_and_time("uk", KYIV, TEN + DAY, TEN) == "24 листопада, 10:00"
    assert day_and_time("en", KYIV, TEN, TEN) == "10:00"


def test_a_text_falls_back_to_ukrainian() -> None:
    """And to nothing, never to a blank of another kind."""
    assert local({"uk": "Центр"}, "en") == "Центр"
    assert local(None, "uk") == ""


def test_the_examples_hold() -> None:
    """Those in the docstrings."""
    assert doctest.testmod(languages).failed == 0
