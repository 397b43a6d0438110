"""The backtest of recorded days: same moments for all, the bars on the real record where it is there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from loadtest.warsaw_lines import recorded_days
from predictors.boosting import Growth
from predictors.recorded import RecordedLine
from predictors.recorded_backtest import POINTS, SHIPPED, ranged, steps, warsaw_backtest
from predictors.scores import score
from tests.recorded_town import recorded_town

SEED = 31
FEW = Growth(trees=30, depth=3, rate=0.15)
WARSAW = Path(__file__).resolve().parents[3] / "shared/data/warsaw/queues_2020-01-02_to_14.csv.gz"
SOME_DAYS = [date(2020, 1, day) for day in (3, 7, 8, 9)]


def some_days() -> list[list[RecordedLine]]:
    """Real queues of nine offices within the training days where the record is there, else a drawn town."""
    if not WARSAW.exists():
        return recorded_town(SEED, 8, lines=10)
    days = recorded_days(WARSAW, SOME_DAYS)
    offices = sorted({line.office for line in days[0]})[:9]
    return [[line for line in day if line.office in offices] for day in days]


def test_shipped_beats_learned_and_every_method_answers_for_the_same_moments() -> None:
    days = some_days()
    found = warsaw_backtest(days[:-1], days[-1:], SEED, trees=False, growth=FEW)
    assert set(found) == {SHIPPED, *POINTS}
    (actual,) = {tuple(each) for _, each in found.values()}
    assert len(actual) > 100 and np.isfinite(actual).all()
    scores = {name: score(*each) for name, each in found.items()}
    assert scores[SHIPPED].mae < scores["learned"].mae, (SEED, scores)
    assert 0.8 < scores[SHIPPED].coverage_p90 < 0.97, (SEED, scores)
    others = ("les", "hol", "rolling", "historical", "published")
    assert all(scores[SHIPPED].mae < scores[name].mae for name in others), (SEED, scores)


def test_trees_answer_for_the_same_moments_and_the_test_days_teach_nobody() -> None:
    """Waits of the test days may be anything; no answer changes."""
    days = recorded_town(SEED, 4, lines=4)
    found = warsaw_backtest(days[:3], days[3:], SEED, growth=FEW)
    for line in days[3]:
        line.waits[:] += 1000.0
    again = warsaw_backtest(days[:3], days[3:], SEED, growth=FEW)
    assert set(found) == {SHIPPED, *POINTS, "trees"}
    for name, (predicted, actual) in found.items():
        assert np.array_equal(predicted, again[name][0], equal_nan=True), name
        assert np.array_equal(actual + 1000.0, again[name][1])


def test_steps_end_with_what_is_shipped() -> None:
    days = recorded_town(SEED, 4, lines=4)
    last = list(steps(days[:3], days[3:], SEED, growth=FEW).values())[-1]
    shipped = warsaw_backtest(days[:3], days[3:], SEED, trees=False, growth=FEW)[SHIPPED]
    assert np.array_equal(last[0], shipped[0])


def test_a_figure_gets_the_range_of_its_own_errors() -> None:
    past = np.full(200, 10.0)
    ranges = ranged(past, np.linspace(1, 39, 200), np.array([10.0, np.nan]))
    assert ranges[0] == pytest.approx([4.8, 10.0, 35.2], abs=0.5)
    assert np.isnan(ranges[1]).all()
    assert np.isnan(ranged(np.full(3, np.nan), np.ones(3), np.ones(2))).all()
