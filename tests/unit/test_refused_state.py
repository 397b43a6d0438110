"""The state beside a refusal: as views, and never more than this caller may see."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from balancer.messages import BranchState, DeskState
from balancer.routes.refused_state import shown_state
from tests.city_files import small_city
from tests.unit.test_views import TEN, ticket

STATE: dict[str, Any] = msgspec.to_builtins(
    {
        "ticket": ticket(),
        "desk": DeskState("center", "1", "open", 2, TEN),
        "facts": BranchState("center", "open", "none", "on", 1),
        "faults": ["P007 waits in papers"],
    }
)


@pytest.mark.parametrize("role", ["desk", "reception", "supervisor", "admin"])
def test_staff_see_views(role: str) -> None:
    """Ticket, desk and branch as in any other answer; nothing of the core's own fields."""
    shown = shown_state(STATE, role, small_city())
    assert shown is not None and set(shown) == {"ticket", "desk", "branch"}
    assert shown["ticket"]["priority"] == "disability"
    assert shown["ticket"]["arrived"] == "2026-11-23T10:00:00+02:00"
    assert "order" not in shown["ticket"] and "head_start_ms" not in shown["ticket"]


def test_a_citizen_sees_the_own_ticket_only() -> None:
    """Without class and note."""
    shown = shown_state(STATE, "citizen", small_city())
    assert shown is not None and set(shown) == {"ticket"}
    assert "priority" not in shown["ticket"] and "note" not in shown["ticket"]


def test_nothing_is_nothing() -> None:
    """And a state of which nothing may be shown is nothing too."""
    assert shown_state(None, "desk", small_city()) is None
    assert shown_state({"desk": STATE["desk"]}, "citizen", small_city()) is None
