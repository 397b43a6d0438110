"""For whom a plot is drawn."""

from __future__ import annotations

import msgspec

from balancer.plots.look import Look


def test_words_are_the_readers() -> None:
    """Ukrainian first; English where it is asked for."""
    assert Look().say("хвилини", "minutes") == "хвилини"
    assert Look(language="en").say("хвилини", "minutes") == "minutes"


def test_a_look_is_a_key() -> None:
    """Equal looks share a picture, also after a way between processes."""
    look = Look("dark", "en", 400)
    again = msgspec.json.decode(msgspec.json.encode(look), type=Look)
    assert {look: 1}[again] == 1
    assert Look("dark", "en", 440) != look
