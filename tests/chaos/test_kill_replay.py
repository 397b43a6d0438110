"""`kill -9` of the server, of its store and of both while a recorded day of real offices is replayed.

The day is the Warsaw record beside the project, or the small one that comes with the tests. The replay
compares the board with the record at every five minutes, so that a ticket lost, doubled or called twice shows
there; the log is then held against itself.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from loadtest.replay import Job, run_replay, start_of
from loadtest.warsaw import WarsawDay, read_day
from loadtest.warsaw_city import city_file
from tests.chaos.test_kill import SEED, WHAT, is_free, kill, read_all
from tests.chaos.watch import StoreWatch
from tests.property.ledger import Ledger
from tests.server import running_server
from tests.waiting import wait_until

ROOT = Path(__file__).parents[2]
RECORD = ROOT.parent / "shared/data/warsaw/queues_2020-01-02_to_14.csv.gz"
SMALL = ROOT / "tests/data/warsaw_small.csv"
DAY = date(2020, 1, 8)
SPEED = float(os.environ.get("SPEED", "120"))
KILLS = 10
LEAD_SECONDS = 15.0


@pytest.mark.chaos_long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("what", WHAT)
async def test_ten_kills_during_a_replay(what: str, tmp_path: Path) -> None:
    """Every usable pair is equal to the record, whatever was killed on the way."""
    print(f"SEED={SEED} {what} x {KILLS}")
    day = read_day(RECORD if RECORD.exists() else SMALL, DAY)
    await survive(day, what, random.Random(f"{SEED} replay {what}"), tmp_path)


async def survive(day: WarsawDay, what: str, moments: random.Random, folder: Path) -> None:
    """Replay the day against a server that is killed at random moments, then read what is left."""
    file = folder / "warsaw.toml"
    file.write_text(city_file(day), "utf-8")
    done = 0

    def progress(city_time: str, moves: int) -> None:
        nonlocal done
        done = moves

    start = start_of(Job(day, SPEED), LEAD_SECONDS)
    clock = f"{start:%Y-%m-%dT%H:%M:%S}"
    with (
        running_server(folder, city=str(file), clock=clock, speed=SPEED) as server,
        StoreWatch(server.data) as watch,
    ):
        job = Job(day, SPEED, server.base_url, server.token("admin"))
        replay = asyncio.create_task(run_replay(job, progress))
        for moves in sorted(moments.sample(range(job.moves * 9 // 10), KILLS)):
            await wait_until(partial(passed, replay, moves, lambda: done), within=900, what=f"move {moves}")
            await kill(server, what)
        report = await replay
        server.kill()
        await wait_until(lambda: is_free(server.data), within=20, what="the end of its store")
        events, snapshot = await read_all(server)
    print(f"{report.equal} of {report.usable} pairs equal, {report.repeats} commands repeated")
    assert report.holds, report
    assert report.repeats > 0, "no command was under way at any kill"
    assert watch.looks > 0 and watch.most == 1, f"{watch.most} stores at once on one folder"
    ledger = Ledger()
    ledger.take(events)
    ledger.compare(snapshot)
    calls = Counter(event.ticket.id for event in events if event.type == "ticket_called" and event.ticket)
    assert max(calls.values()) == 1, f"called twice: {[ticket for ticket, n in calls.items() if n > 1]}"


def passed(replay: asyncio.Task[object], moves: int, done: Callable[[], int]) -> bool:
    """Whether the replay has come so far; its own failure where it failed."""
    if replay.done():
        replay.result()
    return done() >= moves
