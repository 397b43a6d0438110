"""`balancer archive import` at a terminal."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from balancer.archive.database import open_archive
from balancer.archive.export import export_history
from balancer.archive.tables import LEGS
from balancer.cli import main
from tests.archives import fill, leg, sqlite_at


def ask(file: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["archive", "import", str(file), *words])


def test_it_says_what_it_took_or_what_is_wrong(tmp_path: Path) -> None:
    """Into the data folder's archive, or the one that is named; a fault is a line, not a traceback."""
    source = open_archive(sqlite_at(tmp_path, "source"))
    fill(source, LEGS, [leg("a"), leg("b")])
    export_history(source, "town", tmp_path, "csv")
    source.dispose()
    file = tmp_path / "legs.csv"
    place = ("--data", str(tmp_path / "data"))
    assert ask(file, "--city", "town", *place).output == f"{file}: 2 rows, 2 of them new\n"
    assert (tmp_path / "data/archive.sqlite3").exists()
    assert "2 rows, 0 of them new" in ask(file, "--city", "town", *place).output
    other = ("--archive", sqlite_at(tmp_path, "other"))
    assert "2 of them new" in ask(file, "--city", "town", *other).output
    wrong = ask(file, "--city", "village", *place)
    assert wrong.exit_code == 1 and "city" in wrong.output and "row 1" in wrong.output
    off = ask(file, "--city", "town", "--archive", "off")
    assert off.exit_code == 1 and "Traceback" not in off.output
