"""Tickets that nobody came for and that may still be reinstated; the live board does not keep them."""

from __future__ import annotations

import msgspec

from balancer.core.keys import Keys
from balancer.core.tokens import Commander
from balancer.messages import TicketState, TicketStatus

MOST = 200
_TICKET = msgspec.json.Decoder(TicketState)


async def missed_tickets(store: Commander, keys: Keys, branch: str) -> list[TicketState]:
    """A branch's tickets in no_show, the newest first, at most MOST."""
    ids = await store.command("ZREVRANGE", f"{keys.misses}{branch}", 0, MOST - 1, writes=False)
    if not ids:
        return []
    texts = await store.command("MGET", *(f"{keys.tickets}{each.decode()}" for each in ids), writes=False)
    found = (_TICKET.decode(text) for text in texts if text is not None)
    return [ticket for ticket in found if ticket.state is TicketStatus.NO_SHOW]
