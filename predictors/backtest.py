"""Backtest on synthetic cities: every method forecasts the same moments of the same days, beside an oracle.

A city lives through the training days and then the test days without a break. The product learns on both as a
live system would, from what has happened before each moment; the simple methods learn from the training days.
Only the test days are scored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from predictors.baselines import POINTS, History, Ranges, points, table
from predictors.oracle import Oracle
from predictors.outcome import Answers, Outcome
from predictors.product import Product
from predictors.synthetic import FloatArray, Scenario
from predictors.synthetic_day import BranchDay, simulate
from predictors.synthetic_throughput import Lines
from predictors.synthetic_view import Moment, look, moments

SHIPPED = "replay"
FEWEST_TRAINING_DAYS = 10
CONFORMAL_DAYS = 25
"""The last training days, on which the product's ranges are compared with what followed."""

MOMENTS = 4
TRAINING_MOMENTS = 10

Progress = Callable[[str], None]
Trees = Callable[[FloatArray, FloatArray, FloatArray, int], FloatArray]


@dataclass(frozen=True)
class Plan:
    """How long and how often: days to learn from, days to score, `each` moments of either kind a branch and
    day.
    """

    train: int = 40
    test: int = 100
    seed: int = 1
    each: int = MOMENTS

    def __post_init__(self) -> None:
        if self.train < FEWEST_TRAINING_DAYS or self.test < 1:
            raise ValueError(f"needs {FEWEST_TRAINING_DAYS} training days and 1 test day at least")


def run_scenario(
    world: Scenario,
    plan: Plan,
    progress: Progress | None = None,
    trees: Trees | None = None,
    product: Product | None = None,
) -> Outcome:
    """All methods on one world. `progress` hears a line now and then; `trees` fits the boosted rival;
    `product`: one that knows something more or less than the shipped one, for ablations.
    """
    say = progress or (lambda _: None)
    product, oracle = product or Product(plan.seed), Oracle(world, plan.seed)
    lines = Lines(product.throughput)
    past = _train(world, plan, product, lines, say)
    asked: list[Moment] = []
    parts: dict[str, list[FloatArray]] = {"oracle": [], "replay": [], "throughput": [], "raw": []}
    for number in range(plan.train, plan.train + plan.test):
        days = _days(world, plan, number)
        today = _moments(days, plan.seed, plan.each)
        raw = product.live(days, today)
        parts["raw"].append(raw)
        parts["replay"].append(product.corrected(today, raw))
        parts["throughput"].append(lines.ask(today))
        parts["oracle"].append(_ask_oracle(oracle, today))
        product.compare(today, raw)
        lines.learn(days)
        asked += today
        if (number + 1) % 20 == 0:
            say(f"{world.name}: day {number + 1} of {plan.train + plan.test}")
    predicted = {name: np.concatenate(each) for name, each in parts.items()}
    raw = predicted.pop("raw")
    predicted |= past.rivals(asked, trees, plan.seed)
    actual = np.array([each.actual for each in asked])
    hours = np.array([each.now / 60.0 for each in asked])
    answers = {name: Answers(shown, actual, hours) for name, shown in predicted.items()}
    return Outcome(answers, SHIPPED, Answers(raw, actual, hours))


@dataclass(frozen=True, eq=False)
class _Past:
    """What the simple methods keep of the training days."""

    history: History
    rows: FloatArray
    actual: FloatArray

    def rivals(self, asked: list[Moment], trees: Trees | None, seed: int) -> dict[str, FloatArray]:
        """Every simple method's ranges (n, 3); trees only if they are given."""
        rows = table(self.history, [each[:3] for each in asked])
        before, now = points(self.history, self.rows), points(self.history, rows)
        found = {name: Ranges(before[name], self.actual).around(now[name]) for name in POINTS}
        if trees is not None:
            found["trees"] = trees(self.rows, self.actual, rows, seed)
        return found


def _train(world: Scenario, plan: Plan, product: Product, lines: Lines, say: Progress) -> _Past:
    """Live through the training days; the product's corrections see only the last of them."""
    known: list[BranchDay] = []
    for number in range(plan.train):
        days = _days(world, plan, number)
        late = number >= plan.train - min(CONFORMAL_DAYS, plan.train * 2 // 3)
        today = _moments(days, plan.seed, plan.each) if late else []
        product.compare(today, product.live(days, today))
        lines.learn(days)
        known += days
    say(f"{world.name}: {plan.train} training days")
    history = History(known)
    seen = _moments(known, plan.seed + 1, TRAINING_MOMENTS)
    rows = table(history, [each[:3] for each in seen])
    return _Past(history, rows, np.array([each.actual for each in seen]))


def _days(world: Scenario, plan: Plan, number: int) -> list[BranchDay]:
    return [simulate(world, spec, number, plan.seed) for spec in world.branches]


def _moments(days: Iterable[BranchDay], seed: int, each: int) -> list[Moment]:
    """The moments of these days, the same for every method."""
    return [
        moment
        for day in days
        for moment in moments(day, np.random.default_rng([seed, 5, day.day, *day.spec.branch.encode()]), each)
    ]


def _ask_oracle(oracle: Oracle, asked: list[Moment]) -> FloatArray:
    rows = [oracle.ask(look(each.day, each.now), [each.ticket])[0] for each in asked]
    return np.stack(rows) if rows else np.empty((0, 3))
