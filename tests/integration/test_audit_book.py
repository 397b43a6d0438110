"""The audit in a database: every deed once, whatever stops the archive; what is done to it is found."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, delete, select, text, update

from balancer.archive.archiver import READER
from balancer.archive.audit import PEOPLE
from balancer.archive.audit_book import append, check, entries
from balancer.archive.database import open_archive, writing
from balancer.archive.fold import Fold
from balancer.archive.rebuild import export_events, rebuild
from balancer.archive.tables import AUDIT
from balancer.archive.writer import Writer
from balancer.core.event_log import EventLog
from balancer.messages import Event
from tests.archives import all_events, archive_all, rows_at, sqlite_at, usable
from tests.past import Past, Told, past, tell
from tests.stores import Server
from tests.waiting import wait_until_sync

SEED = 41


@pytest.fixture(scope="module")
def told(valkey: Server) -> Told:
    """A past of some hundred events that nobody adds to."""
    return asyncio.run(tell(valkey.url, f"told-{uuid.uuid4().hex[:8]}", SEED, 300))


@pytest.fixture
async def story(told: Told) -> AsyncIterator[Past]:
    async with told.again() as story:
        await story.town.log.forget_reader(READER)
        yield story


def by_people(events: list[Event]) -> list[tuple[Any, ...]]:
    """What must be in the audit: counted plainly."""
    return [(e.offset, e.type, e.actor) for e in events if e.actor.partition(":")[0] in PEOPLE]


def kept(url: str, city: str) -> list[tuple[Any, ...]]:
    rows = rows_at(url, city, [AUDIT])["audit"]
    names = AUDIT.c.keys()
    found = [dict(zip(names, row, strict=True)) for row in rows]
    return [(row["offset"], row["type"], row["actor"]) for row in found]


def holds(url: str, city: str) -> bool:
    engine = open_archive(url)
    try:
        return check(engine, city).fault is None
    finally:
        engine.dispose()


async def test_every_deed_once(story: Past, database: str) -> None:
    """All that people did, in order, and nothing of kiosks or timers; the chain holds."""
    url, city = usable(database), story.town.city.city
    await archive_all(story.town, url)
    assert kept(url, city) == by_people(await all_events(story.town)), f"seed {SEED}"
    assert holds(url, city)
    await archive_all(story.town, url)
    assert kept(url, city) == by_people(await all_events(story.town))


async def test_the_same_chain_from_a_file(story: Past, database: str, tmp_path: Path) -> None:
    """An archive made anew from the events has every hash of the live one."""
    live, again, city = sqlite_at(tmp_path, "live"), usable(database), story.town.city.city
    await archive_all(story.town, live)
    engine = open_archive(live)
    await export_events(EventLog(story.town.store, city), Writer(engine, city), tmp_path / "events.jsonl")
    engine.dispose()
    other = open_archive(again)
    rebuild(tmp_path / "events.jsonl", other)
    assert check(other, city).fault is None
    other.dispose()
    assert rows_at(again, city, [AUDIT]) == rows_at(live, city, [AUDIT])


def archived_and_killed(store: str, city: str, url: str, goal: int) -> None:
    """An archiver in a process of its own, killed once so many deeds are in the archive."""
    command = [sys.executable, "-m", "tests.archive_process", store, city, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline() == b"open\n"
        wait_until_sync(lambda: len(kept(url, city)) >= goal, what=f"{goal} deeds, seed {SEED}")
        process.kill()


async def test_killed_again_and_again(told: Told, story: Past, tmp_path: Path) -> None:
    """An archiver killed at random instants, and a last one that ends: every deed once, the chain whole."""
    url, city, dice = sqlite_at(tmp_path), told.city, random.Random(SEED)
    open_archive(url).dispose()
    for _ in range(3):
        goal = len(kept(url, city)) + dice.randint(1, 25)
        await asyncio.to_thread(archived_and_killed, told.url, city, url, goal)
    await archive_all(story.town, url)
    assert kept(url, city) == by_people(await all_events(story.town)), f"seed {SEED}"
    assert holds(url, city)


async def test_events_that_are_told_again_are_not_added(story: Past, tmp_path: Path) -> None:
    """A store restored from older data goes through events the audit has: known ones stay as they are, new
    ones at the same offsets are added.
    """
    url, city = sqlite_at(tmp_path), story.town.city.city
    await archive_all(story.town, url)
    before = rows_at(url, city, [AUDIT])["audit"]
    engine = open_archive(url)
    rows = Fold().take(await all_events(story.town)).audit
    other = [{**row, "real": row["real"] + 1, "type": "desk_opened"} for row in rows[-2:]]
    with writing(engine).begin() as connection:
        append(connection, city, "another epoch", [*rows[:-2], *other])
    after = rows_at(url, city, [AUDIT])["audit"]
    assert after[: len(before)] == before and len(after) == len(before) + 2
    assert check(engine, city).fault is None
    engine.dispose()


async def test_begun_in_mid_log(valkey: Server, city_name: str, tmp_path: Path) -> None:
    """Where the log's beginning is gone, the deeds that are still kept are all in it."""
    async with past(valkey.url, city_name, SEED, 150) as story:
        events = await all_events(story.town)
        await story.town.log.mark_reader("other", 60)
        oldest = await story.town.log.trim(story.town.clock.real_ms() + 10**9)
        assert oldest > 1
        await archive_all(story.town, sqlite_at(tmp_path))
        expected = [deed for deed in by_people(events) if deed[0] >= oldest]
        assert kept(sqlite_at(tmp_path), city_name) == expected
        assert holds(sqlite_at(tmp_path), city_name)


