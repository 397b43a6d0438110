"""The doors of the hall at a real server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.server import RunningServer, running_server


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """The small city, running."""
    with running_server() as running:
        yield running


def test_a_display_reads_its_hall(server: RunningServer) -> None:
    """Called, next, waits, posters, people; nothing that is nobody's business."""
    for desk in ("1", "2"):
        assert server.desk("center", desk, "open").status == 200
    numbers = [server.issue("center", "extract").json["ticket"]["number"] for _ in range(4)]
    assert server.desk("center", "1", "call-next").status == 200
    token = server.token("display", "center")
    reply = server.ask("GET", f"{server.branch_url('center')}/hall", token=token)
    assert reply.status == 200 and reply.headers["cache-control"] == "no-store"
    hall = reply.json
    assert [(row["number"], row["desk"], row["state"]) for row in hall["called"]] == [
        (numbers[0], "1", "called")
    ]
    assert hall["next"] == numbers[1:]
    assert hall["hall"] == {"people": 4, "capacity": None}
    assert {each["queue"] for each in hall["queues"]} == {"papers", "advice"} and hall["notices"]
    assert not {"secret", "priority", "service"} & set(reply.body.decode().split('"'))


def test_the_leaflet_is_for_everybody(server: RunningServer) -> None:
    """Plain text in the language that is asked for."""
    uk = server.ask("GET", "/hall/center/leaflet.txt?lang=uk")
    assert (uk.status, uk.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    assert "Години роботи" in uk.body.decode()
    en = server.ask("GET", "/hall/center/leaflet.txt", headers={"accept-language": "en"})
    assert "Opening hours" in en.body.decode() and en.headers["content-language"] == "en"
    assert server.ask("GET", "/hall/atlantis/leaflet.txt").code == "unknown_branch"
