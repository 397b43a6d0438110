"""Every role at every door, in its own place and in a foreign one, at a real server.

The table here is written by hand from design §3 and §10: the code's own table must agree with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from balancer.core.tokens import FRESH_SECONDS
from balancer.errors import BalancerError
from balancer.routes.access import ACCESS, ANYBODY, HOLDER, Principal, check_access
from balancer.routes.door import Door
from balancer.routes.doors import DOORS
from tests.server import Reply, RunningServer, revoke, running_server
from tests.waiting import wait_until_sync

STAFF = "desk reception supervisor admin"
CLERK = "desk admin"
CHIEF = "supervisor admin"
MAY: dict[str, str] = {
    "issue": "citizen kiosk reception admin",
    "cancel": "citizen reception supervisor admin",
    "read_intent": "citizen admin",
    "read_ticket": f"citizen kiosk {STAFF}",
    **dict.fromkeys(("read_guide", "read_calendar"), "citizen reception supervisor admin"),
    **dict.fromkeys(("push", "push_stop"), "citizen"),
    "left": STAFF,
    "set_priority": STAFF,
    "transfer_ticket": "reception supervisor admin",
    "announce": "citizen admin",
    "cancel_intent": "citizen admin",
    "expire_intents": "admin",
    "reinstate": "reception supervisor admin",
    **dict.fromkeys(("call_next", "call", "recall", "start", "quick_serve", "finish", "no_show"), CLERK),
    **dict.fromkeys(("requeue", "park", "wake", "transfer", "add_leg", "next_leg", "desk_left"), CLERK),
    **dict.fromkeys(("open_desk", "pause_desk", "resume_desk", "close_desk"), "desk supervisor admin"),
    **dict.fromkeys(("release_desk", "set_skills"), CHIEF),
    **dict.fromkeys(("pay", "paid", "note", "incident"), CLERK),
    "branch_incident": "reception supervisor admin",
    "lease": "kiosk reception admin",
    "record": f"kiosk display planner {STAFF}",
    "read_me": f"display kiosk planner {STAFF}",
    "read_desk": STAFF,
    "beat": CLERK,
    **dict.fromkeys(("open_branch", "close_branch", "close_tickets", "open_tickets", "close_day"), CHIEF),
    **dict.fromkeys(("alarm", "all_clear", "power_off", "power_on"), CHIEF),
    **dict.fromkeys(("hold_branch", "resume_branch", "suspend_service", "restore_service"), CHIEF),
    "read_branch": "reception supervisor admin",
    "read_supervision": "supervisor admin",
    "read_kiosk": "kiosk reception supervisor admin",
    "read_calls": f"display kiosk {STAFF}",
    **dict.fromkeys(
        ("read_forecast", "read_staffing", "read_backtest", "plot_plan", "export_plan"), "planner admin"
    ),
    "read_audit": "admin",
    "read_overview": "planner admin",
    "reprint": "reception supervisor admin",
    "read_briefing": "supervisor planner admin",
    "enrol_device": "citizen admin",
    "claim_device": "citizen",
    **dict.fromkeys(("read_devices", "approve_device", "revoke_device"), CHIEF),
    "report_device": "kiosk display",
    **dict.fromkeys(("ask_help", "withdraw_help"), "kiosk"),
    **dict.fromkeys(("answer_help", "end_help"), "reception supervisor admin"),
    "read_hall": f"display kiosk {STAFF}",
    "apply_city": "admin",
    "end_alarm": "admin",
}
ROLES = ("citizen", "kiosk", "display", "desk", "reception", "supervisor", "planner", "admin")
REFUSED = {"forbidden", "token_missing"}
BODIES = {
    "issue": {"service": "extract"},
    "announce": {"service": "extract", "branch": "center", "minutes": 1},
    "call": {"ticket": "x"},
    "wake": {"ticket": "x"},
    "quick_serve": {"service": "extract"},
    "add_leg": {"service": "extract"},
    "enrol_device": {"kind": "display", "branch": "center"},
    "approve_device": {"code": "AAAAAA", "name": "1"},
    "report_device": {"printer": None},
    "note": {"text": "copies of both pages"},
    "incident": {"category": "conflict"},
    "branch_incident": {"category": "other"},
    "lease": {"count": 1},
    **dict.fromkeys(("suspend_service", "restore_service"), {"service": "extract"}),
    "set_skills": {"queues": None},
    "set_priority": {"priority": None},
    "transfer_ticket": {"to_queue": "papers"},
}


class Place(NamedTuple):
    """Where somebody knocks. `own` branch and desk are those of the tokens."""

    branch: str
    desk: str


OWN, NEXT_DESK, FOREIGN = Place("center", "1"), Place("center", "2"), Place("village", "1")
GUARDED = [door for door in DOORS if door.action is not None]


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """A server on which nobody is slowed down, where citizens may take tickets from afar."""
    many = ("intents_per_address", "public_commands", "city_public_commands", "device_commands")
    limits: dict[str, Any] = dict.fromkeys(many, "10000")
    with running_server(**limits) as running:
        yield running


@pytest.fixture(scope="module")
def tickets(server: RunningServer) -> dict[str, list[tuple[str, str]]]:
    """Tickets of each branch by id and secret, taken before anybody closes a branch; the first is for all."""
    made: dict[str, list[tuple[str, str]]] = {}
    for branch in ("center", "village"):
        answers = [server.issue(branch, "extract").json for _ in range(40)]
        made[branch] = [(answer["ticket"]["id"], answer["secret"]) for answer in answers]
    return made


@pytest.fixture(scope="module")
def intents(server: RunningServer) -> list[tuple[str, str]]:
    """Intents by id and secret; the first is for all."""
    body = {"service": "extract", "branch": "center", "minutes": 60}
    answers = [server.command(f"{server.city_url}/intents", body).json for _ in range(5)]
    return [(answer["intent"]["id"], answer["secret"]) for answer in answers]


def expected(role: str, action: str, place: Place, door: Door) -> bool:
    """May that role do it there? By the table above and the reach of its token."""
    if role not in MAY[action].split():
        return False
    if role in ("citizen", "planner", "admin") or door.path.count("{") <= 1:  # of no branch
        return True
    if place.branch != OWN.branch:
        return False
    return not (role == "desk" and "{desk}" in door.path and place.desk != OWN.desk)


def token_of(server: RunningServer, role: str) -> str | None:
    if role == "citizen":
        return None
    branch = None if role in ("admin", "planner") else OWN.branch
    return server.token(role, branch, OWN.desk if role == "desk" else None)


def knock(
    server: RunningServer, door: Door, place: Place, token: str | None, ticket: str = "", intent: str = ""
) -> Reply:
    city = server.definition.city
    named = {"branch": place.branch, "desk": place.desk, "ticket": ticket, "intent": intent}
    path = door.path.format(city=city, device="0123456789", **named)
    if not door.is_command:
        return server.ask(door.method, path, token=token)
    return server.command(path, BODIES.get(door.action or "", {}), token=token)


def test_the_table_is_the_code_s() -> None:
    """Every action of the code is here, with the same roles, and the other way round."""
    assert {action: frozenset(roles.split()) for action, roles in MAY.items()} == ACCESS


@pytest.mark.parametrize("door", [d for d in GUARDED if "{ticket}" in d.path], ids=lambda door: door.action)
def test_a_secret_opens_its_own_ticket_only(
    server: RunningServer, tickets: dict[str, list[tuple[str, str]]], door: Door
) -> None:
    """And there only what citizens may do; another ticket's secret opens nothing."""
    (ticket, mine), (_, other) = tickets["center"].pop(), tickets["center"].pop()
    wrong = knock(server, door, OWN, other, ticket)
    assert (wrong.status, wrong.code) == (403, "secret_invalid")
    reply = knock(server, door, OWN, mine, ticket)
    if "citizen" in MAY[door.action or ""].split():
        assert reply.status < 400 or reply.code not in {*REFUSED, "secret_invalid"}
        assert "priority" not in reply.body.decode()
    else:
        assert (reply.status, reply.code) == (403, "forbidden")


