"""The archiver on a real log: nothing lost, nothing doubled, whatever stops it and wherever."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy import event as sql_event

from balancer.archive import archiver as module
from balancer.archive import database as database_module
from balancer.archive.archiver import READER, Archiver
from balancer.archive.tables import BRANCH_MINUTES, LEGS
from balancer.archive.writer import Writer
from balancer.city.definition import encode_city
from balancer.core.event_log import EventLog
from balancer.errors import BalancerError
from balancer.live.ending import end_tasks
from tests.archives import (
    all_events,
    archive_all,
    archiver_of,
    counted_minutes,
    rows_at,
    sqlite_at,
    usable,
)
from tests.past import Past, Told, past, tell, with_agency
from tests.stores import Server
from tests.town import ADMIN, HOUR
from tests.waiting import wait_until

SEED = 20261122


@pytest.fixture(scope="module")
def told(valkey: Server) -> Told:
    """A past of some hundred events that nobody adds to."""
    return asyncio.run(tell(valkey.url, f"told-{uuid.uuid4().hex[:8]}", SEED, 500))


@pytest.fixture
async def story(told: Told) -> AsyncIterator[Past]:
    """That past, to be read."""
    async with told.again() as story:
        await story.town.log.forget_reader(READER)
        yield story


@pytest.fixture
async def going_on(valkey: Server, city_name: str) -> AsyncIterator[Past]:
    """A short past of the test's own, which may go on."""
    async with past(valkey.url, city_name, SEED, 100) as story:
        yield story


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small batches and short pauses."""
    for name, value in (
        ("BATCH", 7),
        ("BLOCK_MS", 50),
        ("COMMIT_SECONDS", 0.0),
        ("FIRST_PAUSE_SECONDS", 0.01),
        ("LONGEST_PAUSE_SECONDS", 0.05),
        ("STANDBY_SECONDS", 0.02),
    ):
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr(database_module, "LOCK_SECONDS", 0.05)


@contextlib.asynccontextmanager
async def running(archiver: Archiver) -> AsyncIterator[Archiver]:
    """The archiver as a server runs it."""
    task = asyncio.create_task(archiver.run())
    try:
        yield archiver
    finally:
        await end_tasks([task])
        await archiver.close()


async def has_all(story: Past, *archivers: Archiver) -> bool:
    """Whether one of these archivers has seen everything that happened."""
    return max(each.offset for each in archivers) >= await story.town.log.head()


def legs_in(url: str, city: str) -> list[dict[str, Any]]:
    """The table `legs` row by row."""
    names = LEGS.c.keys()
    return [dict(zip(names, row, strict=True)) for row in rows_at(url, city, [LEGS])["legs"]]


async def test_a_row_for_every_leg_and_every_minute(story: Past, database: str) -> None:
    """As many first legs as tickets were issued; minutes as whole after-images count them."""
    url, city = usable(database), story.town.city.city
    archiver = await archive_all(story.town, url)
    events, legs = await all_events(story.town), legs_in(url, city)
    assert sum(leg["leg"] == 0 for leg in legs) == len(story.tickets)
    begun = {
        (e.ticket.id, i) for e in events if e.ticket for i, leg in enumerate(e.ticket.legs) if leg.joined
    }
    assert {(leg["ticket"], leg["leg"]) for leg in legs} == begun
    minutes = {(row[1], row[2]): row[3:6] for row in rows_at(url, city, [BRANCH_MINUTES])["branch_minutes"]}
    assert {key: row for key, row in minutes.items() if any(row)} == counted_minutes(events)
    assert archiver.offset == events[-1].offset
    assert await story.town.log.readers() == {READER: archiver.offset}


async def test_the_newest_image_is_the_row(story: Past, tmp_path: Path) -> None:
    """What a leg's row says is what the core says of that leg now."""
    url = sqlite_at(tmp_path)
    await archive_all(story.town, url)
    rows = {(leg["ticket"], leg["leg"]): leg for leg in legs_in(url, story.town.city.city)}
    spans = ("called", "started", "finished", "wait_ms", "walk_ms", "service_ms", "parked_ms", "paused_ms")
    for identity in story.tickets:
        ticket = (await story.queue.read_ticket(identity))[0]
        for index, leg in enumerate(ticket.legs[: ticket.leg + 1]):
            row = rows[identity, index]
            assert [row[name] for name in spans] == [getattr(leg, name) for name in spans], (SEED, identity)
            assert (row["queue"], row["desk"], row["channel"]) == (leg.queue, leg.desk, ticket.channel)
        quoted = ticket.quoted.p50 if ticket.quoted else None
        shown = ticket.estimated.p90 if ticket.estimated else None
        assert (rows[identity, 0]["first_p50"], rows[identity, 0]["last_p90"]) == (quoted, shown)
        assert rows[identity, ticket.leg]["state"] == str(ticket.state)


