"""`balancer archive audit`: the last deeds, a check of the whole chain, or all of it as a file."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Engine

from balancer.archive.address import needed_url
from balancer.archive.audit_book import check, entries, every
from balancer.archive.database import open_archive
from balancer.archive.tables import AUDIT
from balancer.city.hours import rfc3339
from balancer.commands.options import CITY, plain_errors, run_async, setting_options
from balancer.commands.which_city import which_city
from balancer.core.connect import open_store

COLUMNS = [column.name for column in AUDIT.c if column.name != "city"]


@click.command("audit")
@click.option(
    "--verify", is_flag=True, help="Reckon the chain of hashes anew; exit code 1 where it is broken."
)
@click.option("--export", type=click.Choice(["csv"]), help="Write every entry.")
@click.option("--to", "target", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@click.option("--limit", default=20, show_default=True, help="How many of the last entries to show.")
@CITY
@setting_options("redis", "data", "archive")
def audit(
    verify: bool,
    export: str | None,
    target: Path | None,
    limit: int,
    city: str | None,
    redis: str,
    data: Path,
    archive: str,
) -> None:
    """Who of the staff did what. Without --verify and --export: the last entries, newest first."""
    if (export is None) != (target is None):
        raise click.UsageError("--export and --to go together")
    found = run_async(_which(city, redis, data))
    with plain_errors():
        engine = open_archive(needed_url(archive, data))
        try:
            if target is not None:
                click.echo(f"{target}: {_write(engine, found, target)} entries")
            if verify:
                _verify(engine, found)
            elif target is None:
                _show(engine, found, limit)
        finally:
            engine.dispose()


async def _which(city: str | None, redis: str, data: Path) -> str:
    async with open_store(redis, data) as store:
        return (await which_city(store, city)).city


def _verify(engine: Engine, city: str) -> None:
    head, fault = check(engine, city)
    if fault is not None:
        raise click.ClickException(f"the audit of {city} is broken: {fault.why}")
    click.echo(f"the audit of {city} is whole: {head.entries} entries, the last {head.hash}")


def _show(engine: Engine, city: str, limit: int) -> None:
    for row in entries(engine, city, limit=limit):
        about = " ".join(str(row[name]) for name in ("branch", "desk", "number") if row[name])
        detail = "" if row["detail"] == "{}" else row["detail"]
        when = rfc3339("UTC", row["at"])
        click.echo(
            f"{row['entry']:>7} {when} {row['type']:20} {about:24} by {row['actor']} {detail}".rstrip()
        )


def _write(engine: Engine, city: str, target: Path) -> int:
    unfinished, count = target.with_name(f".{target.name}"), 0
    with engine.connect() as connection, unfinished.open("w", encoding="utf-8", newline="") as file:
        lines: Any = csv.writer(file, lineterminator="\n")
        lines.writerow(COLUMNS)
        for row in every(connection, city):
            lines.writerow([row[name] for name in COLUMNS])
            count += 1
    unfinished.replace(target)
    return count
