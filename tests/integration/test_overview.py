"""`GET …/overview`: every branch by the measures that its own supervisor sees, and the city's sums."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.city_files import spoiled
from tests.server import RunningServer, running_server
from tests.waiting import wait_until_sync


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The centre has served one of two, the village, in training, has given out one."""
    folder: Path = tmp_path_factory.mktemp("overview")
    file = folder / "city.toml"
    file.write_text(spoiled(('branch = "village"', 'branch = "village"\nmode = "training"')), "utf-8")
    with running_server(city=str(file)) as running:
        for branch in ("center", "center", "village"):
            assert running.issue(branch, "extract").status == 201
        for verb in ("open", "call-next", "start", "finish"):
            assert running.desk("center", "1", verb).status == 200
        wait_until_sync(lambda: read(running)["sums"]["served"] == 1, what="the service in the measures")
        yield running


def read(server: RunningServer, role: str = "planner") -> Any:
    return server.ask("GET", f"{server.city_url}/overview", token=server.token(role)).json


def test_the_same_measures_as_the_supervisor_s(server: RunningServer) -> None:
    """One definition for every screen: the row is what the head of that branch reads."""
    row = read(server)["branches"][0]
    token = server.token("supervisor", "center")
    own = server.ask("GET", f"{server.branch_url('center')}/supervision", token=token).json
    apart = ("queues", "desks", "as_of", "longest_minutes", "forecast")
    same = [name for name in own["measures"] if name not in apart]
    assert {name: row["measures"][name] for name in same} == {name: own["measures"][name] for name in same}
    assert row["alerts"] == len(own["alerts"])
    assert row["measures"]["strip"]["cells"]


def test_sums_of_the_live_branches(server: RunningServer) -> None:
    """Two visitors, one served, one waiting; the branch in training is shown, marked, and not counted."""
    view = read(server, "admin")
    assert {each["branch"]: each["mode"] for each in view["branches"]} == {
        "center": "live",
        "village": "training",
    }
    assert view["branches"][1]["measures"]["issued"] == 1
    sums = view["sums"]
    assert (sums["issued"], sums["called"], sums["served"], sums["waiting"]) == (2, 1, 1, 1)
    assert (sums["desks_open"], sums["desks_total"]) == (1, 4)
    assert sums["alerts"] == view["branches"][0]["alerts"]
    assert sums["median_minutes"] == view["branches"][0]["measures"]["median_minutes"]
