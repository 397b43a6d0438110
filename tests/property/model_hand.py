"""What a clerk does with the ticket in hand that moves it nowhere: payment, notes; and incidents."""

from __future__ import annotations

from collections.abc import Mapping

from tests.property.model_state import ModelState, No
from tests.property.model_tickets import in_hand


def pay(city: ModelState, now: int, branch: str, desk: str) -> str:
    """serving → serving, paying from now on."""
    ticket = in_hand(city, branch, desk, "serving")
    if ticket.paying_since is not None:
        raise No("already_paying")
    return city.put("ticket_paying", ticket, paying_since=now).id


def paid(city: ModelState, now: int, branch: str, desk: str) -> str:
    """serving → serving, paying no more."""
    ticket = in_hand(city, branch, desk, "serving")
    if ticket.paying_since is None:
        raise No("not_paying")
    return city.put("ticket_paid", ticket, paying_since=None).id


def note(city: ModelState, now: int, branch: str, desk: str, text: str) -> str:
    """The ticket in hand carries these words from now on; none takes them away."""
    return city.put("ticket_noted", in_hand(city, branch, desk, "called", "serving"), note=text or None).id


def incident(city: ModelState, now: int, branch: str, desk: str, category: str, text: str) -> str | None:
    """Written down, with the ticket in hand."""
    city.skills(branch, desk)
    held = city.hand(branch, desk)
    city.events.append(("incident_recorded", branch))
    return held.id if held else None


def record(city: ModelState, now: int, kind: str, branch: str | None, detail: Mapping[str, str]) -> None:
    """Written down, of a branch or of the whole city."""
    if branch is not None:
        city.branch_file(branch)
    city.events.append(("staff_noted", branch or "city"))


def branch_incident(
    city: ModelState, now: int, branch: str, category: str, text: str, ticket: str | None = None
) -> None:
    """Written down; a ticket that it names must be of the branch."""
    city.branch_file(branch)
    if ticket is not None and city.ticket(ticket).branch != branch:
        raise No("unknown_ticket")
    city.events.append(("incident_recorded", branch))
