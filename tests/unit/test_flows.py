"""The forecast of arrivals that no intent carries."""

from __future__ import annotations

import numpy as np
import pytest

from predictors.flows import Flow


def lived(days: int, rate: float, seed: int = 7) -> Flow:
    """A flow that has seen Poisson days of that rate in the morning and half of it afterwards."""
    rng = np.random.default_rng(seed)
    flow = Flow(540.0, 1.0)
    for _ in range(days):
        count = rng.poisson(rate * 540)
        kept = [at for at in np.sort(rng.uniform(0, 540, count)) if at < 270 or rng.random() < 0.5]
        for at in kept:
            flow.observe(float(at))
        flow.end_day()
    return flow


def test_nothing_seen_is_the_prior() -> None:
    """And an empty first hour makes it less, not nothing."""
    flow = Flow(540.0, 0.4)
    assert flow.rate() == pytest.approx(0.4)
    flow.now(60.0)
    assert 0.1 < flow.rate() < 0.4


def test_the_shape_of_the_day_is_learned() -> None:
    """Morning and afternoon apart, after ten days."""
    flow = lived(10, 0.3)
    assert flow.rate() == pytest.approx(0.3, rel=0.2)
    assert flow.rate(ahead=400.0) == pytest.approx(0.15, rel=0.25)


def test_today_may_be_another_day() -> None:
    """Half again as many as usual: the level follows within hours, and is forgotten overnight."""
    flow = lived(10, 0.3)
    usual = flow.rate()
    for number in range(54):
        flow.observe(number * 120 / 54)
    assert 1.15 < flow.rate() / usual < 1.6
    flow.end_day()
    assert flow.rate() == pytest.approx(usual, rel=0.15)


def test_more_corrections_than_arrivals_are_no_negative_flow() -> None:
    """Nothing comes backwards."""
    flow = Flow(60.0, 0.1)
    flow.observe(10.0, -100.0)
    assert flow.rate() == 0.0
    flow.end_day()
    assert flow.rate() == 0.0
