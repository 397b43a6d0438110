"""The doors beside a ticket at a real server: its guide, its entry for a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from icalendar import Calendar

from tests.city_files import spoiled
from tests.server import Reply, RunningServer, running_server
from tests.taught import waiting_with_a_known_wait


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The small city; its desk 1 is open, so that a free desk calls within a minute."""
    file = tmp_path_factory.mktemp("city") / "guided.toml"
    documents = 'minutes = 6.5\ndocuments = [{ name = { uk = "Паспорт", en = "Passport" } }]'
    file.write_text(spoiled(("minutes = 6.5", documents)), "utf-8")
    with running_server(city=str(file)) as running:
        running.desk("center", "1", "open")
        yield running


def ask(server: RunningServer, issued: Any, door: str, **more: Any) -> Reply:
    """A door of a ticket, by its secret."""
    path = f"{server.city_url}/tickets/{issued['ticket']['id']}/{door}"
    return server.ask("GET", path, token=issued["secret"], **more)


def test_the_guide_follows_the_ticket(server: RunningServer) -> None:
    """Before the call documents and the place; at the call the desk and until when it waits."""
    issued = server.issue("center", "extract").json
    guide = ask(server, issued, "guide")
    assert (guide.status, guide.headers["cache-control"]) == (200, "no-store")
    assert guide.json["documents"] == [
        {"name": {"uk": "Паспорт", "en": "Passport"}, "note": None, "needed": True}
    ]
    assert (guide.json["desk_name"], guide.json["trip"], guide.json["push_key"]) == (None, None, None)
    assert server.desk("center", "1", "call-next").status == 200
    called = ask(server, issued, "guide").json
    assert called["desk_name"]["uk"] == "Місце 1"
    assert called["waits_until"].startswith("2026-11-23T10:0")
    for verb in ("start", "finish"):
        server.desk("center", "1", verb)


def test_a_place_gives_the_way_and_is_not_kept(server: RunningServer) -> None:
    """Minutes by that way of getting about; a wrong place names its field."""
    issued = server.issue("center", "extract").json
    trip = ask(server, issued, "guide?lat=48.98&lon=24.02&mode=walk").json["trip"]
    assert trip["mode"] == "walk" and trip["minutes"] == pytest.approx(trip["km"] * 1.3 / 4.5 * 60, abs=2)
    for query, field in (("lat=999&lon=24", "lat"), ("lat=48", "lon"), ("lat=48&lon=24&mode=boat", "mode")):
        refused = ask(server, issued, f"guide?{query}")
        assert (refused.code, refused.json["field"]) == ("invalid_field", field)
    server.desk("center", "1", "call-next")
    server.desk("center", "1", "left", {})


def test_the_calendar_has_the_call(server: RunningServer) -> None:
    """A file for the reader's calendar while the wait is known; a named refusal afterwards."""
    issued = waiting_with_a_known_wait(server, "center", "1", "extract")
    file = ask(server, issued, "calendar?travel=13&lang=en")
    assert file.headers["content-type"] == "text/calendar; charset=utf-8"
    assert f'filename="{issued["ticket"]["number"]}.ics"' in file.headers["content-disposition"]
    event = Calendar.from_ical(file.body).walk("VEVENT")[0]
    assert issued["ticket"]["number"] in str(event["summary"])
    assert issued["secret"].encode() not in file.body
    server.desk("center", "1", "call-next")
    assert ask(server, issued, "calendar").code == "wait_unknown"
    server.desk("center", "1", "start")
    server.desk("center", "1", "finish")


def test_another_ticket_s_secret_opens_nothing(server: RunningServer) -> None:
    """Neither guide nor calendar."""
    mine, other = server.issue("center", "advice").json, server.issue("center", "advice").json
    for door in ("guide", "calendar"):
        refused = ask(server, {"ticket": mine["ticket"], "secret": other["secret"]}, door)
        assert refused.code == "secret_invalid"
