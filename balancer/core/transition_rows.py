"""The rows of the table of transitions (design §3): what each verb moves, from where to where, with which
event, by whom. Pure data; how they are read stands in `core/transitions.py`.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Subject = Literal["ticket", "desk", "phase", "alarm", "power", "hold", "service", "city", "intent", "log"]

ANY = "any"  # the from- and to-state of what is only written into the log
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
        "citizen: where remote_tickets is set; kiosk, reception: also of an earlier arrival",
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
    _ticket("pay", "serving", "serving", "ticket_paying", "desk", "not paying yet"),
    _ticket("paid", "serving", "serving", "ticket_paid", "desk", "while paying"),
    _ticket("note", "called", "called", "ticket_noted", "desk"),
    _ticket("note", "serving", "serving", "ticket_noted", "desk"),
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
        "alarm",
        "called",
        "waiting",
        "ticket_requeued",
        "supervisor timer",
        "where the policy is pause: old place",
    ),
    _ticket("hold_branch", "called", "waiting", "ticket_requeued", "supervisor", "old place"),
    _ticket(
        "power_off", "called", "waiting", "ticket_requeued", "supervisor", "where it needs power: old place"
    ),
    _ticket(
        "suspend_service", "called", "waiting", "ticket_requeued", "supervisor", "of that service: old place"
    ),
    _ticket(
        "close_day",
        "waiting parked called",
        "expired",
        "ticket_expired",
        "timer supervisor",
        "without carry_over",
    ),
    _ticket(
        "close_day",
        "waiting called",
        "waiting",
        "ticket_carried",
        "timer supervisor",
        "with carry_over: old place, bound to none",
    ),
    _ticket("close_day", "parked", "parked", "ticket_carried", "timer supervisor", "with carry_over"),
)

DESK_VERBS: tuple[Transition, ...] = (
    _row("desk", "open_desk", "closed", "open", "desk_opened", "desk supervisor"),
    _row("desk", "pause_desk", "open", "paused", "desk_paused", "desk supervisor", "no ticket in hand"),
    _row("desk", "resume_desk", "paused", "open", "desk_resumed", "desk supervisor"),
    _row(
        "desk", "close_desk", "open paused", "closed", "desk_closed", "desk supervisor", "no ticket in hand"
    ),
    _row("desk", "release_desk", "open paused", "closed", "desk_released", "timer supervisor"),
    _row(
        "desk",
        "set_skills",
        "closed open paused",
        "closed open paused",
        "desk_skills_set",
        "supervisor",
        "the queues it calls from, until set anew",
    ),
    _row(
        "desk",
        "close_day",
        "open paused",
        "closed",
        "desk_closed",
        "timer supervisor",
        "unless it is serving",
    ),
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
    _row("phase", "close_day", "open tickets_closed closed", "closed", "day_closed", "timer supervisor"),
    _row(
        "alarm",
        "alarm",
        "none resuming",
        "pause shelter continue",
        "alarm_sounded",
        "supervisor timer",
        "by air_raid",
    ),
    _row(
        "alarm",
        "all_clear",
        "pause shelter continue",
        "none resuming",
        "alarm_cleared",
        "supervisor timer",
        "resuming: after a pause, for resume_delay_minutes",
    ),
    _row("alarm", "end_alarm", "resuming", "none", "alarm_ended", "timer", "that time is over"),
    _row("power", "power_off", "on", "off", "power_lost", "supervisor"),
    _row("power", "power_on", "off", "on", "power_restored", "supervisor"),
    _row("hold", "hold_branch", "none", "held", "branch_held", "supervisor"),
    _row("hold", "resume_branch", "held", "none", "branch_resumed", "supervisor"),
    _row("service", "suspend_service", "offered", "suspended", "service_suspended", "supervisor"),
    _row("service", "restore_service", "suspended", "offered", "service_restored", "supervisor"),
)

CITY_VERBS: tuple[Transition, ...] = (
    _row("city", "apply_city", "new applied", "applied", "city_applied", "admin timer", "strands no ticket"),
    _row("phase", "apply_city", "new", "closed", "branch_closed", "admin timer", "in a running city"),
    _row(
        "desk",
        "apply_city",
        "closed open paused",
        "closed open paused",
        "desk_skills_set",
        "admin timer",
        "a queue that a supervisor set is gone: as in the city's file",
    ),
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

LOG_VERBS: tuple[Transition, ...] = (
    _row(
        "log", "incident", ANY, ANY, "incident_recorded", "desk", "with the ticket in hand, if there is one"
    ),
    _row("log", "lease", ANY, ANY, "numbers_leased", "kiosk reception", "for when the server is away"),
    _row(
        "log",
        "record",
        ANY,
        ANY,
        "staff_noted",
        "kiosk display desk reception supervisor planner timer",
        "what happened beside the queues: a device approved, a stub printed again, …",
    ),
    _row("log", "branch_incident", ANY, ANY, "incident_recorded", "reception supervisor"),
)
