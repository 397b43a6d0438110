"""`balancer archive audit`: shown, checked, written out."""

from __future__ import annotations

import asyncio
import csv
import uuid
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import delete, update

from balancer.archive.database import open_archive, writing
from balancer.archive.tables import AUDIT
from balancer.cli import main
from tests.archives import sqlite_at
from tests.past import Told, tell
from tests.stores import Server

SEED = 5


@pytest.fixture(scope="module")
def told(valkey: Server) -> Told:
    """A past in a city of its own."""
    return asyncio.run(tell(valkey.url, f"told-{uuid.uuid4().hex[:8]}", SEED, 120))


def ask(told: Told, url: str, *words: str) -> Result:
    place = ("--city", told.city, "--redis", told.url, "--archive", url)
    return CliRunner().invoke(main, ["archive", *words, *place])


@pytest.fixture
def url(told: Told, tmp_path: Path) -> str:
    """An archive of that past."""
    url = sqlite_at(tmp_path)
    assert ask(told, url, "run", "--once").exit_code == 0
    return url


def test_shown_checked_and_written(told: Told, url: str, tmp_path: Path) -> None:
    """The last deeds in lines, the chain whole, the file row by row."""
    shown = ask(told, url, "audit", "--limit", "5")
    assert shown.exit_code == 0 and len(shown.output.splitlines()) == 5
    assert " by " in shown.output
    whole = ask(told, url, "audit", "--verify")
    assert whole.exit_code == 0 and "is whole" in whole.output
    written = ask(told, url, "audit", "--export", "csv", "--to", f"{tmp_path}/audit.csv")
    assert written.exit_code == 0, written.output
    with (tmp_path / "audit.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert f"{len(rows)} entries" in written.output and f"{len(rows)} entries" in whole.output
    assert rows[-1]["hash"] in whole.output
    assert [int(row["entry"]) for row in rows] == list(range(1, len(rows) + 1))


def test_a_broken_chain_is_an_error(told: Told, url: str) -> None:
    """Exit code 1, and which entry it is: changed, then taken out."""
    mine = AUDIT.c.city == told.city
    for entry, statement in (
        (7, update(AUDIT).where(mine, AUDIT.c.entry == 7).values(actor="admin:#nobody")),
        (3, delete(AUDIT).where(mine, AUDIT.c.entry == 3)),
    ):
        engine = open_archive(url)
        with writing(engine).begin() as connection:
            connection.execute(statement)
        engine.dispose()
        found = ask(told, url, "audit", "--verify")
        assert found.exit_code == 1 and f"entry {entry} " in found.output, found.output


def test_options_that_do_not_fit(told: Told, url: str) -> None:
    """An export needs a file; an archive that is off is said."""
    assert ask(told, url, "audit", "--export", "csv").exit_code == 2
    off = ask(told, "off", "audit", "--verify")
    assert off.exit_code == 1 and "keeps no archive" in off.output
