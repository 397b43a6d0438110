"""What the head of a centre sees of a day, over the door, before and after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.city_files import SMALL
from tests.server import RunningServer, running_server
from tests.waiting import wait_until_sync

STANDARD = """
[[standards]]
standard = "wait"
metric = "wait"
name = { uk = "Очікування", en = "Wait" }
target_minutes = 15
guaranteed_minutes = 40
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    """The small city with a promise about waiting, ten o'clock."""
    file = tmp_path / "city.toml"
    file.write_text(SMALL.replace("[[categories]]", f"{STANDARD}\n[[categories]]", 1), "utf-8")
    with running_server(tmp_path, city=str(file)) as running:
        yield running


def supervision(server: RunningServer, covers: int = 0) -> Any:
    """The view once it covers an offset."""
    chief = server.token("supervisor", "center")

    def ask() -> Any:
        reply = server.ask("GET", f"{server.branch_url('center')}/supervision", token=chief)
        assert reply.status == 200, reply.body
        return reply.json if reply.json["offset"] >= covers else None

    return wait_until_sync(ask, what=f"a view that covers {covers}")


def serve_one(server: RunningServer, desk: str) -> int:
    """A visitor comes, is called, served and goes; the last offset."""
    assert server.issue("center", "extract").status == 201
    for verb in ("call-next", "start", "finish"):
        reply = server.desk("center", desk, verb)
        assert reply.status == 200, reply.body
    return int(reply.json["offset"])


def test_the_day_is_the_same_after_a_restart(server: RunningServer) -> None:
    """Counts, waits and the desks' minutes; the same process's and the one's that read the log."""
    for desk in ("1", "2", "4"):
        assert server.desk("center", desk, "open").status == 200
    for desk in ("1", "2", "1", "4"):
        serve_one(server, desk)
    for desk in ("1", "2", "4"):
        closed = server.desk("center", desk, "close")
    before = supervision(server, closed.json["offset"])
    server.restart()
    after = supervision(server, closed.json["offset"])
    for view in (before, after):
        for changing in ("as_of", "forecast"):
            del view["measures"][changing]
        for queue in view["measures"]["queues"]:
            del queue["wait"]  # an estimate of this moment
        del view["city_time"]
    assert after["measures"]["known_from"] is None
    assert before["measures"] == after["measures"]
    assert before["desks"] == after["desks"]
    measures = after["measures"]
    assert (measures["issued"], measures["called"], measures["served"]) == (4, 4, 4)
    assert [desk["done"] for desk in measures["desks"]] == [2, 1, 0, 1]
    assert measures["standards"][0]["within_target"] == 1.0
    assert measures["standards"][0]["n"] == 4


def test_a_queue_without_a_desk_is_told_until_somebody_opens_one(server: RunningServer) -> None:
    """With the desk that would help; opening it by that very action ends the trouble."""
    offset = server.issue("center", "extract").json["offset"]
    told = [each for each in supervision(server, offset)["alerts"] if each["kind"] == "queue_unserved"]
    assert len(told) == 1 and told[0]["queue"] == "papers" and told[0]["count"] == 1
    assert told[0]["action"]["verb"] == "open_desk"
    desk = told[0]["action"]["desk"]
    chief = server.token("supervisor", "center")
    opened = server.command(f"{server.desk_url('center', desk)}/open", token=chief)
    assert opened.status == 200, opened.body
    assert supervision(server, opened.json["offset"])["alerts"] == []


def test_an_incident_of_the_day_is_shown(server: RunningServer) -> None:
    """Who asks sees what was put on record today, the latest first."""
    chief = server.token("supervisor", "center")
    for text in ("перший", "другий"):
        body = {"category": "conflict", "text": text}
        told = server.command(f"{server.branch_url('center')}/incidents", body, token=chief)
        assert told.status == 200, told.body
    shown = supervision(server, told.json["offset"])["incidents"]
    assert [each["text"] for each in shown] == ["другий", "перший"]


def test_only_the_heads_own_branch(server: RunningServer) -> None:
    """Without a token, with another branch's, and of no branch at all."""
    assert server.ask("GET", f"{server.branch_url('center')}/supervision").status == 401
    other = server.token("supervisor", "village")
    assert server.ask("GET", f"{server.branch_url('center')}/supervision", token=other).status == 403
    assert server.ask("GET", f"{server.branch_url('nowhere')}/supervision", token=other).status == 404
