"""A clerk's day at a real server, with that desk's own token."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from balancer.core.transitions import TABLE
from balancer.routes.desk import DOORS
from tests.server import Reply, RunningServer, running_server
from tests.waiting import wait_until_sync


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """The small city, ten o'clock."""
    with running_server() as running:
        running.desk("center", "4", "open")
        yield running


@pytest.fixture(autouse=True)
def clean(server: RunningServer) -> Iterator[None]:
    """Every test begins and ends with an open, empty desk 4 and nobody in its lines."""
    yield
    server.desk("center", "4", "resume")
    server.desk("center", "4", "start")
    while server.desk("center", "4", "next-leg").status == 200:
        pass
    server.desk("center", "4", "finish")
    while (called := verb(server, "call-next")).json["ticket"]:
        assert called.status == 200
        assert verb(server, "left").status == 200


def verb(server: RunningServer, name: str, body: Any = None, **more: Any) -> Reply:
    return server.desk("center", "4", name, body, **more)


def room(server: RunningServer) -> Any:
    return server.ask("GET", server.desk_url("center", "4"), token=server.token("desk", "center", "4")).json


def test_every_verb_of_a_desk_has_a_door() -> None:
    """The table of transitions knows no verb of desks that cannot be reached."""
    of_desks = {
        row.verb for row in TABLE if row.subject == "desk" or row.roles in (("desk",), ("desk", "timer"))
    }
    assert of_desks - {"close_day", "apply_city"} <= {door.action for door in DOORS}


def test_a_visit_from_call_to_finish(server: RunningServer) -> None:
    """Called, called again, started, finished; every answer has desk, ticket and offset."""
    made = server.issue("center", "advice").json["ticket"]
    offsets = []
    for name, state in (("call-next", "called"), ("start", "serving"), ("finish", "done")):
        reply = verb(server, name)
        assert reply.status == 200
        answer = reply.json
        assert (answer["ticket"]["id"], answer["ticket"]["state"]) == (made["id"], state)
        assert answer["desk"]["ticket"] == (None if state == "done" else made["id"])
        offsets.append(answer["offset"])
    assert offsets == sorted(set(offsets))
    assert answer["ticket"]["outcome"] == "served"


def test_an_empty_line(server: RunningServer) -> None:
    """200 with a null ticket: nothing went wrong."""
    reply = verb(server, "call-next")
    assert (reply.status, reply.json["ticket"]) == (200, None)
    assert reply.json["desk"]["state"] == "open"


def test_the_room_of_a_desk(server: RunningServer) -> None:
    """The line in calling order with waits, the ticket in hand, what is parked: soon after each event."""
    first, second, third = (server.issue("center", "advice").json["ticket"] for _ in range(3))
    assert verb(server, "call", {"ticket": second["id"]}).status == 200
    assert verb(server, "park", {"reason": "copies", "minutes": 20}).status == 200
    done = verb(server, "call-next").json
    seen = wait_until_sync(
        lambda: (found := room(server))["offset"] >= done["offset"] and found, what="the room"
    )
    assert seen["ticket"]["id"] == first["id"]
    assert [each["id"] for each in seen["line"]] == [third["id"]]
    assert seen["line"][0]["waited_minutes"] >= 0
    (parked,) = seen["parked"]
    assert (parked["id"], parked["park_reason"], parked["park_until"][:13]) == (
        second["id"],
        "copies",
        "2026-11-23T10",
    )
    assert seen["branch"]["state"] == "open" and seen["desk"]["desk"] == "4"
    assert verb(server, "wake", {"ticket": second["id"]}).json["ticket"]["state"] == "waiting"


def test_hands_full_and_hands_empty(server: RunningServer) -> None:
    """One ticket at a time; what needs one in hand says so."""
    server.issue("center", "advice")
    server.issue("center", "advice")
    assert verb(server, "start").code == "no_ticket_in_hand"
    verb(server, "call-next")
    assert verb(server, "call-next").code == "desk_busy"
    assert verb(server, "pause").code == "desk_busy"
    assert verb(server, "finish").code == "wrong_state"


def test_the_same_key_calls_one_ticket(server: RunningServer) -> None:
    """A lost reply and a second press: the same visitor, not the next one."""
    for _ in range(2):
        server.issue("center", "advice")
    key = uuid.uuid4().hex
    first, again = verb(server, "call-next", key=key), verb(server, "call-next", key=key)
    assert (again.status, again.body) == (200, first.body)


