"""Archives in tests: every row of one, a whole run of an archiver, what a slow but plain reader counts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table, insert, select

from balancer.archive.address import archive_url
from balancer.archive.archiver import Archiver
from balancer.archive.database import open_archive, writing
from balancer.archive.tables import AUDIT, HISTORY, LEGS, PROGRESS
from balancer.core.event_log import EventLog
from balancer.messages import ACTIVE, Event, Snapshot, TicketStatus
from tests.town import MINUTE, NINE, Town

ALL = (*HISTORY.values(), AUDIT, PROGRESS)


def sqlite_at(folder: Path, name: str = "archive") -> str:
    """The URL of a database file."""
    return f"sqlite:///{folder / name}.sqlite3"


def rows_at(url: str, city: str, tables: Sequence[Table] = ALL) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of a city by table, in the order of the keys: what two archives are compared by."""
    engine = open_archive(url)
    try:
        return rows_of(engine, city, tables)
    finally:
        engine.dispose()


def rows_of(engine: Engine, city: str, tables: Sequence[Table] = ALL) -> dict[str, list[tuple[Any, ...]]]:
    """The same of an open database."""
    with engine.connect() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(
                    select(table).where(table.c.city == city).order_by(*table.primary_key)
                )
            ]
            for table in tables
        }


def archiver_of(town: Town, url: str) -> Archiver:
    """A new archiver of a town, with a log of its own."""
    return Archiver(EventLog(town.store, town.city.city), url, town.queue.definition)


async def archive_all(town: Town, url: str) -> Archiver:
    """Archive everything up to now; the archiver is closed already."""
    archiver = archiver_of(town, url)
    try:
        await archiver.run(until=await town.log.head())
    finally:
        await archiver.close()
    return archiver


async def all_events(town: Town) -> list[Event]:
    """The whole log."""
    events: list[Event] = []
    while more := await town.log.read(len(events), block_ms=0):
        events += more
    return events


def counted_minutes(
    events: Sequence[Event], snapshot: Snapshot | None = None
) -> dict[tuple[int, str], tuple[int, int, int]]:
    """(minute, branch) → waiting, desks open, desks busy: counted from whole after-images, minute by minute,
    for branches where anybody waits or any desk is open; from `snapshot` on, where there is one.
    """
    shown = snapshot.tickets if snapshot else []
    tickets = {ticket.id: ticket for ticket in shown if ticket.state in ACTIVE}
    desks = {(desk.branch, desk.desk): desk for desk in (snapshot.desks if snapshot else [])}
    events = [event for event in events if snapshot is None or event.offset > snapshot.offset]
    found: dict[tuple[int, str], tuple[int, int, int]] = {}
    last = (snapshot.at if snapshot else events[0].at) // MINUTE
    for event in events:
        for minute in range(last + 1, event.at // MINUTE + 1):
            for branch in {place for place, _ in desks}:
                waiting = sum(
                    t.branch == branch and t.state is TicketStatus.WAITING for t in tickets.values()
                )
                open_ = sum(d.state == "open" for (place, _), d in desks.items() if place == branch)
                busy = sum(d.ticket is not None for (place, _), d in desks.items() if place == branch)
                if waiting or open_ or busy:
                    found[minute * MINUTE, branch] = waiting, open_, busy
        last = max(last, event.at // MINUTE)
        if event.ticket is not None:
            tickets.pop(event.ticket.id, None)
            if event.ticket.state in ACTIVE:
                tickets[event.ticket.id] = event.ticket
        if event.desk is not None:
            desks[event.desk.branch, event.desk.desk] = event.desk
    return found


def usable(database: str) -> str:
    """The address of the fixture `database` as SQLAlchemy takes it."""
    url = archive_url(database, Path())
    assert url is not None
    return url


def leg(ticket: str, **parts: Any) -> dict[str, Any]:
    """A row of the table `legs`: an hour of a Monday, called after ten minutes, served for five."""
    joined = parts.get("joined", NINE)
    known: dict[str, Any] = {name: None for name in LEGS.c.keys()} | {
        "city": "town",
        "ticket": ticket,
        "leg": 0,
        "day": "2026-11-23",
        "branch": "centre",
        "queue": "papers",
        "service": "address",
        "desk": "1",
        "channel": "kiosk",
        "head_start_ms": 0,
        "state": "done",
        "arrived": joined,
        "joined": joined,
        "called": joined + 10 * MINUTE,
        "started": joined + 11 * MINUTE,
        "finished": joined + 16 * MINUTE,
        "wait_ms": 10 * MINUTE,
        "walk_ms": MINUTE,
        "service_ms": 5 * MINUTE,
        "parked_ms": 0,
        "paused_ms": 0,
        "misses": 0,
        "alarmed": False,
        "outcome": "served",
        "ended": joined + 16 * MINUTE,
        "first_p10": 5.0,
        "first_p50": 9.0,
        "first_p90": 15.0,
        "epoch": "e",
        "offset": 1,
    }
    return known | parts


def fill(engine: Engine, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Put rows into a table."""
    with writing(engine).begin() as connection:
        connection.execute(insert(table), list(rows))
