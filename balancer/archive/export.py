"""The archive as files: Parquet (typed, compressed) or CSV, one file a table, of one moment.

Instants are UTC: timestamps in Parquet, RFC 3339 in CSV. A file appears under its name only when it is whole.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Engine,
    Float,
    Integer,
    SmallInteger,
    Table,
    select,
)

from balancer.archive.database import SQLITE
from balancer.archive.tables import HISTORY

Format = Literal["parquet", "csv"]
Batches = Generator[Sequence[Sequence[Any]], None, None]
Write = Callable[[Path, Sequence[Column[Any]], Batches], int]

ROWS_AT_ONCE = 20_000
INSTANTS = frozenset({"arrived", "joined", "called", "started", "finished", "ended", "minute", "since"})


def export_history(engine: Engine, city: str, folder: Path, kind: Format) -> dict[str, int]:
    """Write every table of a city's history to `folder`; table → rows written. OSError where that fails."""
    folder.mkdir(parents=True, exist_ok=True)
    write: Write = _write_parquet if kind == "parquet" else _write_csv
    written = {}
    level = {} if engine.dialect.name == SQLITE else {"isolation_level": "REPEATABLE READ"}
    with engine.connect().execution_options(yield_per=ROWS_AT_ONCE, **level) as connection:
        for name, table in HISTORY.items():
            unfinished = folder / f".{name}.{kind}"
            try:
                with closing(_rows(connection, table, city)) as rows:
                    written[name] = write(unfinished, list(table.c), rows)
                unfinished.replace(folder / f"{name}.{kind}")
            finally:
                unfinished.unlink(missing_ok=True)
    return written


def _rows(connection: Connection, table: Table, city: str) -> Batches:
    query = select(table).where(table.c.city == city).order_by(*table.primary_key)
    with connection.execute(query) as result:
        yield from result.partitions()


def _write_parquet(path: Path, columns: Sequence[Column[Any]], batches: Batches) -> int:
    schema = pa.schema([pa.field(column.name, arrow_kind(column), column.nullable) for column in columns])
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for rows in batches:
            values = zip(*rows, strict=True)
            arrays = [pa.array(column, kind) for column, kind in zip(values, schema.types, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            count += len(rows)
    return count


def arrow_kind(column: Column[Any]) -> pa.DataType:
    """The type that a column has in a Parquet file."""
    if column.name in INSTANTS:
        return pa.timestamp("ms", tz="UTC")
    kinds: list[tuple[type[Any], pa.DataType]] = [
        (Boolean, pa.bool_()),
        (Float, pa.float64()),
        (SmallInteger, pa.int16()),
        (BigInteger, pa.int64()),
        (Integer, pa.int32()),
    ]
    return next((arrow for kind, arrow in kinds if isinstance(column.type, kind)), pa.string())


def _write_csv(path: Path, columns: Sequence[Column[Any]], batches: Batches) -> int:
    count = 0
    shows = [_instant if column.name in INSTANTS else _text for column in columns]
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow([column.name for column in columns])
        for rows in batches:
            lines.writerows([show(value) for show, value in zip(shows, row, strict=True)] for row in rows)
            count += len(rows)
    return count


def _instant(value: int | None) -> str:
    if value is None:
        return ""
    at = datetime.fromtimestamp(value // 1000, UTC).replace(microsecond=value % 1000 * 1000)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _text(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value
