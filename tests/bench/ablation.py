"""What each part of the replay is worth on made cities: `python -m tests.bench.ablation [--scenario skills]`.

The shipped product beside ones that know the true laws or the true lunches, know less, or draw fewer samples.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping

from predictors.backtest import Plan, run_scenario
from predictors.known_times import KnownTimes, Rests
from predictors.laws import Law
from predictors.outcome import Outcome
from predictors.product import PlanOf, Product, Spans
from predictors.synthetic import NO_SHOW, NO_SHOW_MINUTES, QUEUES, WALK, Lognormal, Scenario, scenarios
from predictors.synthetic_view import View

ALWAYS = 3000.0


def true_lunches(view: View, desk: int) -> Spans:
    """The plan as it is."""
    begin, end = view.day.spec.desks[desk].lunch
    if view.now < begin:
        return ((view.now, begin), (end, ALWAYS))
    return ((max(view.now, end), ALWAYS),)


def no_lunches(view: View, desk: int) -> Spans:
    """Whoever is open stays open; whoever is at lunch is not expected back."""
    return () if view.at_lunch(desk) else ((view.now, ALWAYS),)


def true_laws(world: Scenario, *, spread: bool = True, one: bool = False) -> KnownTimes:
    """The laws as they are; without their spread; or one for all services."""
    mean = sum(law.mean for law in QUEUES.values()) / len(QUEUES)
    laws = {
        name: Law.of_mean(mean if one else law.mean, law.cv if spread else 0.0)
        for name, law in QUEUES.items()
    }
    rests = Rests(world.break_share, _law(world.rest))
    return KnownTimes(laws, no_show=NO_SHOW, walk=WALK.mean, missed=NO_SHOW_MINUTES, rests=rests)


def _law(law: Lognormal) -> Law:
    return Law.of_mean(law.mean, law.cv)


def variants(world: Scenario, seed: int) -> Mapping[str, Product]:
    """What is compared."""
    plain: PlanOf = no_lunches
    return {
        "as shipped": Product(seed),
        "true laws": Product(seed, laws=true_laws(world)),
        "true lunches": Product(seed, plan=true_lunches),
        "true laws and lunches": Product(seed, laws=true_laws(world), plan=true_lunches),
        "no lunches": Product(seed, plan=plain),
        "true mean times, no spread": Product(seed, laws=true_laws(world, spread=False)),
        "one law for all services": Product(seed, laws=true_laws(world, one=True)),
        "20 samples": Product(seed, samples=20),
    }


def main() -> int:
    """Print a row a variant."""
    parser = argparse.ArgumentParser(description="what each part of the replay is worth")
    parser.add_argument("--scenario", choices=list(scenarios()), default="skills")
    parser.add_argument("--days", type=int, nargs=2, default=(40, 60), metavar=("TRAIN", "TEST"))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    world = scenarios()[options.scenario]
    print(
        f"{options.scenario}, seed {options.seed}: MAE ÷ oracle, share below p90 before and after correction"
    )
    for name, product in variants(world, options.seed).items():
        _show(name, run_scenario(world, Plan(*options.days, options.seed), product=product))
    return 0


def _show(name: str, outcome: Outcome) -> None:
    shown, raw = outcome.answers["replay"].score(), outcome.raw
    before = raw.score().coverage_p90 if raw else float("nan")
    print(
        f"{name:<28}{outcome.ratio('replay') or 0:7.3f}  {before:.3f}  {shown.coverage_p90:.3f}"
        f"  bias {shown.bias:6.2f}  n {shown.n}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
