"""The archive as Parquet and CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sqlalchemy import Engine

from balancer.archive import export as module
from balancer.archive.database import open_archive
from balancer.archive.export import export_history
from balancer.archive.tables import BRANCH_MINUTES, HISTORY, LEGS
from tests.archives import fill, leg, usable
from tests.town import MINUTE, NINE

LEGS_HELD = 25


@pytest.fixture
def engine(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An archive of some legs and one minute, written in small pieces."""
    monkeypatch.setattr(module, "ROWS_AT_ONCE", 10)
    engine = open_archive(usable(database))
    fill(engine, LEGS, [leg(f"t{n:02d}", joined=NINE + n * MINUTE + 7) for n in range(LEGS_HELD - 1)])
    fill(engine, LEGS, [leg("t99", called=None, wait_ms=None, desk=None, outcome='a, "b"\nc', alarmed=True)])
    fill(engine, LEGS, [leg("elsewhere", city="other")])
    minute = {"waiting": 3, "desks_open": 2, "desks_busy": 1, "alarm": "none", "power": "on", "state": "open"}
    fill(engine, BRANCH_MINUTES, [{"city": "town", "minute": NINE, "branch": "centre", **minute}])
    yield engine
    engine.dispose()


def test_parquet(engine: Engine, tmp_path: Path) -> None:
    """Typed: instants are UTC timestamps, spans integers, unknown is null; the city's own rows only."""
    written = export_history(engine, "town", tmp_path, "parquet")
    assert written == {"legs": LEGS_HELD, "branch_minutes": 1, "desk_states": 0}
    legs = pq.read_table(tmp_path / "legs.parquet")
    assert legs.schema.field("joined").type == pa.timestamp("ms", tz="UTC")
    assert legs.schema.field("wait_ms").type == pa.int64()
    assert legs.schema.field("alarmed").type == pa.bool_()
    rows = legs.to_pylist()
    assert rows[0]["joined"] == datetime.fromtimestamp(NINE / 1000, UTC).replace(microsecond=7000)
    assert (rows[-1]["called"], rows[-1]["desk"], rows[-1]["alarmed"]) == (None, None, True)
    assert [row["ticket"] for row in rows] == [*(f"t{n:02d}" for n in range(LEGS_HELD - 1)), "t99"]
    assert pq.read_table(tmp_path / "desk_states.parquet").num_rows == 0
    assert sorted(path.name for path in tmp_path.iterdir() if "parquet" in path.name) == [
        "branch_minutes.parquet",
        "desk_states.parquet",
        "legs.parquet",
    ]


def test_csv(engine: Engine, tmp_path: Path) -> None:
    """What a spreadsheet reads: a head line, RFC 3339, quotes where they are needed."""
    assert export_history(engine, "town", tmp_path / "new", "csv")["legs"] == LEGS_HELD
    with (tmp_path / "new/legs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == LEGS.c.keys()
    assert rows[0]["joined"] == "2026-11-23T07:00:00.007Z"
    assert (rows[-1]["called"], rows[-1]["outcome"], rows[-1]["alarmed"]) == ("", 'a, "b"\nc', "true")
    minutes = (tmp_path / "new/branch_minutes.csv").read_text("utf-8").splitlines()
    assert minutes[1] == "town,2026-11-23T07:00:00.000Z,centre,3,2,1,none,on,open"


def test_a_file_is_whole_or_not_there(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An export that fails leaves the file of before and nothing half-written."""
    export_history(engine, "town", tmp_path, "csv")
    before = (tmp_path / "legs.csv").read_bytes()

    def fails(value: object) -> str:
        raise OSError("no space left on device")

    monkeypatch.setattr(module, "_instant", fails)
    with pytest.raises(OSError, match="no space"):
        export_history(engine, "town", tmp_path, "csv")
    assert (tmp_path / "legs.csv").read_bytes() == before
    files = {path.name for path in tmp_path.iterdir() if not path.name.startswith("archive.")}
    assert files == {f"{name}.csv" for name in HISTORY}
