"""From a ticket's after-image to rows of the table `legs`. Pure.

An after-image carries all legs of its ticket, so a row needs no memory of earlier events; only a desk's
agency and whether an alarm fell into the wait come from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from balancer.messages import Event, Leg, TicketState, Wait

ENDS_A_LEG = frozenset({"leg_finished", "ticket_transferred"})
LEVELS = ("p10", "p50", "p90")

Row = dict[str, Any]
Alarmed = Callable[[str, int, int], bool]
"""(branch, first instant, last instant) → whether the branch stood under an alarm at any time of the span."""


def leg_rows(event: Event, agencies: Mapping[str, str], alarmed: Alarmed) -> Iterator[Row]:
    """The rows that an event changes, without city and epoch: its ticket's leg, and the one that it ended.

    `agencies`: desk ("branch/desk") → agency.
    """
    ticket = event.ticket
    if ticket is None:
        return
    ended = ticket.leg - 1 if event.type in ENDS_A_LEG else ticket.leg
    for index in range(max(0, ended), ticket.leg + 1):
        if index < len(ticket.legs) and ticket.legs[index].joined is not None:
            yield _row(event, ticket, index, agencies, alarmed)


def _row(event: Event, ticket: TicketState, index: int, agencies: Mapping[str, str], alarmed: Alarmed) -> Row:
    leg = ticket.legs[index]
    current, first = index == ticket.leg, index == 0
    joined = leg.joined or 0
    waited_until = leg.called or leg.finished or event.at
    return {
        "ticket": ticket.id,
        "leg": index,
        "day": ticket.day,
        "branch": leg.branch,
        "queue": leg.queue,
        "service": leg.service,
        "desk": leg.desk,
        "agency": agencies.get(f"{leg.branch}/{leg.desk}"),
        "channel": ticket.channel,
        "priority": ticket.priority,
        "head_start_ms": ticket.head_start_ms,
        "state": str(ticket.state) if current else "done",
        "arrived": ticket.arrived,
        **_instants(leg),
        "misses": ticket.misses,
        "alarmed": alarmed(leg.branch, joined, max(joined, waited_until)),
        "outcome": _plain(leg.outcome),
        "ended": ticket.ended if current else None,
        **_levels("first", ticket.quoted if first else None),
        **_levels("last", ticket.estimated if first else None),
        "offset": event.offset,
    }


def _instants(leg: Leg) -> Row:
    return {
        "joined": leg.joined,
        "called": leg.called,
        "started": leg.started,
        "finished": leg.finished,
        "wait_ms": leg.wait_ms,
        "walk_ms": leg.walk_ms,
        "service_ms": leg.service_ms,
        "paying_ms": None if leg.service_ms is None else leg.paying_ms,
        "parked_ms": leg.parked_ms,
        "paused_ms": leg.paused_ms,
    }


def _levels(which: str, wait: Wait | None) -> Row:
    return {f"{which}_{level}": None if wait is None else getattr(wait, level) for level in LEVELS}


def _plain(text: str | None) -> str | None:
    """Without NUL, which PostgreSQL keeps in no text."""
    return None if text is None else text.replace("\0", "\N{REPLACEMENT CHARACTER}")
