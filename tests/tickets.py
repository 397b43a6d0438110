"""A ticket as the core keeps it, for what is made of tickets without a store."""

from __future__ import annotations

from typing import Any

import msgspec

from balancer.messages import Leg, TicketState, TicketStatus

TEN = 1_795_420_800_000  # 2026-11-23 10:00 in Kyiv


def ticket(state: str = "waiting", *, called: int | None = None, **changes: Any) -> TicketState:
    """P007, issued at ten at the centre for a passport, with what must never reach its holder; one leg."""
    leg = Leg(
        service="passport", queue="papers", branch="center", joined=TEN, joined_time=TEN, called=called
    )
    made = TicketState(
        id="t1",
        number="P007",
        letter="P",
        day="2026-11-23",
        branch="center",
        queue="papers",
        service="passport",
        state=TicketStatus(state),
        version=3,
        arrived=TEN,
        order=TEN,
        tie=5,
        channel="kiosk",
        priority="disability",
        note="for colleagues",
        legs=[leg],
    )
    return msgspec.structs.replace(made, **changes)
