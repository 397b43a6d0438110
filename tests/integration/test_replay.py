"""A small recorded day through the whole program: record → city → server → HTTP → board → verdict."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from loadtest.own_server import OwnServer
from loadtest.replay import CannotReplay, Job, run_replay, start_of
from loadtest.warsaw import read_day
from loadtest.warsaw_city import city_file
from tests.server import running_server
from tests.waiting import wait_until

SMALL = Path(__file__).parents[1] / "data" / "warsaw_small.csv"
DAY = date(2020, 1, 8)


def balancer(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "balancer", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def test_the_board_shows_what_the_record_says(tmp_path: Path) -> None:
    """Every usable pair and every queue's totals are equal, nothing is refused; the report is written."""
    out = tmp_path / "report.json"
    done = balancer("replay", "--file", SMALL, "--date", DAY, "--speed", 1200, "--json", out)
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(out.read_text())
    assert (report["offices"], report["queues"], report["pairs"]) == (2, 7, 49)
    assert (report["usable"], report["equal"], report["worst"]) == (21, 21, 0)
    assert report["equal_changed"] == report["changed"] > 10
    assert report["queues_equal"] == report["usable_queues"] == 3
    assert report["record"] == {"issued": 97, "called": 87, "left": 6}
    assert [report[key] for key in ("issued", "called", "left", "refused")] == [97, 87, 6, 0]
    assert set(report["excluded"]) == {"no_number", "frozen", "under_25_calls", "jump_over_30"}
    assert "21 of 21 usable pairs" in done.stdout


async def test_a_machine_that_cannot_keep_up_stays_right() -> None:
    """At sixty thousand times real time all comes late, over midnight, and equals the record."""
    report = await run_replay(Job(read_day(SMALL, DAY), speed=60_000))
    assert report.holds
    assert report.behind_minutes > 8 * 60


async def test_a_given_server_must_fit(tmp_path: Path) -> None:
    """Another speed or city is told; the right server is driven; a used one is refused."""
    day = read_day(SMALL, DAY)
    file = tmp_path / "warsaw.toml"
    file.write_text(city_file(day), "utf-8")
    server = OwnServer(str(file), tmp_path / "data")
    job = Job(day, 600, server.address)
    await server.start(start_of(job), 600)
    try:
        job = replace(job, token=await server.token("admin"))
        with pytest.raises(CannotReplay, match="runs 600 times as fast, not 60"):
            await run_replay(replace(job, speed=60))
        day.offices.popitem()
        with pytest.raises(CannotReplay, match="services are not those of 2020-01-08"):
            await run_replay(job)
        report = await run_replay(replace(job, day=read_day(SMALL, DAY)))
        assert report.holds
        with pytest.raises(CannotReplay, match="has tickets already"):
            await run_replay(replace(job, day=read_day(SMALL, DAY)))
    finally:
        await server.stop()


async def test_a_server_that_is_killed_twice_on_the_way(tmp_path: Path) -> None:
    """kill -9 and a restart in the middle: nothing is lost or called twice, every pair is equal."""
    day = read_day(SMALL, DAY)
    file = tmp_path / "warsaw.toml"
    file.write_text(city_file(day), "utf-8")
    done = 0

    def progress(city_time: str, moves: int) -> None:
        nonlocal done
        done = moves

    with running_server(tmp_path, city=str(file), clock="2020-01-08T07:50:00", speed=600) as server:
        job = Job(day, 600, server.base_url, server.token("admin"))
        replay = asyncio.create_task(run_replay(job, progress))
        for moves in (30, 90):
            await wait_until(partial(passed, moves, lambda: done), within=60, what="the replay")
            server.kill()
            await asyncio.to_thread(server.start)
        report = await replay
    assert report.holds, report
    assert report.repeats > 0


def passed(moves: int, done: Callable[[], int]) -> bool:
    return done() >= moves


def test_the_city_can_be_written_for_a_server_of_ones_own(tmp_path: Path) -> None:
    """--write-city prints the command that serves it."""
    file = tmp_path / "warsaw.toml"
    done = balancer("replay", "--file", SMALL, "--date", DAY, "--speed", 120, "--write-city", file)
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(
        rf"balancer serve --city {file} --clock 2020-01-08T0\d:\d\d:00 --speed 120\n", done.stdout
    )
    assert balancer("city", "check", file).returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--date", "2020-01-09"), "no rows of 2020-01-09"),
        (("--date", "yesterday"), "yesterday is no day like 2020-01-08"),
        (("--date", "2020-01-08", "--server", "http://127.0.0.1:9"), "GET"),
    ],
)
def test_mistakes_are_told_without_a_traceback(words: tuple[str, ...], said: str) -> None:
    """A day that is not there, a day that is none, a server that does not answer."""
    done = balancer("replay", "--file", SMALL, *words)
    assert done.returncode != 0
    assert said in done.stderr and "Traceback" not in done.stderr
