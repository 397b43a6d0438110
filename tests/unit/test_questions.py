"""A planner's question from words."""

from __future__ import annotations

from datetime import date

import pytest

from balancer.errors import BalancerError
from balancer.planning.questions import (
    DeskWindow,
    Question,
    StandardWords,
    WhatIf,
    Window,
    read_question,
    words_of,
)

TODAY = date(2026, 11, 23)


def read(**given: str) -> Question:
    return read_question("staffing", "center", TODAY, given)


def test_what_is_not_given_is_usual() -> None:
    """Today, the usual standard, no change."""
    asked = read()
    assert (asked.day, asked.standards) == (TODAY, (StandardWords(0.9, 20.0),))
    assert not asked.what_if.changes_anything


def test_everything_at_once() -> None:
    """All parameters as the page and the command write them."""
    asked = read(
        date="2026-12-01",
        standard="80%/15min,90%/40",
        desks="09:30-11:33:28,16:30..18:00:12",
        extra_desk="-1",
        move_to="village",
        rush="1.3@10:00..12:00",
        arrivals="-20",
        alarm="11:02..11:40",
        adoption="0.3",
        repeats="50",
        seed="7",
    )
    assert asked.standards == (StandardWords(0.8, 15.0), StandardWords(0.9, 40.0))
    assert asked.what_if == WhatIf(
        desks=(DeskWindow(Window(570, 690), 28), DeskWindow(Window(990, 1080), 12)),
        extra_desk=-1,
        move_to="village",
        rush=1.3,
        rush_window=Window(600, 720),
        arrivals=0.8,
        alarm=Window(660, 700),
        adoption=0.3,
    )
    assert asked.what_if.changes_anything


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("date", "23.11.2026"),
        ("standard", "90%"),
        ("standard", "1%/1min,2%/2min,3%/3min"),
        ("standard", "inf/5"),
        ("desks", "09:30:3"),
        ("desks", "09:30-25:00:3"),
        ("desks", "9:30-10:00:-3"),
        ("extra_desk", "1.5"),
        ("rush", "many"),
        ("rush", "1.2@12:00..11:00"),
        ("arrivals", "500"),
        ("alarm", "11:60..12:00"),
        ("adoption", "1.1"),
        ("repeats", "100000"),
        ("seed", "-1"),
    ],
)
def test_what_cannot_be_names_its_parameter(field: str, text: str) -> None:
    """Never a crash, never a guess."""
    with pytest.raises(BalancerError) as refused:
        read(**{field: text})
    assert (refused.value.code, refused.value.params["field"]) == ("invalid_field", field)


def test_options_that_were_not_given_are_left_out() -> None:
    """A command's options are the same words."""
    assert words_of({"rush": None, "seed": 3}) == {"seed": "3"}
