"""A long line in fewer steps: neighbours of one queue far behind are called together.

The further behind, the less it matters which of a few neighbours goes first: the wait's own spread grows with
the root of the tickets ahead, a group's error with its size, which is one in a hundred of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from predictors.branch_now import TicketNow
from predictors.conformal import Quantiles

EXACT = 100
"""Tickets from the front on that are replayed one by one."""


class Group(NamedTuple):
    """Tickets of one queue (and one bound desk) by their places in the line, the first first."""

    queue: str
    bound: str | None
    places: list[int]


def grouped(line: Sequence[TicketNow], desks: Sequence[int]) -> list[Group]:
    """The line in groups, in the order of their heads: single tickets first, then ever larger ones.

    `desks`: by place, how many desks may call that ticket. A group takes at most half of them, so that the
    others may still serve more than their share; at a single desk groups may be of any size.
    """
    if len(line) <= EXACT:
        return [Group(ticket.queue, ticket.bound, [place]) for place, ticket in enumerate(line)]
    groups: list[Group] = []
    latest: dict[tuple[str, str | None], Group] = {}
    for place, ticket in enumerate(line):
        key = (ticket.queue, ticket.bound)
        last = latest.get(key)
        if place >= EXACT and last is not None and last.places[0] >= EXACT:
            if len(last.places) < _size(last.places[0], desks[place]):
                last.places.append(place)
                continue
        latest[key] = Group(ticket.queue, ticket.bound, [place])
        groups.append(latest[key])
    return groups


def _size(place: int, desks: int) -> int:
    return 1 + place // EXACT if desks == 1 else min(1 + place // EXACT, desks // 2)


def spread(
    groups: Sequence[Group],
    heads: Sequence[Quantiles | None],
    following: Mapping[str, Quantiles | None],
    line: Sequence[TicketNow],
) -> dict[str, Quantiles | None]:
    """Waits of all tickets: a group's head has its own, the others lie between it and the next head of their
    queue (at the end: the one who joins now, `following`).
    """
    if len(groups) == len(line):
        return {ticket.ticket: head for ticket, head in zip(line, heads, strict=True)}
    waits: dict[str, Quantiles | None] = {}
    after: dict[tuple[str, str | None], Quantiles | None] = {}
    for group, head in zip(reversed(groups), reversed(heads), strict=True):
        key = (group.queue, group.bound)
        beyond = after.get(key, following.get(group.queue) if group.bound is None else None)
        for rank, place in enumerate(group.places):
            waits[line[place].ticket] = _between(head, beyond, rank / len(group.places))
        after[key] = head
    return {ticket.ticket: waits[ticket.ticket] for ticket in line}


def _between(one: Quantiles | None, other: Quantiles | None, share: float) -> Quantiles | None:
    if one is None or other is None or share == 0.0:
        return one
    return Quantiles(*(low + share * max(high - low, 0.0) for low, high in zip(one, other, strict=True)))
