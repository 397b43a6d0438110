"""How right the waits were that a branch showed, ticket by ticket, and how right the forecast of arrivals."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from balancer.city.definition import Branch
from balancer.city.hours import rfc3339
from balancer.messages.planning import (
    ArrivalErrors,
    CalibrationBin,
    HourErrors,
    PlannerBacktestView,
    QueueErrors,
    WaitErrors,
)
from balancer.planning.forecasting import Known, country_of, history_of, reason
from balancer.planning.past import FloatArray
from balancer.planning.questions import Question
from predictors.arrival_backtest import rolling

if TYPE_CHECKING:
    from sqlalchemy import Engine

Columns = dict[str, Any]

COLUMNS = (
    "queue leg joined called wait_ms ended alarmed first_p10 first_p50 first_p90".split()  # of the legs table
)
FEWEST = 5
EDGES = (0.0, 2.5, 5.0, 7.5, 10.0, 12.5, 15.0, 17.5, 20.0, 25.0, 30.0, 35.0, 45.0, 60.0, 90.0, math.inf)
LEVELS = (0.1, 0.5, 0.9)
SCORED_DAYS = 14
FIRST_SCORED = 5


def backtest_view(known: Known, question: Question, engine: Engine | None) -> PlannerBacktestView:
    """The answer to `GET …/planner/backtest`, of the last weeks up to now."""
    branch = known.city.branch(question.branch)
    first = known.today - timedelta(days=7 * question.weeks - 1)
    view = PlannerBacktestView(
        city=known.city.city,
        branch=branch.branch,
        made_at=rfc3339(known.city.time_zone, known.now_ms),
        demo=known.past.demo,
        history=history_of(known, branch.branch),
        first=first.isoformat(),
        last=known.today.isoformat(),
    )
    if engine is None or not view.history.visits:
        view.state, view.reason = "empty", reason("history_empty")
        return view
    view.arrivals = _arrivals(known, branch)
    legs = _legs(engine, known, question, branch)
    view.tickets = len(legs["queue"])
    _score(view, branch, legs)
    if view.overall is None:
        view.reason = reason("no_scored")
    return view


def _legs(engine: Engine, known: Known, question: Question, branch: Branch) -> Columns:
    """First legs of those weeks."""
    from balancer.archive.visits import leg_columns, local_minutes

    since = known.today - timedelta(days=7 * question.weeks - 1)
    legs = leg_columns(engine, known.city.city, since, known.today, branch.branch, columns=COLUMNS)
    legs = {name: column[legs["leg"] == 0] for name, column in legs.items()}
    legs["hour"] = (local_minutes(branch.time_zone, legs["joined"])[1] // 60).astype(int)
    return legs


def _score(view: PlannerBacktestView, branch: Branch, legs: Columns) -> None:
    """Errors of all, by queue and hour; tickets that an alarm made wait were told no number: left out."""
    foretold = ~np.isnan(legs["first_p50"])
    was_called = ~np.isnan(legs["wait_ms"])
    view.without_estimate = int((was_called & ~foretold).sum())
    view.gone = int((~np.isnan(legs["ended"]) & ~was_called).sum())
    scored = foretold & was_called & ~legs["alarmed"]
    if scored.sum() < FEWEST:
        return
    shown = np.column_stack([legs[f"first_p{round(100 * level)}"][scored] for level in LEVELS])
    waited = legs["wait_ms"][scored] / 60_000
    view.overall = WaitErrors(**_errors(shown, waited))
    queues, hours = legs["queue"][scored], legs["hour"][scored]
    view.queues = [
        QueueErrors(
            queue=queue.queue, letter=queue.letter, name=queue.name, **_errors(shown[mine], waited[mine])
        )
        for queue in branch.queues
        if (mine := queues == queue.queue).any()
    ]
    view.by_hour = [
        HourErrors(hour=int(hour), **_errors(shown[hours == hour], waited[hours == hour]))
        for hour in np.unique(hours)
    ]
    view.calibration = _calibration(shown[:, 1], waited)


def _errors(shown: FloatArray, waited: FloatArray) -> dict[str, Any]:
    """The fields of WaitErrors; `shown` (n, 3) minutes."""
    found: dict[str, Any] = {"n": len(waited)}
    if len(waited) < FEWEST:
        return found
    low, middle, high = shown.T
    error = middle - waited
    figures = {
        "mae": np.abs(error).mean(),
        "rmse": np.sqrt((error**2).mean()),
        "bias": error.mean(),
        "median_error": np.median(np.abs(error)),
        "coverage_p90": (waited <= high).mean(),
        "coverage_p10_p90": ((waited >= low) & (waited <= high)).mean(),
    }
    return found | {name: round(float(value), 3) for name, value in figures.items()}


def _calibration(predicted: FloatArray, waited: FloatArray) -> list[CalibrationBin]:
    """What people waited, by what they were told."""
    place = np.digitize(predicted, EDGES) - 1
    found = []
    for bin in np.unique(place):
        mine = place == bin
        if mine.sum() >= FEWEST:
            low, middle, high = (round(float(np.quantile(waited[mine], level)), 2) for level in LEVELS)
            told = round(float(predicted[mine].mean()), 2)
            found.append(CalibrationBin(predicted=told, p10=low, p50=middle, p90=high, n=int(mine.sum())))
    return found


def _arrivals(known: Known, branch: Branch) -> ArrivalErrors | None:
    """The last days forecast anew, each from the days before it, this branch alone."""
    past = known.past.upto(known.today)
    counts = {key: rows for key, rows in past.counts.items() if key[0] == branch.branch}
    if not counts or len(past.days) <= FIRST_SCORED:
        return None
    first = max(FIRST_SCORED, len(past.days) - SCORED_DAYS)
    shares = {branch.branch: past.open_share(known.city)[branch.branch]}
    scores = rolling(past.days, counts, shares, first=first, country=country_of(known.city))
    ours, naive = scores["ours"], scores["seasonal_naive"]
    if not ours.n:
        return None
    return ArrivalErrors(
        mae=round(ours.mae, 3),
        naive_mae=round(naive.mae, 3),
        coverage=round(ours.coverage, 3),
        days=len(past.days) - first,
    )
