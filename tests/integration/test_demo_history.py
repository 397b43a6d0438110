"""A fresh demo's history: planners are answered at once, told that it is made up, and nothing is scored."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest

from balancer.archive.tables import LEGS
from loadtest.demo_history import TASK_FILE, VISITS_FILE, bring_history, want_history
from tests.archives import rows_at, sqlite_at
from tests.city_files import SMALL
from tests.server import running_server

SEED = 4
MONDAY = date(2026, 11, 23)


def test_planners_have_something_to_see(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Made up beside a running server, once; forecast and desks are answered as a demo's, nothing scored."""
    city = tmp_path / "city.toml"
    city.write_text(SMALL, "utf-8")
    with running_server(tmp_path, archive=sqlite_at(tmp_path)) as server:
        want_history(tmp_path, MONDAY, SEED)
        asyncio.run(bring_history(tmp_path, str(city), "dolyna"))
        assert capsys.readouterr().out == "history: six weeks before 2026-11-23, made up; planners see it\n"
        asyncio.run(bring_history(tmp_path, str(city), "dolyna"))
        assert not capsys.readouterr().out, "the second time there is nothing to do"
        for path in ("forecast", "staffing"):
            query = urlencode({"branch": "center", "date": "2026-11-24"})
            address = f"{server.city_url}/planner/{path}?{query}"
            told = server.ask("GET", address, token=server.token("planner")).json
            assert (told["state"], told["demo"]) == ("ready", True), told
        accuracy = server.ask(
            "GET", f"{server.city_url}/accuracy?weeks=6", token=server.token("planner")
        ).json
        assert accuracy["overall"]["n"] == 0 and accuracy["queues"] == []
    rows = rows_at(sqlite_at(tmp_path), "dolyna", [LEGS])["legs"]
    assert len(rows) > 30 * 20 and not (tmp_path / VISITS_FILE).exists()


def test_one_that_fails_is_told_and_tried_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No traceback, the demo goes on; nothing is asked for in a folder that has lived already."""
    asyncio.run(bring_history(tmp_path, "dolyna", "dolyna"))
    assert not capsys.readouterr().out
    want_history(tmp_path, MONDAY, SEED)
    asyncio.run(bring_history(tmp_path, str(tmp_path / "none.toml"), "dolyna"))
    assert capsys.readouterr().out.startswith("history: none, ")
    assert json.loads((tmp_path / TASK_FILE).read_text())["done"] is False