@pytest.fixture
async def filled(story: Past, database: str) -> AsyncIterator[tuple[Engine, str]]:
    """An open archive with an audit, and its city."""
    url = usable(database)
    await archive_all(story.town, url)
    engine = open_archive(url)
    yield engine, story.town.city.city
    engine.dispose()


async def test_tampering_is_found(filled: tuple[Engine, str]) -> None:
    """A row changed, taken out, or added by hand: the check names the first bad one."""
    engine, city = filled
    whole = check(engine, city)
    mine = AUDIT.c.city == city
    changed = update(AUDIT).where(mine, AUDIT.c.entry == 9)
    with engine.connect() as connection:
        actor = connection.execute(select(AUDIT.c.actor).where(mine, AUDIT.c.entry == 9)).scalar()

    def broken(statement: Any) -> int | None:
        with writing(engine).begin() as connection:
            connection.execute(statement)
        found = check(engine, city).fault
        return found.entry if found else None

    assert whole.fault is None and whole.head.entries > 20
    assert broken(changed.values(actor="admin:#nobody")) == 9
    assert broken(changed.values(actor=actor)) is None
    copy = text(
        'INSERT INTO audit SELECT city, entry + 1, "offset", at, real, epoch, actor, role, type, detail,'
        " hash, branch, desk, ticket, number FROM audit WHERE city = :city AND entry = :last"
    ).bindparams(city=city, last=whole.head.entries)
    assert broken(copy) == whole.head.entries + 1
    assert broken(delete(AUDIT).where(mine, AUDIT.c.entry == whole.head.entries + 1)) is None
    assert broken(delete(AUDIT).where(mine, AUDIT.c.entry == whole.head.entries)) == whole.head.entries
    assert broken(delete(AUDIT).where(mine, AUDIT.c.entry == 5)) == 5


async def test_pages_of_it(filled: tuple[Engine, str]) -> None:
    """Newest first, on from any entry, narrowed by branch, role, desk and kind."""
    engine, city = filled
    last = check(engine, city).head.entries
    first = entries(engine, city, limit=10)
    assert [row["entry"] for row in first] == list(range(last, last - 10, -1))
    second = entries(engine, city, before=first[-1]["entry"], limit=10)
    assert [row["entry"] for row in second] == list(range(last - 10, last - 20, -1))
    harbour = entries(engine, city, limit=1000, branch="harbour")
    assert harbour and all(row["branch"] == "harbour" for row in harbour)
    calls = entries(engine, city, limit=1000, type="ticket_called", branch=None)
    assert calls and all(row["type"] == "ticket_called" for row in calls)
    assert entries(engine, "elsewhere") == []
