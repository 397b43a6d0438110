"""The rolling backtest: ours against last week's on the same half-hours; missing days are left out."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from predictors.arrival_backtest import rolling, seasonal_naive

SEED = 3
DAYS = [date(2026, 8, 3) + timedelta(shift) for shift in range(42)]


def counts() -> dict[tuple[str, str], np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    rng = np.random.default_rng(SEED)
    shape = np.zeros(48)
    shape[18:36] = 1 / 18
    open_days = np.array([day.weekday() < 5 for day in DAYS], float)
    return {("a", "q"): rng.poisson(120 * open_days[:, None] * shape).astype(float)}


def test_ours_beats_last_week_s() -> None:
    """Plain Poisson days: last week's count has twice the variance."""
    scores = rolling(DAYS, counts(), first=21)
    assert scores["ours"].mae < 0.85 * scores["seasonal_naive"].mae, SEED
    assert scores["ours"].n == scores["seasonal_naive"].n > 200
    assert scores["ours"].row()["coverage"] == round(scores["ours"].coverage, 4)
    assert np.isnan(scores["seasonal_naive"].coverage)


def test_what_nobody_can_forecast_is_not_scored() -> None:
    """A rival that knows nothing leaves no half-hour to compare; unknown days are left out too."""
    blind = {"blind": lambda _days, known, _day: {key: np.full(48, np.nan) for key in known}}
    assert rolling(DAYS, counts(), first=21, rivals=blind)["ours"].n == 0
    holes = counts()
    holes["a", "q"][30:] = np.nan
    assert rolling(DAYS, holes, first=21)["ours"].n < rolling(DAYS, counts(), first=21)["ours"].n


def test_seasonal_naive_looks_for_a_day_that_was_worked() -> None:
    """Last Monday was closed: the Monday before speaks; a weekday never seen says nothing."""
    known = counts()
    known["a", "q"][35] = 0.0
    told = seasonal_naive(DAYS, known, date(2026, 9, 14))
    assert told["a", "q"].tolist() == known["a", "q"][28].tolist()
    assert np.isnan(seasonal_naive(DAYS[:2], known, date(2026, 9, 18))["a", "q"]).all()
