"""`balancer events`: the log for an operator."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from tests.server import RunningServer, balancer, running_server


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """The small city, running."""
    with running_server() as running:
        yield running


def test_events_are_printed(server: RunningServer) -> None:
    """One line each, with the number and who did it; `--since` leaves out what came before."""
    made = server.issue("center", "extract").json
    result = balancer("events", "--data", str(server.data))
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    assert "city_applied" in lines[0]
    (line,) = [line for line in lines if f"#{made['offset']} " in line]
    assert made["ticket"]["number"] in line and "ticket_issued" in line and "kiosk:center" in line
    later = balancer("events", "--since", str(made["offset"]), "--data", str(server.data))
    assert line not in later.stdout


def test_events_are_followed(server: RunningServer) -> None:
    """What happens from now on, as it happens."""
    words = [sys.executable, "-m", "balancer", "events", "--follow", "--data", str(server.data)]
    seen = threading.Event()

    def issue() -> None:  # the follower may not have begun yet: events are made until it shows one
        while not seen.wait(0.05):
            server.issue("center", "extract")

    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL) as process:
        maker = threading.Thread(target=issue)
        maker.start()
        try:
            assert process.stdout is not None
            assert "ticket_issued" in process.stdout.readline()
        finally:
            seen.set()
            maker.join()
            process.terminate()
