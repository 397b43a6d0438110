"""Tickets given out on paper and entered later: leased numbers, and places by true arrival."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.property.model_state import MINUTE, Lease, ModelState, No

EARLY_MS = MINUTE


def lease(city: ModelState, now: int, branch: str, count: int, lease_id: str) -> None:
    """Numbers of every letter that nobody else will get today."""
    queues = city.branch_file(branch).queues
    first = {queue.letter: city.lease_numbers(branch, queue.letter, count) for queue in queues}
    city.leases[lease_id] = Lease(branch, city.day, count, first)
    city.events.append(("numbers_leased", branch))


def may_enter(city: ModelState, branch: str, number: str | None) -> None:
    """What was given out is there already: neither pause nor closed tickets stop it."""
    if city.role == "citizen":
        raise No("forbidden")
    if number is None and city.branches[branch].phase == "closed":
        raise No("branch_closed")


def arrival(city: ModelState, now: int, arrived: int | None) -> int:
    """When the visitor came: today, and not in the future but for a clock that is a little fast."""
    if arrived is None:
        return now
    today = datetime.fromisoformat(city.day).replace(tzinfo=UTC).timestamp() * 1000
    if not today <= arrived <= now + EARLY_MS:
        raise No("invalid_field")
    return min(arrived, now)


def use_slip(city: ModelState, branch: str, number: str, lease_id: str | None) -> None:
    """The number becomes a ticket; it must be of a lease of this branch's today, and only once."""
    found = [
        name
        for name, each in city.leases.items()
        if (each.branch, each.day) == (branch, city.day) and each.has(number) and lease_id in (None, name)
    ]
    if not found:
        raise No("slip_unknown")
    if (found[0], number) in city.used:
        raise No("slip_used")
    city.used |= {(found[0], number)}
