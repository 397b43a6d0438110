"""Slips of the hand are counted as a reader would count them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balancer.city.typos import CYRILLIC, LATIN, other_layout, slips, slips_allowed

LETTERS = st.text("абвгд", min_size=4, max_size=9)


@pytest.mark.parametrize(
    ("typed", "word", "count"),
    [
        ("паспорт", "паспорт", 0),
        ("паспор", "паспорт", 0),  # half typed
        ("пспорт", "паспорт", 1),  # one too few
        ("пааспорт", "паспорт", 1),  # one too many
        ("баспорт", "паспорт", 1),  # a wrong one
        ("апспорт", "паспорт", 1),  # neighbours swapped
        ("пасопртт", "паспорт", 2),
        ("закрдоний", "закордонний", 2),
        ("шлюб", "паспорт", None),
    ],
)
def test_slips_are_counted(typed: str, word: str, count: int | None) -> None:
    """Every kind of slip is one; what is further than two is another word."""
    assert slips(typed, word, 2) == count


@given(LETTERS, st.data())
def test_one_slip_is_one_slip(word: str, data: st.DataObject) -> None:
    """Wherever it happens, and whatever the letters."""
    at, kind = data.draw(st.integers(0, len(word) - 2)), data.draw(st.sampled_from("drsx"))
    letter = data.draw(st.sampled_from("абвгдж"))
    typed = {
        "d": word[:at] + word[at + 1 :],
        "r": word[:at] + letter + word[at + 1 :],
        "s": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        "x": word[:at] + letter + word[at:],
    }[kind]
    assert slips(typed, word, 1) in (0, 1)


def test_short_words_are_taken_as_they_are() -> None:
    """Three letters one slip apart are two words."""
    assert [slips_allowed("к" * n) for n in (1, 3, 4, 7, 8, 30)] == [0, 0, 1, 1, 2, 2]


def test_the_other_layout_is_there_and_back() -> None:
    """Each key has one letter on either layout."""
    assert len(LATIN) == len(CYRILLIC) == len(set(CYRILLIC))
    assert other_layout("GHBDSN") == "привіт"
    assert other_layout(other_layout("закордонний паспорт")) == "закордонний паспорт"
