"""Fan-out against the physical limit: `python -m tests.bench.fanout`; `make bench` runs it.

Three servers take turns: `limit` (an epoll server in C), `hub` (ours) and `await` (Starlette's `await
send_text` on each). Only ratios within a round are believed, and of those the median; a round is `--turns`
short turns of each, one after the other. The C sources are read from `../shared/bench` (`--sources`) and
compiled into a temporary folder. Prints tables and writes `test-output/bench/fanout.json`.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.contestant import ROOT, Contestant, Turn

KINDS = ("limit", "hub", "await")
BAR = 0.80
PACED_RATE = 4

Row = dict[str, float]


def compile_tools(sources: Path, folder: Path) -> None:
    """Build `wsload` and `fanout` into `folder`."""
    for name in ("wsload", "fanout"):
        subprocess.run(["gcc", "-O2", "-o", str(folder / name), str(sources / f"{name}.c")], check=True)


def race(kinds: list[str], watchers: int, options: argparse.Namespace, tools: Path) -> dict[str, Row]:
    """All rounds with one number of watchers: a row of figures for each contestant."""
    paced = {kind: paced_p99(kind, watchers, options.seconds * 3, tools) for kind in kinds}
    contestants = [Contestant(kind, watchers, tools) for kind in kinds]
    try:
        connected = {one.kind: one.connect() for one in contestants}
        for one in contestants:
            one.turn(options.seconds / 2)  # warm up
        numbers = range(options.rounds)
        rounds = [play(contestants, options.turns, options.seconds, number) for number in numbers]
    finally:
        for one in contestants:
            one.stop()
    rows = summary(rounds)
    for kind, row in rows.items():
        row["paced_p99_ms"] = paced[kind]
        row["kb_per_socket"] = connected[kind]["rss_kb_per_conn"]
        row["connect_cpu_us"] = connected[kind]["server_cpu_us_per_conn"]
    return rows


def paced_p99(kind: str, watchers: int, seconds: float, tools: Path) -> float:
    """How long a frame takes to all but the last readers when nobody is in a hurry, ms."""
    alone = Contestant(kind, watchers, tools)
    try:
        return alone.paced(PACED_RATE, seconds)
    finally:
        alone.stop()


def play(contestants: list[Contestant], turns: int, seconds: float, number: int) -> dict[str, Turn]:
    """One round: each contestant's turns, interleaved; who begins changes from round to round."""
    first = number % len(contestants)
    order = contestants[first:] + contestants[:first]
    played: dict[str, list[Turn]] = {one.kind: [] for one in contestants}
    for _ in range(turns):
        for one in order:
            played[one.kind].append(one.turn(seconds))
    return {
        kind: Turn(
            statistics.fmean(turn.frames_per_second for turn in each),
            statistics.fmean(turn.cpu_us_per_frame for turn in each),
        )
        for kind, each in played.items()
    }


def summary(rounds: list[dict[str, Turn]]) -> dict[str, Row]:
    """Per contestant the median of its figures and of its share of the limit in the same round."""
    rows: dict[str, Row] = {}
    for kind in rounds[0]:
        shares = [one[kind].frames_per_second / one["limit"].frames_per_second for one in rounds]
        rows[kind] = {
            "share": statistics.median(shares),
            "share_low": min(shares),
            "share_high": max(shares),
            "cpu_share": statistics.median(
                one["limit"].cpu_us_per_frame / one[kind].cpu_us_per_frame for one in rounds
            ),
            "frames_per_second": statistics.median(one[kind].frames_per_second for one in rounds),
            "cpu_us_per_frame": statistics.median(one[kind].cpu_us_per_frame for one in rounds),
        }
    return rows


def show(watchers: int, rows: dict[str, Row]) -> None:
    """The table, as Markdown."""
    print(f"\n{watchers} watchers (load average {os.getloadavg()[0]:.1f} at the end)\n")
    print("| server | share of the limit | lowest–highest | frames/s | CPU µs a frame ", end="")
    print("| p99 ms at 4/s | KB a socket |")
    print("|---|---|---|---|---|---|---|")
    for kind, row in rows.items():
        print(
            f"| {kind} | {row['share']:.2f} | {row['share_low']:.2f}–{row['share_high']:.2f} "
            f"| {row['frames_per_second']:,.0f} | {row['cpu_us_per_frame']:.1f} "
            f"| {row['paced_p99_ms']:.0f} | {row['kb_per_socket']:.0f} |",
            flush=True,
        )


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="fan-out of the live path against the C limit")
    parser.add_argument("--watchers", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--turns", type=int, default=3, help="turns of each contestant in a round")
    parser.add_argument("--seconds", type=float, default=1.0, help="length of a turn")
    parser.add_argument("--kinds", nargs="+", default=list(KINDS))
    parser.add_argument("--sources", type=Path, default=ROOT.parent / "shared" / "bench")
    parser.add_argument("--out", type=Path, default=ROOT / "test-output" / "bench" / "fanout.json")
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> int:
    """Run all; exit code 1 where our share with most watchers is below the bar, 2 where it cannot run."""
    options = arguments(given)
    if not shutil.which("gcc") or not shutil.which("taskset") or not options.sources.is_dir():
        print(f"fan-out: needs gcc, taskset and the C sources in {options.sources}")
        return 2
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    result: dict[int, dict[str, Row]] = {}
    with tempfile.TemporaryDirectory() as folder:
        compile_tools(options.sources, Path(folder))
        for watchers in options.watchers:
            result[watchers] = race(options.kinds, watchers, options, Path(folder))
            show(watchers, result[watchers])
    written: dict[str, Any] = {"turns": options.turns, "seconds": options.seconds, "watchers": result}
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(written, indent=1))
    share = result[max(result)]["hub"]["share"]
    verdict = "held" if share >= BAR else "MISSED"
    print(f"\nbar: {BAR:.2f} of the limit with {max(result):,} watchers; {verdict}")
    return 0 if share >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
