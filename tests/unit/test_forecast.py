"""`balancer forecast` and `balancer staffing` on a file: tables, JSON, plain errors."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from balancer.cli import main

SEED = 4


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four weeks of one Kharkiv branch."""
    rng = np.random.default_rng(SEED)
    lines = ["day,branch,queue,slot,count"]
    for shift in range(28):
        day = date(2026, 10, 5) + timedelta(shift)
        if day.weekday() < 5:
            lines += [f"{day},kyivskyi,passports,{slot},{rng.poisson(12)}" for slot in range(18, 36)]
    path = tmp_path_factory.mktemp("history") / "history.csv"
    path.write_text("\n".join(lines), "utf-8")
    return path


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_forecast(history: Path, tmp_path: Path) -> None:
    """A table with every day, and the same in JSON: about 216 people on a working day, nobody on Sunday."""
    target = tmp_path / "out.json"
    done = run(
        "forecast",
        "--history",
        history,
        "--date",
        "2026-11-02",
        "--days",
        7,
        "--branch",
        "kyivskyi",
        "--json",
        target,
    )
    assert done.exit_code == 0, done.output
    assert "Mon 2026-11-02" in done.output and "Sun 2026-11-08" in done.output
    days = json.loads(target.read_text())["branches"][0]["days"]
    assert days[0]["total"]["mean"] == pytest.approx(216, rel=0.1)
    assert days[6]["total"] == {"mean": 0.0, "p10": 0.0, "p90": 0.0}


def test_staffing(history: Path, tmp_path: Path) -> None:
    """Need by half-hour and what a desk more and an alarm give."""
    target = tmp_path / "out.json"
    place = ("--city", "kharkiv", "--history", history, "--branch", "kyivskyi", "--date", "2026-11-02")
    what_if = ("--extra-desk", "--rush", "1.3", "--alarm", "11:00..11:40", "--repeats", 20)
    done = run("staffing", *place, "--standard", "90%/20min", *what_if, "--json", target)
    assert done.exit_code == 0, done.output
    assert "what if: desks: +1; a rush ×1.3; an air-raid alarm 11:00–11:40" in done.output
    answer = json.loads(target.read_text())
    assert len(answer["slots"]) == 18 and all(slot["need"] > 0 for slot in answer["slots"])
    assert answer["what_if"]["p90"] >= answer["plan"]["p90"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("forecast", "--history", "{bad}"), "Field count: line 2"),
        (("forecast", "--history", "{empty}"), "There is no history yet"),
        (("forecast", "--history", "{good}", "--date", "soon"), "Field date"),
        (("forecast", "--history", "{good}", "--archive", "sqlite:///x"), "Field history"),
        (("staffing", "--city", "kharkiv", "--history", "{good}", "--branch", "nowhere"), "Unknown branch"),
        (
            ("staffing", "--city", "kharkiv", "--history", "{good}", "--branch", "rcp", "--rush", "x"),
            "Field rush",
        ),
    ],
)
def test_plain_errors(history: Path, tmp_path: Path, words: tuple[str, ...], message: str) -> None:
    """One line that names the field, no traceback."""
    (tmp_path / "bad.csv").write_text("day,branch,queue,slot,count\n2026-11-02,a,q,9:00,many\n", "utf-8")
    (tmp_path / "empty.csv").write_text("day,branch,queue,slot,count\n", "utf-8")
    named = {"bad": tmp_path / "bad.csv", "empty": tmp_path / "empty.csv", "good": history}
    done = run(*(word.format(**named) for word in words))
    assert done.exit_code == 1 and message in done.output, done.output
