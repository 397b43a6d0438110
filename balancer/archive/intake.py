"""Legs from a file with the columns of an export's `legs`, into the archive: of another system, or made up.

The whole file is checked before the first row is kept. A row whose key (city, ticket, leg) is there already
is left as it is, so a file that was taken in twice, or half, adds nothing but what is missing. Rows go in by
short transactions: whoever else writes to the database waits for some milliseconds at most.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from sqlalchemy import BigInteger, Column, Connection, Engine, Integer, SmallInteger, String, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from balancer.archive.database import SQLITE, unavailable, writing
from balancer.archive.export import INSTANTS, arrow_kind
from balancer.archive.tables import LEGS
from balancer.errors import BalancerError
from balancer.messages import TicketStatus

ROWS_AT_ONCE = 1000
REST_SECONDS = 0.005
LATER = frozenset({"paying_ms"})
"""Columns that older exports have not."""
STATES = [str(state) for state in TicketStatus]

Cells = Any
"""A pyarrow column; the library has no types of its own for mypy."""


class Taken(NamedTuple):
    """Rows in the file, and how many of them are new to the archive."""

    rows: int
    added: int


def take_in(engine: Engine, city: str, file: Path) -> Taken:
    """Check a .csv or .parquet file of that city's legs and keep its rows.

    BalancerError: "invalid_field" names the column and the row (1 is the first below the head) of the first
    bad value, or the column that is missing; "archive_unavailable". OSError where the file cannot be read.
    """
    legs = read_legs(file, city)
    database = writing(engine)
    added = 0
    for batch in legs.to_batches(max_chunksize=ROWS_AT_ONCE):
        try:
            with database.begin() as connection:
                added += _keep(connection, city, batch.to_pylist())
        except SQLAlchemyError as error:
            raise unavailable(error) from error
        time.sleep(REST_SECONDS)
    return Taken(legs.num_rows, added)


def _keep(connection: Connection, city: str, rows: list[dict[str, Any]]) -> int:
    """Write the rows whose keys are not there yet; how many."""
    mine = LEGS.c.city == city, LEGS.c.ticket.in_({row["ticket"] for row in rows})
    known = {tuple(key) for key in connection.execute(select(LEGS.c.ticket, LEGS.c.leg).where(*mine))}
    fresh = [row for row in rows if (row["ticket"], row["leg"]) not in known]
    if fresh:
        dialect = sqlite if connection.dialect.name == SQLITE else postgresql
        connection.execute(dialect.insert(LEGS).on_conflict_do_nothing(), fresh)
    return len(fresh)


def read_legs(file: Path, city: str) -> Any:
    """The checked rows as a pyarrow table with the columns of `legs`, instants as integers (ms)."""
    found = _opened(file)
    for column in LEGS.c:
        if column.name in LATER and column.name not in found.column_names:
            found = found.append_column(column.name, pa.nulls(found.num_rows, arrow_kind(column)))
        if column.name not in found.column_names:
            raise _bad(column.name, None, "такого стовпця немає", "there is no such column")
    columns = {column.name: _checked(column, found[column.name]) for column in LEGS.c}
    _demand("city", columns["city"], lambda cells: pc.equal(cells, city), f"{city!r}")
    _demand("state", columns["state"], lambda cells: pc.is_in(cells, pa.array(STATES)), ", ".join(STATES))
    _cast("day", columns["day"], pa.date32())
    return pa.table(columns)


def _opened(file: Path) -> Any:
    names = [column.name for column in LEGS.c]
    as_text = pacsv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), null_values=[""], strings_can_be_null=True
    )
    try:
        if file.suffix == ".parquet":
            return pq.read_table(file)
        if file.suffix == ".csv":
            return pacsv.read_csv(file, convert_options=as_text)
    except pa.ArrowException as error:
        why = " ".join(str(error).split())
        raise _bad("file", None, why, why) from error
    raise _bad("file", None, "потрібен .csv або .parquet", "a .csv or .parquet is wanted")


def _checked(column: Column[Any], cells: Cells) -> Cells:
    """The cells in the column's type, with nothing in them that the table cannot hold."""
    name = column.name
    typed = _cast(name, cells, arrow_kind(column))
    if name in INSTANTS:
        typed = typed.cast(pa.int64())
    if not column.nullable:
        _demand_filled(name, typed)
    if isinstance(column.type, String):
        _demand(name, typed, lambda cells: pc.invert(pc.match_substring(cells, "\0")), "NUL")
    elif isinstance(column.type, BigInteger | Integer | SmallInteger):
        _demand(name, typed, lambda cells: pc.greater_equal(cells, 0), "≥ 0")
    elif pa.types.is_floating(typed.type):
        _demand(name, typed, lambda cells: pc.and_(pc.is_finite(cells), pc.greater_equal(cells, 0)), "≥ 0")
    return typed


def _cast(name: str, cells: Cells, kind: Any) -> Cells:
    try:
        return cells.cast(kind)
    except pa.ArrowException:
        for row, cell in enumerate(cells, start=1):
            try:
                cell.cast(kind)
            except pa.ArrowException:
                shown = repr(cell.as_py())
                raise _bad(name, row, f"{shown} не є {kind}", f"{shown} is no {kind}") from None
        raise


def _demand_filled(name: str, cells: Cells) -> None:
    if cells.null_count:
        raise _bad(name, pc.index(pc.is_null(cells), True).as_py() + 1, "порожнє", "is empty")


def _demand(name: str, cells: Cells, holds: Callable[[Cells], Cells], rule: str) -> None:
    """`holds` must be true of every cell that is not empty."""
    fails = pc.invert(pc.fill_null(holds(cells), True))
    if pc.any(fails).as_py():
        row = pc.index(fails, True).as_py()
        shown = repr(cells[row].as_py())
        raise _bad(name, row + 1, f"{shown}, а потрібно: {rule}", f"{shown}, wanted: {rule}")


def _bad(column: str, row: int | None, uk: str, en: str) -> BalancerError:
    if row is not None:
        uk, en = f"рядок {row}: {uk}", f"row {row}: {en}"
    return BalancerError("invalid_field", field=column, why={"uk": uk, "en": en})
