"""The only writer: every verb of design §3 as a method, each one Lua script of the same name.

Every method answers with `messages.Answer` or raises Refused, StaleVersion, StoreUnavailable, Unconfirmed or
another BalancerError. A repeat under the same key gives the first answer again, word for word; refusals too
are kept.
"""

from __future__ import annotations

from secrets import token_hex

import msgspec

from balancer.city.definition import decode_city
from balancer.core.branch_verbs import BranchVerbs
from balancer.core.caller import Caller
from balancer.core.chores import Chores
from balancer.core.city_config import flatten
from balancer.core.desk_verbs import DeskVerbs
from balancer.core.intent_verbs import IntentVerbs
from balancer.core.log_verbs import LogVerbs
from balancer.core.ticket_verbs import TicketVerbs
from balancer.errors import Refused
from balancer.messages import Answer, TicketState

_TICKET = msgspec.json.Decoder(TicketState)


class TicketQueue(TicketVerbs, DeskVerbs, BranchVerbs, IntentVerbs, LogVerbs, Chores):
    """All queues of one city. `clock` gives city and real time (CityClock)."""

    async def apply_city(self, caller: Caller, definition: bytes) -> Answer:
        """Make this definition (`encode_city`) the city's; the same one again changes nothing.

        Refused("would_strand") names all tickets and desks that the change would leave behind, in
        `state["faults"]`.
        """
        city = decode_city(definition)
        answer = await self._command(
            "apply_city",
            caller,
            text=definition,
            settings=msgspec.json.encode(flatten(city)),
            epoch=token_hex(8),
            secret=token_hex(32),
        )
        await self.definition()
        return answer

    async def read_ticket(self, ticket: str) -> tuple[TicketState, int | None]:
        """A ticket and how many stand before it, None unless it waits; Refused("unknown_ticket")."""
        reply = await self._read("read_ticket", ticket=ticket)
        if reply is None:
            raise Refused("unknown_ticket")
        text, ahead = reply
        return _TICKET.decode(text), None if ahead is None else int(ahead)
