"""Incidents at a real server: by the desk, by reception; the fields are checked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.server import RunningServer, running_server


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    with running_server() as running:
        yield running


def test_reception_records_an_incident(server: RunningServer) -> None:
    """The answer is the branch as it is; an unknown kind and words without end are refused by their names."""
    path, token = f"{server.branch_url('center')}/incidents", server.token("reception", "center")
    reply = server.command(path, {"category": "conflict", "text": "гучна розмова"}, token=token)
    assert reply.status == 200
    assert reply.json["branch"]["branch"] == "center" and reply.json["offset"] > 0
    for body, field in (
        ({"category": "fire"}, "category"),
        ({"text": "no kind"}, "category"),
        ({"category": "other", "text": "x" * 501}, "text"),
    ):
        refused = server.command(path, body, token=token)
        assert (refused.status, refused.code, refused.json["field"]) == (422, "invalid_field", field)
