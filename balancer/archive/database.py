"""The archive's database, SQLite or PostgreSQL by URL: opened at the present schema, or a named error.

Safe when several processes start at once: the schema is changed in one transaction, under SQLite's write lock
or an advisory lock of PostgreSQL.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from balancer.archive.tables import METADATA, VERSION_TABLE
from balancer.errors import BalancerError

SCRIPTS = "balancer.archive:migrations"
SQLITE = "sqlite"
LOCK_SECONDS = 5
STATEMENT_MS = 30_000
UPGRADE_LOCK = 0x62616C61  # any number that other programs do not lock in the same database
WRITES = "balancer_writes"

_one_upgrade = threading.Lock()  # Alembic's environment is global to the process


def open_archive(url: str) -> Engine:
    """The database at that URL with the present schema; what is not there yet is made.

    BalancerError: "archive_schema" for another program's or a newer version's tables, "archive_unavailable"
    for anything else that keeps it from being used.
    """
    engine = connect_archive(url)
    try:
        if not _is_present(engine):
            upgrade(engine)
    except BaseException as error:
        engine.dispose()
        if isinstance(error, SQLAlchemyError):
            raise unavailable(error) from error
        raise
    return engine


def connect_archive(url: str) -> Engine:
    """An engine for that URL, nothing asked yet. Transactions of `writing(engine)` take SQLite's write lock
    as they begin.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise unavailable(error) from error
    return _sqlite(address) if address.get_backend_name() == SQLITE else _postgres(address)


def writing(engine: Engine) -> Engine:
    """The same engine for transactions that write."""
    return engine.execution_options(**{WRITES: True})


def _sqlite(address: URL) -> Engine:
    folder = Path(address.database or "").parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unavailable(error) from error
    engine = create_engine(address, connect_args={"timeout": LOCK_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: Any) -> None:
    """Every SQLite connection: transactions are ours to begin, readers never wait for the writer, a commit is
    on the disk.
    """
    connection.isolation_level = None
    with contextlib.suppress(sqlite3.OperationalError):  # another process is just about the same
        connection.execute("PRAGMA journal_mode=WAL").close()
    connection.execute("PRAGMA synchronous=FULL").close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgres(address: URL) -> Engine:
    limits = f"-c statement_timeout={STATEMENT_MS} -c lock_timeout={LOCK_SECONDS * 1000} -c timezone=UTC"
    given = address.query.get("options")
    options = f"{given} {limits}" if isinstance(given, str) else limits
    return create_engine(
        address,
        pool_size=2,
        max_overflow=2,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": LOCK_SECONDS,
            "tcp_user_timeout": 2 * LOCK_SECONDS * 1000,
            "options": options,
            "application_name": "balancer-archive",
        },
    )


def upgrade(engine: Engine) -> None:
    """Bring the schema to the newest step. BalancerError("archive_schema") where it is not ours to change."""
    config = _config()
    with _one_upgrade, writing(engine).begin() as connection:
        if connection.dialect.name != SQLITE:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE_LOCK})
        _check_schema(connection, ScriptDirectory.from_config(config))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _is_present(engine: Engine) -> bool:
    """Whether the schema is the newest step already: then nothing needs to be locked."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    with engine.connect() as connection:
        return _step(connection) == newest


def _config() -> Config:
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    return config


def _step(connection: Connection) -> str | None:
    """The step that the database is at; None where it knows of none."""
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    return context.get_current_revision()


def _check_schema(connection: Connection, scripts: ScriptDirectory) -> None:
    """The tables must be an earlier or the present step of ours, or none at all."""
    found = _step(connection)
    if found is None:
        foreign = sorted(set(inspect(connection).get_table_names()) & set(METADATA.tables))
        if foreign:
            raise BalancerError("archive_schema", why=f"tables of another program: {', '.join(foreign)}")
    elif found not in {script.revision for script in scripts.walk_revisions()}:
        raise BalancerError("archive_schema", why=f"step {found}, which is newer than this program")


def unavailable(error: Exception) -> BalancerError:
    """What keeps the database from being used, in one line, without addresses that hold a password."""
    cause = getattr(error, "orig", None) or error
    return BalancerError("archive_unavailable", why=" ".join(str(cause).split()) or type(cause).__name__)


def shown_url(url: str) -> str:
    """The address as people may see it."""
    return make_url(url).render_as_string(hide_password=True)
