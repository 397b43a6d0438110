"""The doors of the drawn board on a real server: the same picture as the board, for one question."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from websockets.sync.client import connect

from balancer.drawn.tree import text_of
from tests.server import RunningServer, running_server
from tests.waiting import wait_until_sync


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """The small city, at ten on a Monday; a desk is open."""
    with running_server() as running:
        running.desk("center", "1", "open")
        yield running


def draw(server: RunningServer, query: str = "") -> dict:  # type: ignore[type-arg]
    """The drawing for a question."""
    found = server.ask("GET", f"{server.city_url}/board/drawing?{query}")
    assert found.status == 200, found.json
    return dict(found.json)


def test_the_drawing_follows_the_city(server: RunningServer) -> None:
    """A ticket that is issued stands in the drawing no later than half a second afterwards."""
    before = draw(server, "service=extract")
    assert before["about"]["city"] and before["rows"][0]["group"] == "open"
    server.issue("center", "extract")
    wanted = before["offset"] + 1

    def seen() -> bool:
        return bool(draw(server, "service=extract&opened=center")["offset"] >= wanted)

    wait_until_sync(seen, what="a newer drawing")
    row = next(each for each in draw(server, "service=extract&lang=en")["rows"] if each["branch"] == "center")
    assert "Waiting 1" in " ".join(text_of(row["row"]).split())


def test_a_place_is_used_and_kept_nowhere(server: RunningServer) -> None:
    """With a place the answer is for its reader alone; without one anybody may keep it for a second."""
    alone = server.ask("GET", f"{server.city_url}/board/drawing?service=extract&place=50.0,36.2")
    assert alone.headers["cache-control"] == "no-store"
    assert "Найшвидші спершу" in text_of(alone.json["tree"])
    assert "max-age=1" in server.ask("GET", f"{server.city_url}/board/drawing").headers["cache-control"]


def test_who_has_the_drawing_already_gets_no_second_one(server: RunningServer) -> None:
    """304 without a body for as long as nothing has changed; made-up branches make no other question."""
    address = f"{server.city_url}/board/drawing?branch=village&opened=-"

    def asked_twice() -> bool:
        first = server.ask("GET", address + ",nowhere")
        again = server.ask("GET", address, headers={"if-none-match": first.headers["etag"]})
        return (first.status, again.status, again.body) == (200, 304, b"")

    wait_until_sync(asked_twice, what="the same drawing twice")  # a minute may pass between both


@pytest.mark.parametrize("packing", ["gzip", "identity"])
def test_the_short_way_gives_what_the_door_gives(server: RunningServer, packing: str) -> None:
    """Header for header and byte for byte, also a 304; with a token one goes through the door."""
    address = f"{server.city_url}/board/drawing?branch=village&opened=-&lang=en"
    token = server.token("kiosk", "center")

    def looks(known: str, token: str | None) -> tuple[int, dict[str, str], bytes]:
        wanted = {"accept-encoding": packing, "if-none-match": known}
        found = server.ask("GET", address, token=token, headers=wanted)
        return found.status, {**found.headers, "date": ""}, found.body

    def both_ways() -> bool:
        first = looks("", token)
        alike = first == looks("", None) and first[0] == 200
        etag = first[1]["etag"]
        return alike and looks(etag, token) == looks(etag, None) and looks(etag, None)[0] == 304

    wait_until_sync(both_ways, what="the same both ways")  # a minute may pass between two answers


def test_frames_and_drawings_say_how_long_readers_may_take(server: RunningServer) -> None:
    """With hardly anybody there it is a second."""
    assert draw(server)["spread_ms"] == 1000
    with connect(server.base_url.replace("http", "ws") + server.city_url + "/live") as socket:
        frames = [json.loads(socket.recv(timeout=10)) for _ in range(2)]
    assert frames[1]["spread_ms"] == 1000


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("service=nothing", "unknown_service"),
        ("branch=nowhere", "unknown_branch"),
        ("place=here", "invalid_field"),
        ("at=25:00", "invalid_field"),
        ("need=sauna", "invalid_field"),
    ],
)
def test_what_cannot_be_asked_is_refused(server: RunningServer, query: str, code: str) -> None:
    """Each by its name."""
    assert server.ask("GET", f"{server.city_url}/board/drawing?{query}").json["code"] == code


def test_services_are_found_as_people_type(server: RunningServer) -> None:
    """All of them in groups; by words in the order of fitness; nothing is said in words."""
    everything = server.ask("GET", f"{server.city_url}/board/services").json
    assert everything["count"] > 1
    name = text_of(next(each for each in everything["options"] if each[1].get("data-ask")))
    found = server.ask("GET", f"{server.city_url}/board/services?q={quote(name[:6])}").json
    assert name in [text_of(each) for each in found["options"]]
    nothing = server.ask("GET", f"{server.city_url}/board/services?q={quote('ґґґґґґґ')}").json
    assert nothing["count"] == 0 and "не знайдено" in text_of(nothing["options"][0])


def test_a_visit_online_is_counted_and_nothing_else_is_kept(server: RunningServer) -> None:
    """Without a body, a key or a header of its own: a beacon may send it from any page."""
    counted = server.ask("POST", f"{server.city_url}/services/extract/online")
    assert counted.status == 204
    assert server.ask("POST", f"{server.city_url}/services/nothing/online").status == 404
