"""Ranges of recorded waits hold on a day that nobody had seen, and widen where less is known."""

from __future__ import annotations

import json

import numpy as np
import pytest

from predictors.line_columns import COLUMN, NAMES
from predictors.line_ranges import LineRanges

SEED = 17


def drawn(count: int, days: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Waits that stray the more the fewer there are ahead."""
    dice = np.random.default_rng(SEED)
    columns = np.zeros((count, len(NAMES)))
    ahead = dice.integers(1, 30, count).astype(float)
    columns[:, COLUMN["ahead"]], columns[:, COLUMN["to_close"]] = ahead, 300.0
    middle = 6 * ahead
    return columns, middle, middle * np.exp(dice.normal(0, 1 / np.sqrt(ahead))), np.arange(count) % days


def test_nine_in_ten_lie_below_p90_on_days_not_learned_from() -> None:
    columns, middle, waits, day = drawn(6000, 6)
    past = day < 4
    found = LineRanges.fit(columns[past], middle[past], waits[past], day[past])
    ranges = found.around(columns[~past], middle[~past])
    below = (waits[~past][:, None] <= ranges).mean(axis=0)
    assert below == pytest.approx([0.1, 0.5, 0.9], abs=0.03), SEED
    assert (np.diff(ranges, axis=1) >= 0).all() and (ranges >= 0).all()
    few = columns[~past, COLUMN["ahead"]] < 4
    relative = ranges[:, 2] / ranges[:, 1]
    assert relative[few].mean() > 1.5 * relative[~few].mean()


def test_json_keeps_them() -> None:
    columns, middle, waits, day = drawn(600, 2)
    found = LineRanges.fit(columns, middle, waits, day)
    kept = LineRanges.from_state(json.loads(json.dumps(found.to_state())))
    assert kept.around(columns, middle).tolist() == found.around(columns, middle).tolist()