def test_a_break_and_its_reason(server: RunningServer) -> None:
    """Paused with a reason that colleagues see; calling is refused meanwhile."""
    paused = verb(server, "pause", {"reason": "обід"})
    assert (paused.json["desk"]["state"], paused.json["desk"]["reason"]) == ("paused", "обід")
    assert verb(server, "call-next").code == "desk_paused"
    assert verb(server, "resume").json["desk"]["state"] == "open"


def test_quick_serve_needs_no_ticket(server: RunningServer) -> None:
    """Somebody with one question gets a number and is served at once."""
    served = verb(server, "quick-serve", {"service": "advice"})
    assert served.json["ticket"]["state"] == "serving"
    assert verb(server, "finish").status == 200


def test_a_visit_of_two_services(server: RunningServer) -> None:
    """A leg is added, finishing is refused while it is left, the next leg begins at this desk."""
    server.issue("center", "advice")
    verb(server, "call-next")
    verb(server, "start")
    assert verb(server, "add-leg", {"service": "extract"}).json["ticket"]["legs"] == ["advice", "extract"]
    pending = verb(server, "finish")
    assert (pending.status, pending.code) == (409, "legs_pending")
    following = verb(server, "next-leg").json["ticket"]
    assert (following["state"], following["service"], following["leg"]) == ("serving", "extract", 1)
    assert verb(server, "finish").json["ticket"]["state"] == "done"


def test_handing_on_with_a_note(server: RunningServer) -> None:
    """To another queue, by first arrival, with a note for whoever comes next."""
    server.issue("center", "advice")
    verb(server, "call-next")
    handed = verb(server, "transfer", {"to_queue": "papers", "note": "потрібен витяг"})
    assert handed.json["ticket"]["queue"] == "papers"
    assert handed.json["ticket"]["note"] == "потрібен витяг"
    assert verb(server, "call-next").json["ticket"]["id"] == handed.json["ticket"]["id"]
    assert verb(server, "transfer", {"to_queue": "none"}).code == "unknown_queue"


def test_recalls_and_requeue(server: RunningServer) -> None:
    """A recall at once is too soon; the visitor may go back to the old place."""
    made = server.issue("center", "advice").json["ticket"]
    verb(server, "call-next")
    soon = verb(server, "recall", headers={"accept-language": "en"})
    assert (soon.code, soon.json["title"]) == ("recall_too_soon", "Too soon to recall")
    assert verb(server, "requeue").json["ticket"]["state"] == "waiting"
    assert verb(server, "call-next").json["ticket"]["id"] == made["id"]


def test_an_expected_version_protects_the_clerk(server: RunningServer) -> None:
    """The page shows version 2; somebody moved the ticket on: 409 with what is there now."""
    server.issue("center", "advice")
    called = verb(server, "call-next").json["ticket"]
    assert verb(server, "start", version=called["version"]).status == 200
    stale = verb(server, "start", version=called["version"])
    assert (stale.status, stale.code) == (409, "stale_version")
    assert stale.json["state"]["ticket"]["state"] == "serving"


def test_either_until_or_minutes(server: RunningServer) -> None:
    """Both at once is a mistake, told by its field."""
    server.issue("center", "advice")
    verb(server, "call-next")
    wrong = verb(server, "park", {"minutes": 5, "until": "2026-11-23T10:30:00+02:00"})
    assert (wrong.code, wrong.json["field"]) == ("invalid_field", "minutes")
    parked = verb(server, "park", {"until": "2026-11-23T10:30:00+02:00"})
    assert parked.json["ticket"]["park_until"] == "2026-11-23T10:30:00+02:00"
    assert verb(server, "wake", {"ticket": parked.json["ticket"]["id"]}).status == 200


def test_a_supervisor_releases_a_desk(server: RunningServer) -> None:
    """The clerk is gone: the desk closes and the visitor waits again."""
    server.desk("center", "2", "open")
    server.issue("center", "extract")
    called = server.desk("center", "2", "call-next").json["ticket"]
    chief = server.token("supervisor", "center")
    done = server.command(f"{server.desk_url('center', '2')}/release", {"reason": "gone home"}, token=chief)
    assert (done.json["desk"]["state"], done.json["ticket"]["id"]) == ("closed", called["id"])
    assert done.json["ticket"]["state"] == "waiting"


def test_a_beat_is_cheap_and_only_the_desk_s(server: RunningServer) -> None:
    """A page that has nothing to do says that it lives."""
    path = f"{server.desk_url('center', '4')}/beat"
    beat = server.ask("GET", path, token=server.token("desk", "center", "4"))
    assert (beat.status, list(beat.json)) == (200, ["offset"])
