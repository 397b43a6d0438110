"""What holders and staff see of the core's state."""

from __future__ import annotations

import msgspec
import pytest

from balancer.core.views import (
    branch_status,
    branch_time,
    branch_view,
    current_leg,
    desk_view,
    staff_ticket,
    ticket_view,
    waited_minutes,
)
from balancer.messages import BranchState, DeskState, Leg, Wait
from tests.tickets import TEN, ticket
from tests.town import CENTRE

KYIV = "Europe/Kyiv"
MINUTE = 60_000


def test_the_holder_sees_instants_and_waits() -> None:
    """RFC 3339 in the branch's zone, minutes, and neither class nor note."""
    view = ticket_view(ticket(), KYIV, ahead=2, wait=Wait(1, 5, 9))
    assert (view.arrived, view.ahead, view.wait) == ("2026-11-23T10:00:00+02:00", 2, Wait(1, 5, 9))
    told = msgspec.json.encode(view)
    assert b"disability" not in told and b"colleagues" not in told


@pytest.mark.parametrize(
    ("state", "desk"), [("called", "3"), ("serving", "3"), ("parked", None), ("done", None)]
)
def test_the_holder_sees_a_desk_only_while_it_matters(state: str, desk: str | None) -> None:
    """A parked visitor must not walk to the desk."""
    assert ticket_view(ticket(state, desk="3"), KYIV, ahead=None, wait=None).desk == desk


def test_staff_see_what_they_need() -> None:
    """Class, note, legs, and how long the visitor waits already."""
    view = staff_ticket(ticket(), KYIV, TEN + 12 * MINUTE)
    assert (view.priority, view.note, view.legs, view.waited_minutes) == (
        "disability",
        "for colleagues",
        ["passport"],
        12.0,
    )


def test_a_wait_ends_with_the_call() -> None:
    """The span that the core measured counts once there is one."""
    called = ticket("called", legs=[Leg("passport", "papers", "center", joined=TEN, wait_ms=7 * MINUTE)])
    assert waited_minutes(called, TEN + 60 * MINUTE) == 7.0
    assert waited_minutes(ticket(), TEN + 15 * MINUTE) == 15.0
    assert waited_minutes(ticket("parked"), TEN) is None
    assert waited_minutes(ticket(legs=[]), TEN) is None
    assert waited_minutes(ticket(), None) is None, "a stored refusal must look the same later"


def test_an_air_raid_is_no_waiting() -> None:
    """Ten minutes in the line, then a pause: still ten minutes, and on from there afterwards."""
    paused = BranchState("center", "open", "pause", "on", 4, paused_since=TEN + 10 * MINUTE)
    after = msgspec.structs.replace(paused, alarm="none", paused_since=None, paused_total=25 * MINUTE)
    assert waited_minutes(ticket(), branch_time(paused, TEN + 30 * MINUTE)) == 10.0
    assert waited_minutes(ticket(), branch_time(after, TEN + 36 * MINUTE)) == 11.0


def test_the_leg_that_a_ticket_is_in() -> None:
    """None where there is none."""
    first, second = Leg("a", "q", "b"), Leg("c", "q", "b")
    assert current_leg(ticket(legs=[first, second], leg=1)) is second
    assert current_leg(ticket(legs=[], leg=0)) is None


def test_a_desk() -> None:
    """Its facts, its instant in the branch's zone."""
    view = desk_view(DeskState("centre", "1", "paused", 4, TEN, reason="lunch"), CENTRE)
    assert (view.state, view.reason, view.since) == ("paused", "lunch", "2026-11-23T10:00:00+02:00")
    assert view.queues == ["papers", "social"]
    given = DeskState("centre", "1", "open", 5, TEN, queues=["land"])
    assert desk_view(given, CENTRE).queues == ["land"], "a supervisor set them"


@pytest.mark.parametrize(
    ("phase", "alarm", "hold", "status"),
    [
        ("open", "none", None, "open"),
        ("tickets_closed", "none", None, "tickets_closed"),
        ("closed", "none", None, "closed"),
        ("closed", "pause", "x", "closed"),
        ("open", "pause", None, "paused"),
        ("open", "none", "fire drill", "paused"),
        ("open", "shelter", "fire drill", "paused"),
        ("open", "shelter", None, "shelter"),
        ("tickets_closed", "shelter", None, "shelter"),
    ],
)
def test_one_word_for_independent_facts(phase: str, alarm: str, hold: str | None, status: str) -> None:
    """What keeps people out comes first."""
    facts = BranchState("center", phase, alarm, "on", 1, hold=hold)  # type: ignore[arg-type]
    assert branch_status(facts) == branch_view(facts, CENTRE).state == status
