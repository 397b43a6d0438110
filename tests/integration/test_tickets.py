"""A visitor's doors at a real server: taking a ticket, looking at it, giving it back, being helped."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from balancer.core.tokens import ticket_secret
from tests.city_files import spoiled
from tests.server import RunningServer, city_key, running_server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The small city, which here gives out tickets from afar and keeps a missed ticket out at once."""
    file = tmp_path_factory.mktemp("city") / "remote.toml"
    remote = ('contact = "0 800 000 000"', 'contact = "0 800 000 000"\nremote_tickets = true')
    strict = ("recalls_max = 3", "recalls_max = 3\nno_show_chances = 0")
    file.write_text(spoiled(remote, strict), "utf-8")
    with running_server(city=str(file)) as running:
        running.desk("center", "4", "open")
        yield running


def at_desk(server: RunningServer, ticket: str, *verbs: str) -> None:
    """Call that ticket to desk 4 of the centre, and do these verbs."""
    assert server.desk("center", "4", "call", {"ticket": ticket}).status == 200
    for verb in verbs:
        assert server.desk("center", "4", verb).status == 200


def test_a_new_ticket_is_fully_told(server: RunningServer) -> None:
    """201, where it may be read, its secret, and the fixed fields of design §8."""
    reply = server.issue("center", "extract")
    assert reply.status == 201
    answer, ticket = reply.json, reply.json["ticket"]
    assert reply.headers["location"] == f"{server.city_url}/tickets/{ticket['id']}"
    assert reply.headers["cache-control"] == "no-store"
    assert re.fullmatch(r"P\d{3}", ticket["number"])
    assert (ticket["state"], ticket["branch"], ticket["service"], ticket["queue"]) == (
        "waiting",
        "center",
        "extract",
        "papers",
    )
    assert (ticket["desk"], ticket["version"]) == (None, 1)
    assert isinstance(ticket["ahead"], int)
    assert ticket["arrived"].startswith("2026-11-23T10:") and ticket["arrived"].endswith("+02:00")
    assert len(answer["secret"]) == 43 and answer["offset"] > 0


def test_a_double_tap_is_one_ticket_word_for_word(server: RunningServer) -> None:
    """The same key: the same bytes, also later, when others stand behind; also sent ten at once."""
    key = uuid.uuid4().hex
    first = server.issue("center", "extract", key=key)
    server.issue("center", "extract")
    with ThreadPoolExecutor(10) as threads:
        repeats = list(threads.map(lambda _: server.issue("center", "extract", key=key), range(10)))
    assert {(reply.status, reply.body) for reply in repeats} == {(201, first.body)}


def test_ten_taps_at_once_are_one_ticket(server: RunningServer) -> None:
    """Not even the first answer has come when the others are sent."""
    key = uuid.uuid4().hex
    server.token("kiosk", "center")
    with ThreadPoolExecutor(10) as threads:
        bodies = {
            reply.body
            for reply in threads.map(lambda _: server.issue("center", "extract", key=key), range(10))
        }
    assert len(bodies) == 1


def test_a_key_belongs_to_one_caller_and_one_body(server: RunningServer) -> None:
    """Another body, another path or another caller under the same key is refused, and learns nothing."""
    key = uuid.uuid4().hex
    server.issue("center", "extract", key=key)
    reception = server.token("reception", "center")
    for reply in (
        server.issue("center", "advice", key=key),
        server.issue("village", "extract", key=key),
        server.issue("center", "extract", key=key, token=reception),
        server.issue("center", "extract", key=key, token=None, headers={}),
    ):
        assert (reply.status, reply.code) == (422, "idempotency_key_reused")
        assert b"secret" not in reply.body.replace(b"secret_", b"")


def test_a_refusal_is_repeated_too(server: RunningServer) -> None:
    """A command that was refused stays refused under its key, although it would succeed by now."""
    key, chief = uuid.uuid4().hex, server.token("supervisor", "village")
    assert server.command(f"{server.branch_url('village')}/close-tickets", token=chief).status == 200
    refused = server.issue("village", "extract", key=key)
    assert refused.code == "tickets_closed"
    assert server.command(f"{server.branch_url('village')}/open-tickets", token=chief).status == 200
    again = server.issue("village", "extract", key=key)
    assert (again.status, again.body) == (refused.status, refused.body)
    assert server.issue("village", "extract").status == 201


def test_the_holder_sees_the_place_move(server: RunningServer) -> None:
    """By its secret: how many stand before, then the desk, then nothing to wait for."""
    before = server.issue("center", "advice").json
    mine = server.issue("center", "advice").json
    path = f"{server.city_url}/tickets/{mine['ticket']['id']}"
    seen = server.ask("GET", path, token=mine["secret"])
    assert (seen.status, seen.json["ticket"]["ahead"]) == (200, mine["ticket"]["ahead"])
    at_desk(server, before["ticket"]["id"], "start", "finish")
    assert (
        server.ask("GET", path, token=mine["secret"]).json["ticket"]["ahead"] == mine["ticket"]["ahead"] - 1
    )
    at_desk(server, mine["ticket"]["id"])
    called = server.ask("GET", path, token=mine["secret"]).json["ticket"]
    assert (called["state"], called["desk"], called["ahead"], called["wait"]) == ("called", "4", None, None)
    assert called["called_at"] is not None
    server.desk("center", "4", "start")
    server.desk("center", "4", "finish")


