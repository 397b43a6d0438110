"""The trees: they learn a range from columns, and say what is missing."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from predictors.rivals.trees import RivalMissing, boosted_quantiles


def test_they_learn_a_range() -> None:
    """Waits of ten minutes a person ahead, half as long or half as long again."""
    rng = np.random.default_rng(4)
    ahead = rng.integers(0, 10, 3000).astype(float)
    waits = 10.0 * ahead * rng.uniform(0.5, 1.5, 3000)
    found = boosted_quantiles(ahead[:, None], waits, np.array([[2.0], [8.0]]), seed=4)
    assert found.shape == (2, 3)
    assert found[0] == pytest.approx([12, 20, 28], abs=3), "seed 4"
    assert found[1] == pytest.approx([48, 80, 112], abs=10), "seed 4"


def test_nothing_to_learn_from() -> None:
    """No rows: a named error."""
    with pytest.raises(ValueError, match="at least one row"):
        boosted_quantiles(np.empty((0, 2)), np.empty(0), np.zeros((1, 2)), seed=1)


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation without development packages hears which one is missing."""
    monkeypatch.setitem(sys.modules, "sklearn.ensemble", None)
    with pytest.raises(RivalMissing, match="scikit-learn"):
        boosted_quantiles(np.zeros((5, 1)), np.zeros(5), np.zeros((1, 1)), seed=1)
