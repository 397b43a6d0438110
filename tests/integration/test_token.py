"""`balancer token`: made, listed and ended beside a running server, or before there is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from balancer.cli import main
from tests.server import RunningServer, balancer, running_server
from tests.waiting import wait_until_sync


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """The small city, running."""
    with running_server() as running:
        yield running


def test_a_token_is_printed_alone_and_works_at_once(server: RunningServer) -> None:
    """Beside the running server; revoked, it works no longer."""
    made = balancer(
        "token", "create", "--role", "desk", "--branch", "center", "--desk", "2", "--data", str(server.data)
    )
    assert (made.returncode, made.stderr) == (0, "")
    token = made.stdout.strip()
    assert made.stdout == f"{token}\n" and " " not in token
    path = server.desk_url("center", "2")
    assert server.ask("GET", path, token=token).status == 200
    listed = balancer("token", "list", "--data", str(server.data)).stdout
    identity = token.split(".")[1]
    assert f"{identity}  desk        center/2" in listed and token not in listed
    ended = balancer("token", "revoke", identity, "--data", str(server.data))
    assert ended.returncode == 0
    wait_until_sync(lambda: server.ask("GET", path, token=token).status == 401, within=2, what="revocation")
    assert "revoked" in balancer("token", "list", "--data", str(server.data)).stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--role", "kiosk"), "needs a branch"),
        (("--role", "desk", "--branch", "center"), "needs a desk"),
        (("--role", "admin", "--branch", "center"), "whole city"),
        (("--role", "kiosk", "--branch", "atlantis"), "no branch atlantis; it has center, village"),
        (("--role", "desk", "--branch", "village", "--desk", "9"), "no desk 9; it has 1"),
        (("--role", "mayor"), "mayor"),
        (("--role", "admin", "--city", "lviv"), "no city lviv, only dolyna"),
        (("--role", "admin", "--days", "-1"), "--days"),
    ],
)
def test_a_token_that_cannot_be(server: RunningServer, words: tuple[str, ...], told: str) -> None:
    """Told what is wrong and what there is; nothing on stdout that a script could take for a token."""
    result = CliRunner().invoke(main, ["token", "create", *words, "--data", str(server.data)])
    assert result.exit_code != 0 and told in result.stderr and result.stdout == ""


def test_a_token_without_a_server(tmp_path: Path) -> None:
    """On a folder that no server has used yet: it is good when the server comes."""
    data = tmp_path / "data"
    words = ("--role", "admin", "--city", "kharkiv", "--data", str(data))
    made = balancer("token", "create", *words)
    assert made.returncode == 0, made.stderr
    with running_server(tmp_path, city="kharkiv") as server:
        path = f"{server.branch_url(next(iter(server.definition.branch_by_id)))}/calls"
        assert server.ask("GET", path, token=made.stdout.strip()).status == 200


def test_a_token_that_is_not_there_cannot_be_revoked(server: RunningServer) -> None:
    """A typing mistake is told."""
    result = CliRunner().invoke(main, ["token", "revoke", "0000000000", "--data", str(server.data)])
    assert result.exit_code == 1 and "0000000000" in result.stderr
