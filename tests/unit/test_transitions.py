"""What the table of transitions refuses follows from its rows."""

from __future__ import annotations

import pytest

from balancer.core import transitions
from balancer.core.transitions import (
    GUARDS,
    STATE_ERRORS,
    TABLE,
    markdown,
    refusal,
    roles_of,
)
from balancer.errors import PROBLEMS


def test_every_refusal_has_its_text() -> None:
    """Guards and state errors are rows of the table of problems."""
    codes = {code for guards in GUARDS.values() for code in guards} | set(STATE_ERRORS.values())
    assert codes <= PROBLEMS.keys()
    assert set(GUARDS) <= {row.verb for row in TABLE}


@pytest.mark.parametrize(
    ("verb", "subject", "state", "role", "code"),
    [
        ("start", "ticket", "called", "desk", None),
        ("start", "ticket", "serving", "desk", "wrong_state"),
        ("start", "ticket", "called", "kiosk", "forbidden"),
        ("start", "ticket", "called", "admin", None),
        ("transfer_ticket", "ticket", "waiting", "reception", None),
        ("transfer_ticket", "ticket", "called", "reception", "forbidden"),
        ("transfer_ticket", "ticket", "called", "supervisor", None),
        ("transfer_ticket", "ticket", "done", "reception", "wrong_state"),
        ("open_desk", "desk", "open", "desk", "desk_state"),
        ("open_branch", "phase", "open", "supervisor", "branch_state"),
        ("all_clear", "alarm", "none", "supervisor", "branch_state"),
        ("close_day", "phase", "open", "reception", "forbidden"),
    ],
)
def test_refusal(verb: str, subject: transitions.Subject, state: str, role: str, code: str | None) -> None:
    """First the role of the verb, then the state, then the role of the row."""
    assert refusal(verb, subject, state, role) == code


def test_admin_may_do_what_any_person_may() -> None:
    """One exception, named once."""
    assert all("admin" in roles_of(row.verb) for row in TABLE)
    assert roles_of("issue") == {"kiosk", "reception", "citizen", "admin"}


def test_markdown_prints_every_row() -> None:
    """What the documents show is the whole table."""
    text = markdown()
    assert text.count("\n") == len(TABLE) + 2
    assert "| finish | ticket | serving → done | ticket_finished | desk | no legs are left |" in text
