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

from typing import Literal, NamedTuple

Subject = Literal["ticket", "desk", "phase", "alarm", "power", "hold", "city", "intent"]

NEW = "new"  # the from-state of a ticket or an intent that does not exist yet
ALL_ROLES = ("citizen", "kiosk", "display", "desk", "reception", "supervisor", "planner", "admin", "timer")


class Transition(NamedTuple):
    """One row: `verb` moves `subject` from one of `from_states` to one of `to_states` and emits `event`."""

    verb: str
    subject: Subject
    from_states: tuple[str, ...]
    to_states: tuple[str, ...]
    event: str
    roles: tuple[str, ...]
    when: str = ""


def _ticket(
    verb: str, from_states: str, to_states: str, event: str, roles: str, when: str = ""
) -> Transition:
    return _row("ticket", verb, from_states, to_states, event, roles, when)


def _row(
    subject: Subject, verb: str, from_states: str, to_states: str, event: str, roles: str, when: str = ""
) -> Transition:
    return Transition(
        verb, subject, tuple(from_states.split()), tuple(to_states.split()), event, tuple(roles.split()), when
    )


TICKET_VERBS: tuple[Transition, ...] = (
    _ticket(
        "issue",
        NEW,
        "waiting",
        "ticket_issued",
        "kiosk reception citizen",
        "citizen: where remote_tickets is set",
    ),
    _ticket(
        "call_next",
        "waiting",
        "called",
        "ticket_called",
        "desk",
        "the first of its skills and its bound tickets",
    ),
    _ticket("call", "waiting parked", "called", "ticket_called", "desk"),
    _ticket("recall", "called", "called", "ticket_recalled", "desk", "at most recalls_max, recall_gap apart"),
    _ticket("start", "called", "serving", "ticket_started", "desk"),
    _ticket("quick_serve", NEW, "serving", "ticket_issued", "desk", "a number, no wait in the statistics"),
    _ticket("finish", "serving", "done", "ticket_finished", "desk", "no legs are left"),
    _ticket(
        "finish", "serving", "waiting", "leg_finished", "desk", "comes back, bound to the desk that sent it"
    ),
    _ticket(
        "no_show",
        "called",
        "waiting",
        "ticket_missed",
        "desk timer",
        "no_show_back places, while chances are left",
    ),
    _ticket("no_show", "called", "no_show", "ticket_no_show", "desk timer", "no chances are left"),
    _ticket(
        "reinstate",
        "no_show",
        "waiting",
        "ticket_reinstated",
        "reception supervisor",
        "old place, within a time",
    ),
    _ticket("requeue", "called serving", "waiting", "ticket_requeued", "desk", "old place"),
    _ticket("park", "called serving", "parked", "ticket_parked", "desk", "until an instant or the default"),
    _ticket("wake", "parked", "waiting", "ticket_woken", "desk timer", "old place; the desk that parked it"),
    _ticket("transfer", "called serving parked", "waiting", "ticket_transferred", "desk"),
    _ticket("transfer_ticket", "waiting", "waiting", "ticket_transferred", "reception supervisor"),
    _ticket("transfer_ticket", "called serving parked", "waiting", "ticket_transferred", "supervisor"),
    _ticket("add_leg", "serving", "serving", "leg_added", "desk"),
    _ticket(
        "next_leg",
        "serving",
        "serving waiting",
        "leg_finished",
        "desk",
        "serving where this desk serves that queue",
    ),
    _ticket("set_priority", "waiting", "waiting", "priority_set", "reception supervisor desk"),
    _ticket("left", "waiting parked called serving", "left", "ticket_left", "desk reception supervisor"),
    _ticket("desk_left", "waiting parked called serving", "left", "ticket_left", "desk"),
    _ticket("cancel", "waiting parked", "cancelled", "ticket_cancelled", "citizen reception supervisor"),
    _ticket(
        "close_desk",
        "waiting",
        "waiting",
        "ticket_requeued",
        "desk supervisor",
        "tickets bound to it: old place",
    ),
    _ticket(
        "release_desk",
        "waiting",
        "waiting",
        "ticket_requeued",
        "timer supervisor",
        "tickets bound to it: old place",
    ),
    _ticket("release_desk", "called", "waiting", "ticket_requeued", "timer supervisor", "old place"),
    _ticket("release_desk", "serving", "parked", "ticket_parked", "timer supervisor", "with an alert"),
    _ticket(
        "alarm", "called", "waiting", "ticket_requeued", "supervisor", "where the policy is pause: old place"
    ),
    _ticket("hold_branch", "called", "waiting", "ticket_requeued", "supervisor", "old place"),
    _ticket(
        "power_off", "called", "waiting", "ticket_requeued", "supervisor", "where it needs power: old place"
    ),
    _ticket("close_day", "waiting parked called", "expired", "ticket_expired", "timer", "without carry_over"),
    _ticket(
        "close_day",
        "waiting called",
        "waiting",
        "ticket_carried",
        "timer",
        "with carry_over: old place, bound to none",
    ),
    _ticket("close_day", "parked", "parked", "ticket_carried", "timer", "with carry_over"),
)

