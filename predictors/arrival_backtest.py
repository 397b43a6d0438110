"""How good the forecast of arrivals was: day after day, each forecast from nothing but the days before it.

Beside it the seasonal naive forecast (the same half-hour of the last same weekday that was worked) and any
rival that is passed in. Errors are people a half-hour, over half-hours in which the branch was open or
somebody was expected.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

import numpy as np

from predictors.arrival_history import Key, UnfitHistory
from predictors.arrivals import ArrivalForecast, DayForecast
from predictors.counts import FloatArray

FEWEST_DAYS = 3
EXPECTED_SOMEBODY = 0.01

Rival = Callable[[Sequence[date], Mapping[Key, FloatArray], date], Mapping[Key, FloatArray]]


@dataclass(frozen=True)
class CountScore:
    """`bias` > 0: too many were forecast. `coverage`: share of half-hours within p10–p90, `coverage_p90` at
    or below p90, `coverage_day` whole days of a queue within their range; NaN for forecasts without a range.
    """

    mae: float
    rmse: float
    bias: float
    coverage: float
    coverage_p90: float
    coverage_day: float
    n: int

    def row(self) -> dict[str, float | int | None]:
        """For JSON: four decimals, None for NaN."""
        return {
            name: value if isinstance(value, int) else None if np.isnan(value) else round(value, 4)
            for name, value in asdict(self).items()
        }


@dataclass
class _Tally:
    errors: list[FloatArray] = field(default_factory=list)
    inside: list[FloatArray] = field(default_factory=list)
    below: list[FloatArray] = field(default_factory=list)
    days: list[bool] = field(default_factory=list)

    def score(self) -> CountScore:
        errors = np.concatenate(self.errors) if self.errors else np.full(1, np.nan)
        inside, below = (
            float(np.concatenate(each).mean()) if each else float("nan") for each in (self.inside, self.below)
        )
        days = float(np.mean(self.days)) if self.days else float("nan")
        rmse = float(np.sqrt((errors**2).mean()))
        count = len(errors) if self.errors else 0
        return CountScore(
            float(np.abs(errors).mean()), rmse, float(errors.mean()), inside, below, days, count
        )


def rolling(
    days: Sequence[date],
    counts: Mapping[Key, FloatArray],
    open_share: Mapping[str, FloatArray] | None = None,
    *,
    first: int = FEWEST_DAYS,
    ahead: int = 1,
    country: str = "UA",
    rivals: Mapping[str, Rival] | None = None,
) -> dict[str, CountScore]:
    """Scores by method, `ours` and `seasonal_naive` first; all of them on the same half-hours.

    Arguments as in ArrivalForecast.fit; forecast are days `first` … of the history, each `ahead` days ahead.
    A half-hour that a method cannot forecast (a weekday it has not seen) is scored for none.
    """
    tallies = {name: _Tally() for name in ("ours", "seasonal_naive", *(rivals or {}))}
    for at in range(max(first, ahead), len(days)):
        until = at - ahead + 1
        known = {key: rows[:until] for key, rows in counts.items()}
        hours = open_share and {branch: rows[:until] for branch, rows in open_share.items()}
        today = open_share and {branch: rows[at] for branch, rows in open_share.items()}
        try:
            fitted = ArrivalForecast.fit(days[:until], known, hours, country=country)
        except UnfitHistory:
            continue
        made = fitted.forecast(days[at], open_share=today)
        others: dict[str, Mapping[Key, FloatArray]] = {
            "seasonal_naive": seasonal_naive(days[:until], known, days[at])
        }
        others |= {name: rival(days[:until], known, days[at]) for name, rival in (rivals or {}).items()}
        _compare(made, others, {key: rows[at] for key, rows in counts.items()}, tallies)
    return {name: tally.score() for name, tally in tallies.items()}


def _compare(
    made: DayForecast,
    others: Mapping[str, Mapping[Key, FloatArray]],
    came: Mapping[Key, FloatArray],
    tallies: Mapping[str, _Tally],
) -> None:
    for key, actual in came.items():
        ours = made.queues[key]
        scored = np.isfinite(actual) & ((ours.mean > EXPECTED_SOMEBODY) | (actual > 0))
        for other in others.values():
            scored &= np.isfinite(other[key])
        if not scored.any():
            continue
        seen = actual[scored]
        low, high = ours.p10[scored], ours.p90[scored]
        mine = tallies["ours"]
        mine.errors.append(ours.mean[scored] - seen)
        mine.inside.append(((seen >= low) & (seen <= high)).astype(float))
        mine.below.append((seen <= high).astype(float))
        if np.isfinite(actual).all():
            mine.days.append(bool(ours.total[1] <= actual.sum() <= ours.total[2]))
        for name, other in others.items():
            tallies[name].errors.append(other[key][scored] - seen)


def seasonal_naive(
    days: Sequence[date], counts: Mapping[Key, FloatArray], day: date
) -> dict[Key, FloatArray]:
    """What came at the same half-hour of the latest same weekday on which anybody came; NaN without one."""
    same = [at for at, each in enumerate(days) if each.weekday() == day.weekday()]
    found = {}
    for key, rows in counts.items():
        last = next((at for at in reversed(same) if np.nansum(rows[at]) > 0), None)
        found[key] = rows[last] if last is not None else np.full(rows.shape[1], np.nan)
    return found
