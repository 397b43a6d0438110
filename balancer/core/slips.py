"""Leased numbers: what each of them is once it becomes a ticket, and how long a lease holds. Pure."""

from __future__ import annotations

import hashlib

from balancer.city.definition import Branch
from balancer.city.hours import day_bounds, plan
from balancer.core.tokens import ticket_secret
from balancer.messages import LeaseState, Slip

ID_LENGTH = 20  # hex digits: 80 bits, as any other ticket id


def slips_of(lease: LeaseState, city_key: bytes) -> list[Slip]:
    """All numbers of a lease, block by block, with the id and the secret that each ticket will have."""
    slips = []
    for block in lease.blocks:
        for place in range(block.first, block.first + lease.count):
            number = f"{block.letter}{place:03d}"
            ticket = slip_ticket(lease.lease, number)
            slips.append(Slip(number, block.queue, block.letter, ticket, ticket_secret(city_key, ticket)))
    return slips


def slip_ticket(lease: str, number: str) -> str:
    """The id of the ticket that a slip becomes: nobody can guess it who does not know the lease's own id.

    `lua/include/find_slip.lua` says the same.
    """
    return hashlib.sha1(f"{lease}/{number}".encode()).hexdigest()[:ID_LENGTH]


def lease_ends(branch: Branch, city_ms: int) -> int:
    """The city ms after which slips leased at that instant are certainly of no use: the planned end of the
    branch's day, at the latest midnight. A day may end sooner.
    """
    midnight = day_bounds(branch.time_zone, city_ms)[1]
    planned = plan(branch, city_ms).close_day_at
    return midnight if planned is None or planned <= city_ms else min(planned, midnight)
