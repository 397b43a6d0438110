"""The three sources of a backtest: made cities, Warsaw's records, the archive of this system."""

from __future__ import annotations

import csv
import multiprocessing
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np

from balancer.commands.backtest_request import Days, Request, Source
from balancer.errors import BalancerError
from predictors.backtest import FEWEST_TRAINING_DAYS, Plan, Trees, run_scenario
from predictors.outcome import Answers, FloatArray, Outcome
from predictors.recorded import RecordedLine
from predictors.synthetic import scenarios

Recorded = Sequence[Sequence[RecordedLine]]
Tell = Callable[[str], None]


def run(request: Request, jobs: int, tell: Tell) -> dict[str, Outcome]:
    """Outcomes by scenario, or under the source's name. `tell` hears how far it is.

    BalancerError names the option that cannot be met.
    """
    if request.source is Source.SYNTHETIC:
        return _synthetic(request, jobs, tell)
    if request.source is Source.WARSAW:
        return {request.source.value: _warsaw(request, tell)}
    from balancer.commands.backtest_archive import archive_outcome

    return {request.source.value: archive_outcome(request)}


def _synthetic(request: Request, jobs: int, tell: Tell) -> dict[str, Outcome]:
    if request.train.count < FEWEST_TRAINING_DAYS:
        why = {
            "uk": f"потрібно щонайменше {FEWEST_TRAINING_DAYS} днів",
            "en": f"needs {FEWEST_TRAINING_DAYS} days at least",
        }
        raise BalancerError("invalid_field", field="--train", why=why)
    plan = Plan(request.train.count, request.test.count, request.seed)
    names = list(dict.fromkeys(request.scenarios))
    if trees_of() is None:
        tell("scikit-learn is not installed: no trees")
    if jobs == 1 or len(names) == 1:
        return {name: run_scenario(scenarios()[name], plan, tell, trees_of()) for name in names}
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(names)), mp_context=context) as pool:
        return dict(zip(names, pool.map(partial(_one, plan), names), strict=True))


def _one(plan: Plan, name: str) -> Outcome:
    """One scenario in a process of its own; it tells on the common stderr how far it is."""
    return run_scenario(scenarios()[name], plan, partial(print, file=sys.stderr, flush=True), trees_of())


def trees_of() -> Trees | None:
    """The boosted rival where its library is installed."""
    from predictors.rivals.trees import boosted_quantiles, installed

    return boosted_quantiles if installed() else None


def _warsaw(request: Request, tell: Tell) -> Outcome:
    from loadtest.warsaw import NoSuchDay, days_in, read_days
    from loadtest.warsaw_lines import recorded_lines
    from predictors.line_waits import TooLittleRecorded
    from predictors.recorded_backtest import SHIPPED, warsaw_backtest

    path = Path(request.file or "")
    if not path.is_file():
        raise _wrong("--file", f"немає файлу {path}", f"there is no file {path}")
    try:
        present = days_in(path)
        train, test = (_present(option, days, present) for option, days in _options(request))
        tell(f"reading {len(train)} training and {len(test)} test days of {path.name}")
        lines = [recorded_lines(day) for day in read_days(path, [*train, *test])]
    except (NoSuchDay, csv.Error, EOFError, UnicodeDecodeError) as error:
        raise _wrong("--file", f"{path.name}: {error}", f"{path.name}: {error}") from error
    before, after = ([day for day in part if day] for part in (lines[: len(train)], lines[len(train) :]))
    if not after:
        raise _wrong("--test", "за ці дні немає придатних черг", "no usable queue on these days")
    tell("learning and asking")
    try:
        found = warsaw_backtest(before, after, request.seed, trees=trees_of() is not None)
    except TooLittleRecorded as error:
        raise _wrong("--train", f"замало даних: {error}", f"too little to learn from: {error}") from error
    hours = _hours(before, after)
    return Outcome({name: Answers(*pair, hours) for name, pair in found.items()}, SHIPPED)


def _hours(train: Recorded, test: Recorded) -> FloatArray:
    """The hour of day of each scored moment of the test days, in the order of the answers."""
    from predictors.line_columns import moments, together
    from predictors.line_habits import learn_habits
    from predictors.line_waits import known

    habits = learn_habits(train)
    return np.asarray(together([known(moments(day, habits)) for day in test]).minutes / 60.0)


def _options(request: Request) -> Iterable[tuple[str, Days]]:
    return ("--train", request.train), ("--test", request.test)


def _present(option: str, wanted: Days, present: set[date]) -> list[date]:
    """Those of the days that the record has; BalancerError if it has none."""
    found = [day for day in wanted if day in present]
    if not found:
        span = f"{wanted.first}..{wanted.last}"
        raise _wrong(option, f"у файлі немає рядків за {span}", f"the file has no rows of {span}")
    return found


def _wrong(field: str, uk: str, en: str) -> BalancerError:
    return BalancerError("invalid_field", field=field, why={"uk": uk, "en": en})
