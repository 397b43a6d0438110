"""What advice is worth, and that ours never hurts: `python -m tests.bench.steering [--days 40] [--seed N]`.

First the table of the steering study (gain share by policy and adoption) and the bars; then the grid in which
ours must never be worse door to desk than no advice: every adoption, data age, travel scale, share of intents
and load. Writes Markdown and JSON to `test-output/bench/`; exit code 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from predictors.policies import PolicyName
from predictors.simulator import Setup, simulate

OUT = Path(__file__).resolve().parents[2] / "test-output/bench"
ADOPTIONS = (0.1, 0.3, 0.6, 1.0)
AGES = (0.0, 5.0, 10.0)
SCALES = (0.5, 1.0, 3.0)
INTENTS = (0.0, 0.5, 1.0)
LOADS = (0.92, 0.80)
BARS = {0.92: 0.85, 0.80: 0.80}


def study(days: int, seed: int) -> Iterator[str]:
    """Gain share and door-to-desk minutes by policy, adoption and load, as in the study."""
    rows: list[tuple[str, PolicyName, float, float | None]] = [
        ("naive least busy, 10 min old", PolicyName.LEAST_BUSY, 0.0, 10.0),
        ("wait + travel, live, nobody en route", PolicyName.LIVE, 0.0, 0.0),
        ("ours, no intents", PolicyName.OURS, 0.0, 0.0),
        ("ours, half of the intents", PolicyName.OURS, 0.5, 0.0),
        ("ours, all intents", PolicyName.OURS, 1.0, 0.0),
        ("ours, half of the intents, 10 min old", PolicyName.OURS, 0.5, 10.0),
    ]
    for load in LOADS:
        bounds = simulate([], Setup(load=load, days=days, seed=seed))
        nearest, pooled = bounds["nearest"], bounds["pooled"]
        yield f"\nρ = {load}: nearest {nearest.mean_wait:.1f} min, pooled {pooled.mean_wait:.1f} min\n"
        yield "| policy | " + " | ".join(f"adoption {share:.0%}" for share in ADOPTIONS) + " |"
        yield "|---|" + "---|" * len(ADOPTIONS)
        for title, policy, intents, age in rows:
            cells = []
            for adoption in ADOPTIONS:
                setup = Setup(adoption, intents, load, age, days=days, seed=seed)
                one = simulate([policy], setup)[policy.value]
                cells.append(f"{one.gain_share:.0%} ({one.door_to_desk:.1f})")
            yield f"| {title} | " + " | ".join(cells) + " |"


def grid(days: int, seed: int) -> Iterator[dict[str, float]]:
    """Ours beside nearest, door to desk, in every corner."""
    for load, scale, age, adoption, intents in itertools.product(LOADS, SCALES, AGES, ADOPTIONS, INTENTS):
        setup = Setup(adoption, intents, load, age, scale, days, seed=seed)
        found = simulate([PolicyName.OURS], setup)
        yield asdict(setup) | {
            "ours": found["ours"].door_to_desk,
            "nearest": found["nearest"].door_to_desk,
            "gain_share": found["ours"].gain_share,
        }


def grid_table(cells: list[dict[str, float]]) -> Iterator[str]:
    """Door to desk of ours by intents and adoption, a row for each load, travel scale and data age."""
    columns = list(itertools.product(INTENTS, ADOPTIONS))
    yield "| ρ | travel × | data age | nearest | " + " | ".join(f"{i:.0%}/{a:.0%}" for i, a in columns) + " |"
    yield "|---|---|---|---|" + "---|" * len(columns)
    for load, scale, age in itertools.product(LOADS, SCALES, AGES):
        row = [c for c in cells if (c["load"], c["travel_scale"], c["data_age"]) == (load, scale, age)]
        found = {(c["intents"], c["adoption"]): c["ours"] for c in row}
        figures = " | ".join(f"{found[column]:.1f}" for column in columns)
        yield f"| {load} | {scale:g} | {age:g} | {row[0]['nearest']:.1f} | {figures} |"


def main(words: list[str] | None = None) -> int:
    """Print both tables; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=40)
    parser.add_argument("--grid-days", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(words)
    lines: list[str] = []

    def tell(line: str) -> None:
        lines.append(line)
        print(line, flush=True)

    for line in study(given.days, given.seed):
        tell(line)
    missed = []
    for load, bar in BARS.items():
        share = simulate([PolicyName.OURS], Setup(load=load, days=given.days, seed=given.seed))[
            "ours"
        ].gain_share
        tell(f"\nρ = {load}, adoption 60 %, half of the intents: gain share {share:.3f}, bar {bar}")
        missed += [f"gain share {share:.3f} at ρ = {load}"] if share < bar else []
    cells = list(grid(given.grid_days, given.seed))
    tell("\nDoor to desk of ours, by share of intents / adoption:\n")
    for line in grid_table(cells):
        tell(line)
    worse = [cell for cell in cells if cell["ours"] > cell["nearest"]]
    missed += [f"worse than nearest: {cell}" for cell in worse]
    least = min(1 - cell["ours"] / cell["nearest"] for cell in cells)
    tell(
        f"\n{len(cells)} cells, worse than nearest in {len(worse)}; the least that ours saves is {least:.1%}."
    )
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "steering.md").write_text("\n".join(lines) + "\n", "utf-8")
    (OUT / "steering.json").write_text(json.dumps({"grid": cells, "seed": given.seed}, indent=2), "utf-8")
    print(*missed, sep="\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
