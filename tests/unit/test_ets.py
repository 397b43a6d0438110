"""AutoETS as a rival: a sensible forecast where it can, none where the history is too short."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from predictors.rivals.ets import auto_ets


def test_it_forecasts_what_is_steady_and_refuses_what_is_short() -> None:
    """A hundred people a day stay a hundred; of five days it says nothing."""
    pytest.importorskip("statsforecast")
    days = [date(2026, 11, 2) + timedelta(shift) for shift in range(14)]
    rng = np.random.default_rng(2)
    rows = np.zeros((14, 48))
    for at, day in enumerate(days):
        if day.weekday() < 5:
            rows[at, 20:30] = rng.poisson(10, 10)
    told = auto_ets(days, {("a", "q"): rows}, days[-1] + timedelta(1))
    assert told["a", "q"].sum() == pytest.approx(100, rel=0.15)
    assert np.isnan(auto_ets(days[:5], {("a", "q"): rows[:5]}, days[5])["a", "q"]).all()
