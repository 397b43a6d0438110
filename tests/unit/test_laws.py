"""Lognormal laws: residuals against the closed form, strata against their law."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest

from predictors.laws import LONGEST_MINUTES, Law, hazard, normal_at, normal_strata, strata

SEED = 20260201


@pytest.mark.parametrize("z", [-3.0, -0.5, 0.0, 1.3, 4.0])
def test_hazard_is_that_of_a_standard_normal_and_back(z: float) -> None:
    true = -math.log(1.0 - NormalDist().cdf(z))
    assert hazard(z) == pytest.approx(true, rel=1e-4)
    assert normal_at(np.array([hazard(z)]))[0] == pytest.approx(z, abs=1e-3)


@pytest.mark.parametrize("elapsed", [0.0, 4.0, 15.0, 40.0])
def test_what_is_left_follows_the_conditional_law(elapsed: float) -> None:
    """P(S − e > r | S > e) = P(S > e + r) ÷ P(S > e), at its quartiles."""
    law = Law.of_mean(12.0, 0.8)
    left = law.residual(np.random.default_rng(SEED), elapsed, 200_000)

    def beyond(minutes: float) -> float:
        return 1.0 - NormalDist(law.mu, law.sigma).cdf(math.log(minutes)) if minutes > 0 else 1.0

    for share in (0.25, 0.5, 0.75, 0.9):
        r = float(np.quantile(left, share))
        assert beyond(elapsed + r) / beyond(elapsed) == pytest.approx(1.0 - share, abs=0.01)


def test_mean_and_spread_are_those_asked_for() -> None:
    law = Law.of_mean(12.0, 0.6)
    drawn = law.sample(np.random.default_rng(SEED), 400_000)
    assert law.mean == pytest.approx(12.0)
    assert drawn.mean() == pytest.approx(12.0, rel=0.01)
    assert drawn.std() / drawn.mean() == pytest.approx(0.6, rel=0.03)


def test_strata_take_one_from_each_part() -> None:
    assert np.exp(-strata(4)) == pytest.approx([7 / 8, 5 / 8, 3 / 8, 1 / 8])
    assert NormalDist().cdf(normal_strata(100)[89]) == pytest.approx(0.895, abs=1e-4)
    assert normal_strata(100).mean() == pytest.approx(0.0, abs=1e-4)


def test_a_fixed_service_ends_when_its_time_is_up() -> None:
    law = Law(math.log(10.0), 0.0)
    assert law.residual(np.random.default_rng(SEED), 4.0, 3) == pytest.approx([6.0] * 3)
    assert law.residual(np.random.default_rng(SEED), 25.0, 3) == pytest.approx([0.0] * 3)


def test_a_long_service_is_believed_but_a_forgotten_one_is_drawn_anew() -> None:
    """After 50 minutes of a 10-minute service a whole one is to come; after five hours nobody sits there."""
    law, draws = Law.of_mean(10.0, 0.8), np.random.default_rng(SEED)
    assert np.median(law.residual(draws, 50.0, 4000)) > 8.5
    assert np.median(law.residual(draws, 300.0, 4000)) == pytest.approx(math.exp(law.mu), rel=0.06)


@pytest.mark.parametrize("elapsed", [math.nan, -3.0, math.inf, 1e300])
def test_absurd_elapsed_times_leave_a_whole_service(elapsed: float) -> None:
    left = Law.of_mean(10.0, 0.8).residual(np.random.default_rng(SEED), elapsed, 1000)
    assert np.all((left >= 0.0) & (left <= LONGEST_MINUTES))
    assert np.median(left) == pytest.approx(7.8, rel=0.15)
