"""What a new definition does to a running city: nobody may be left behind by it."""

from __future__ import annotations

from collections.abc import Iterator

from balancer.city.model import City
from tests.property.model_state import ACTIVE, IN_HAND, DeskNow, ModelState, No, Ticket
from tests.property.small_city import small_city


def apply_city(city: ModelState, now: int, variant: str) -> None:
    """The city goes on by this definition; the same one again changes nothing."""
    new = small_city(city.city.city, variant)
    if new == city.city:
        return
    for ticket in city.tickets.values():
        if ticket.state in ACTIVE and any(_misses(city, new, ticket)):
            raise No("would_strand")
    city.city = new
    city.events.append(("city_applied", "city"))
    wanted = {(branch.branch, desk.desk) for branch in new.branches for desk in branch.desks}
    for place in city.desks.keys() ^ wanted:
        city.events.append(("desk_closed", "/".join(place)))
    city.desks = {place: city.desks.get(place, DeskNow()) for place in sorted(wanted)}
    for branch, desk in wanted:
        if city.desks[branch, desk].queues is not None and _set_queues(city, new, branch, desk) is None:
            city.set_desk(branch, desk, queues=None)
            city.events.append(("desk_skills_set", f"{branch}/{desk}"))


def _set_queues(city: ModelState, file: City, branch: str, desk: str) -> tuple[str, ...] | None:
    """The skills that a supervisor gave a desk, as long as a definition knows all of them."""
    queues = city.desks[branch, desk].queues if (branch, desk) in city.desks else None
    known = file.branch(branch).queue_by_id.keys()
    return queues if queues is not None and known >= set(queues) else None


def _served(city: ModelState, file: City, branch: str) -> set[str]:
    """The queues from which some desk of a branch calls, by a definition."""
    desks = file.branch(branch).desks
    return {
        queue for desk in desks for queue in _set_queues(city, file, branch, desk.desk) or tuple(desk.queues)
    }


def _misses(city: ModelState, file: City, ticket: Ticket) -> Iterator[bool]:
    """What a ticket needs of its branch and would not find there any more."""
    old, new = city.city.branch(ticket.branch), file.branch(ticket.branch)
    yield ticket.queue not in new.queue_by_id
    before, after = (_served(city, each, ticket.branch) for each in (city.city, file))
    yield ticket.bound is None and ticket.queue in before and ticket.queue not in after
    for desk in (ticket.bound, ticket.desk if ticket.state in IN_HAND else None):
        yield desk is not None and desk not in new.desk_by_id
    if ticket.sender is not None:
        desk, _, queue = ticket.sender
        yield desk not in new.desk_by_id or queue not in new.queue_by_id
    for service in ticket.legs[ticket.leg :]:
        yield old.queue_of(service) is not None and new.queue_of(service) is None