DESK_VERBS: tuple[Transition, ...] = (
    _row("desk", "open_desk", "closed", "open", "desk_opened", "desk supervisor"),
    _row("desk", "pause_desk", "open", "paused", "desk_paused", "desk supervisor", "no ticket in hand"),
    _row("desk", "resume_desk", "paused", "open", "desk_resumed", "desk supervisor"),
    _row(
        "desk", "close_desk", "open paused", "closed", "desk_closed", "desk supervisor", "no ticket in hand"
    ),
    _row("desk", "release_desk", "open paused", "closed", "desk_released", "timer supervisor"),
    _row("desk", "close_day", "open paused", "closed", "desk_closed", "timer", "unless it is serving"),
)

BRANCH_VERBS: tuple[Transition, ...] = (
    _row("phase", "open_branch", "closed", "open", "branch_opened", "supervisor timer"),
    _row(
        "phase",
        "close_branch",
        "open tickets_closed",
        "closed",
        "branch_closed",
        "supervisor timer",
        "no ticket in hand",
    ),
    _row("phase", "close_tickets", "open", "tickets_closed", "tickets_closed", "supervisor timer"),
    _row("phase", "open_tickets", "tickets_closed", "open", "tickets_opened", "supervisor timer"),
    _row("phase", "close_day", "open tickets_closed closed", "closed", "day_closed", "timer"),
    _row(
        "alarm",
        "alarm",
        "none",
        "pause shelter none",
        "alarm_sounded",
        "supervisor",
        "by air_raid: none = continue",
    ),
    _row("alarm", "all_clear", "pause shelter", "none", "alarm_cleared", "supervisor"),
    _row("power", "power_off", "on", "off", "power_lost", "supervisor"),
    _row("power", "power_on", "off", "on", "power_restored", "supervisor"),
    _row("hold", "hold_branch", "none", "held", "branch_held", "supervisor"),
    _row("hold", "resume_branch", "held", "none", "branch_resumed", "supervisor"),
)

CITY_VERBS: tuple[Transition, ...] = (
    _row("city", "apply_city", "new applied", "applied", "city_applied", "admin timer", "strands no ticket"),
    _row("phase", "apply_city", "new", "closed", "branch_closed", "admin timer", "in a running city"),
    _row("desk", "apply_city", "new", "closed", "desk_closed", "admin timer", "in a running city"),
)

INTENT_VERBS: tuple[Transition, ...] = (
    _row("intent", "announce", NEW, "on_the_way", "intent_announced", "citizen"),
    _row("intent", "cancel_intent", "on_the_way", "cancelled", "intent_ended", "citizen"),
    _row("intent", "expire_intents", "on_the_way", "expired", "intent_ended", "timer", "not come in time"),
    _row(
        "intent",
        "issue",
        "on_the_way",
        "kept cancelled",
        "intent_ended",
        "kiosk reception citizen",
        "with its ticket; cancelled where that is at another branch",
    ),
)

TABLE: tuple[Transition, ...] = TICKET_VERBS + DESK_VERBS + BRANCH_VERBS + CITY_VERBS + INTENT_VERBS

# What a verb asks of branch and desk, in the order of asking; the name is the code of the refusal.
GUARDS: dict[str, tuple[str, ...]] = {
    "announce": ("branch_paused", "no_power"),
    "issue": ("branch_closed", "tickets_closed", "branch_paused", "no_power", "remote_tickets_off"),
    "call_next": ("branch_closed", "branch_paused", "desk_closed", "desk_paused", "desk_busy"),
    "call": ("branch_closed", "branch_paused", "desk_closed", "desk_paused", "desk_busy"),
    "recall": ("branch_paused", "no_ticket_in_hand"),
    "start": ("branch_paused", "no_ticket_in_hand"),
    "quick_serve": ("branch_closed", "branch_paused", "desk_closed", "desk_paused", "desk_busy", "no_power"),
    "finish": ("no_ticket_in_hand",),
    "no_show": ("no_ticket_in_hand",),
    "requeue": ("no_ticket_in_hand",),
    "park": ("no_ticket_in_hand",),
    "transfer": ("no_ticket_in_hand",),
    "add_leg": ("no_ticket_in_hand",),
    "next_leg": ("no_ticket_in_hand",),
    "desk_left": ("no_ticket_in_hand",),
    "reinstate": ("branch_closed",),
    "close_branch": ("tickets_in_hand",),
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
    "city": "would_strand",
    "intent": "intent_ended",
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
