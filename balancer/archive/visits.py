"""History as numpy columns, for learning, forecasts and backtests.

Columns bear the names of their table. Instants are ms of city time; where one may be missing the column is
float with NaN, a missing text is "". Days are the tickets' own: local days of their branch, first and last
included.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import BigInteger, Boolean, Column, Engine, Float, Integer, Select, SmallInteger, func, select

from balancer.archive.tables import BRANCH_MINUTES, DESK_STATES, LEGS

Columns = dict[str, np.ndarray[Any, Any]]

ROWS_AT_ONCE = 20_000
DAY_MINUTES = 24 * 60
MINUTE_MS = 60_000
QUARTER_HOUR_MS = 15 * MINUTE_MS
DAY_MS = DAY_MINUTES * MINUTE_MS


class Arrivals(NamedTuple):
    """First arrivals: `counts[branch, queue]` is an integer array (days, slots of the day)."""

    days: list[date]
    counts: dict[tuple[str, str], np.ndarray[Any, Any]]


class DeskSpan(NamedTuple):
    """A desk was in `state` from `since` to `until` (city ms); `until` None where that still holds."""

    branch: str
    desk: str
    state: str
    since: int
    until: int | None


def leg_columns(
    engine: Engine,
    city: str,
    since: date,
    until: date,
    branch: str | None = None,
    *,
    columns: Sequence[str] | None = None,
) -> Columns:
    """The legs of those days by when they joined: column name → array of one length; `columns` narrows."""
    chosen = [LEGS.c[name] for name in columns] if columns else list(LEGS.c)
    query = select(*chosen).where(LEGS.c.city == city, _within(since, until))
    if branch is not None:
        query = query.where(LEGS.c.branch == branch)
    return _columns(engine, chosen, query.order_by(LEGS.c.joined, LEGS.c.ticket, LEGS.c.leg))


def minute_columns(
    engine: Engine, city: str, since_ms: int, until_ms: int, branch: str | None = None
) -> Columns:
    """How branches stood in every minute from `since_ms` on and before `until_ms` (city ms), in order."""
    minutes = BRANCH_MINUTES.c
    query = select(BRANCH_MINUTES).where(
        minutes.city == city, minutes.minute >= since_ms, minutes.minute < until_ms
    )
    if branch is not None:
        query = query.where(minutes.branch == branch)
    return _columns(engine, list(minutes), query.order_by(minutes.minute, minutes.branch))


def desk_spans(engine: Engine, city: str, since_ms: int, until_ms: int) -> list[DeskSpan]:
    """When which desk was open, paused or closed: the spans that begin from `since_ms` on and before
    `until_ms` (city ms), by branch, desk and time.
    """
    desks = DESK_STATES.c
    ends = func.lead(desks.since).over(partition_by=(desks.branch, desks.desk), order_by=desks.since)
    spans = (
        select(desks.branch, desks.desk, desks.state, desks.since, ends.label("until"))
        .where(desks.city == city, desks.since >= since_ms)
        .subquery()
    )
    query = (
        select(spans).where(spans.c.since < until_ms).order_by(spans.c.branch, spans.c.desk, spans.c.since)
    )
    with engine.connect() as connection:
        return [DeskSpan(*row) for row in connection.execute(query)]


def latest_day(engine: Engine, city: str) -> date | None:
    """The last day of which there is a leg; None in an empty archive."""
    with engine.connect() as connection:
        found = connection.execute(select(func.max(LEGS.c.day)).where(LEGS.c.city == city)).scalar()
    return None if found is None else date.fromisoformat(found)


def arrivals_by_slot(
    engine: Engine, city: str, since: date, until: date, time_zone: str, *, slot_minutes: int = 30
) -> Arrivals:
    """How many visits began in each slot of each day, by the wall clock there; days without any are zeros.

    A visit that began before its ticket's day (carried over to another branch) counts on the day it began.
    """
    chosen = [LEGS.c.branch, LEGS.c.queue, LEGS.c.joined]
    query = select(*chosen).where(LEGS.c.city == city, LEGS.c.leg == 0, _within(since, until))
    found = _columns(engine, chosen, query)
    days = [since + timedelta(days=n) for n in range((until - since).days + 1)]
    day, minute = local_minutes(time_zone, found["joined"])
    row, slot = day - (since - date(1970, 1, 1)).days, (minute // slot_minutes).astype(int)
    fits = (row >= 0) & (row < len(days))
    counts: dict[tuple[str, str], np.ndarray[Any, Any]] = {}
    for branch, queue in sorted(set(zip(found["branch"].tolist(), found["queue"].tolist(), strict=True))):
        mine = fits & (found["branch"] == branch) & (found["queue"] == queue)
        counts[branch, queue] = np.zeros((len(days), -(-DAY_MINUTES // slot_minutes)), dtype=int)
        np.add.at(counts[branch, queue], (row[mine], slot[mine]), 1)
    return Arrivals(days, counts)


def local_minutes(
    time_zone: str, city_ms: np.ndarray[Any, Any]
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Instants by the wall clock there: days since 1970-01-01 (integers), minutes after midnight (floats)."""
    zone = ZoneInfo(time_zone)
    quarters, places = np.unique(city_ms // QUARTER_HOUR_MS, return_inverse=True)
    offsets = [_offset_ms(zone, int(quarter)) for quarter in quarters]
    local = city_ms + np.array(offsets, dtype=np.int64)[places] if len(offsets) else city_ms
    return local // DAY_MS, (local % DAY_MS) / MINUTE_MS


def _offset_ms(zone: ZoneInfo, quarter_hour: int) -> int:
    at = datetime.fromtimestamp(quarter_hour * QUARTER_HOUR_MS / 1000, UTC).astimezone(zone)
    offset = at.utcoffset()
    return round(offset.total_seconds() * 1000) if offset is not None else 0


def _within(since: date, until: date) -> Any:
    return LEGS.c.day.between(since.isoformat(), until.isoformat())


def _columns(engine: Engine, columns: Sequence[Column[Any]], query: Select[Any]) -> Columns:
    parts: list[list[np.ndarray[Any, Any]]] = [[] for _ in columns]
    with engine.connect() as connection:
        for rows in connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query).partitions():
            for part, column, values in zip(parts, columns, zip(*rows, strict=True), strict=True):
                part.append(_array(column, values))
    return {
        column.name: np.concatenate(part) if part else _array(column, ())
        for column, part in zip(columns, parts, strict=True)
    }


def _array(column: Column[Any], values: Iterable[Any]) -> np.ndarray[Any, Any]:
    kind = column.type
    if isinstance(kind, Boolean):
        return np.array(list(values), dtype=bool)
    if isinstance(kind, Float) or (isinstance(kind, BigInteger) and column.nullable):
        return np.array([np.nan if value is None else value for value in values], dtype=float)
    if isinstance(kind, BigInteger | Integer | SmallInteger):
        return np.array(list(values), dtype=np.int64)
    return np.array(["" if value is None else value for value in values], dtype=str)
