"""The audit in its table: rows are added behind the last one and never touched again.

Adding happens inside the transaction that moves the archive on, so every deed is in it exactly once. A store
that was restored from older data tells the same events again under a new epoch: those that are known already
are not added a second time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, RowMapping, insert, select, update

from balancer.archive.audit import Fault, Head, Row, chained, first_fault
from balancer.archive.tables import AUDIT, AUDIT_HEADS

ROWS_AT_ONCE = 1000
SAME = ("offset", "at", "real", "actor", "type")


class Checked(NamedTuple):
    """What a check found: where the chain ends, and the first fault, None where there is none."""

    head: Head
    fault: Fault | None


def append(connection: Connection, city: str, epoch: str, rows: Sequence[Row]) -> None:
    """Add a city's next rows (as `audit_row` gives them). To be called where nobody else writes them."""
    known = _known(connection, city, rows) if rows else set()
    fresh = [row for row in rows if tuple(row[name] for name in SAME) not in known]
    if not fresh:
        return
    table = AUDIT.c
    last = select(table.entry, table.hash).where(table.city == city).order_by(table.entry.desc()).limit(1)
    found = connection.execute(last).one_or_none()
    whole = list(chained(fresh, Head(*found) if found else Head(), epoch))
    for start in range(0, len(whole), ROWS_AT_ONCE):
        part = whole[start : start + ROWS_AT_ONCE]
        connection.execute(insert(AUDIT), [{"city": city, **row} for row in part])
    values = {"entries": whole[-1]["entry"], "hash": whole[-1]["hash"]}
    moved = connection.execute(update(AUDIT_HEADS).where(AUDIT_HEADS.c.city == city).values(values))
    if moved.rowcount == 0:
        connection.execute(insert(AUDIT_HEADS).values(city=city, **values))


def _known(connection: Connection, city: str, rows: Sequence[Row]) -> set[tuple[Any, ...]]:
    """The marks of those rows' offsets that are in the audit already, under whatever epoch."""
    first, last = rows[0]["offset"], rows[-1]["offset"]
    query = select(*(AUDIT.c[name] for name in SAME)).where(
        AUDIT.c.city == city, AUDIT.c.offset.between(first, last)
    )
    return {tuple(found) for found in connection.execute(query)}


def entries(
    engine: Engine, city: str, *, before: int | None = None, limit: int = 100, **wanted: str | None
) -> list[RowMapping]:
    """The newest rows first, those with a lower number than `before`; `wanted`: columns that must agree."""
    query = select(AUDIT).where(AUDIT.c.city == city)
    if before is not None:
        query = query.where(AUDIT.c.entry < before)
    for name, value in wanted.items():
        if value is not None:
            query = query.where(AUDIT.c[name] == value)
    with engine.connect() as connection:
        return list(connection.execute(query.order_by(AUDIT.c.entry.desc()).limit(limit)).mappings())


def every(connection: Connection, city: str) -> Iterator[RowMapping]:
    """The whole audit of a city by number."""
    query = select(AUDIT).where(AUDIT.c.city == city).order_by(AUDIT.c.entry)
    with connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query) as result:
        yield from result.mappings()


def check(engine: Engine, city: str) -> Checked:
    """Reckon the whole chain anew."""
    heads = select(AUDIT_HEADS.c.entries, AUDIT_HEADS.c.hash).where(AUDIT_HEADS.c.city == city)
    level = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with engine.connect().execution_options(**level) as connection:
        found = connection.execute(heads).one_or_none()
        head = Head(*found) if found else Head()
        return Checked(head, first_fault(every(connection, city), head))
