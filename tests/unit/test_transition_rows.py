"""The rows of the table of transitions say each thing once and name nothing that nobody else knows."""

from __future__ import annotations

from balancer.core.transition_rows import ALL_ROLES, BRANCH_VERBS, DESK_VERBS, LOG_VERBS, NEW, TICKET_VERBS
from balancer.core.transitions import TABLE, rows_of
from balancer.messages import TicketStatus

FINAL = {"done", "no_show", "left", "cancelled", "expired"}


def test_states_and_roles_exist() -> None:
    """No row names a state or a role that nobody else knows."""
    states = {status.value for status in TicketStatus} | {NEW}
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


def test_desk_and_branch_verbs_have_their_own_subjects() -> None:
    """A desk's verb moves the desk, a branch's verb one of its facts."""
    assert {row.subject for row in DESK_VERBS} == {"desk"}
    assert {row.subject for row in BRANCH_VERBS} == {"phase", "alarm", "power", "hold", "service"}
    assert {row.subject for row in LOG_VERBS} == {"log"}
