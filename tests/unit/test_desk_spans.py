"""What a desk did in a day: stretches, their sums, work without a break, services too long."""

from __future__ import annotations

import pytest

from balancer.live.desk_spans import DeskSpans, Stretch, kind_of
from balancer.messages import DeskState

MINUTE = 60_000


@pytest.mark.parametrize(
    ("state", "ticket", "stands", "kind"),
    [
        ("closed", None, False, None),
        ("open", None, False, "idle"),
        ("open", None, True, "paused"),
        ("open", "t1", False, "busy"),
        ("open", "t1", True, "busy"),
        ("paused", None, False, "paused"),
    ],
)
def test_what_a_desk_is_doing(state: str, ticket: str | None, stands: bool, kind: str | None) -> None:
    """A free desk rests while its branch stands still; somebody in hand is somebody in hand."""
    image = DeskState("centre", "1", state, 1, 0, ticket=ticket)  # type: ignore[arg-type]
    assert kind_of(image, branch_stands=stands) == kind


def test_stretches_add_up() -> None:
    """Open, a ticket, a break, closed; the same state again begins nothing new."""
    desk = DeskSpans()
    for kind, at in (("idle", 0), ("busy", 5), ("busy", 7), ("paused", 20), ("idle", 30), (None, 40)):
        desk.turn(kind, at * MINUTE)  # type: ignore[arg-type]
    now = 60 * MINUTE
    assert [desk.spent(kind, now) // MINUTE for kind in ("busy", "idle", "paused")] == [15, 15, 10]
    assert list(desk.stretches(now))[:2] == [
        Stretch(0, 5 * MINUTE, "idle"),
        Stretch(5 * MINUTE, 20 * MINUTE, "busy"),
    ]
    assert desk.nonstop_since is None


def test_work_without_a_break_counts_from_the_last_one() -> None:
    """Busy or free does not matter; a break or closing ends it."""
    desk = DeskSpans()
    for kind, at in (("idle", 0), ("busy", 5), ("paused", 20), ("busy", 30), ("idle", 50)):
        desk.turn(kind, at)  # type: ignore[arg-type]
    assert desk.nonstop_since == 30


def test_another_day_begins_with_the_desk_as_it_is() -> None:
    """Nothing done yet, but the stretch goes on from midnight."""
    desk = DeskSpans()
    desk.turn("idle", 10 * MINUTE)
    desk.serve(9 * MINUTE)
    following = desk.next_day(100 * MINUTE)
    assert following.services == []
    assert following.spent("idle", 130 * MINUTE) == 30 * MINUTE
    assert following.nonstop_since == 10 * MINUTE


def test_services_over_a_limit() -> None:
    """Exactly the limit is not over it."""
    desk = DeskSpans()
    for minutes in (30, 25, 10):
        desk.serve(minutes * MINUTE)
    assert (desk.over(25 * MINUTE), desk.over(9 * MINUTE)) == (1, 3)
