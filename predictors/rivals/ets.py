"""AutoETS of statsforecast as a rival of the arrival forecast: for development only, imported when asked.

It forecasts each queue's people a day over worked days, with a season of a working week, and splits them by
the queue's mean shape of the day: half-hours themselves have too long a season for it.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from predictors.arrival_history import Key
from predictors.counts import FloatArray

WORKING_WEEK = 5
FEWEST_DAYS = 8


def auto_ets(days: Sequence[date], counts: Mapping[Key, FloatArray], day: date) -> dict[Key, FloatArray]:
    """People by half-hour of each queue on `day`; NaN where there are too few worked days for it.

    `counts[key]` (days, slots). Raises ImportError without statsforecast.
    """
    from statsforecast.models import AutoETS

    found = {}
    for key, rows in counts.items():
        worked = np.nansum(rows, axis=1) > 0
        totals = np.nansum(rows[worked], axis=1)
        if len(totals) < FEWEST_DAYS:
            found[key] = np.full(rows.shape[1], np.nan)
            continue
        season = WORKING_WEEK if len(totals) >= 3 * WORKING_WEEK else 1
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            mean = AutoETS(season_length=season).forecast(totals.astype(float), 1)["mean"][0]
        shape = np.nansum(rows[worked], axis=0)
        found[key] = max(float(mean), 0.0) * shape / shape.sum()
    return found