def test_nothing_public_shows_a_priority_class(server: RunningServer) -> None:
    """Invariant 8: the holder's view, and a refusal's state too."""
    reception = server.token("reception", "center")
    made = server.command(
        f"{server.branch_url('center')}/tickets",
        {"service": "extract", "priority": "disability"},
        token=reception,
    )
    ticket, secret = made.json["ticket"]["id"], made.json["secret"]
    assert "disability" not in made.body.decode()
    path = f"{server.city_url}/tickets/{ticket}"
    assert "disability" not in server.ask("GET", path, token=secret).body.decode()
    stale = server.command(f"{path}/cancel", token=secret, version=99)
    assert (stale.status, stale.code) == (409, "stale_version")
    assert stale.json["state"]["ticket"]["version"] == 1
    assert "disability" not in stale.body.decode()
    shown = server.command(f"{path}/transfer", {"to_queue": "papers"}, token=reception, version=99)
    assert shown.json["state"]["ticket"]["priority"] == "disability", "staff may know"


def test_a_citizen_takes_a_ticket_from_afar_without_a_class(server: RunningServer) -> None:
    """Where the city allows it; a priority class is for staff and kiosks to give."""
    path = f"{server.branch_url('center')}/tickets"
    assert server.command(path, {"service": "extract"}).status == 201
    refused = server.command(path, {"service": "extract", "priority": "disability"})
    assert (refused.status, refused.code) == (403, "forbidden")


def test_a_ticket_is_given_back_once(server: RunningServer) -> None:
    """By its secret, with the holder's own view in the answer."""
    made = server.issue("center", "extract").json
    path = f"{server.city_url}/tickets/{made['ticket']['id']}/cancel"
    done = server.command(path, token=made["secret"])
    assert (done.status, done.json["ticket"]["state"]) == (200, "cancelled")
    assert "recalls" not in done.json["ticket"]
    again = server.command(path, token=made["secret"])
    assert (again.status, again.code) == (409, "wrong_state")
    assert again.json["state"]["ticket"]["state"] == "cancelled"


def test_a_ticket_that_is_no_longer_kept(server: RunningServer) -> None:
    """A right secret of a ticket that is gone: 410. A wrong one opens nothing, kept or not."""
    secret = ticket_secret(city_key(server), "longgone")
    path = f"{server.city_url}/tickets/longgone"
    gone = server.ask("GET", path, token=secret)
    assert (gone.status, gone.code) == (410, "ticket_gone")
    assert server.command(f"{path}/cancel", token=secret).code == "ticket_gone"
    assert server.ask("GET", path, token="A" * 43).code == "secret_invalid"
    assert server.ask("GET", path, token=server.token("reception", "center")).code == "unknown_ticket"
    assert server.ask("GET", path).code == "token_missing"


def test_reception_moves_a_ticket_to_another_branch(server: RunningServer) -> None:
    """A new number there, the same id and secret; a repeat gets the first answer although it is out of
    reach."""
    made = server.issue("center", "extract").json
    path, key = f"{server.city_url}/tickets/{made['ticket']['id']}", uuid.uuid4().hex
    reception = server.token("reception", "center")
    body = {"to_branch": "village"}
    moved = server.command(f"{path}/transfer", body, token=reception, key=key)
    assert (moved.status, moved.json["ticket"]["branch"]) == (200, "village")
    again = server.command(f"{path}/transfer", body, token=reception, key=key)
    assert (again.status, again.body) == (200, moved.body)
    other = server.command(f"{path}/transfer", {"to_branch": "center"}, token=reception)
    assert (other.status, other.code) == (403, "forbidden")
    assert server.ask("GET", path, token=made["secret"]).json["ticket"]["branch"] == "village"


def test_a_missed_ticket_comes_back(server: RunningServer) -> None:
    """Reception finds it by its number among the branch's tickets and reinstates it."""
    made = server.issue("center", "advice").json["ticket"]
    at_desk(server, made["id"], "no-show")
    reception = server.token("reception", "center")
    room = server.ask("GET", server.branch_url("center"), token=reception).json
    (missed,) = [each for each in room["tickets"] if each["number"] == made["number"]]
    assert missed["state"] == "no_show"
    path = f"{server.city_url}/tickets/{missed['id']}/reinstate"
    back = server.command(path, token=reception, version=missed["version"])
    assert (back.status, back.json["ticket"]["state"]) == (200, "waiting")


def test_two_clerks_collide_and_one_is_told(server: RunningServer) -> None:
    """If-Match with an old version: 409 and the ticket as it is now, with its version to go on with."""
    made = server.issue("center", "extract").json["ticket"]
    path, reception = f"{server.city_url}/tickets/{made['id']}", server.token("reception", "center")
    body = {"priority": "disability", "reason": "certificate seen"}
    first = server.command(f"{path}/set-priority", body, token=reception, version=1)
    assert first.json["ticket"]["priority"] == "disability"
    second = server.command(f"{path}/set-priority", {"priority": None}, token=reception, version=1)
    assert (second.status, second.code) == (409, "stale_version")
    now = second.json["state"]["ticket"]
    assert (now["priority"], now["version"]) == ("disability", 2)
    third = server.command(f"{path}/set-priority", {"priority": None}, token=reception, version=2)
    assert third.json["ticket"]["priority"] is None


def test_a_visitor_was_seen_to_leave(server: RunningServer) -> None:
    """Desk staff of the branch may say so of any of its tickets."""
    made = server.issue("center", "extract").json["ticket"]
    path = f"{server.city_url}/tickets/{made['id']}/left"
    done = server.command(path, token=server.token("desk", "center", "2"))
    assert done.json["ticket"]["state"] == "left"
