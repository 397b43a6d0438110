"""`GET …/audit` on a real server: what people did is there within a moment, for admins, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.server import RunningServer, running_server
from tests.waiting import wait_until_sync


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """A small city in which a supervisor, a clerk and reception have done something."""
    with running_server() as running:
        wait_until_sync(lambda: "entries" in read(running), what="the archive's database")
        chief = running.token("supervisor", "center")
        running.command(f"{running.branch_url('center')}/hold", {"reason": "fire drill"}, token=chief)
        running.command(f"{running.branch_url('center')}/resume", token=chief)
        for verb in ("open", "call-next", "start", "finish"):
            if verb == "call-next":
                running.issue("center", "extract")
            running.desk("center", "1", verb)
        yield running


def read(server: RunningServer, **query: object) -> Any:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return server.ask("GET", f"{server.city_url}/audit?{asked}", token=server.token("admin")).json


def test_what_people_did(server: RunningServer) -> None:
    """Newest first; with place, number and reason; nothing of the kiosk that gave out the ticket."""
    wait_until_sync(lambda: "ticket_finished" in kinds(read(server)), what="the clerk's last deed")
    entries = read(server)["entries"]
    assert [entry["entry"] for entry in entries] == list(range(len(entries), 0, -1))
    finished = next(entry for entry in entries if entry["type"] == "ticket_finished")
    assert finished["role"] == "desk" and finished["actor"].startswith("desk:center/1#")
    assert (finished["branch"], finished["desk"]) == ("center", "1") and finished["number"][0].isalpha()
    assert finished["at"].startswith("2026-11-23T10:") and len(finished["hash"]) == 64
    held = next(entry for entry in entries if entry["role"] == "supervisor" and entry["detail"])
    assert "fire drill" in held["detail"].values()
    assert "ticket_issued" not in kinds(read(server, role="desk"))


def kinds(view: Any) -> list[str]:
    return [entry["type"] for entry in view["entries"]]


def test_page_by_page(server: RunningServer) -> None:
    """Two pages hold what one holds; the last says that nothing is older."""
    wait_until_sync(lambda: len(read(server)["entries"]) >= 5, what="some deeds")
    whole = read(server)["entries"]
    first = read(server, limit=2)
    assert first["entries"] == whole[:2] and first["before"] == whole[1]["entry"]
    rest = read(server, before=first["before"])
    assert rest["entries"] == whole[2:] and rest["before"] is None


def test_narrowed(server: RunningServer) -> None:
    """By role and by kind; another branch has nothing."""
    wait_until_sync(lambda: "ticket_finished" in kinds(read(server)), what="the clerk's last deed")
    assert set(kinds(read(server, type="ticket_started"))) == {"ticket_started"}
    assert {entry["role"] for entry in read(server, role="supervisor")["entries"]} == {"supervisor"}
    assert read(server, branch="village")["entries"] == []


@pytest.mark.parametrize(
    ("query", "field"), [("limit=0", "limit"), ("limit=x", "limit"), ("before=-1", "before")]
)
def test_wrong_questions(server: RunningServer, query: str, field: str) -> None:
    """The refusal names the field; a branch that is not there is unknown."""
    reply = server.ask("GET", f"{server.city_url}/audit?{query}", token=server.token("admin"))
    assert (reply.status, reply.json["field"]) == (422, field)
    reply = server.ask("GET", f"{server.city_url}/audit?branch=moon", token=server.token("admin"))
    assert reply.code == "unknown_branch"


def test_without_an_archive() -> None:
    """A server that keeps none says so."""
    with running_server(archive="off") as server:
        reply = server.ask("GET", f"{server.city_url}/audit", token=server.token("admin"))
        assert (reply.status, reply.code) == (404, "archive_off")
