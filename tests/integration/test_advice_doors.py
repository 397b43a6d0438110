"""Advice at a real server: who is ranked, who is left out and why, what a wrong question is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.city_files import spoiled
from tests.server import RunningServer, running_server
from tests.waiting import wait_until_sync

MATRIX = ('contact = "0 800 000 000"', 'contact = "0 800 000 000"\ntravel_matrix = "minutes.csv"')
VILLAGE_OPEN = ('mon = ["09:00-12:00", "13:00-16:00"]', 'mon = "09:00-18:00"')
ROWS = "point,lat,lon,mode,branch,minutes\nbridge,48.95,24.05,transit,village,44\n"
NEAR_CENTRE = {"lat": "48.969", "lon": "24.012"}
AT_THE_BRIDGE = {"lat": "48.951", "lon": "24.05"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The small city, whose village is open all day here, with a matrix of one row."""
    folder = tmp_path_factory.mktemp("city")
    (folder / "minutes.csv").write_text(ROWS, "utf-8")
    (folder / "city.toml").write_text(spoiled(MATRIX, VILLAGE_OPEN), "utf-8")
    with running_server(city=str(folder / "city.toml")) as running:
        running.desk("center", "4", "open")
        running.desk("village", "1", "open")
        yield running


def advice(server: RunningServer, **query: str) -> Any:
    """What is said to one near the centre who wants an extract."""
    whole = {"service": "extract", **NEAR_CENTRE, **query}
    return server.ask("GET", f"{server.city_url}/advice?{urlencode(whole)}").json


def reasons(view: Any) -> dict[str, str]:
    return {each["branch"]: each["reason"] for each in view["left_out"]}


def test_the_nearer_of_two_empty_branches(server: RunningServer) -> None:
    """With travel, the wait there, when it closes, why in both languages; the made-up one is marked."""
    wait_until_sync(
        lambda: all(each["wait"] for each in advice(server)["branches"]), what="the waits of both branches"
    )
    view = advice(server)
    assert [each["branch"] for each in view["branches"]] == ["center", "village"]
    centre, village = view["branches"]
    assert centre["travel_minutes"] < 5 < village["travel_minutes"]
    assert centre["why"] == {
        "uk": "Ближче за інші, і черга коротка",
        "en": "Nearer than the others, and the line is short",
    }
    assert centre["closes_at"] == "2026-11-23T18:00:00+02:00"
    assert (centre["demo"], village["demo"]) == (False, True)
    assert view["left_out"] == []


def test_nothing_of_it_is_stored_by_anybody(server: RunningServer) -> None:
    """Neither by caches on the way, nor with a cookie; any site may ask."""
    path = f"{server.city_url}/advice?{urlencode({'service': 'extract', **NEAR_CENTRE})}"
    headers = server.ask("GET", path).headers
    assert headers["cache-control"] == "no-store" and "set-cookie" not in headers
    assert headers["access-control-allow-origin"] == "*"


def test_the_matrix_is_used_where_it_knows(server: RunningServer) -> None:
    """From the bridge to the village by transit it takes 44 minutes; on foot the distance counts."""
    by_transit = {each["branch"]: each for each in advice(server, **AT_THE_BRIDGE)["branches"]}
    assert (by_transit["village"]["travel_minutes"], by_transit["village"]["by_matrix"]) == (44.0, True)
    assert by_transit["center"]["by_matrix"] is False
    on_foot = advice(server, mode="walk", **AT_THE_BRIDGE)["branches"]
    assert not any(each["by_matrix"] for each in on_foot)


def test_facilities_and_services(server: RunningServer) -> None:
    """Only the centre has a ramp; only it makes passports."""
    assert reasons(advice(server, facilities="ramp")) == {"village": "facility_missing"}
    assert reasons(advice(server, facilities="lift,ramp")) == {
        "center": "facility_missing",
        "village": "facility_missing",
    }
    assert reasons(advice(server, service="passport")) == {"village": "service_not_offered"}


def test_for_a_later_hour(server: RunningServer) -> None:
    """At a quarter to six nobody is sent far; tomorrow morning all is open again, the waits unknown."""
    late = advice(server, at="2026-11-23T17:45:00+02:00")
    assert reasons(late) == {"village": "closing_too_soon"}
    tomorrow = advice(server, at="2026-11-24T10:00:00+02:00")
    assert {each["branch"]: each["wait"] for each in tomorrow["branches"]}["center"] is None
    night = advice(server, at="2026-11-23T20:00:00+02:00")
    assert night["branches"] == [] and reasons(night) == {"center": "closed", "village": "closed"}
    assert night["left_out"][0]["opens_at"] == "2026-11-24T09:00:00+02:00"


def test_a_paused_branch_is_left_out(server: RunningServer) -> None:
    """As soon as the alarm is known, and back after the all-clear."""
    supervisor, place = server.token("supervisor", "center"), server.branch_url("center")
    assert server.command(f"{place}/alarm", {}, token=supervisor).status == 200
    wait_until_sync(lambda: reasons(advice(server)) == {"center": "paused"}, what="advice knows of the alarm")
    left = advice(server)["left_out"][0]
    assert left["why"] == {"uk": "Прийом призупинено", "en": "Service is paused"}
    assert server.command(f"{place}/all-clear", {}, token=supervisor).status == 200
    wait_until_sync(lambda: reasons(advice(server)) == {}, what="advice knows of the all-clear")


@pytest.mark.parametrize(
    ("query", "status", "code", "field"),
    [
        ({"service": ""}, 422, "invalid_field", "service"),
        ({"service": "nothing"}, 404, "unknown_service", None),
        ({"lat": "abc"}, 422, "invalid_field", "lat"),
        ({"lat": "91"}, 422, "invalid_field", "lat"),
        ({"lon": "nan"}, 422, "invalid_field", "lon"),
        ({"lon": "inf"}, 422, "invalid_field", "lon"),
        ({"mode": "boat"}, 422, "invalid_field", "mode"),
        ({"at": "tomorrow"}, 422, "invalid_field", "at"),
        ({"at": "2026-11-23T12:00:00"}, 422, "invalid_field", "at"),
        ({"at": "2020-11-23T12:00:00+02:00"}, 422, "invalid_field", "at"),
        ({"at": "9999-12-31T23:59:59-23:59"}, 422, "invalid_field", "at"),
        ({"facilities": "ramp,pool"}, 422, "invalid_field", "facilities"),
    ],
)
def test_a_wrong_question(
    server: RunningServer, query: dict[str, str], status: int, code: str, field: str | None
) -> None:
    """Refused by the name of the field."""
    whole = {"service": "extract", **NEAR_CENTRE, **query}
    reply = server.ask("GET", f"{server.city_url}/advice?{urlencode(whole)}")
    assert (reply.status, reply.code, reply.json.get("field")) == (status, code, field)


def test_without_a_place(server: RunningServer) -> None:
    """Named too."""
    reply = server.ask("GET", f"{server.city_url}/advice?service=extract")
    assert (reply.status, reply.code, reply.json["field"]) == (422, "invalid_field", "lat")


def test_from_far_away(server: RunningServer) -> None:
    """On foot from Kyiv nobody is advised to go."""
    view = advice(server, lat="50.45", lon="30.52", mode="walk")
    assert view["branches"] == [] and set(reasons(view).values()) == {"too_far"}
