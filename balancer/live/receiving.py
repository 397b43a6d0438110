"""Whether a branch will take somebody who arrives at some moment, and why not. Pure."""

from __future__ import annotations

from typing import NamedTuple

from balancer.city.definition import Service
from balancer.city.hours import plan
from balancer.live.branch_load import BranchLoad
from balancer.messages.advice import LeftOutReason

MINUTE_MS = 60_000
CLOSING_MARGIN_MINUTES = 5
"""Whoever arrives later than this before the closing hour is not sent there."""


class Receiving(NamedTuple):
    """`reason` why not, None where the branch will. City ms: `closes_at`, the end of the opening in which one
    arrives; `opens_at`, the next opening after that moment, where the branch is closed then.
    """

    reason: LeftOutReason | None
    closes_at: int | None = None
    opens_at: int | None = None


def receiving(
    load: BranchLoad, service: Service, now: int, arrives: int, leaves: int | None = None
) -> Receiving:
    """Whether the branch, as it is at city ms `now`, takes a visitor for `service` who is there at `arrives`,
    having left at `leaves` (now, if it is None).

    What holds now (a pause, no power, an opening ended early by hand) is taken to last as long as that
    opening.
    """
    here, then = plan(load.branch, now), plan(load.branch, arrives)
    if load.branch.queue_of(service.service) is None:
        return Receiving("service_not_offered")
    if load.state == "paused":
        return Receiving("paused", then.closes_at)
    if service.needs_power and load.facts.power == "off":
        return Receiving("no_power", then.closes_at)
    if service.service in load.facts.suspended:
        return Receiving("service_suspended", then.closes_at)
    same_opening = here.open_now and (here.closes_at is None or arrives < here.closes_at)
    if same_opening and load.facts.phase != "open":
        closed = load.facts.phase == "closed"
        return Receiving("closed" if closed else "tickets_closed", None, here.opens_at)
    if not then.open_now:
        if load.facts.phase == "open" and not here.open_now:
            return Receiving(None)  # opened by hand outside its hours
        was_open = plan(load.branch, now if leaves is None else leaves).open_now
        return Receiving("closing_too_soon" if was_open else "closed", None, then.opens_at)
    if then.closes_at is not None and then.closes_at - arrives < CLOSING_MARGIN_MINUTES * MINUTE_MS:
        return Receiving("closing_too_soon", then.closes_at, then.opens_at)
    return Receiving(None, then.closes_at)
