"""What an announced visitor is worth."""

from __future__ import annotations

import pytest

from predictors.intents import IntentWeights


def test_nothing_seen_is_the_prior() -> None:
    """Most come; nobody is thought to hide."""
    weights = IntentWeights()
    assert weights.show_up == pytest.approx(0.8) and weights.capture == 1.0
    assert weights.weight == pytest.approx(0.8)


def test_shares_are_learned_and_shrunk() -> None:
    """Ten sightings move the weight a little, a thousand to the truth."""
    few, many = IntentWeights(), IntentWeights()
    for _ in range(10):
        few.observe(kept=False)
    for number in range(2000):
        many.observe(kept=number % 10 != 0)
        many.observe_advised(announced=number % 2 == 0)
    assert 0.4 < few.show_up < 0.8
    assert many.show_up == pytest.approx(0.9, abs=0.01) and many.capture == pytest.approx(0.5, abs=0.01)
    assert many.weight == pytest.approx(1.8, abs=0.05)


def test_the_weight_is_bounded() -> None:
    """When hardly anybody announces, one who does is not taken for a crowd."""
    weights = IntentWeights()
    for _ in range(10_000):
        weights.observe(kept=True)
        weights.observe_advised(announced=False)
    assert weights.weight == IntentWeights.MOST


def test_what_was_learned_is_kept() -> None:
    """A restart loses nothing; a broken file is told."""
    weights = IntentWeights()
    weights.observe(kept=False)
    again = IntentWeights.from_state(weights.to_state())
    assert again.to_state() == weights.to_state()
    for broken in ({}, {**weights.to_state(), "kept": 99.0}, {**weights.to_state(), "seen": "x"}):
        with pytest.raises(ValueError, match="intent weights"):
            IntentWeights.from_state(broken)  # type: ignore[arg-type]
