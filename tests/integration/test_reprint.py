"""A lost stub: reception gives the ticket's secret again, and the audit knows who asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.server import Reply, RunningServer, running_server
from tests.waiting import wait_until_sync


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    with running_server() as running:
        yield running


def reprint(server: RunningServer, ticket: str, role: str = "reception", **more: Any) -> Reply:
    token = server.token(role, "center")
    return server.command(f"{server.city_url}/tickets/{ticket}/reprint", token=token, **more)


def test_the_same_secret_again(server: RunningServer) -> None:
    """Number, place and secret as on the first stub; what it opens is the same ticket."""
    issued = server.issue("center", "extract").json
    again = reprint(server, issued["ticket"]["id"])
    assert again.status == 200 and again.json["secret"] == issued["secret"]
    assert again.json["ticket"]["number"] == issued["ticket"]["number"]
    assert again.json["ticket"]["ahead"] == issued["ticket"]["ahead"]
    path = f"{server.city_url}/tickets/{issued['ticket']['id']}"
    assert server.ask("GET", path, token=again.json["secret"]).status == 200


def test_every_reprint_is_on_record_once(server: RunningServer) -> None:
    """With who asked and for which ticket; a repeat under the same key adds nothing."""
    issued = server.issue("center", "extract").json["ticket"]
    for _ in range(2):
        assert reprint(server, issued["id"], key="the-same-key").status == 200

    def deeds() -> list[Any]:
        path = f"{server.city_url}/audit?role=reception"
        view = server.ask("GET", path, token=server.token("admin")).json
        return [each for each in view.get("entries", []) if each["detail"].get("number") == issued["number"]]

    wait_until_sync(deeds, what="the reprint in the audit")
    (deed,) = deeds()
    assert "stub_reprinted" in (deed["type"], *deed["detail"].values())
    assert deed["actor"].startswith("reception:center#") and "secret" not in str(deed)


def test_what_is_over_is_not_printed(server: RunningServer) -> None:
    """A ticket that was given back has no stub; one of another branch is out of reach; kiosks may not."""
    issued = server.issue("center", "extract").json
    path = f"{server.city_url}/tickets/{issued['ticket']['id']}"
    assert server.command(f"{path}/cancel", token=issued["secret"]).status == 200
    assert reprint(server, issued["ticket"]["id"]).code == "ticket_over"
    away = server.issue("village", "extract").json["ticket"]["id"]
    assert reprint(server, away).code == "forbidden"
    assert reprint(server, away, role="kiosk").code == "forbidden"
    assert reprint(server, "nobody").code == "unknown_ticket"
