"""`balancer archive import`: a history from elsewhere, beside a running server or before its first start."""

from __future__ import annotations

from pathlib import Path

import click

from balancer.archive.address import needed_url
from balancer.archive.database import open_archive
from balancer.archive.intake import take_in
from balancer.commands.options import plain_errors, setting_options


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--city", required=True, envvar="BALANCER_CITY", help="Id of the city whose legs they are.")
@setting_options("data", "archive")
def import_legs(file: Path, city: str, data: Path, archive: str) -> None:
    """Take in visits from a .csv or .parquet file with the columns that `archive export` writes to legs.*.

    Everything is checked before anything is kept; rows that the archive has already stay as they are.
    """
    with plain_errors():
        engine = open_archive(needed_url(archive, data))
        try:
            taken = take_in(engine, city, file)
        finally:
            engine.dispose()
    click.echo(f"{file}: {taken.rows} rows, {taken.added} of them new")
