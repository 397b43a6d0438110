"""The room of a desk over its door: policy, priorities, its own day, and a branch that is not public."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.city_files import spoiled
from tests.server import RunningServer, running_server
from tests.waiting import wait_until_sync


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The small city, whose village is in training; a minute is a second."""
    folder = tmp_path_factory.mktemp("desk-room")
    city = folder / "city.toml"
    rest = "recalls_max = 3\nrest_after_minutes = 90\n"
    city.write_text(spoiled(("recalls_max = 3\n", rest), ("demo = true\n", 'mode = "training"\n')), "utf-8")
    with running_server(folder, city=str(city), speed=60) as running:
        yield running


def room(server: RunningServer, branch: str, desk: str) -> Any:
    """What that desk sees."""
    return server.ask("GET", server.desk_url(branch, desk), token=server.token("desk", branch, desk)).json


def test_a_desk_sees_its_policy_its_priorities_and_its_own_day(server: RunningServer) -> None:
    """Minutes by the city's clock; the other desk's day stays its own."""
    assert server.issue("center", "extract").status == 201
    for verb in ("open", "call-next", "start"):
        assert server.desk("center", "1", verb).status == 200
    wait_until_sync(lambda: room(server, "center", "1")["day"]["busy_minutes"] >= 1, what="a minute of work")
    assert server.desk("center", "1", "finish").status == 200
    assert server.desk("center", "1", "pause", {"reason": "Обід"}).status == 200
    wait_until_sync(lambda: room(server, "center", "1")["day"]["done"] == 1, what="the day")
    seen = room(server, "center", "1")
    assert seen["policy"] == {
        "service_amber_minutes": 20,
        "service_red_minutes": 25,
        "rest_after_minutes": 90,
    }
    assert [each["priority"] for each in seen["priorities"]] == ["disability"]
    assert {"busy", "paused"} <= {each["kind"] for each in seen["day"]["spans"]}
    assert seen["day"]["nonstop_minutes"] == 0 and seen["definition"] is None
    assert room(server, "center", "2")["day"]["done"] == 0


def test_a_branch_in_training_tells_its_desks_what_it_is(server: RunningServer) -> None:
    """The public definition does not know it."""
    public = server.ask("GET", server.city_url).json
    assert [each["branch"] for each in public["branches"]] == ["center"]
    definition = room(server, "village", "1")["definition"]
    assert definition["name"]["uk"] == "Село" and definition["service_red_minutes"] == 25
    assert [each["queue"] for each in definition["queues"]] == ["advice", "papers"]
