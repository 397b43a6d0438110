"""The archive's tables. Instants and spans are integer milliseconds of city time since the Unix epoch (UTC),
estimates are minutes. Nothing in here says who a visitor was. `paying_ms` is a part of `service_ms`, null
where nobody timed it.

`legs`: one row a leg of a visit that has joined a queue; key (city, ticket, leg). Each event replaces it, so
a leg under way has a row too, with the ticket's `state` and without the instants to come; a leg left behind
is "done". `offset` and `epoch`: the event that wrote it last. `alarmed`: an alarm fell into its wait.
`first_*`: what was shown at issue, `last_*`: the last estimate before the first call; of the first leg only.
`branch_minutes`: how a branch stood when that minute began; none while it is closed and empty.
`desk_states`: from `since` on the desk was open, paused or closed, until its next row.
`audit`: what staff did, entry by entry; key (city, entry), see `balancer.archive.audit`. `audit_heads`: where
each city's chain of hashes ends.
`progress`: how far a city's log has been read, with the fold's own state there. `checkpoints`: earlier ones.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)

METADATA = MetaData()
VERSION_TABLE = "archive_version"


def _key(name: str, kind: Any = String) -> Column[Any]:
    return Column(name, kind, primary_key=True, autoincrement=False)


def _must(name: str, kind: Any = String) -> Column[Any]:
    return Column(name, kind, nullable=False)


LEGS = Table(
    "legs",
    METADATA,
    _key("city"),
    _key("ticket"),
    _key("leg", SmallInteger),
    _must("day"),
    _must("branch"),
    _must("queue"),
    _must("service"),
    Column("desk", String),
    Column("agency", String),
    _must("channel"),
    Column("priority", String),
    _must("head_start_ms", BigInteger),
    _must("state"),
    _must("arrived", BigInteger),
    _must("joined", BigInteger),
    Column("called", BigInteger),
    Column("started", BigInteger),
    Column("finished", BigInteger),
    Column("wait_ms", BigInteger),
    Column("walk_ms", BigInteger),
    Column("service_ms", BigInteger),
    Column("paying_ms", BigInteger),
    _must("parked_ms", BigInteger),
    _must("paused_ms", BigInteger),
    _must("misses", Integer),
    _must("alarmed", Boolean),
    Column("outcome", String),
    Column("ended", BigInteger),
    *(Column(f"{which}_{level}", Float) for which in ("first", "last") for level in ("p10", "p50", "p90")),
    _must("epoch"),
    _must("offset", BigInteger),
    Index("legs_by_day", "city", "day", "branch"),
)

BRANCH_MINUTES = Table(
    "branch_minutes",
    METADATA,
    _key("city"),
    _key("minute", BigInteger),
    _key("branch"),
    _must("waiting", Integer),
    _must("desks_open", Integer),
    _must("desks_busy", Integer),
    _must("alarm"),
    _must("power"),
    _must("state"),
)

DESK_STATES = Table(
    "desk_states",
    METADATA,
    _key("city"),
    _key("branch"),
    _key("desk"),
    _key("since", BigInteger),
    _must("state"),
)

AUDIT = Table(
    "audit",
    METADATA,
    _key("city"),
    _key("entry", BigInteger),
    _must("offset", BigInteger),
    _must("at", BigInteger),
    _must("real", BigInteger),
    _must("epoch"),
    _must("actor"),
    _must("role"),
    _must("type"),
    _must("detail", Text),
    _must("hash"),
    *(Column(name, String) for name in ("branch", "desk", "ticket", "number")),
    Index("audit_by_offset", "city", "offset"),
)

AUDIT_HEADS = Table("audit_heads", METADATA, _key("city"), _must("entries", BigInteger), _must("hash"))

PROGRESS = Table(
    "progress",
    METADATA,
    _key("city"),
    _must("epoch"),
    _must("offset", BigInteger),
    _must("state", Text),
)

CHECKPOINTS = Table(
    "checkpoints",
    METADATA,
    _key("city"),
    _key("epoch"),
    _key("offset", BigInteger),
    _must("state", Text),
)

HISTORY: dict[str, Table] = {table.name: table for table in (LEGS, BRANCH_MINUTES, DESK_STATES)}
"""What an archive is kept for, and what an export writes."""
