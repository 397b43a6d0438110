"""Legs from a file: what was exported comes back whole, twice is once, the first bad cell is named."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from balancer.archive.database import open_archive
from balancer.archive.export import Format, export_history
from balancer.archive.intake import take_in
from balancer.archive.tables import LEGS
from balancer.errors import BalancerError
from tests.archives import fill, leg, rows_at, sqlite_at, usable

CITY = "town"
Spoil = Callable[[list[str], list[list[str]]], None]


def exported(folder: Path, kind: Format, count: int = 5) -> Path:
    """A file of that many legs, the last one still waiting."""
    engine = open_archive(sqlite_at(folder, "source"))
    waiting = dict.fromkeys(("called", "started", "finished", "ended", "wait_ms", "outcome", "first_p50"))
    legs = [leg(f"t{number}") for number in range(count - 1)]
    fill(engine, LEGS, [*legs, leg("last", state="waiting", alarmed=True, **waiting)])
    export_history(engine, CITY, folder, kind)
    engine.dispose()
    return folder / f"legs.{kind}"


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_what_was_written_out_comes_back_and_twice_is_once(
    tmp_path: Path, kind: Format, database: str
) -> None:
    """The same rows in either kind of database; the second time nothing is new; a row that is there stays."""
    file = exported(tmp_path, kind)
    engine = open_archive(usable(database))
    fill(engine, LEGS, [leg("t1", desk="kept")])
    assert take_in(engine, CITY, file) == (5, 4)
    assert take_in(engine, CITY, file) == (5, 0)
    engine.dispose()
    wanted = rows_at(sqlite_at(tmp_path, "source"), CITY, [LEGS])["legs"]
    found = rows_at(usable(database), CITY, [LEGS])["legs"]
    assert len(found) == 5
    assert [row for row in found if row[1] != "t1"] == [row for row in wanted if row[1] != "t1"]
    assert [row for row in found if row[1] == "t1"] == [
        tuple(leg("t1", desk="kept")[each.name] for each in LEGS.c)
    ]


def test_a_file_from_before_payments_were_timed(tmp_path: Path) -> None:
    """It has no such column; its visits are taken in without."""
    file = exported(tmp_path, "csv")
    with file.open(encoding="utf-8") as source:
        rows = [{k: v for k, v in row.items() if k != "paying_ms"} for row in csv.DictReader(source)]
    with file.open("w", encoding="utf-8", newline="") as target:
        lines = csv.DictWriter(target, rows[0])
        lines.writeheader()
        lines.writerows(rows)
    engine = open_archive(sqlite_at(tmp_path, "target"))
    assert take_in(engine, CITY, file) == (5, 5)
    engine.dispose()
    place = LEGS.c.keys().index("paying_ms")
    assert {row[place] for row in rows_at(sqlite_at(tmp_path, "target"), CITY, [LEGS])["legs"]} == {None}


def put(column: str, value: str) -> Spoil:
    """Spoil that cell of the third row."""

    def spoil(head: list[str], rows: list[list[str]]) -> None:
        rows[2][head.index(column)] = value

    return spoil


def drop(head: list[str], rows: list[list[str]]) -> None:
    """Take the column `joined` away."""
    place = head.index("joined")
    for row in (head, *rows):
        del row[place]


@pytest.mark.parametrize(
    ("spoil", "column", "said"),
    [
        (drop, "joined", "there is no such column"),
        (put("joined", "yesterday"), "joined", "row 3: 'yesterday'"),
        (put("wait_ms", "-1"), "wait_ms", "row 3: -1"),
        (put("queue", ""), "queue", "row 3: is empty"),
        (put("state", "asleep"), "state", "row 3: 'asleep'"),
        (put("city", "another"), "city", "row 3: 'another'"),
        (put("day", "2026-02-30"), "day", "row 3: '2026-02-30'"),
        (put("first_p90", "nan"), "first_p90", "row 3: nan"),
        (put("leg", "99999"), "leg", "row 3: '99999'"),
        (put("alarmed", "perhaps"), "alarmed", "row 3: 'perhaps'"),
        (put("service", "a\0b"), "service", "row 3: 'a\\x00b'"),
    ],
)
def test_the_first_bad_cell_is_named_and_nothing_is_kept(
    tmp_path: Path, spoil: Spoil, column: str, said: str
) -> None:
    """Column and row, in the words of whoever has to mend the file."""
    file = exported(tmp_path, "csv")
    with file.open(newline="", encoding="utf-8") as lines:
        head, *rows = csv.reader(lines)
    spoil(head, rows)
    with file.open("w", newline="", encoding="utf-8") as lines:
        csv.writer(lines).writerows([head, *rows])
    engine = open_archive(sqlite_at(tmp_path, "target"))
    with pytest.raises(BalancerError) as caught:
        take_in(engine, CITY, file)
    engine.dispose()
    assert (caught.value.code, caught.value.params["field"]) == ("invalid_field", column)
    assert said in caught.value.params["why"]["en"]
    assert rows_at(sqlite_at(tmp_path, "target"), CITY, [LEGS])["legs"] == []


@pytest.mark.parametrize("name", ["legs.txt", "legs.parquet", "legs.csv"])
def test_a_file_of_another_kind(tmp_path: Path, name: str) -> None:
    """Neither by its name nor by what is in it."""
    (tmp_path / name).write_bytes(b"PK\x03\x04 nothing of the kind")
    engine = open_archive(sqlite_at(tmp_path))
    with pytest.raises(BalancerError, match=r"Field|Поле"):
        take_in(engine, CITY, tmp_path / name)
    engine.dispose()
