"""`balancer archive`: status, export, rebuild, run, forget, on a store with a past."""

from __future__ import annotations

import asyncio
import uuid
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from balancer.archive.archiver import READER
from balancer.cli import main
from balancer.core.connect import connect
from balancer.core.event_log import EventLog
from tests.archives import rows_at, sqlite_at
from tests.past import Told, tell
from tests.stores import Server

SEED = 3


@pytest.fixture(scope="module")
def told(valkey: Server) -> Told:
    """A past in a city of its own."""
    return asyncio.run(tell(valkey.url, f"told-{uuid.uuid4().hex[:8]}", SEED, 150))


class Archive:
    """The command on that city."""

    def __init__(self, told: Told, folder: Path) -> None:
        self.told = told
        self.url = sqlite_at(folder)

    def ask(self, *words: str, url: str | None = None) -> Result:
        """One call; `url` is another database."""
        place = ("--city", self.told.city, "--redis", self.told.url, "--archive", url or self.url)
        return CliRunner().invoke(main, ["archive", *words, *place])

    def good(self, *words: str, url: str | None = None) -> str:
        """What a call that must succeed says."""
        result = self.ask(*words, url=url)
        assert result.exit_code == 0, result.output
        return result.output


@pytest.fixture
def archive(told: Told, tmp_path: Path) -> Archive:
    return Archive(told, tmp_path)


def test_the_whole_way(archive: Archive, tmp_path: Path) -> None:
    """Archive what there is, look at it, write it out, make it anew from the events: the same rows."""
    assert "archived up to event" in archive.good("run", "--once")
    status = dict(line.split(maxsplit=1) for line in archive.good("status").splitlines())
    assert status["behind"] == "0" and int(status["legs"]) >= len(archive.told.tickets)
    assert archive.url in status["database"] and "2026-11-23 to" in status["days"]
    assert f"{tmp_path}/out/legs.parquet: {status['legs']} rows" in archive.good(
        "export", "--format", "parquet", "--to", f"{tmp_path}/out"
    )
    assert pq.read_metadata(tmp_path / "out/legs.parquet").num_rows == int(status["legs"])
    archive.good("export", "--format", "csv", "--to", f"{tmp_path}/out")
    assert (tmp_path / "out/branch_minutes.csv").read_text("utf-8").count("\n") == int(
        status["branch_minutes"]
    ) + 1
    archive.good("export", "--format", "events", "--to", f"{tmp_path}/events.jsonl.gz")
    again = sqlite_at(tmp_path, "again")
    words = ["archive", "rebuild", "--events", f"{tmp_path}/events.jsonl.gz", "--to", again]
    result = CliRunner().invoke(main, words)
    assert (result.exit_code, result.output) == (0, f"archived up to event {status['offset']}\n")
    assert rows_at(again, archive.told.city) == rows_at(archive.url, archive.told.city), f"seed {SEED}"
    assert CliRunner().invoke(main, words).exit_code == 1


def test_an_archive_that_is_empty(archive: Archive) -> None:
    """Nothing read yet: said, and no error."""
    said = archive.good("status")
    assert "behind" in said and "days             none" in said


def test_the_log_is_let_go(archive: Archive) -> None:
    """After `forget` the log is kept for nobody."""
    archive.good("run", "--once")
    assert f"{READER} from" in archive.good("status")
    place = ["--city", archive.told.city, "--redis", archive.told.url]
    assert CliRunner().invoke(main, ["archive", "forget", *place]).exit_code == 0

    async def readers() -> dict[str, int]:
        store = await connect(archive.told.url, archive.told.city)
        try:
            return await EventLog(store, archive.told.city).readers()
        finally:
            await store.close()

    assert asyncio.run(readers()) == {}


@pytest.mark.parametrize(
    "words", [("status",), ("run", "--once"), ("export", "--format", "csv", "--to", "x")]
)
def test_what_is_wrong_is_said_in_a_line(archive: Archive, tmp_path: Path, words: tuple[str, ...]) -> None:
    """A broken database, a senseless address, an archive that is off: exit code 1 and the reason."""
    (tmp_path / "broken").write_bytes(b"no database at all " * 100)
    for url, reason in (
        (f"sqlite:///{tmp_path}/broken", "not a database"),
        ("mysql://h/db", "Field archive"),
        ("off", "keeps no archive"),
    ):
        result = archive.ask(*words, url=url)
        assert result.exit_code == 1, result.output
        assert reason in result.output and "Traceback" not in result.output
