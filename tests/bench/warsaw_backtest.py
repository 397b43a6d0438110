"""Every method on the Warsaw records, with what each step of ours buys.

`python -m tests.bench.warsaw_backtest`.

Trains on 2–10 January 2020, tests on 13–14. `--leave-out` leaves out one training day after the other instead
and never looks at the test days. Needs `../shared/data/warsaw`, and scikit-learn for the trees.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from loadtest.warsaw_lines import TEST_DAYS, TRAIN_DAYS, recorded_days
from predictors.recorded import FloatArray, RecordedLine
from predictors.recorded_backtest import Answers, steps, warsaw_backtest
from predictors.scores import score

DATA = Path(__file__).resolve().parents[3] / "shared/data/warsaw/queues_2020-01-02_to_14.csv.gz"
HORIZONS = ((0, 5), (5, 15), (15, 30), (30, 60), (60, 120), (120, 999))

Days = list[list[RecordedLine]]


def pairs(leave_out: bool) -> Iterator[tuple[Days, Days]]:
    """(train, test) of each run."""
    if not leave_out:
        yield recorded_days(DATA, TRAIN_DAYS), recorded_days(DATA, TEST_DAYS)
        return
    days = recorded_days(DATA, TRAIN_DAYS)
    for place in range(len(days)):
        yield days[:place] + days[place + 1 :], [days[place]]


def joined(runs: list[Answers]) -> Answers:
    """The answers of several runs, one after the other."""
    return {
        name: (np.concatenate([run[name][0] for run in runs]), np.concatenate([run[name][1] for run in runs]))
        for name in runs[0]
    }


def show(answers: Answers) -> None:
    """A line a method."""
    for name, (predicted, actual) in answers.items():
        found = score(predicted, actual)
        print(
            f"{name:<18} n {found.n:6d}  MAE {found.mae:6.3f}  RMSE {found.rmse:6.2f}  bias {found.bias:6.2f}"
            f"  below p10 {found.coverage_p10:.3f}  p50 {found.coverage_p50:.3f}"
            f"  p90 {found.coverage_p90:.3f}  pinball {found.pinball:.3f}"
        )


def by_horizon(answers: Answers, lengths: FloatArray) -> None:
    """Mean absolute error by how long the wait then was."""
    print(f"{'MAE by wait':<12}" + "".join(f"{low:>6}–{high:<4}" for low, high in HORIZONS))
    for name, (predicted, actual) in answers.items():
        misses = np.abs(predicted[:, 1] - actual)
        within = [misses[(lengths >= low) & (lengths < high)] for low, high in HORIZONS]
        print(f"{name:<12}" + "".join(f"{np.nanmean(each):>9.2f}  " for each in within))


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="methods on the Warsaw records")
    parser.add_argument("--leave-out", action="store_true", help="within the training days only")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not DATA.exists():
        print(f"needs {DATA.name} in ../shared/data/warsaw")
        return 2
    print(f"seed {options.seed}")
    methods, parts = [], []
    for train, test in pairs(options.leave_out):
        methods.append(warsaw_backtest(train, test, options.seed))
        parts.append(steps(train, test, options.seed))
    answers = joined(methods)
    show(answers)
    by_horizon(answers, answers["learned"][1])
    print("what each step buys")
    show(joined(parts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
