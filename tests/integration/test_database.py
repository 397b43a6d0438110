"""Opening the archive's database: made, brought up to date, shared, refused with a name."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE, Popen
from sys import executable

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from balancer.archive.database import connect_archive, open_archive, shown_url, upgrade, writing
from balancer.archive.tables import LEGS, METADATA, VERSION_TABLE
from balancer.errors import BalancerError
from tests.archives import fill, leg, rows_of, sqlite_at, usable


def test_the_steps_lead_to_the_tables(database: str) -> None:
    """What the migrations make is what the code says: no difference that Alembic could find."""
    engine = open_archive(usable(database))
    with engine.connect() as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def test_opened_again_it_is_as_it_was(database: str) -> None:
    """Opening an archive changes nothing in it."""
    for _ in range(2):
        engine = open_archive(usable(database))
        if not rows_of(engine, "town", [LEGS])["legs"]:
            fill(engine, LEGS, [leg("t1")])
        else:
            assert len(rows_of(engine, "town", [LEGS])["legs"]) == 1
        engine.dispose()


def test_two_processes_may_open_it_at_once(database: str) -> None:
    """Several processes and threads start on an empty database: all get it whole."""
    url = usable(database)
    code = f"from balancer.archive.database import open_archive; open_archive({url!r}).dispose()"
    processes = [Popen([executable, "-c", code], stderr=PIPE, text=True) for _ in range(2)]
    with ThreadPoolExecutor(3) as threads:
        for engine in threads.map(open_archive, [url] * 3):
            assert set(METADATA.tables) < set(inspect(engine).get_table_names())
            engine.dispose()
    for process in processes:
        assert process.communicate(timeout=60)[1] == ""
        assert process.returncode == 0


def changed(engine: Engine, *statements: str) -> None:
    with writing(engine).begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_a_newer_schema_is_not_touched(database: str) -> None:
    """Made by a newer program: a named error that says so, and nothing is changed."""
    engine = open_archive(usable(database))
    changed(engine, f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    with pytest.raises(BalancerError, match="9999, which is newer") as refused:
        upgrade(engine)
    assert refused.value.code == "archive_schema"
    engine.dispose()


def test_another_program_s_tables_are_not_touched(database: str) -> None:
    """A database in which a table of ours belongs to somebody else."""
    engine = connect_archive(usable(database))
    changed(engine, "CREATE TABLE legs (animal VARCHAR(20))", "CREATE TABLE pets (name VARCHAR(20))")
    with pytest.raises(BalancerError, match="another program: legs") as refused:
        upgrade(engine)
    assert refused.value.code == "archive_schema"
    assert set(inspect(engine).get_table_names()) == {"legs", "pets"}
    engine.dispose()


def test_other_tables_may_stand_beside(database: str) -> None:
    """The database may hold other things, other programs' Alembic steps among them."""
    engine = connect_archive(usable(database))
    changed(engine, "CREATE TABLE alembic_version (version_num VARCHAR(32))", "CREATE TABLE pets (name INT)")
    upgrade(engine)
    upgrade(engine)
    assert {"pets", "legs", VERSION_TABLE} <= set(inspect(engine).get_table_names())
    engine.dispose()


@pytest.mark.parametrize("kind", ["garbage", "folder", "below a file", "nobody there", "no such driver"])
def test_what_cannot_be_opened(tmp_path: Path, kind: str) -> None:
    """One named error with the reason, whatever it is; no password in it."""
    (tmp_path / "garbage").write_bytes(b"no database at all " * 100)
    (tmp_path / "folder").mkdir()
    urls = {
        "garbage": f"sqlite:///{tmp_path}/garbage",
        "folder": f"sqlite:///{tmp_path}/folder",
        "below a file": f"sqlite:///{tmp_path}/garbage/archive",
        "nobody there": "postgresql+psycopg://me:hunter2@127.0.0.1:1/db",
        "no such driver": "postgresql+psycopg://me:hunter2@127.0.0.1:port/db",
    }
    with pytest.raises(BalancerError) as refused:
        open_archive(urls[kind])
    assert refused.value.code == "archive_unavailable"
    assert "hunter2" not in str(refused.value)


def test_sqlite_is_safe_and_does_not_block_readers(tmp_path: Path) -> None:
    """WAL, every commit on the disk; a reader in the middle of a long look does not stop the writer."""
    engine = open_archive(sqlite_at(tmp_path))
    with engine.connect() as reader:
        assert reader.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert reader.execute(text("PRAGMA synchronous")).scalar() == 2
        assert reader.execute(LEGS.select()).all() == []
        fill(engine, LEGS, [leg("t1")])
        assert reader.execute(LEGS.select()).all() == []
    assert sqlite3.connect(tmp_path / "archive.sqlite3").execute("SELECT count(*) FROM legs").fetchone() == (
        1,
    )
    engine.dispose()


def test_the_folder_is_made(tmp_path: Path) -> None:
    """A file below folders that are not there yet."""
    open_archive(f"sqlite:///{tmp_path}/new/deep/archive").dispose()
    assert (tmp_path / "new/deep/archive").exists()


def test_the_password_is_not_shown() -> None:
    """Where people see the address."""
    assert shown_url("postgresql+psycopg://me:hunter2@db/x") == "postgresql+psycopg://me:***@db/x"
