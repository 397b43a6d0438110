"""The table of transitions says each thing once, and its refusals follow from its rows."""

from __future__ import annotations

import pytest

from balancer.core import transitions
from balancer.core.transitions import (
    ALL_ROLES,
    BRANCH_VERBS,
    DESK_VERBS,
    GUARDS,
    STATE_ERRORS,
    TABLE,
    TICKET_VERBS,
    markdown,
    refusal,
    roles_of,
    rows_of,
)
from balancer.errors import PROBLEMS
from balancer.messages import TicketStatus

FINAL = {"done", "no_show", "left", "cancelled", "expired"}


def test_states_and_roles_exist() -> None:
    """No row names a state or a role that nobody else knows."""
    states = {status.value for status in TicketStatus} | {transitions.NEW}
    for row in TICKET_VERBS:
        assert set(row.from_states) | set(row.to_states) <= states, row
    for row in TABLE:
        assert set(row.roles) <= set(ALL_ROLES), row
        assert row.from_states and row.to_states and row.event, row


def test_only_a_missed_ticket_comes_back() -> None:
    """Design §3: of the final states only no_show is ever left again."""
    leaving = {state for row in TICKET_VERBS for state in row.from_states if state in FINAL}
    assert leaving == {"no_show"}
    assert [row.verb for row in TICKET_VERBS if "no_show" in row.from_states] == ["reinstate"]


def test_a_serving_ticket_is_never_touched_by_the_end_of_the_day() -> None:
    """Design §3: close_day never a serving ticket."""
    assert all("serving" not in row.from_states for row in rows_of("close_day") if row.subject == "ticket")


def test_rows_with_one_event_agree() -> None:
    """Within a verb an event has one subject, and a state leads to it by one row."""
    for verb in {row.verb for row in TABLE}:
        seen: dict[tuple[str, str], str] = {}
        for row in rows_of(verb):
            for state in row.from_states:
                key = (row.event, state)
                assert key not in seen, f"{verb}: {key} twice"
                seen[key] = row.subject
        for event in {event for event, _ in seen}:
            assert len({subject for (e, _), subject in seen.items() if e == event}) == 1


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
        ("close_day", "phase", "open", "supervisor", "forbidden"),
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


def test_desk_and_branch_verbs_have_their_own_subjects() -> None:
    """A desk's verb moves the desk, a branch's verb one of its facts."""
    assert {row.subject for row in DESK_VERBS} == {"desk"}
    assert {row.subject for row in BRANCH_VERBS} == {"phase", "alarm", "power", "hold"}
