"""Rows and offset in one transaction: what was read twice is written once, whoever reads beside us.

The stored offset moves only from where this writer believes it to be (compare and set). A second server
process, or a transaction whose answer was lost, so never counts an event twice: the loser is told `Overtaken`
and looks again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from balancer.archive.audit_book import append
from balancer.archive.database import SQLITE, writing
from balancer.archive.fold import Rows
from balancer.archive.legs import Row
from balancer.archive.progress import Overtaken, Progress
from balancer.archive.tables import BRANCH_MINUTES, CHECKPOINTS, DESK_STATES, LEGS, PROGRESS

ROWS_AT_ONCE = 1000
CHECKPOINT_EVENTS = 2000
CHECKPOINTS_KEPT = 200


class Writer:
    """One city's rows in one database. Every method is one transaction and blocks."""

    def __init__(self, engine: Engine, city: str) -> None:
        self._engine = writing(engine)
        self._read_only = engine
        self._city = city

    def progress(self) -> Progress | None:
        """How far the log is in the database; None before the first write."""
        with self._read_only.connect() as connection:
            query = select(PROGRESS.c.epoch, PROGRESS.c.offset, PROGRESS.c.state)
            found = connection.execute(query.where(PROGRESS.c.city == self._city)).one_or_none()
        return None if found is None else Progress(found.epoch, found.offset, found.state)

    def write(self, before: Progress | None, after: Progress, rows: Rows) -> None:
        """Keep rows and move on. `Overtaken`, and nothing changed, where the database is not at `before`."""
        with self._engine.begin() as connection:
            self._move(connection, before, after)
            self._keep(connection, LEGS, rows.legs.values(), epoch=after.epoch)
            self._keep(connection, BRANCH_MINUTES, rows.branch_minutes.values())
            self._keep(connection, DESK_STATES, rows.desk_states.values())
            append(connection, self._city, after.epoch, rows.audit)
            self._mark(connection, before, after)

    def _move(self, connection: Connection, before: Progress | None, after: Progress) -> None:
        values = {"epoch": after.epoch, "offset": after.offset, "state": after.state}
        if before is None:
            try:
                connection.execute(insert(PROGRESS).values(city=self._city, **values))
            except IntegrityError as error:
                raise Overtaken("somebody has begun this city's archive") from error
            return
        here = PROGRESS.c.epoch == before.epoch, PROGRESS.c.offset == before.offset
        mine = update(PROGRESS).where(PROGRESS.c.city == self._city, *here)
        moved = connection.execute(mine.values(values))
        if moved.rowcount != 1:
            raise Overtaken(f"the archive is no longer at {before.offset}")

    def _keep(self, connection: Connection, table: Table, rows: Iterable[Row], **more: Any) -> None:
        whole = [{"city": self._city, **more, **row} for row in rows]
        for start in range(0, len(whole), ROWS_AT_ONCE):
            connection.execute(_upsert(connection, table), whole[start : start + ROWS_AT_ONCE])

    def _mark(self, connection: Connection, before: Progress | None, after: Progress) -> None:
        """Keep the state of the first offset of every CHECKPOINT_EVENTS, and of every beginning."""
        went_on = before is not None and before.epoch == after.epoch
        if went_on and before and before.offset // CHECKPOINT_EVENTS == after.offset // CHECKPOINT_EVENTS:
            return
        point = {"offset": after.offset, "state": after.state}
        self._keep(connection, CHECKPOINTS, [point], epoch=after.epoch)
        mine = CHECKPOINTS.c.city == self._city, CHECKPOINTS.c.epoch == after.epoch
        latest = select(CHECKPOINTS.c.offset).where(*mine).order_by(CHECKPOINTS.c.offset.desc())
        oldest = connection.execute(latest.offset(CHECKPOINTS_KEPT).limit(1)).scalar()
        if oldest is not None:
            connection.execute(delete(CHECKPOINTS).where(*mine, CHECKPOINTS.c.offset <= oldest))

    # --- what an export of the events needs -----------------------------------------------------------------

    def checkpoint(self, epoch: str, since: int) -> Progress | None:
        """The earliest kept state of that epoch at `since` or later."""
        mine = CHECKPOINTS.c.city == self._city, CHECKPOINTS.c.epoch == epoch
        query = select(CHECKPOINTS.c.offset, CHECKPOINTS.c.state).where(*mine, CHECKPOINTS.c.offset >= since)
        with self._read_only.connect() as connection:
            found = connection.execute(query.order_by(CHECKPOINTS.c.offset).limit(1)).one_or_none()
        return None if found is None else Progress(epoch, found.offset, found.state)


def _upsert(connection: Connection, table: Table) -> Any:
    """INSERT that replaces a row of the same key."""
    dialect = sqlite if connection.dialect.name == SQLITE else postgresql
    statement = dialect.insert(table)
    keys = {column.name for column in table.primary_key}
    others = {name: new for name, new in statement.excluded.items() if name not in keys}
    return statement.on_conflict_do_update(index_elements=sorted(keys), set_=others)
