"""Whole servers and an alarm feed: settings, the board, a restart in mid-alarm, two processes of one city."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.alarm_feeds import KEY, AlarmService
from tests.server import RunningServer, balancer, running_server
from tests.stores import Server
from tests.waiting import wait_until_sync


@pytest.fixture
def service() -> Iterator[AlarmService]:
    """alerts.in.ua, in peace."""
    with AlarmService("alerts.in.ua") as running:
        yield running


def settings(service: AlarmService) -> dict[str, Any]:
    """What a server needs to ask it, ten times a second."""
    return {
        "alarm_feed": service.form,
        "alarm_key": KEY,
        "alarm_region": "22,1293",
        "alarm_url": service.url,
        "alarm_poll_seconds": "0.1",
    }


def states(server: RunningServer) -> dict[str, str]:
    """The board's word for each branch."""
    board = server.ask("GET", f"{server.city_url}/board").json
    return {each["branch"]: each["state"] for each in board["branches"]}


def paused(server: RunningServer) -> bool:
    """Whether the whole city stands."""
    return set(states(server).values()) == {"paused"}


def open_again(server: RunningServer) -> bool:
    """Whether the whole city receives."""
    return set(states(server).values()) == {"open"}


def test_the_board_says_so_and_a_restart_sounds_nothing_twice(service: AlarmService, tmp_path: Path) -> None:
    """From the siren to the all-clear, which comes while the server is down. The key is in no log."""
    with running_server(tmp_path, **settings(service)) as server:
        service.sound("22")
        wait_until_sync(lambda: paused(server), what="the alarm on the board")
        assert server.issue("center", "extract").code == "branch_paused"
        server.restart()
        before = service.asked()
        wait_until_sync(lambda: service.asked() > before + 2, what="a few looks after the restart")
        assert paused(server)
        server.stop()
        service.clear("22")
        server.start()
        wait_until_sync(lambda: open_again(server), what="the all-clear on the board")
        said = server.log.read_text("utf-8")
        assert said.count("alarms: alarm ") == 2, "one a branch"
        assert said.count("alarms: all-clear ") == 2
        assert KEY not in said


def test_two_processes_of_a_city_ask_as_one(service: AlarmService, valkey: Server, tmp_path: Path) -> None:
    """One asks; when it is killed, the other one does; every alarm is sounded once."""
    both = {**settings(service), "redis": valkey.url, "archive": "off"}
    with running_server(tmp_path / "a", **both) as first, running_server(tmp_path / "b", **both) as second:
        service.sound("1293")
        wait_until_sync(lambda: paused(first) and paused(second), what="the alarm on both boards")
        said = first.log.read_text("utf-8") + second.log.read_text("utf-8")
        assert said.count("alarms: alarm ") == 2
        asking, other = (
            (first, second) if "alarms: alarm " in first.log.read_text("utf-8") else (second, first)
        )
        asking.stop()
        service.clear("1293")
        wait_until_sync(lambda: open_again(other), within=30, what="the other one's all-clear")


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (["--alarm-feed", "sirens", "--alarm-key", "k", "--alarm-region", "22"], "sirens"),
        (["--alarm-feed", "alerts.in.ua", "--alarm-region", "22"], "--alarm-key"),
        (["--alarm-feed", "alerts.in.ua", "--alarm-key", "k"], "--alarm-region"),
        (["--alarm-feed", "alerts.in.ua", "--alarm-key", "k", "--alarm-region", "x=22"], "no such branch: x"),
        (
            [
                "--alarm-feed",
                "ukrainealarm",
                "--alarm-key",
                "k",
                "--alarm-region",
                "22",
                "--alarm-poll-seconds",
                "1",
            ],
            "--alarm-poll-seconds",
        ),
    ],
)
def test_a_wrong_setting_is_named_at_the_start(flags: list[str], says: str, tmp_path: Path) -> None:
    """And not when the siren sounds."""
    ended = balancer("serve", "--data", str(tmp_path), "--port", "0", *flags)
    assert ended.returncode == 1 and says in ended.stderr, ended.stderr
