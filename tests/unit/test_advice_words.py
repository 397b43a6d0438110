"""Sentences of advice: whole in both languages, for every reason and every facility there is."""

from __future__ import annotations

import typing

import pytest

from balancer.city.model import Facility
from balancer.live import advice_words as words
from balancer.messages.advice import LeftOutReason

NAME = {"uk": "Центр", "en": "Centre"}


def test_every_reason_and_facility_has_its_words() -> None:
    """A new one needs them."""
    assert set(words.LEFT_OUT) == set(typing.get_args(LeftOutReason))
    assert set(words.FACILITIES) == set(typing.get_args(Facility))


def test_numbers_are_whole_minutes_and_never_nothing() -> None:
    """Half a minute longer is one minute longer."""
    said = words.say(words.FARTHER_BUT_SHORTER, NAME, far=7.6, less=0.2)
    assert said["uk"] == "На 8 хв далі, ніж Центр, зате чекати на 1 хв менше"
    assert said["en"] == "8 min farther than Centre, but 1 min less to wait"


def test_what_a_branch_lacks_is_named() -> None:
    """In the language of the reader."""
    assert words.left_out("facility_missing", ["ramp", "shelter"]) == {
        "uk": "Немає: пандус, укриття",
        "en": "Lacks: ramp, shelter",
    }


@pytest.mark.parametrize("reason", typing.get_args(LeftOutReason))
def test_no_sentence_has_a_hole(reason: str) -> None:
    """Nothing is left of the braces."""
    for text in (*words.left_out(reason).values(), *words.near_ties([NAME, NAME]).values()):
        assert text and "{" not in text
