"""How good the waits were that the city has shown: `GET …/accuracy`. Minutes throughout."""

from __future__ import annotations

import msgspec


class ErrorFigures(msgspec.Struct, kw_only=True):
    """Over `n` visits whose wait was foretold and then measured; null where they are too few to tell.

    `median_error`, `mae`: of |p50 − actual|. `bias`: mean of p50 − actual, so that above 0 the wait was
    shorter than foretold. `coverage_p90`: share of waits up to p90; `coverage_p10_p90`: from p10 to p90.
    """

    n: int
    median_error: float | None = None
    mae: float | None = None
    bias: float | None = None
    coverage_p90: float | None = None
    coverage_p10_p90: float | None = None


class QueueAccuracy(ErrorFigures, kw_only=True):
    """Of one queue; `queue` null: of the whole branch."""

    branch: str
    queue: str | None


class LevelShare(msgspec.Struct):
    """Of all waits the share `observed` was not above the quantile shown for `level`: ideally they agree."""

    level: float
    observed: float | None


class HorizonAccuracy(ErrorFigures, kw_only=True):
    """Where a wait (p50) of `from_minutes` up to `to_minutes` (null: any longer) was foretold."""

    from_minutes: float
    to_minutes: float | None


class HourAccuracy(ErrorFigures, kw_only=True):
    """Of tickets that were taken in that hour of the day, by the city's wall clock."""

    hour: int


class AccuracyView(msgspec.Struct):
    """The days `since`..`until` ("YYYY-MM-DD"). `left_out`: visits whose wait an alarm fell into."""

    city: str
    weeks: int
    since: str
    until: str
    left_out: int
    overall: ErrorFigures
    queues: list[QueueAccuracy]
    calibration: list[LevelShare]
    by_horizon: list[HorizonAccuracy]
    by_hour: list[HourAccuracy]
