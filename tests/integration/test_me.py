"""What a page of staff learns from a token, at a real server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.server import RunningServer, running_server


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """The small city."""
    with running_server() as running:
        yield running


@pytest.mark.parametrize(
    ("role", "branch", "desk"),
    [("desk", "center", "2"), ("supervisor", "center", None), ("admin", None, None)],
)
def test_a_token_tells_its_reach(
    server: RunningServer, role: str, branch: str | None, desk: str | None
) -> None:
    """Role, branch and desk as they were given to it."""
    reply = server.ask("GET", "/api/v1/me", token=server.token(role, branch, desk))
    assert reply.json == {"role": role, "branch": branch, "desk": desk}
    assert reply.headers["cache-control"] == "no-store"


def test_without_a_token_nobody_is_anybody(server: RunningServer) -> None:
    """A missing token and a wrong one have codes of their own."""
    assert (server.ask("GET", "/api/v1/me").code, server.ask("GET", "/api/v1/me").status) == (
        "token_missing",
        401,
    )
    assert server.ask("GET", "/api/v1/me", token="wrong").code == "token_invalid"
