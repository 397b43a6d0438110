"""The learned parts: small queues lean on their branch, recent weeks count more, spread is not noise."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from predictors.arrival_history import History, gather
from predictors.arrival_parts import Fitted, fit_parts, spreads

SEED = 5


def drawn(days: int, spread: float, *, growth: float = 0.0, small: float = 0.5) -> History:
    """A queue of 200 and one of `small` people on every day, mornings only; the day factor's variance."""
    rng = np.random.default_rng(SEED)
    dates = [date(2026, 6, 1) + timedelta(shift) for shift in range(days)]
    factor = rng.gamma(1 / spread, spread, days) if spread else np.ones(days)
    factor = factor * (1 + growth * np.arange(days) / days)
    shape = np.zeros(48)
    shape[16:24] = 1 / 8
    counts = {
        ("a", name): rng.poisson(size * factor[:, None] * shape).astype(float)
        for name, size in (("big", 200.0), ("small", small))
    }
    return gather(dates, counts, None)


def fitted(history: History, half_life: float = 28.0) -> Fitted:
    return fit_parts(history, np.ones(len(history.days), dtype=bool), half_life)


def test_a_small_queue_borrows_its_shape() -> None:
    """Of a queue of one visitor in two days nothing but the number is known: its shape is its branch's."""
    parts = fitted(drawn(28, 0.0))
    big, small = parts.shape[:, 0]
    assert np.abs(big - small).sum() < 0.4
    assert parts.level[1] == pytest.approx(0.5, abs=0.3)


def test_the_level_follows_recent_weeks() -> None:
    """Twice as many at the end as at the start: the level is nearer to the end, the more the shorter the
    memory.
    """
    history = drawn(84, 0.0, growth=1.0)
    long, short = (fitted(history, half_life).level[0] for half_life in (1000.0, 10.0))
    assert 290 < long < 310 and 350 < short < 400


def test_spread_is_told_from_noise() -> None:
    """Poisson days have next to none; days that vary by a fifth have about 0.04."""
    calm, lively = (drawn(84, spread) for spread in (0.0, 0.04))
    assert spreads(calm, fitted(calm), 0, whole=True).day < 0.008
    assert spreads(lively, fitted(lively), 0, whole=True).day == pytest.approx(0.04, rel=0.4)
    thin = drawn(2, 0.04)
    assert spreads(thin, fitted(thin), 0, whole=True).level > 0.01