@pytest.mark.parametrize("door", [d for d in GUARDED if "{intent}" in d.path], ids=lambda door: door.action)
def test_a_secret_opens_its_own_intent_only(
    server: RunningServer,
    tickets: dict[str, list[tuple[str, str]]],
    intents: list[tuple[str, str]],
    door: Door,
) -> None:
    """Neither another's secret nor a ticket's."""
    (intent, mine), (_, other), (_, of_ticket) = intents.pop(), intents[0], tickets["center"][0]
    for secret in (other, of_ticket):
        wrong = knock(server, door, OWN, secret, intent=intent)
        assert (wrong.status, wrong.code) == (403, "secret_invalid")
    assert knock(server, door, OWN, mine, intent=intent).status == 200


def test_a_secret_is_no_token(server: RunningServer, tickets: dict[str, list[tuple[str, str]]]) -> None:
    """At a door without a ticket it opens nothing."""
    reply = server.ask("GET", server.desk_url("center", "1"), token=tickets["center"][0][1])
    assert (reply.status, reply.code) == (401, "token_invalid")


def test_remote_tickets_are_the_city_s_choice(server: RunningServer) -> None:
    """The small city gives out tickets at its branches only."""
    reply = server.command(f"{server.branch_url('center')}/tickets", {"service": "extract"})
    assert (reply.status, reply.code) == (403, "remote_tickets_off")


