"""The current state that goes with a refusal, cut down to what this caller may see."""

from __future__ import annotations

from typing import Any

import msgspec

from balancer.city.definition import City
from balancer.core.intent_views import intent_view
from balancer.core.views import branch_view, desk_view, staff_ticket, ticket_view
from balancer.messages import BranchState, DeskState, IntentState, TicketState
from balancer.routes.access import CITIZEN


def shown_state(state: dict[str, Any] | None, role: str, city: City) -> dict[str, Any] | None:
    """`ticket`, `intent`, `desk` and `branch` as their views, always the same; a citizen sees the first two
    only.
    """
    if state is None:
        return None
    shown: dict[str, Any] = {}
    if "ticket" in state:
        ticket = msgspec.convert(state["ticket"], TicketState)
        tz = city.branch(ticket.branch).time_zone
        if role == CITIZEN:
            shown["ticket"] = ticket_view(ticket, tz, ahead=None, wait=None)
        else:
            shown["ticket"] = staff_ticket(ticket, tz)
    if "intent" in state:
        shown["intent"] = intent_view(msgspec.convert(state["intent"], IntentState), city)
    if "desk" in state and role != CITIZEN:
        desk = msgspec.convert(state["desk"], DeskState)
        shown["desk"] = desk_view(desk, city.branch(desk.branch))
    if "facts" in state and role != CITIZEN:
        facts = msgspec.convert(state["facts"], BranchState)
        shown["branch"] = branch_view(facts, city.branch(facts.branch))
    return msgspec.to_builtins(shown) or None
