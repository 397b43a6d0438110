"""Rows and offset in one transaction."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from balancer.archive import writer as module
from balancer.archive.database import open_archive
from balancer.archive.fold import Rows
from balancer.archive.progress import Overtaken, Progress
from balancer.archive.tables import CHECKPOINTS, LEGS
from balancer.archive.writer import Writer
from tests.archives import leg, rows_of, usable

START = Progress("e", 0, "{}")


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    engine = open_archive(usable(database))
    yield engine
    engine.dispose()


def row(ticket: str, **parts: object) -> Rows:
    """A batch of one leg."""
    made = {name: value for name, value in leg(ticket, **parts).items() if name not in ("city", "epoch")}
    return Rows(legs={(ticket, 0): made})


def test_the_last_row_of_a_key_counts(engine: Engine) -> None:
    """Written twice, a leg is one row: the newer."""
    writer = Writer(engine, "town")
    writer.write(None, START, Rows())
    writer.write(START, Progress("e", 1, "a"), row("t", state="waiting"))
    writer.write(Progress("e", 1, "a"), Progress("e", 2, "b"), row("t", state="called"))
    [found] = rows_of(engine, "town", [LEGS])["legs"]
    assert found[LEGS.c.keys().index("state")] == "called"
    assert writer.progress() == Progress("e", 2, "b")


def test_overtaken_writes_nothing(engine: Engine) -> None:
    """Whoever is not at the stored offset of the stored epoch is told so, and no row of his is kept."""
    writer = Writer(engine, "town")
    writer.write(None, START, Rows())
    for wrong in (None, Progress("e", 5, "{}"), Progress("other", 0, "{}")):
        with pytest.raises(Overtaken):
            writer.write(wrong, Progress("e", 6, "{}"), row("t"))
    assert rows_of(engine, "town", [LEGS])["legs"] == []
    assert writer.progress() == START


def test_cities_do_not_meet(engine: Engine) -> None:
    """Two cities in one database, each with its own progress and rows."""
    one, other = Writer(engine, "one"), Writer(engine, "other")
    one.write(None, START, row("t"))
    assert other.progress() is None
    other.write(None, START, row("t"))
    assert len(rows_of(engine, "one", [LEGS])["legs"]) == len(rows_of(engine, "other", [LEGS])["legs"]) == 1


def test_states_are_kept_now_and_then(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The state of every so many events, the newest of them only, each epoch by itself."""
    monkeypatch.setattr(module, "CHECKPOINT_EVENTS", 10)
    monkeypatch.setattr(module, "CHECKPOINTS_KEPT", 3)
    writer, here = Writer(engine, "town"), None
    for offset in range(0, 80, 5):
        after = Progress("e", offset, f"s{offset}")
        writer.write(here, after, Rows())
        here = after
    assert [point[2] for point in rows_of(engine, "town", [CHECKPOINTS])["checkpoints"]] == [50, 60, 70]
    assert writer.checkpoint("e", 51) == Progress("e", 60, "s60")
    assert writer.checkpoint("e", 71) is None
    assert writer.checkpoint("f", 0) is None
    writer.write(here, Progress("f", 2, "new"), Rows())
    assert writer.checkpoint("f", 0) == Progress("f", 2, "new")