@pytest.mark.parametrize(
    "door", GUARDED, ids=lambda door: f"{door.method}-{re.sub('[^a-z]+', '-', door.action)}"
)
def test_every_role_at_every_door(
    server: RunningServer,
    tickets: dict[str, list[tuple[str, str]]],
    intents: list[tuple[str, str]],
    door: Door,
) -> None:
    """Whoever may gets anything but a refusal of access; whoever may not gets exactly that.

    It comes after what needs tickets that wait: one of the doors ends the day.
    """
    assert door.action is not None
    for role in ROLES:
        token = token_of(server, role)
        for place in (FOREIGN, NEXT_DESK, OWN):
            reply = knock(server, door, place, token, tickets[place.branch][0][0], intents[0][0])
            code = reply.code if reply.status >= 400 else "ok"
            who = f"{role} at {door.method} {door.path} in {place}: {reply.status} {code}"
            if role == "citizen" and re.search(r"\{(ticket|intent|device)\}", door.path):
                assert code == "token_missing", who
            elif expected(role, door.action, place, door):
                assert code not in REFUSED, who
            elif role == "citizen":
                assert code == "token_missing", who
            else:
                assert code == "forbidden", who


def test_a_token_ends_while_it_is_in_use(server: RunningServer) -> None:
    """Revoked beside the running server: refused within a second or so."""
    path = server.desk_url("center", "3")
    token = server.token("desk", "center", "3")
    assert server.ask("GET", path, token=token).status == 200
    revoke(server, token)
    wait_until_sync(
        lambda: server.ask("GET", path, token=token).status == 401,
        within=FRESH_SECONDS + 1,
        what="revocation",
    )


@pytest.mark.parametrize("who", [ANYBODY, HOLDER])
def test_nobody_s_word_counts_for_a_role_without_a_token(who: Principal) -> None:
    """No header makes a citizen into staff; without any proof the answer says what is missing."""
    with pytest.raises(BalancerError) as caught:
        check_access(who, "call_next", "center", "1")
    assert caught.value.code == ("token_missing" if who is ANYBODY else "forbidden")
