"""How good the forecast of arrivals is: `python -m tests.bench.forecasts [--seed N] [--weeks N] [--json F]`.

Beside the seasonal naive forecast and AutoETS (statsforecast), each day forecast from the days before it
only: on the Warsaw records (people a half-hour, rebuilt from ticket numbers; too few days for AutoETS) and on
made-up weeks whose true rates are known. The first part needs `../shared/data/warsaw`, else it is left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from loadtest.warsaw import read_days
from predictors.arrival_backtest import CountScore, rolling
from predictors.arrival_history import Key
from predictors.counts import FloatArray
from predictors.rivals.ets import auto_ets
from predictors.traces import Trace, flows

DATA = Path(__file__).resolve().parents[3] / "shared/data/warsaw/queues_2020-01-02_to_14.csv.gz"
FIRST, LAST = date(2020, 1, 2), date(2020, 1, 14)
SLOTS, SLOT_MINUTES = 48, 30
FIRST_SCORED = 28
YEAR_WAVE, HOLIDAY_DIP = 0.15, 0.6


def warsaw_counts(path: Path = DATA) -> tuple[list[date], dict[Key, FloatArray]]:
    """People by half-hour of each queue, arrays (days, 48); NaN on days whose record cannot be used."""
    everyday = [FIRST + timedelta(shift) for shift in range((LAST - FIRST).days + 1)]
    days = [day for day in everyday if day.weekday() < 5]
    counts: dict[Key, FloatArray] = {}
    for at, day in enumerate(read_days(path, days)):
        for queue in day.queues():
            if not isinstance(queue.trace, Trace):
                continue
            rows = counts.setdefault((queue.office, queue.queue), np.full((len(days), SLOTS), np.nan))
            minutes = queue.trace.minutes
            slots = ((minutes[:-1] + minutes[1:]) / 2 // SLOT_MINUTES).astype(int)
            rows[at] = np.bincount(slots, flows(queue.trace).issued, minlength=SLOTS)
    return days, counts


def made_up(weeks: int, seed: int) -> tuple[list[date], dict[Key, FloatArray], dict[Key, FloatArray]]:
    """(days, counts, true rates) of two branches over so many weeks: a yearly wave, weekdays, a day factor
    common to a branch's queues, quiet days around New Year, Sundays closed.
    """
    rng = np.random.default_rng(seed)
    days = [date(2025, 9, 1) + timedelta(shift) for shift in range(7 * weeks)]
    weekday = np.array([1.15, 1.05, 0.95, 1.0, 0.85, 0.4, 0.0])
    sizes = {("center", "a"): 400.0, ("center", "b"): 90.0, ("center", "c"): 12.0, ("village", "a"): 40.0}
    usual = np.array([1 + YEAR_WAVE * np.sin(day.timetuple().tm_yday / 58.1) for day in days])
    usual *= [HOLIDAY_DIP if (day.month, day.day) in {(12, 31), (1, 2), (1, 5)} else 1.0 for day in days]
    usual *= weekday[[day.weekday() for day in days]]
    factors = {branch: rng.gamma(1 / 0.03, 0.03, len(days)) for branch in ("center", "village")}
    rates: dict[Key, FloatArray] = {}
    for (branch, queue), size in sizes.items():
        hours = np.arange(18) + rng.uniform(-2, 2)
        shape = 1.0 + np.exp(-((hours - 4) ** 2) / 8) + 0.5 * np.exp(-((hours - 12) ** 2) / 6)
        rates[branch, queue] = np.zeros((len(days), SLOTS))
        rates[branch, queue][:, 18:36] = size * usual[:, None] * shape / shape.sum()
    counts = {key: rng.poisson(rows * factors[key[0]][:, None]).astype(float) for key, rows in rates.items()}
    return days, counts, rates


def table(title: str, scores: Mapping[str, CountScore]) -> str:
    """The scores for people."""
    lines = [
        title,
        f"  {'method':16}{'MAE':>8}{'RMSE':>8}{'bias':>8}{'p10–p90':>9}{'≤p90':>7}{'day':>7}{'n':>9}",
    ]
    for name, each in scores.items():
        shares = "".join(
            f"{value:>{width}.3f}" if np.isfinite(value) else " " * (width - 1) + "–"
            for value, width in ((each.coverage, 9), (each.coverage_p90, 7), (each.coverage_day, 7))
        )
        lines.append(f"  {name:16}{each.mae:8.3f}{each.rmse:8.3f}{each.bias:8.3f}{shares}{each.n:9}")
    return "\n".join(lines)


def main(words: Sequence[str] | None = None) -> int:
    """Print both tables; 1 where ours is not better than the seasonal naive forecast somewhere."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--weeks", type=int, default=26)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args(words)
    found: dict[str, dict[str, CountScore]] = {}
    if DATA.exists():
        days, counts = warsaw_counts()
        found["warsaw"] = rolling(days, counts, country="PL", first=4)
    days, counts, rates = made_up(chosen.weeks, chosen.seed)
    truth = {day: {key: rows[at] for key, rows in rates.items()} for at, day in enumerate(days)}
    rivals = {"auto_ets": auto_ets, "true_rate": lambda _days, _counts, day: truth[day]}
    for ahead in (1, 7):
        found[f"made up, {ahead} days ahead"] = rolling(
            days, counts, first=FIRST_SCORED, ahead=ahead, rivals=rivals
        )
    print(f"seed {chosen.seed}, {chosen.weeks} weeks")
    for title, scores in found.items():
        print(table(title, scores))
    if chosen.json:
        rows = {title: {name: each.row() for name, each in scores.items()} for title, scores in found.items()}
        chosen.json.write_text(json.dumps({"seed": chosen.seed, **rows}, indent=2))
    beaten = all(each["ours"].mae < each["seasonal_naive"].mae for each in found.values() if each["ours"].n)
    return 0 if beaten else 1


if __name__ == "__main__":
    sys.exit(main())
