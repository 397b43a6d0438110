"""`GET …/accuracy` at a real server, from visits that really happened there; and the archive beside it."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import msgspec
import pytest

from balancer.messages.accuracy import AccuracyView
from tests.server import Reply, RunningServer, running_server
from tests.waiting import wait_until_sync

VISITS = 6


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server sixty times as fast as the clock on the wall, with its metrics."""
    with running_server(tmp_path_factory.mktemp("accuracy"), speed=60, metrics_port="0") as running:
        yield running


def test_from_visits_to_figures(server: RunningServer) -> None:
    """Tickets are issued with a range, called and served; the report counts every one of them."""
    assert server.desk("village", "1", "open").status == 200
    foretold = visits = 0
    while foretold < VISITS:
        issued = server.issue("village", "extract")
        foretold, visits = foretold + (issued.json["ticket"]["wait"] is not None), visits + 1
        for verb in ("call-next", "start", "finish"):
            assert server.desk("village", "1", verb).status == 200
    wait_until_sync(lambda: archived(server) == visits, within=30, what="all visits in the archive")
    reply = server.ask("GET", f"{server.city_url}/accuracy?weeks=1")
    view = msgspec.json.decode(reply.body, type=AccuracyView)
    assert view.overall.n == VISITS and view.overall.mae is not None
    assert {(each.branch, each.queue) for each in view.queues} == {("village", None), ("village", "papers")}
    assert view.until == "2026-11-23"


def archived(server: RunningServer) -> int:
    """How many visits the server's archive says are over."""
    try:
        with contextlib.closing(sqlite3.connect(server.data / "archive.sqlite3")) as archive:
            found = archive.execute("SELECT count(*) FROM legs WHERE state = 'done'").fetchone()
    except sqlite3.OperationalError:
        return 0
    return int(found[0])


def test_how_far_behind_it_is(server: RunningServer) -> None:
    """The metrics say how many events are not in the archive yet: soon none."""
    found = re.search(rb"metrics address=(\S+)", server.log.read_bytes())
    assert found is not None

    def lag() -> str:
        return urlopen(found[1].decode()).read().decode().partition("\nbalancer_archive_lag ")[2].split()[0]

    wait_until_sync(lambda: lag() == "0.0", within=30, what="no lag")


def test_how_it_is_served(server: RunningServer) -> None:
    """Anybody may read it; it may be cached; a reader who has it gets 304."""
    path = f"{server.city_url}/accuracy?weeks=52"
    first = wait_until_sync(lambda: _ok(server, path), within=30, what="the report")
    assert first is not None
    assert first.headers["cache-control"].startswith("public, max-age=")
    assert first.headers["access-control-allow-origin"] == "*"
    again = server.ask("GET", path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")


def _ok(server: RunningServer, path: str) -> Reply | None:
    reply = server.ask("GET", path)
    return reply if reply.status == 200 else None


@pytest.mark.parametrize("weeks", ["0", "53", "-1", "x", "1.5", "", "9" * 400, "²"])
def test_weeks_that_are_none(server: RunningServer, weeks: str) -> None:
    """The refusal names the field."""
    reply = server.ask("GET", f"{server.city_url}/accuracy?weeks={quote(weeks)}")
    assert (reply.status, reply.code, reply.json["field"]) == (422, "invalid_field", "weeks")


def test_a_server_without_an_archive_and_one_that_is_broken(tmp_path: Path) -> None:
    """Off: 404 with its own code, no file is made. Broken: the city serves as ever, the report says 503."""
    with running_server(tmp_path / "off", archive="off") as server:
        reply = server.ask("GET", f"{server.city_url}/accuracy")
        assert (reply.status, reply.code) == (404, "archive_off")
        assert not (server.data / "archive.sqlite3").exists()
    (tmp_path / "broken/data").mkdir(parents=True)
    (tmp_path / "broken/data/archive.sqlite3").write_bytes(b"no database at all " * 100)
    with running_server(tmp_path / "broken") as server:
        wait_until_sync(
            lambda: b"the archive waits" in server.log.read_bytes(), within=30, what="the line in the log"
        )
        assert server.desk("village", "1", "open").status == 200
        assert server.issue("village", "extract").status == 201
        reply = server.ask("GET", f"{server.city_url}/accuracy")
        assert (reply.status, reply.code) == (503, "archive_unavailable")
        assert server.ask("GET", "/readyz").status == 200


def test_an_archive_setting_that_is_none(tmp_path: Path) -> None:
    """A server with a nonsensical --archive does not start, and says which setting it is."""
    with pytest.raises(AssertionError, match="Field archive"):
        with running_server(tmp_path, archive="somewhere"):
            pass
