"""What a new definition does to a running city: nobody may be left behind by it."""

from __future__ import annotations

from collections.abc import Iterator

from balancer.city.model import Branch
from tests.property.model_state import ACTIVE, IN_HAND, DeskNow, ModelState, No, Ticket
from tests.property.small_city import small_city


def apply_city(city: ModelState, now: int, variant: str) -> None:
    """The city goes on by this definition; the same one again changes nothing."""
    new = small_city(city.city.city, variant)
    if new == city.city:
        return
    for ticket in city.tickets.values():
        if ticket.state in ACTIVE and any(_misses(city, new.branch(ticket.branch), ticket)):
            raise No("would_strand")
    city.city = new
    city.events.append(("city_applied", "city"))
    wanted = {(branch.branch, desk.desk) for branch in new.branches for desk in branch.desks}
    for place in city.desks.keys() ^ wanted:
        city.events.append(("desk_closed", "/".join(place)))
    city.desks = {place: city.desks.get(place, DeskNow()) for place in sorted(wanted)}


def _misses(city: ModelState, new: Branch, ticket: Ticket) -> Iterator[bool]:
    """What a ticket needs of its branch and would not find there any more."""
    old = city.city.branch(ticket.branch)
    yield ticket.queue not in new.queue_by_id
    yield ticket.bound is None and bool(old.desks_of(ticket.queue)) and not new.desks_of(ticket.queue)
    for desk in (ticket.bound, ticket.desk if ticket.state in IN_HAND else None):
        yield desk is not None and desk not in new.desk_by_id
    if ticket.sender is not None:
        desk, _, queue = ticket.sender
        yield desk not in new.desk_by_id or queue not in new.queue_by_id
    for service in ticket.legs[ticket.leg :]:
        yield old.queue_of(service) is not None and new.queue_of(service) is None
