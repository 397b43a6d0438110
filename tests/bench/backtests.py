"""Backtests against their bars: `python -m tests.bench.backtests`. Writes test-output/bench/backtest-*.

Made cities: MAE ÷ oracle and the coverage of p90 in each scenario. Warsaw, where its records are: the shipped
method errs less than plain learned minutes and no more than boosted trees on the same columns.
"""

from __future__ import annotations

import sys
from pathlib import Path

import orjson
from click.testing import CliRunner

from balancer.commands.backtest import command

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "test-output/bench"
WARSAW = ROOT.parent / "shared/data/warsaw/queues_2020-01-02_to_14.csv.gz"


def main(arguments: list[str] | None = None) -> int:
    """1 if a bar is missed."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    made = _run("synthetic")
    missed = [line for line in made if "MISSED" in line]
    if not WARSAW.exists():
        print("no Warsaw records beside the project: only made cities")
        return int(bool(missed))
    _run("warsaw", "--file", str(WARSAW))
    methods = orjson.loads((OUTPUT / "backtest-warsaw.json").read_bytes())["methods"]
    shipped, learned, trees = (methods[name]["mae"] for name in ("throughput", "learned", "trees"))
    if not (shipped < learned and shipped <= trees):
        missed.append(f"warsaw: shipped {shipped}, learned {learned}, trees {trees}: MISSED")
    print("\n".join(missed) or "every bar of the backtests is held", flush=True)
    return int(bool(missed))


def _run(source: str, *options: str) -> list[str]:
    """The lines that the command prints."""
    out, plot = OUTPUT / f"backtest-{source}.json", OUTPUT / f"backtest-{source}.svg"
    asked = ["--source", source, "--json", str(out), "--plot", str(plot), *options]
    result = CliRunner().invoke(command, asked, catch_exceptions=False)
    print(result.stdout, flush=True)
    if result.exit_code:
        raise SystemExit(result.exit_code)
    return result.stdout.splitlines()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
