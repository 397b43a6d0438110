"""The whole demo as somebody at a terminal runs it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from loadtest.demo import first_day
from loadtest.own_server import free_port
from tests.waiting import wait_until_sync

ROLES = {"kiosk", "display", "desk", "reception", "supervisor", "planner", "admin"}
SECOND_START_SECONDS = 10.0


class Terminal:
    """A running demo: what it has said so far, and what its board shows."""

    def __init__(self, data: Path, port: int) -> None:
        words = ["demo", "--port", str(port), "--data", str(data), "--seed", "5", "--speed", "30"]
        self.port = port
        self.said = ""
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "balancer", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line

    def stop(self) -> None:
        """Ctrl-C, and everything that it still says."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(30)
        finally:
            self.process.kill()
            self._listener.join()
            assert self.process.stdout is not None
            self.process.stdout.close()

    def board(self) -> dict[str, Any] | None:
        """The board; None while nobody serves it."""
        address = f"http://127.0.0.1:{self.port}/api/v1/cities/kharkiv/board"
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                board: dict[str, Any] = json.load(answer)
                return board
        except OSError:
            return None

    def lively(self) -> dict[str, Any] | None:
        """The board, once people wait and are called in the city."""
        board = self.board()
        if board is None:
            return None
        branches = board["branches"]
        called = any(branch["last_called"] for branch in branches)
        return board if called and any(branch["waiting"] for branch in branches) else None


@contextmanager
def demo(data: Path, port: int) -> Iterator[Terminal]:
    terminal = Terminal(data, port)
    try:
        yield terminal
    finally:
        terminal.stop()



def processes_of(data: Path) -> list[str]:
    """Command lines of living processes that name this folder."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if any(str(data) in word for word in words) and folder.name != str(os.getpid()):
            found.append(" ".join(words))
    return found


def test_a_living_city_that_stops_whole_and_starts_again(tmp_path: Path) -> None:
    """Traffic within seconds, pages and roles told, nothing left after Ctrl-C; then the next working day."""
    data, port = tmp_path / "demo", free_port("127.0.0.1")
    with demo(data, port) as first:
        board = wait_until_sync(first.lively, within=30, what="people on the board")
        assert re.search(r"T09:(3|4)", board["as_of"]), board["as_of"]
        wait_until_sync(lambda: "Ctrl-C stops" in first.said, within=30, what="the list of tokens")
        tokens, rooms = first.said.split("tokens:")[1].split("rooms:")
        told = dict(re.findall(r"^ +(\w+) +(\S+)", tokens, re.M))
        assert set(told) == ROLES
        here = f"http://127.0.0.1:{port}"
        assert {f"{here}/", f"{here}/docs", f"{here}/desk#token={told['desk']}"} <= set(rooms.split())
        assert f"{here}/kiosk/city#token={told['kiosk']}" in rooms
        desk = board["branches"][0]
        assert desk["desks_open"] == desk["desks_total"] - 1, "one desk is left to whoever tries its page"
    assert first.process.returncode == 0
    assert "stopped" in first.said and "Traceback" not in first.said
    wait_until_sync(lambda: not processes_of(data), within=10, what="the end of every process")

    with demo(data, port) as second:
        later = wait_until_sync(second.lively, within=30, what="people on the board")
        assert time.monotonic() - second.began < SECOND_START_SECONDS
        assert later["as_of"][:10] > board["as_of"][:10]
        assert later["epoch"] == board["epoch"]


def test_the_first_day_of_a_folder(tmp_path: Path) -> None:
    """Today, or the day after the last one begun there."""
    assert first_day(tmp_path) == date.today()
    (tmp_path / "demo.json").write_text('{"day": "2026-11-23"}')
    assert first_day(tmp_path) == date(2026, 11, 24)
    (tmp_path / "demo.json").write_text("broken")
    assert first_day(tmp_path) == date.today()
