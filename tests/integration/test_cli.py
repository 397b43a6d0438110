"""The commands as an operator types them."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from balancer.cli import COMMANDS, main
from tests.server import RunningServer, balancer, running_server


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """The small city, running."""
    with running_server() as running:
        yield running


def test_help_is_quick_and_knows_every_command() -> None:
    """Nothing is imported that is not called: a second is far too much for a list of words."""
    began = time.monotonic()
    result = balancer("--help")
    assert result.returncode == 0
    for name, (_, help) in COMMANDS.items():
        assert name in result.stdout and help in result.stdout
    assert time.monotonic() - began < 5.0
    look = "import sys, balancer.cli; print({'starlette', 'redis', 'numpy', 'uvicorn'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", look], capture_output=True, text=True).stdout == "set()\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    """`--help` of each works and says something."""
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0, result.output
    assert "Usage:" in result.stdout


def test_what_is_no_command() -> None:
    """Exit code 2 and a word about it."""
    result = CliRunner().invoke(main, ["fly"])
    assert result.exit_code == 2 and "fly" in result.stderr


def test_the_doctor_looks_at_the_running_store(server: RunningServer) -> None:
    """Its lines are ok or say what to do; the exit code says which."""
    result = balancer("doctor", "--data", str(server.data))
    assert "persistence" in result.stdout
    assert result.returncode == (1 if "!!" in result.stdout else 0)
    away = CliRunner().invoke(main, ["doctor", "--redis", "redis://127.0.0.1:1"])
    assert away.exit_code == 1 and "start the store" in away.stdout


def test_a_store_that_is_away_is_told_in_a_line() -> None:
    """No traceback for an operator."""
    result = balancer("token", "list", "--redis", "redis://127.0.0.1:1")
    assert result.returncode == 1
    assert result.stderr.startswith("Error: ") and "Traceback" not in result.stderr
