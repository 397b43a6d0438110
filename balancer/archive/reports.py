"""What the archive says of the numbers that were shown: error and coverage by queue, horizon and hour.

A visit is scored where a wait was shown as its ticket was issued and it was then called: the first range
against the measured wait (the branch's pauses not counted). Waits that an alarm fell into are left out: then
"after the all-clear" was shown, and no number.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import numpy as np
from sqlalchemy import Engine

from balancer.archive.visits import MINUTE_MS, Columns, leg_columns, local_minutes
from balancer.messages.accuracy import (
    AccuracyView,
    ErrorFigures,
    HorizonAccuracy,
    HourAccuracy,
    LevelShare,
    QueueAccuracy,
)

FEWEST = 5
HORIZONS = (0.0, 5.0, 10.0, 20.0, 40.0, 80.0, float("inf"))
LEVELS = (0.1, 0.5, 0.9)
NEEDED = ("leg", "branch", "queue", "joined", "wait_ms", "alarmed", "first_p10", "first_p50", "first_p90")

Array = np.ndarray[Any, Any]


def accuracy(
    engine: Engine,
    city: str,
    until: date,
    weeks: int,
    time_zone: str,
    apart: Collection[str] = (),
) -> AccuracyView:
    """The report of the last `weeks` weeks up to and with `until`; branches and queues by name. `apart`:
    branches in training, which do not count.
    """
    since = until - timedelta(days=7 * weeks - 1)
    legs = leg_columns(engine, city, since, until, columns=NEEDED)
    foretold = (legs["leg"] == 0) & ~np.isnan(legs["first_p50"]) & ~np.isnan(legs["wait_ms"])
    foretold &= ~np.isin(legs["branch"], list(apart))
    scored = {name: column[foretold & ~legs["alarmed"]] for name, column in legs.items()}
    shown = np.column_stack([scored[f"first_p{round(100 * level)}"] for level in LEVELS])
    actual = scored["wait_ms"] / MINUTE_MS
    everything = np.ones(len(actual), dtype=bool)
    hours = (local_minutes(time_zone, scored["joined"])[1] // 60).astype(int)
    return AccuracyView(
        city=city,
        weeks=weeks,
        since=since.isoformat(),
        until=until.isoformat(),
        left_out=int((foretold & legs["alarmed"]).sum()),
        overall=ErrorFigures(**_figures(shown, actual, everything)),
        queues=_by_queue(scored, shown, actual),
        calibration=_calibration(shown, actual),
        by_horizon=_by_horizon(shown, actual),
        by_hour=[
            HourAccuracy(hour=int(hour), **_figures(shown, actual, hours == hour))
            for hour in np.unique(hours)
        ],
    )


def _figures(shown: Array, actual: Array, chosen: Array) -> dict[str, Any]:
    """The fields of ErrorFigures for the visits `chosen` (a mask). `shown`: minutes (n, 3) by LEVELS."""
    n = int(chosen.sum())
    if n < FEWEST:
        return {"n": n}
    low, middle, high = shown[chosen].T
    waited = actual[chosen]
    error = middle - waited
    return {
        "n": n,
        "median_error": _short(np.median(np.abs(error))),
        "mae": _short(np.mean(np.abs(error))),
        "bias": _short(np.mean(error)),
        "coverage_p90": _short(np.mean(waited <= high)),
        "coverage_p10_p90": _short(np.mean((low <= waited) & (waited <= high))),
    }


def _by_queue(scored: Columns, shown: Array, actual: Array) -> list[QueueAccuracy]:
    """Every branch as a whole, then each of its queues."""
    found = []
    for branch in np.unique(scored["branch"]).tolist():
        here = scored["branch"] == branch
        found.append(QueueAccuracy(branch=branch, queue=None, **_figures(shown, actual, here)))
        for queue in np.unique(scored["queue"][here]).tolist():
            mine = here & (scored["queue"] == queue)
            found.append(QueueAccuracy(branch=branch, queue=queue, **_figures(shown, actual, mine)))
    return found


def _calibration(shown: Array, actual: Array) -> list[LevelShare]:
    enough = len(actual) >= FEWEST
    below = [np.mean(actual <= shown[:, place]) if enough else None for place in range(len(LEVELS))]
    return [
        LevelShare(level, None if share is None else _short(share))
        for level, share in zip(LEVELS, below, strict=True)
    ]


def _by_horizon(shown: Array, actual: Array) -> list[HorizonAccuracy]:
    middle = shown[:, 1]
    return [
        HorizonAccuracy(
            from_minutes=start,
            to_minutes=None if np.isinf(end) else end,
            **_figures(shown, actual, (start <= middle) & (middle < end)),
        )
        for start, end in zip(HORIZONS[:-1], HORIZONS[1:], strict=True)
    ]


def _short(value: Any) -> float:
    return round(float(value), 3)
