"""The life of tickets, desks and branches as one table (design §3). Pure data.

The Lua scripts take their from- and to-states, events and roles from these rows, the documents print them and
the tests walk them. `admin` may do whatever any person may. In the order given, a command is refused with

1. `forbidden`, where no row of the verb knows the role;
2. `unknown_branch`, `unknown_desk`, `unknown_ticket`, … for where it happens and to which ticket;
3. the verb's GUARDS, which ask the branch and the desk before they ask the ticket;
4. `stale_version`, where the caller expected another version;
5. `wrong_state` (ticket), `desk_state`, `branch_state`, `intent_ended`, where no row starts in the present
   state, and `forbidden`, where the row that does is not the role's;
6. what else it names (where a transfer goes, a further service), then the limits of the city's policy
   (`recalls_exhausted`, `reinstate_too_late`, `legs_pending`, …).
"""

from __future__ import annotations

from balancer.core.transition_rows import (
    ALL_ROLES,
    BRANCH_VERBS,
    CITY_VERBS,
    DESK_VERBS,
    INTENT_VERBS,
    LOG_VERBS,
    NEW,
    TICKET_VERBS,
    Subject,
    Transition,
)

__all__ = [
    "ALL_ROLES",
    "BRANCH_VERBS",
    "CITY_VERBS",
    "DESK_VERBS",
    "GUARDS",
    "INTENT_VERBS",
    "LOG_VERBS",
    "NEW",
    "STATE_ERRORS",
    "TABLE",
    "TICKET_VERBS",
    "Subject",
    "Transition",
    "allows",
    "markdown",
    "refusal",
    "roles_of",
    "rows_of",
]

TABLE: tuple[Transition, ...] = (
    TICKET_VERBS + DESK_VERBS + BRANCH_VERBS + CITY_VERBS + INTENT_VERBS + LOG_VERBS
)

# What a verb asks of branch and desk, in the order of asking; the name is the code of the refusal.
GUARDS: dict[str, tuple[str, ...]] = {
    "announce": ("branch_paused", "no_power", "service_suspended"),
    "issue": (
        *("branch_closed", "tickets_closed", "branch_paused"),
        *("no_power", "service_suspended", "remote_tickets_off"),
    ),
    "call_next": ("branch_closed", "branch_paused", "desk_closed", "desk_paused", "desk_busy"),
    "call": ("branch_closed", "branch_paused", "desk_closed", "desk_paused", "desk_busy"),
    "recall": ("branch_paused", "no_ticket_in_hand"),
    "start": ("branch_paused", "no_ticket_in_hand"),
    "quick_serve": (
        *("branch_closed", "branch_paused", "desk_closed", "desk_paused", "desk_busy"),
        *("no_power", "service_suspended"),
    ),
    "finish": ("no_ticket_in_hand",),
    "no_show": ("no_ticket_in_hand",),
    "requeue": ("no_ticket_in_hand",),
    "park": ("no_ticket_in_hand",),
    "transfer": ("no_ticket_in_hand",),
    "add_leg": ("no_ticket_in_hand",),
    "next_leg": ("no_ticket_in_hand",),
    "desk_left": ("no_ticket_in_hand",),
    "pay": ("no_ticket_in_hand",),
    "paid": ("no_ticket_in_hand",),
    "note": ("no_ticket_in_hand",),
    "reinstate": ("branch_closed",),
    "close_branch": ("tickets_in_hand",),
    "close_day": ("tickets_in_hand",),  # by people, and only tickets that are being served
    "pause_desk": ("desk_busy",),
    "close_desk": ("desk_busy",),
}

STATE_ERRORS: dict[Subject, str] = {
    "ticket": "wrong_state",
    "desk": "desk_state",
    "phase": "branch_state",
    "alarm": "branch_state",
    "power": "branch_state",
    "hold": "branch_state",
    "service": "branch_state",
    "city": "would_strand",
    "intent": "intent_ended",
    "log": "wrong_state",
}


def rows_of(verb: str) -> list[Transition]:
    """Every row of a verb, the ones it does to its main subject and to others beside."""
    return [row for row in TABLE if row.verb == verb]


def roles_of(verb: str) -> frozenset[str]:
    """Who may try the verb at all; the state may narrow it further."""
    return frozenset({"admin", *(role for row in rows_of(verb) for role in row.roles)})


def allows(row: Transition, role: str) -> bool:
    """May this role use this row?"""
    return role in row.roles or role == "admin"


def refusal(verb: str, subject: Subject, state: str, role: str) -> str | None:
    """The code with which the table itself refuses, or None where it lets the command pass."""
    rows = [row for row in rows_of(verb) if row.subject == subject]
    if not any(allows(row, role) for row in rows_of(verb)):
        return "forbidden"
    fitting = [row for row in rows if state in row.from_states]
    if not fitting:
        return STATE_ERRORS[subject]
    return None if any(allows(row, role) for row in fitting) else "forbidden"


def markdown() -> str:
    """The table as it stands in the documents."""
    lines = ["| verb | of | from → to | event | who | when |", "|---|---|---|---|---|---|"]
    for row in TABLE:
        move = f"{', '.join(row.from_states)} → {', '.join(row.to_states)}"
        lines.append(
            f"| {row.verb} | {row.subject} | {move} | {row.event} | {', '.join(row.roles)} | {row.when} |"
        )
    return "\n".join(lines) + "\n"
