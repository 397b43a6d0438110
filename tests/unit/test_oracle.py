"""The oracle is honest where the answer is known, and about its own ranges."""

from __future__ import annotations

import numpy as np
import pytest

from predictors.oracle import Oracle, Residual, quantiles
from predictors.scores import score
from predictors.synthetic import NO_SHOW, NO_SHOW_MINUTES, WALK, Lognormal, scenarios
from predictors.synthetic_day import simulate
from predictors.synthetic_view import look, moments
from tests.unit.test_synthetic_view import hand_made

SEED = 5


def test_what_is_left_of_a_law() -> None:
    """P(T − e > x | T > e), against plain draws."""
    law, rng = Lognormal(15.0, 0.8), np.random.default_rng(SEED)
    residual = Residual(law, rng)
    plain = law.sample(rng, 400_000)
    plain = plain[plain > 20.0] - 20.0
    left = residual.left(20.0, rng, 50_000)
    assert np.quantile(left, [0.1, 0.5, 0.9]) == pytest.approx(
        np.quantile(plain, [0.1, 0.5, 0.9]), rel=0.05
    ), f"seed {SEED}"
    assert residual.beyond(20.0) == pytest.approx(len(plain) / 400_000, rel=0.05)


def test_quantiles_have_their_share_below() -> None:
    """Weibull's positions: of 99 draws the 10th, the 50th and the 90th."""
    assert quantiles(np.arange(1.0, 100.0)) == pytest.approx([10.0, 50.0, 90.0])


def test_one_ahead_at_the_only_desk() -> None:
    """At 515 the third waits for what is left of the first: desk 2 comes back at 520 and takes the second."""
    view = look(hand_made(), 515.0)
    shown = Oracle(scenarios()["skills"], SEED, samples=4000).ask(view, [2])[0]
    law, rng = Lognormal(8.0, 0.8), np.random.default_rng(SEED)
    plain = law.sample(rng, 200_000)
    plain = plain[plain > 4.0] - 4.0
    assert shown[1] == pytest.approx(np.median(plain), rel=0.1), f"seed {SEED}"


def test_no_shows_and_walks_are_in_a_visit() -> None:
    """The mean time that a call keeps a desk."""
    oracle = Oracle(scenarios()["skills"], SEED, samples=100_000)
    mean = (1 - NO_SHOW) * (15.0 + WALK.mean) + NO_SHOW * NO_SHOW_MINUTES
    assert oracle._visit(1).mean() == pytest.approx(mean, rel=0.02), f"seed {SEED}"


def test_its_ranges_are_honest() -> None:
    """Over 30 days p50 covers about half and p90 about nine in ten."""
    world = scenarios()["breaks"]
    oracle, rng = Oracle(world, SEED), np.random.default_rng(SEED)
    shown, actual = [], []
    for number in range(30):
        day = simulate(world, world.branches[number % 6], number, SEED)
        for each in moments(day, rng, 4):
            shown.append(oracle.ask(look(day, each.now), [each.ticket])[0])
            actual.append(each.actual)
    found = score(np.stack(shown), np.array(actual))
    assert 0.40 < found.coverage_p50 < 0.62 and 0.83 < found.coverage_p90 < 0.97, (SEED, found)