async def test_desks_keep_the_agency_they_had(going_on: Past, tmp_path: Path, hasty: None) -> None:
    """A leg names the agency to which its desk belonged then, whatever the city's file says later."""
    story, url = going_on, sqlite_at(tmp_path)
    city = story.town.city.city
    async with running(archiver_of(story.town, url)) as archiver:
        for branch in ("harbour", "centre", "harbour"):
            definition = encode_city(with_agency(story.town.city, branch))
            await story.queue.apply_city(ADMIN, definition)
            await story.go_on(40)
            await wait_until(lambda: has_all(story, archiver), what="the archive")
    found = {leg["agency"] for leg in legs_in(url, city) if leg["desk"] == "1"}
    assert found == {None, "fund"}


# --- stopped anywhere ---------------------------------------------------------------------------------------


class Crash(BaseException):
    """The process ends here, as far as the archiver can tell."""


@contextlib.contextmanager
def crash_at(engine_url: str, step: int) -> Iterator[None]:
    """After so many statements on that database, and around its commits, comes the end."""
    left = [step]

    def count(*_: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Crash(engine_url)

    names = ("before_cursor_execute", "after_cursor_execute", "commit", "rollback")
    for name in names:
        sql_event.listen(Engine, name, count)
    try:
        yield
    finally:
        for name in names:
            sql_event.remove(Engine, name, count)


async def test_ended_at_any_statement(story: Past, database: str, tmp_path: Path, hasty: None) -> None:
    """Ended between any two statements, before and after any commit: the rows are those of a straight run."""
    url, chance, ends = usable(database), random.Random(SEED), 0
    head = await story.town.log.head()
    for _ in range(40):
        archiver = archiver_of(story.town, url)
        try:
            with crash_at(url, chance.randint(1, 60)):
                await archiver.run(until=head)
            break
        except Crash:
            ends += 1
        finally:
            await archiver.close()
    await archive_all(story.town, url)
    straight = sqlite_at(tmp_path, "straight")
    await archive_all(story.town, straight)
    city = story.town.city.city
    assert ends >= 3, f"seed {SEED}"
    assert rows_at(url, city) == rows_at(straight, city), f"seed {SEED}"


async def test_ended_between_commit_and_mark(story: Past, tmp_path: Path, hasty: None) -> None:
    """The mark stays behind the database, never before it, and what was committed is not counted again."""
    url, city, chance = sqlite_at(tmp_path), story.town.city.city, random.Random(SEED)
    head = await story.town.log.head()
    done = False
    while not done:
        archiver = archiver_of(story.town, url)
        mark, left = archiver._log.mark_reader, [chance.randint(1, 12)]

        async def fails(
            name: str, offset: int, mark: Callable[..., Any] = mark, left: list[int] = left
        ) -> None:
            left[0] -= 1
            if not left[0]:
                raise Crash
            await mark(name, offset)

        archiver._log.mark_reader = fails  # type: ignore[method-assign]
        try:
            await archiver.run(until=head)
            done = True
        except Crash:
            stored = rows_at(url, city)["progress"]
            marks = await story.town.log.readers()
            assert marks.get(READER, 0) <= (stored[0][2] if stored else 0)
        finally:
            await archiver.close()
    straight = sqlite_at(tmp_path, "straight")
    await archive_all(story.town, straight)
    assert rows_at(url, city) == rows_at(straight, city), f"seed {SEED}"


async def test_killed_again_and_again(going_on: Past, valkey: Server, tmp_path: Path) -> None:
    """kill -9 at random moments while the city goes on: the rows are those of a straight run."""
    story, url, chance = going_on, sqlite_at(tmp_path), random.Random(SEED)
    city = story.town.city.city
    for _ in range(3):
        words = ("-m", "tests.archive_process", valkey.url, city, url)
        process = await asyncio.create_subprocess_exec(sys.executable, *words, stdout=subprocess.PIPE)
        try:
            assert process.stdout is not None
            assert await process.stdout.readline() == b"open\n"
            mark = (await story.town.log.readers()).get(READER, 0)
            far = mark + chance.randint(1, 25)
            await story.go_on(60)
            await wait_until(lambda far=far: _is_past(story, far), within=30, what=f"event {far}")
        finally:
            process.kill()
            await process.wait()
    await archive_all(story.town, url)
    straight = sqlite_at(tmp_path, "straight")
    await archive_all(story.town, straight)
    assert rows_at(url, city) == rows_at(straight, city), f"seed {SEED}"


async def _is_past(story: Past, offset: int) -> bool:
    return (await story.town.log.readers()).get(READER, 0) >= offset


async def test_two_processes_on_one_city(going_on: Past, database: str, tmp_path: Path, hasty: None) -> None:
    """Both read everything, one of them writes it: no row is lost or doubled, and both go on."""
    story, url = going_on, usable(database)
    city = story.town.city.city
    async with running(archiver_of(story.town, url)) as one, running(archiver_of(story.town, url)) as other:
        for _ in range(3):
            await story.go_on(30)
            await wait_until(lambda: has_all(story, one, other), what="the archive")
    await archive_all(story.town, url)
    straight = sqlite_at(tmp_path, "straight")
    await archive_all(story.town, straight)
    assert rows_at(url, city) == rows_at(straight, city), f"seed {SEED}"


# --- trouble ------------------------------------------------------------------------------------------------


async def test_a_broken_database_keeps_the_log(
    going_on: Past, tmp_path: Path, hasty: None, caplog: pytest.LogCaptureFixture
) -> None:
    """No database is there at first: one clear line, the log is not trimmed, and later nothing is missing."""
    story, file = going_on, tmp_path / "archive.sqlite3"
    file.write_bytes(b"this is no database, " * 500)
    url = f"sqlite:///{file}"
    async with running(archiver_of(story.town, url)) as archiver:
        await wait_until(lambda: "the archive waits" in caplog.text, what="the line in the log")
        with pytest.raises(BalancerError) as refused:
            await archiver.read(lambda engine: None)
        assert refused.value.code == "archive_unavailable"
        assert await story.town.log.trim(story.town.clock.real_ms() + 100 * HOUR) == 1
        await story.go_on(20)
        file.unlink()
        await wait_until(lambda: has_all(story, archiver), what="the archive")
    errors = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(errors) == 1, [record.getMessage() for record in errors]
    assert "not a database" in errors[0].getMessage()
    straight = sqlite_at(tmp_path, "straight")
    await archive_all(story.town, straight)
    assert rows_at(url, story.town.city.city) == rows_at(straight, story.town.city.city)


async def test_a_full_disk_is_waited_for(
    going_on: Past, tmp_path: Path, hasty: None, caplog: pytest.LogCaptureFixture
) -> None:
    """A disk that fills up in the middle stops the archive, not the city; with room it goes on."""
    story, url, full = going_on, sqlite_at(tmp_path), [False]

    def limit(connection: sqlite3.Connection, _: Any) -> None:
        if full[0]:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count={pages}").close()

    sql_event.listen(Engine, "connect", limit)
    try:
        await archive_all(story.town, url)
        full[0] = True
        await story.go_on(150)
        async with running(archiver_of(story.town, url)) as archiver:
            await wait_until(lambda: "disk is full" in caplog.text, what="the line in the log")
            behind = archiver.offset
            assert (await story.town.log.readers())[READER] == behind < await story.town.log.head()
            full[0] = False
            assert archiver._engine is not None
            archiver._engine.dispose()
            await wait_until(lambda: has_all(story, archiver), what="the archive")
    finally:
        sql_event.remove(Engine, "connect", limit)
    straight = sqlite_at(tmp_path, "straight")
    await archive_all(story.town, straight)
    assert rows_at(url, story.town.city.city) == rows_at(straight, story.town.city.city)


async def test_a_locked_database_is_waited_for(
    going_on: Past, tmp_path: Path, hasty: None, caplog: pytest.LogCaptureFixture
) -> None:
    """Somebody holds the write lock for long: the archive waits and then goes on."""
    story, url = going_on, sqlite_at(tmp_path)
    await archive_all(story.town, url)
    await story.go_on(20)
    holder = sqlite3.connect(tmp_path / "archive.sqlite3", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        async with running(archiver_of(story.town, url)) as archiver:
            await wait_until(lambda: "database is locked" in caplog.text, what="the line in the log")
            holder.execute("ROLLBACK")
            await wait_until(lambda: has_all(story, archiver), what="the archive")
    finally:
        holder.close()


async def test_begins_with_what_is_left_of_the_log(going_on: Past, tmp_path: Path, hasty: None) -> None:
    """Switched on late, on a trimmed log: every leg that an event still tells of is there, whole; the minutes
    begin now.
    """
    story, url = going_on, sqlite_at(tmp_path)
    log, city = story.town.log, story.town.city.city
    half = await log.head() // 2
    await log.mark_reader("another", half)
    assert await log.trim(story.town.clock.real_ms() + 100 * HOUR) == half + 1
    left = await log.read(half, block_ms=0)
    snapshot = await log.snapshot()
    await archive_all(story.town, url)
    legs = {(leg["ticket"], leg["leg"]) for leg in legs_in(url, city)}
    told = {
        (e.ticket.id, e.ticket.leg)
        for e in left
        if e.ticket and e.ticket.legs[e.ticket.leg].joined is not None
    }
    assert told <= legs
    await story.go_on(60)
    await archive_all(story.town, url)
    minutes = rows_at(url, city, [BRANCH_MINUTES])["branch_minutes"]
    assert minutes and min(row[1] for row in minutes) > snapshot.at
    counted = counted_minutes(await _events_after(log, half), snapshot)
    assert {(row[1], row[2]): row[3:6] for row in minutes if any(row[3:6])} == counted


async def _events_after(log: EventLog, offset: int) -> list[Any]:
    return await log.read(offset, block_ms=0, count=10_000)


async def test_an_older_store_comes_back(
    going_on: Past, tmp_path: Path, hasty: None, caplog: pytest.LogCaptureFixture
) -> None:
    """The store is restored from older data: old rows stay, and what happens from then on is archived."""
    story, url = going_on, sqlite_at(tmp_path)
    city, writer = story.town.city.city, story.town.store.writer
    keys = await writer.command("KEYS", "{" + city + "}:*", writes=False)
    saved = {key: await writer.command("DUMP", key, writes=False) for key in keys}
    await story.go_on(60)
    await archive_all(story.town, url)
    before = {(leg["ticket"], leg["leg"]): leg for leg in legs_in(url, city)}
    for key in await writer.command("KEYS", "{" + city + "}:*", writes=False):
        await writer.command("DEL", key)
    for key, dump in saved.items():
        await writer.command("RESTORE", key, 0, dump)
    async with running(archiver_of(story.town, url)) as archiver:
        await wait_until(lambda: "went another way" in caplog.text, what="the line in the log")
        await story.go_on(60)
        await wait_until(lambda: is_in(story, archiver), what="the archive")
    after = {(leg["ticket"], leg["leg"]): leg for leg in legs_in(url, city)}
    assert set(before) < set(after)
    lost = {key for key, leg in after.items() if leg["epoch"] == next(iter(before.values()))["epoch"]}
    assert lost and all(after[key] == before[key] for key in lost)


async def is_in(story: Past, archiver: Archiver) -> bool:
    """Whether the archive is at the end of the present epoch."""
    city, snapshot = story.town.city.city, await story.town.log.snapshot()
    stored = await archiver.read(lambda engine: Writer(engine, city).progress())
    return stored is not None and stored.place == (snapshot.epoch, snapshot.offset)
