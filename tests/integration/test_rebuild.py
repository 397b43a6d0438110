"""The event log as a file, and an archive made from it."""

from __future__ import annotations

import gzip
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from balancer.archive import writer as writer_module
from balancer.archive.archiver import READER
from balancer.archive.database import open_archive
from balancer.archive.rebuild import export_events, rebuild
from balancer.archive.tables import HISTORY
from balancer.archive.writer import Writer
from balancer.core.event_log import EventLog
from balancer.errors import BalancerError
from tests.archives import archive_all, rows_at, rows_of, sqlite_at, usable
from tests.past import Past, past
from tests.stores import Server
from tests.town import HOUR

SEED = 7


@pytest.fixture
async def story(valkey: Server, city_name: str) -> AsyncIterator[Past]:
    async with past(valkey.url, city_name, SEED, 250) as story:
        yield story


async def exported(story: Past, url: str, path: Path) -> Path:
    """The log of the story as a file."""
    engine = open_archive(url)
    try:
        log = EventLog(story.town.store, story.town.city.city)
        await export_events(log, Writer(engine, story.town.city.city), path)
    finally:
        engine.dispose()
    return path


def rebuilt(path: Path, url: str) -> None:
    """An archive made from the file."""
    engine = open_archive(url)
    try:
        rebuild(path, engine)
    finally:
        engine.dispose()


async def test_the_same_rows(story: Past, database: str, tmp_path: Path) -> None:
    """Row by row what the live archive holds, and a server could go on from there."""
    live, again = sqlite_at(tmp_path, "live"), usable(database)
    await archive_all(story.town, live)
    rebuilt(await exported(story, live, tmp_path / "events.jsonl.gz"), again)
    city = story.town.city.city
    assert rows_at(again, city) == rows_at(live, city), f"seed {SEED}"
    await story.go_on(30)
    await archive_all(story.town, live)
    await archive_all(story.town, again)
    assert rows_at(again, city) == rows_at(live, city), f"seed {SEED}"


async def test_from_a_log_that_was_trimmed(
    story: Past, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file begins with the archive's own state: from there on every row is the live one."""
    monkeypatch.setattr(writer_module, "CHECKPOINT_EVENTS", 10)
    live, again, city = sqlite_at(tmp_path, "live"), sqlite_at(tmp_path, "again"), story.town.city.city
    for _ in range(4):
        await archive_all(story.town, live)
        await story.go_on(40)
    await archive_all(story.town, live)
    head = await story.town.log.head()
    await story.town.log.mark_reader(READER, head - 60)
    await story.town.log.trim(story.town.clock.real_ms() + 100 * HOUR)
    path = await exported(story, live, tmp_path / "events.jsonl")
    header = json.loads(path.read_bytes().splitlines()[0])
    assert head - 60 <= header["after"] < head and header["state"]["branches"]
    rebuilt(path, again)
    whole, part = rows_at(live, city), rows_at(again, city)
    assert part["progress"] == whole["progress"]
    for table in HISTORY:
        assert part[table] and set(part[table]) <= set(whole[table]), f"{table}, seed {SEED}"
    after = header["state"]["minute"] * 60_000
    assert [row for row in whole["branch_minutes"] if row[1] > after] == part["branch_minutes"]


async def test_words_about_visitors_stay_behind(story: Past, tmp_path: Path) -> None:
    """Notes and reasons of parking are in the log, not in the file."""
    live = sqlite_at(tmp_path)
    await archive_all(story.town, live)
    text = (await exported(story, live, tmp_path / "events.jsonl")).read_text("utf-8")
    assert "a note" not in text and "went to fetch" not in text and '"ticket_called"' in text


async def test_damaged_files(story: Past, tmp_path: Path) -> None:
    """Each fault is named with its line; an archive that has the city already is left alone."""
    live = sqlite_at(tmp_path, "live")
    await archive_all(story.town, live)
    good = (await exported(story, live, tmp_path / "events.jsonl")).read_bytes().splitlines(keepends=True)
    broken = {
        "no header": (b"", "line 1"),
        "not JSON": (b"".join([*good[:5], b"{nonsense\n", *good[6:]]), "line 6"),
        "a gap": (b"".join(good[:5] + good[6:]), "line 6: event 5 where 4 was due|line 6: event .* was due"),
        "another version": (good[0].replace(b'"balancer_events":1', b'"balancer_events":9'), "version 9"),
        "another file": (b'{"hello": 1}\n', "line 1"),
    }
    for number, (name, (content, message)) in enumerate(broken.items()):
        file = tmp_path / f"{number}.jsonl"
        file.write_bytes(content)
        with pytest.raises(BalancerError, match=message) as refused:
            rebuilt(file, sqlite_at(tmp_path, f"broken-{number}"))
        assert refused.value.code == "events_file", name
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(gzip.compress(b"".join(good))[:-200])
    with pytest.raises(BalancerError, match="Events file"):
        rebuilt(cut, sqlite_at(tmp_path, "cut"))
    before = rows_at(live, story.town.city.city)
    with pytest.raises(BalancerError) as refused:
        rebuilt(tmp_path / "events.jsonl", live)
    assert refused.value.code == "archive_not_empty"
    assert rows_at(live, story.town.city.city) == before


def test_an_empty_past(tmp_path: Path) -> None:
    """A file without events makes an archive without rows."""
    file = tmp_path / "events.jsonl"
    file.write_text('{"balancer_events":1,"city":"town","epoch":"e","after":0,"state":{}}\n', "utf-8")
    engine = open_archive(sqlite_at(tmp_path))
    assert rebuild(file, engine).offset == 0
    assert not any(rows_of(engine, "town", list(HISTORY.values())).values())
    engine.dispose()
