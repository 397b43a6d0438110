"""The correction of ranges: nothing without data, 0.88–0.92 with it, bounded whatever comes."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from predictors.conformal import MOST, Conformal, Quantiles

SEED = 20260206
TOLD = Quantiles(5.0, 10.0, 20.0)


def waits(count: int, stretch: float, seed: int = SEED) -> list[tuple[Quantiles, float]]:
    """Ranges that are right but for their width: the true one is `stretch` times as wide on both sides."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        p50 = float(rng.uniform(10.0, 60.0))
        z = float(rng.standard_normal()) / 1.2815515655446004
        told = Quantiles(p50 * 0.8, p50, p50 * 1.3)
        found.append((told, max(p50 + z * stretch * (0.3 if z > 0 else 0.2) * p50, 0.0)))
    return found


def covered(learned: Conformal, fresh: list[tuple[Quantiles, float]]) -> tuple[float, float]:
    """Share of waits below the corrected p10 and p90."""
    ranges = [(learned.adjust(told), actual) for told, actual in fresh]
    below = np.mean([actual < told.p10 for told, actual in ranges])
    return float(below), float(np.mean([actual <= told.p90 for told, actual in ranges]))


def test_without_data_nothing_is_changed() -> None:
    assert Conformal().adjust(TOLD) == TOLD


@pytest.mark.parametrize("stretch", [0.7, 1.0, 1.5])
def test_ranges_too_wide_or_too_narrow_are_put_right(stretch: float) -> None:
    learned = Conformal()
    for told, actual in waits(1500, stretch):
        learned.observe(told, actual)
    below, above = covered(learned, waits(5000, stretch, seed=SEED + 1))
    assert 0.88 <= above <= 0.92, (stretch, above)
    assert 0.08 <= below <= 0.12, (stretch, below)


def test_right_ranges_are_hardly_touched_and_the_median_never() -> None:
    learned = Conformal()
    for told, actual in waits(2000, 1.0):
        learned.observe(told, actual)
    assert learned.adjust(TOLD) == pytest.approx(TOLD, rel=0.06)
    assert learned.adjust(TOLD).p50 == TOLD.p50


def test_a_few_misses_move_it_a_little() -> None:
    learned = Conformal()
    for _ in range(5):
        learned.observe(TOLD, 500.0)
    assert TOLD.p90 < learned.adjust(TOLD).p90 < TOLD.p90 + 1.0


def test_it_is_bounded_and_never_crosses_or_goes_below_zero() -> None:
    learned = Conformal()
    for _ in range(5000):
        learned.observe(TOLD, 1e6)
    high = learned.adjust(TOLD)
    assert high.p90 <= TOLD.p50 + MOST * (TOLD.p90 - TOLD.p50)
    for _ in range(5000):
        learned.observe(TOLD, 0.0)
    low = learned.adjust(Quantiles(1.0, 10.0, 12.0))
    assert 0.0 <= low.p10 <= low.p50 <= low.p90


def test_what_was_is_forgotten() -> None:
    learned = Conformal()
    for told, actual in waits(3000, 2.0) + waits(3000, 1.0, seed=SEED + 2):
        learned.observe(told, actual)
    assert learned.adjust(TOLD) == pytest.approx(TOLD, rel=0.06)


@pytest.mark.parametrize("absurd", [math.nan, math.inf, -1.0])
def test_figures_that_are_no_waits_teach_nothing(absurd: float) -> None:
    learned = Conformal()
    learned.observe(TOLD, absurd)
    learned.observe(Quantiles(absurd, 10.0, 20.0), 10.0)
    assert learned.adjust(TOLD) == TOLD


def test_a_certain_range_is_no_crash() -> None:
    learned = Conformal()
    learned.observe(Quantiles(0.0, 0.0, 0.0), 4.0)
    assert learned.adjust(Quantiles(0.0, 0.0, 0.0)) == Quantiles(0.0, 0.0, 0.0)


def test_corrections_survive_being_written_down() -> None:
    learned = Conformal()
    for told, actual in waits(300, 1.4):
        learned.observe(told, actual)
    again = Conformal.from_state(json.loads(json.dumps(learned.to_state())))
    assert again.adjust(TOLD) == pytest.approx(learned.adjust(TOLD), abs=0.01)


@pytest.mark.parametrize("state", [{}, {"above": [], "below": ["x"]}, {"above": [math.nan], "below": []}])
def test_what_is_no_correction_is_refused(state: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Conformal.from_state(state)
