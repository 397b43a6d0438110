"""Boosted trees in numpy: they find steps, ignore wild values and survive a journey through JSON."""

from __future__ import annotations

import json

import numpy as np
import pytest

from predictors.boosting import Boosted, Growth, boost, weighted_median

SEED = 20260110


def rows(count: int = 1500) -> tuple[np.ndarray, np.ndarray]:
    dice = np.random.default_rng(SEED)
    columns = dice.uniform(-1, 1, (count, 4))
    wanted = np.where(columns[:, 0] > 0.2, 3.0, -1.0) * np.where(columns[:, 2] > 0, 1.0, 0.5)
    return columns, wanted + dice.normal(0, 0.1, count)


def test_it_learns_a_step_and_an_interaction() -> None:
    columns, wanted = rows()
    dice = np.random.default_rng(SEED)
    found = boost(columns[:1000], wanted[:1000], np.ones(1000), dice, Growth(trees=120))
    missed = np.abs(found.predict(columns[1000:]) - wanted[1000:]).mean()
    assert missed < 0.3, (SEED, missed)
    assert missed < 0.3 * np.abs(wanted[1000:] - np.median(wanted)).mean(), SEED


def test_a_tenth_of_absurd_values_moves_it_little() -> None:
    columns, wanted = rows()
    spoiled = wanted.copy()
    spoiled[::10] = 1e6
    found = boost(columns, spoiled, np.ones(len(wanted)), np.random.default_rng(SEED), Growth(trees=120))
    assert np.median(np.abs(found.predict(columns) - wanted)) < 0.5, SEED


def test_the_same_seed_gives_the_same_trees_and_json_keeps_them() -> None:
    columns, wanted = rows(300)
    first, second = (
        boost(columns, wanted, np.ones(300), np.random.default_rng(SEED), Growth(trees=10)) for _ in range(2)
    )
    kept = Boosted.from_state(json.loads(json.dumps(first.to_state())))
    assert first.predict(columns).tolist() == second.predict(columns).tolist()
    assert kept.predict(columns).tolist() == first.predict(columns).tolist()


@pytest.mark.parametrize("count", [1, 2, 7])
def test_few_rows_and_constant_columns_are_no_error(count: int) -> None:
    found = boost(np.ones((count, 3)), np.full(count, 2.0), np.ones(count), np.random.default_rng(SEED))
    assert 0.0 < found.predict(np.ones((1, 3)))[0] <= 2.0


def test_the_weighted_median_has_half_of_the_weight_on_either_side() -> None:
    assert weighted_median(np.array([5.0, 1.0, 9.0]), np.array([1.0, 1.0, 1.0])) == 5.0
    assert weighted_median(np.array([5.0, 1.0, 9.0]), np.array([1.0, 1.0, 5.0])) == 9.0
