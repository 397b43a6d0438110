"""`balancer archive status | export | import | audit | rebuild | run | forget`: with a server or without."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Engine, func, select

from balancer.archive.address import needed_url
from balancer.archive.archiver import READER, Archiver
from balancer.archive.database import open_archive, shown_url
from balancer.archive.export import export_history
from balancer.archive.rebuild import export_events
from balancer.archive.rebuild import rebuild as rebuild_from
from balancer.archive.tables import HISTORY
from balancer.archive.writer import Writer
from balancer.commands.archive_audit import audit
from balancer.commands.archive_import import import_legs
from balancer.commands.options import CITY, plain_errors, run_async, setting_options
from balancer.commands.which_city import which_city
from balancer.core.commands import read_definition
from balancer.core.connect import open_store
from balancer.core.event_log import EventLog

PLACE = setting_options("redis", "data", "archive")


@click.group("archive")
def command() -> None:
    """The history of a city: one row a visit leg, one a branch and minute."""


command.add_command(audit)
command.add_command(import_legs)


@command.command()
@CITY
@PLACE
def status(city: str | None, redis: str, data: Path, archive: str) -> None:
    """Say how far the archive is, what is in it, and for whom the log is kept."""
    for name, value in run_async(_status(city, redis, data, archive)).items():
        click.echo(f"{name:16} {value}")


async def _status(city: str | None, redis: str, data: Path, archive: str) -> dict[str, Any]:
    url = needed_url(archive, data)
    async with open_store(redis, data) as store:
        found = await which_city(store, city)
        log = EventLog(store, found.city)
        head, oldest, readers = await log.head(), await log.oldest(), await log.readers()
    engine = await asyncio.to_thread(open_archive, url)
    try:
        progress = Writer(engine, found.city).progress()
        offset = progress.offset if progress else 0
        return {
            "city": found.city,
            "database": shown_url(url),
            "epoch": progress.epoch if progress else "-",
            "offset": offset,
            "behind": max(0, head - offset),
            **_counted(engine, found.city),
            "log": f"events {oldest} to {head}",
            "log kept for": ", ".join(f"{name} from {mark + 1}" for name, mark in readers.items())
            or "nobody",
        }
    finally:
        engine.dispose()


def _counted(engine: Engine, city: str) -> dict[str, Any]:
    with engine.connect() as connection:
        counts = {
            name: connection.execute(
                select(func.count()).select_from(table).where(table.c.city == city)
            ).scalar()
            for name, table in HISTORY.items()
        }
        day = HISTORY["legs"].c.day
        days = select(func.min(day), func.max(day)).where(HISTORY["legs"].c.city == city)
        first, last = connection.execute(days).one()
    return {**counts, "days": f"{first} to {last}" if first else "none"}


@command.command()
@click.option("--format", "kind", required=True, type=click.Choice(["parquet", "csv", "events"]))
@click.option(
    "--to", "target", required=True, type=click.Path(path_type=Path), help="Folder; events: a file."
)
@CITY
@PLACE
def export(kind: Any, target: Path, city: str | None, redis: str, data: Path, archive: str) -> None:
    """Write the history as Parquet or CSV files, or the event log (what is still kept of it) as JSON lines.

    A file of events whose name ends in .gz is packed.
    """
    for line in run_async(_export(kind, target, city, redis, data, archive)):
        click.echo(line)


async def _export(
    kind: Any, target: Path, city: str | None, redis: str, data: Path, archive: str
) -> list[str]:
    async with open_store(redis, data) as store:
        found = await which_city(store, city)
        engine = await asyncio.to_thread(open_archive, needed_url(archive, data))
        try:
            if kind != "events":
                written = await asyncio.to_thread(export_history, engine, found.city, target, kind)
                return [f"{target / name}.{kind}: {rows} rows" for name, rows in written.items()]
            log, writer = EventLog(store, found.city), Writer(engine, found.city)
            header = await export_events(log, writer, target)
            return [f"{target}: the events after {header.after}"]
        finally:
            engine.dispose()


@command.command()
@click.option("--events", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--to", "target", required=True, help="sqlite:///FILE or postgresql://…, without that city yet."
)
def rebuild(events: Path, target: str) -> None:
    """Make an archive from an exported event log."""
    with plain_errors():
        engine = open_archive(needed_url(target, Path()))
        try:
            end = rebuild_from(events, engine)
        finally:
            engine.dispose()
    click.echo(f"archived up to event {end.offset}")


@command.command()
@click.option("--once", is_flag=True, help="End when everything up to now is in the archive.")
@CITY
@PLACE
def run(once: bool, city: str | None, redis: str, data: Path, archive: str) -> None:
    """Archive in a process of its own, until Ctrl-C; servers may run with --archive off then."""
    try:
        offset = run_async(_run(once, city, redis, data, archive))
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    click.echo(f"archived up to event {offset}")


async def _run(once: bool, city: str | None, redis: str, data: Path, archive: str) -> int:
    async with open_store(redis, data) as store:
        found = await which_city(store, city)
        log = EventLog(store, found.city)
        until = await log.head() if once else None
        url = needed_url(archive, data)
        if once:
            (await asyncio.to_thread(open_archive, url)).dispose()  # what is wrong with it is said at once
        archiver = Archiver(log, url, lambda: read_definition(store, found.city))
        try:
            await archiver.run(until=until)
        finally:
            await archiver.close()
        return archiver.offset


@command.command()
@CITY
@setting_options("redis", "data")
def forget(city: str | None, redis: str, data: Path) -> None:
    """Keep the log for no archive any more; after that nothing fills the gap of one that goes on later."""
    run_async(_forget(city, redis, data))
    click.echo("the log is no longer kept for an archive")


async def _forget(city: str | None, redis: str, data: Path) -> None:
    async with open_store(redis, data) as store:
        await EventLog(store, (await which_city(store, city)).city).forget_reader(READER)
