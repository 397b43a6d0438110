"""A small seeded backtest of a made city: the oracle wins, the product is near it, alarms are left out."""

from __future__ import annotations

import numpy as np
import pytest

from predictors.backtest import Plan, run_scenario
from predictors.outcome import Outcome
from predictors.synthetic import scenarios

SEED = 3
SIMPLE = ("ql", "les", "hol", "rolling", "historical", "learned", "throughput")


@pytest.fixture(scope="module")
def skills() -> Outcome:
    return run_scenario(scenarios()["skills"], Plan(12, 12, SEED, each=3))


def test_nobody_beats_the_oracle(skills: Outcome) -> None:
    """Its error is the least but for the noise of 100 samples; the simple ways are far off."""
    scores = skills.scores()
    best = scores["oracle"].mae
    assert scores["replay"].mae > 0.96 * best, (SEED, scores)
    for name in SIMPLE:
        assert scores[name].mae > 1.3 * best, (SEED, name, scores)


def test_the_product_is_near_it(skills: Outcome) -> None:
    """After twelve days; the real bars are held by `balancer backtest` on many days."""
    ratio = skills.ratio("replay")
    assert ratio is not None and ratio < 1.2, (SEED, ratio)
    covered = skills.scores()["replay"].coverage_p90
    assert 0.80 < covered < 0.97, (SEED, covered)


def test_all_methods_answer_the_same_moments(skills: Outcome) -> None:
    """One wait each, by the same tickets."""
    actual = skills.answers["oracle"].actual
    assert len(actual) > 200
    for name, each in skills.answers.items():
        assert np.array_equal(each.actual, actual), name


def test_progress_and_a_rival_from_outside() -> None:
    """Trees are fitted by whoever is handed in; each stage is told."""
    told: list[str] = []

    def middle(rows: np.ndarray, waits: np.ndarray, asked: np.ndarray, seed: int) -> np.ndarray:  # type: ignore[type-arg]
        return np.tile(np.quantile(waits, (0.1, 0.5, 0.9)), (len(asked), 1))

    outcome = run_scenario(scenarios()["skew"], Plan(10, 1, SEED, each=1), told.append, middle)
    assert outcome.scores()["trees"].n > 0
    assert told == ["skew: 10 training days"]


def test_too_few_days() -> None:
    """A named reason."""
    with pytest.raises(ValueError, match="10 training days"):
        Plan(train=3, test=5)
