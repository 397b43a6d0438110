"""The regression of recorded waits: better than what it starts from, steady against wild waits."""

from __future__ import annotations

import json

import numpy as np

from predictors.line_columns import COLUMN
from predictors.line_regression import LineRegression, terms
from predictors.line_waits import rows_by_day
from tests.recorded_town import recorded_town

SEED = 5


def test_a_pace_of_the_day_is_seen_and_used() -> None:
    """Days differ by a factor; whoever sees how the day goes must miss less than whoever does not."""
    rows, day = rows_by_day(recorded_town(SEED, 12, lines=8))
    past = day < 9
    found = LineRegression.fit(rows.columns[past], rows.waits[past]).predict(rows.columns[~past])
    alike = rows.columns[~past, COLUMN["alike"]]
    assert np.abs(found - rows.waits[~past]).mean() < np.abs(alike - rows.waits[~past]).mean(), SEED


def test_wild_waits_move_it_little() -> None:
    rows, _ = rows_by_day(recorded_town(SEED, 3))
    wild = rows.waits.copy()
    wild[::20] = 4320.0
    plain, spoiled = (
        LineRegression.fit(rows.columns, waits).predict(rows.columns) for waits in (rows.waits, wild)
    )
    assert np.median(spoiled / np.maximum(plain, 1.0)) < 1.3, SEED


def test_terms_are_finite_for_absurd_columns() -> None:
    rows, _ = rows_by_day(recorded_town(SEED, 3))
    odd = rows.columns[:4].copy()
    odd[0, COLUMN["published"]] = np.nan
    odd[1, COLUMN["to_close"]] = -500.0
    odd[2, COLUMN["desks"]] = -1.0
    odd[3, COLUMN["ahead"]] = 5000.0
    assert np.isfinite(terms(odd)).all()


def test_json_keeps_it() -> None:
    rows, _ = rows_by_day(recorded_town(SEED, 3))
    found = LineRegression.fit(rows.columns, rows.waits)
    kept = LineRegression.from_state(json.loads(json.dumps(found.to_state())))
    assert kept.predict(rows.columns).tolist() == found.predict(rows.columns).tolist()
