"""How the city page does in Lighthouse: `python -m tests.bench.lighthouse`; `make bench` runs it last.

A whole server with living traffic (`balancer demo`), one service chosen, a throttled phone as Lighthouse has
it by default. The tool comes from npm at this very version and is not part of the suite. The median of a few
runs is told, with the machine's own mark: on a busy machine the performance figure says more of its
neighbours than of the page. Writes `test-output/bench/lighthouse.json`.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.bench.contestant import ROOT
from tests.browser.engine import SHELL, WHOLE
from tests.waiting import wait_until_sync

TOOL = "lighthouse@13.5.0"
BAR = 95
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FIGURES = (
    "first-contentful-paint",
    "largest-contentful-paint",
    "total-blocking-time",
    "cumulative-layout-shift",
)
CHROME = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"
SEED = 20261123


@contextlib.contextmanager
def living_city(folder: Path) -> Iterator[str]:
    """The demo on a free port; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["demo", "--port", str(port), "--data", str(folder), "--seed", str(SEED)]
    demo = subprocess.Popen([sys.executable, "-m", "balancer", *words], stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_sync(lambda: _waiting(address) > 20, within=180, what="people in the queues")
        yield address
    finally:
        demo.terminate()
        demo.wait(60)


def _waiting(address: str) -> int:
    try:
        with urllib.request.urlopen(f"{address}/api/v1/cities/kharkiv/board", timeout=5) as answer:
            return sum(branch["waiting"] for branch in json.load(answer)["branches"])
    except OSError:
        return 0


def look(url: str, out: Path) -> dict[str, Any]:
    """One run: scores by category, the figures behind performance, what is below its mark."""
    words = [url, "--quiet", "--output=json", f"--output-path={out}", f"--chrome-flags={CHROME}"]
    chrome = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, (*WHOLE, SHELL))))
    env = {**os.environ, "CHROME_PATH": chrome}
    subprocess.run(["npx", "--yes", TOOL, *words], check=True, cwd=out.parent, env=env, timeout=300)
    told = json.loads(out.read_text("utf-8"))
    audits = told["audits"]
    weighed = {
        each["id"] for name in CATEGORIES for each in told["categories"][name]["auditRefs"] if each["weight"]
    }
    return {
        "scores": {name: round(100 * told["categories"][name]["score"]) for name in CATEGORIES},
        "figures": {name: audits[name]["numericValue"] for name in FIGURES},
        "below": sorted(
            name for name in weighed if audits[name]["score"] is not None and audits[name]["score"] < 0.9
        ),
        "machine": told["environment"]["benchmarkIndex"],
    }


def main(words: Sequence[str] | None = None) -> int:
    """0 where every category's median reaches the bar."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--server", help="a running server; without it a demo is started")
    parser.add_argument("--path", default="/?service=id-card-exchange")
    given = parser.parse_args(words)
    out = ROOT / "test-output" / "bench"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        address = given.server or stack.enter_context(living_city(Path(folder) / "city"))
        runs = [look(address + given.path, Path(folder) / f"{number}.json") for number in range(given.runs)]
    medians = {name: statistics.median(run["scores"][name] for run in runs) for name in CATEGORIES}
    (out / "lighthouse.json").write_text(json.dumps({"medians": medians, "runs": runs}, indent=2), "utf-8")
    for run in runs:
        print(run["scores"], {name: round(figure, 3) for name, figure in run["figures"].items()}, end=" ")
        print(f"machine {run['machine']:.0f}, below their mark: {', '.join(run['below']) or 'none'}")
    print("median", medians)
    return 0 if all(score >= BAR for score in medians.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
