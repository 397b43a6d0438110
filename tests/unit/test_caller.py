"""Who sends a command."""

from __future__ import annotations

from balancer.core.caller import TIMER, Caller
from balancer.core.transitions import ALL_ROLES


def test_role_is_what_stands_before_the_colon() -> None:
    """ "desk:center/3" is a desk."""
    assert Caller("desk:center/3").role == "desk"
    assert Caller("kiosk").role == "kiosk"


def test_the_timer_is_a_role() -> None:
    """The system's own commands carry a role too, and no key of a client's."""
    assert TIMER.role in ALL_ROLES
    assert TIMER.key is None
