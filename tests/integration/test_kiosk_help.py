"""Help at a kiosk over the doors of a real server: asked, told to whom, taken, ended, kept over a restart."""

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


def say(server: RunningServer, verb: str = "", role: str = "kiosk", key: str | None = None) -> Reply:
    path = f"{server.branch_url('center')}/help{verb}"
    return server.command(path, token=server.token(role, "center"), key=key)


def kiosk(server: RunningServer) -> Any:
    """What the kiosk is told of its own request."""
    reply = server.ask("GET", f"{server.branch_url('center')}/kiosk", token=server.token("kiosk", "center"))
    return reply.json["help"]


def reception(server: RunningServer) -> Any:
    path, token = server.branch_url("center"), server.token("reception", "center")
    return server.ask("GET", path, token=token).json["help"]


def decisions(server: RunningServer) -> list[str]:
    """What the head of the centre is told to do about it."""
    path, token = f"{server.branch_url('center')}/supervision", server.token("supervisor", "center")
    alerts = server.ask("GET", path, token=token).json["alerts"]
    return [each["action"]["verb"] for each in alerts if each["kind"] == "help_asked"]


def deeds(server: RunningServer, *kinds: str) -> list[dict[str, Any]]:
    """Those in the audit, oldest first."""
    view = server.ask("GET", f"{server.city_url}/audit", token=server.token("admin")).json
    found = [each for each in reversed(view.get("entries", [])) if each["detail"].get("kind") in kinds]
    return [{**each["detail"], "actor": each["actor"]} for each in found]


def test_from_the_button_to_the_end(server: RunningServer) -> None:
    """Over a restart, and each command twice: one request, one taker, one end, each once in the audit."""
    asked = say(server, key="asked-once")
    assert asked.status == 200, asked.body
    assert say(server, key="asked-once").json == asked.json, "at the same place in the log"
    device = asked.json["help"]["device"]
    assert say(server).json["help"] == asked.json["help"], "a second press is the same request"
    server.restart()
    assert reception(server) == [asked.json["help"]] and kiosk(server) == asked.json["help"]
    assert asked.json["help"]["going"] is None and asked.json["help"]["late_at"] is not None
    assert decisions(server) == ["answer_help"]

    for _ in range(2):
        taken = say(server, f"/{device}/answer", "reception", "going-once")
        assert taken.json["help"]["going"] == "reception"
    slower = say(server, f"/{device}/answer", "supervisor")
    assert slower.status == 200 and slower.json["help"]["going"] == "reception"
    assert kiosk(server)["going"] == "reception" and decisions(server) == []

    for _ in range(2):
        assert say(server, f"/{device}/end", "reception", "ended-once").json["help"] is None
    assert reception(server) == [] and kiosk(server) is None
    kinds = ("help_asked", "help_answered", "help_ended")
    wait_until_sync(lambda: len(deeds(server, *kinds)) == 3, what="all three in the audit")
    first, answered, ended = deeds(server, *kinds)
    assert tuple(each["kind"] for each in (first, answered, ended)) == kinds
    assert (first["answered"], ended["answered"]) == (False, True)
    assert first["actor"].startswith("kiosk:center#")
    assert answered["asked"] == asked.json["help"]["since"] and answered["device"] == device
    assert answered["actor"].startswith("reception:center#")


def test_the_kiosk_ends_it_itself(server: RunningServer) -> None:
    """The person goes back to the start; the asking is later in the log than what pages have seen of it."""
    path, token = server.branch_url("center"), server.token("reception", "center")
    before = server.ask("GET", path, token=token).json
    assert say(server).json["offset"] > before["offset"]
    assert decisions(server) == ["answer_help"]
    for _ in range(2):
        assert say(server, "/withdraw", key="withdrawn-once").json["help"] is None
    assert reception(server) == [] and kiosk(server) is None and decisions(server) == []


def test_what_is_refused(server: RunningServer) -> None:
    """Nobody is there, a key that was used for something else, a role that does not help."""
    over = say(server, "/0123456789/answer", "reception")
    assert (over.status, over.code) == (409, "help_over")
    assert say(server, "/withdraw").json["help"] is None, "a kiosk at its greeting asks without harm"
    assert say(server, key="one-key-for-two").status == 200
    assert say(server, "/withdraw", key="one-key-for-two").code == "idempotency_key_reused"
    assert len(reception(server)) == 1, "and nothing was withdrawn by that"
    assert say(server, role="reception").code == "forbidden"
    assert say(server, "/0123456789/answer", "kiosk").code == "forbidden"
    assert say(server, "/withdraw").status == 200
