"""A backtest on an archive: what was shown beside simple ways; what is missing is named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import insert

from balancer.archive.database import open_archive
from balancer.archive.tables import LEGS
from balancer.commands.backtest import command
from tests.archives import sqlite_at

FIRST = date(2026, 3, 2)
MINUTE_MS = 60_000
NINE_MS = 1_772_434_800_000  # 2026-03-02 09:00 in Kyiv
TRAIN, TEST = "2026-03-02..2026-03-05", "2026-03-06..2026-03-08"


def legs(days: int, city: str = "town") -> Iterator[dict[str, Any]]:
    """A line with a call every ten minutes, told "ten minutes a person" to everybody, right to 2 minutes."""
    rng = np.random.default_rng(8)
    for day in range(days):
        free = 0.0
        for at, joined in enumerate(np.sort(rng.uniform(0, 300, 30)).tolist()):
            called = max(free, joined)
            free = called + 10.0
            morning = NINE_MS + day * 24 * 60 * MINUTE_MS
            wait = called - joined
            yield {
                "city": city, "ticket": f"{day}-{at}", "leg": 0, "branch": "b", "queue": "q", "service": "s",
                "day": (FIRST + timedelta(days=day)).isoformat(), "channel": "kiosk", "head_start_ms": 0,
                "state": "done", "arrived": int(morning + joined * MINUTE_MS),
                "joined": int(morning + joined * MINUTE_MS), "called": int(morning + called * MINUTE_MS),
                "ended": int(morning + free * MINUTE_MS), "wait_ms": int(wait * MINUTE_MS), "parked_ms": 0,
                "paused_ms": 0, "misses": 0, "alarmed": at == 0, "first_p10": max(wait - 8, 0),
                "first_p50": wait + 2.0, "first_p90": wait + 12, "epoch": "e", "offset": 1,
            }  # fmt: skip


def archive(folder: Path, *rows: dict[str, Any]) -> str:
    """The file of an archive with these legs."""
    engine = open_archive(sqlite_at(folder))
    with engine.begin() as connection:
        if rows:
            connection.execute(insert(LEGS), list(rows))
    engine.dispose()
    return str(folder / "archive.sqlite3")


def run(file: str, *options: str) -> Result:
    given = ("--source", "archive", "--file", file, "--train", TRAIN, "--test", TEST, *options)
    return CliRunner().invoke(command, given, catch_exceptions=False)


def test_what_was_shown_is_compared(tmp_path: Path) -> None:
    """Two minutes off each, the alarmed visits left out, beside the simple methods; by hour of Kyiv."""
    file, out = archive(tmp_path, *legs(7)), tmp_path / "out.json"
    result = run(file, "--json", str(out))
    assert result.exit_code == 0, result.output
    found = json.loads(out.read_text("utf-8"))
    assert found["shipped"] == "shown"
    assert set(found["methods"]) == {"shown", "learned", "les", "rolling", "historical"}
    shown = found["methods"]["shown"]
    assert (shown["mae"], shown["bias"]) == pytest.approx((2.0, 2.0), abs=1e-3)
    assert shown["n"] == 3 * 29 and shown["coverage_p90"] == 1.0
    assert found["methods"]["historical"]["mae"] > found["methods"]["learned"]["mae"]
    assert found["by_hour"][0]["hour"] == 9


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    """Nothing archived, nothing on those days, a city that is not there."""
    empty = run(archive(tmp_path))
    assert empty.exit_code == 1 and "Field --file: the archive is empty" in empty.output
    file = archive(tmp_path, *legs(3))
    early = run(file)
    assert early.exit_code == 1 and "Field --test: the archive has no visits" in early.output
    other = run(file, "--city", "elsewhere")
    assert other.exit_code == 1 and "Field --city: the archive has no elsewhere" in other.output


def test_two_cities_want_a_name(tmp_path: Path) -> None:
    """One that is named is taken."""
    file = archive(tmp_path, *legs(7), *legs(7, "village"))
    unclear = run(file)
    assert unclear.exit_code == 1 and "town, village" in unclear.output
    assert run(file, "--city", "village").exit_code == 0


def test_what_is_no_archive(tmp_path: Path) -> None:
    """Another file: named, no traceback."""
    path = tmp_path / "notes.txt"
    path.write_text("hello " * 500, "utf-8")
    result = run(str(path))
    assert result.exit_code == 1 and "Field --file" in result.output
