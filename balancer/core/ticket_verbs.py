"""Tickets by kiosk, reception and holder: issue, cancel, left, transfer, priority, reinstate."""

from __future__ import annotations

from collections.abc import Sequence
from secrets import token_hex

import msgspec

from balancer.city.hours import day_bounds
from balancer.core.caller import Caller
from balancer.core.commands import CityCommands
from balancer.messages import Answer, Wait


class TicketVerbs(CityCommands):
    """Verbs that name a ticket, or make one."""

    async def issue(
        self,
        caller: Caller,
        branch: str,
        service: str,
        *,
        services: Sequence[str] = (),
        priority: str | None = None,
        channel: str = "kiosk",
        quote: Wait | None = None,
        ticket_id: str | None = None,
        intent: str | None = None,
        number: str | None = None,
        lease: str | None = None,
        arrived: int | None = None,
    ) -> Answer:
        """A new ticket that waits; `services` are further legs of the visit, `quote` the wait that was
        promised, `intent` the announcement that it fulfils.

        Given out on paper before: `number` is a leased slip (of `lease`), which names the ticket, `arrived`
        the city ms of that moment. Refused("slip_unknown"), Refused("slip_used").
        """
        here = await self._branch(branch)
        return await self._command(
            "issue",
            caller,
            branch=branch,
            service=service,
            further=msgspec.json.encode(list(services)) if services else None,
            priority=priority,
            channel=channel,
            quote=quote,
            ticket=ticket_id or token_hex(10),
            day=await self._day(branch),
            intent=intent,
            number=number,
            lease=lease,
            arrived=arrived,
            day_start=day_bounds(here.time_zone, self.clock.now_ms())[0] if here and arrived else 0,
        )

    async def lease(self, caller: Caller, branch: str, count: int, *, lease_id: str | None = None) -> Answer:
        """Numbers of every queue of the branch for today, `count` of each, that `issue` will never give
        otherwise: `slips_of(answer.lease)` lists them."""
        name, day = lease_id or token_hex(16), await self._day(branch)
        return await self._command("lease", caller, branch=branch, lease=name, day=day, count=count)

    async def cancel(self, caller: Caller, ticket: str) -> Answer:
        """The holder gives the ticket back."""
        return await self._command("cancel", caller, ticket=ticket)

    async def left(self, caller: Caller, ticket: str) -> Answer:
        """The visitor was seen to leave."""
        return await self._command("left", caller, ticket=ticket)

    async def transfer_ticket(
        self,
        caller: Caller,
        ticket: str,
        *,
        to_branch: str | None = None,
        to_queue: str | None = None,
        to_desk: str | None = None,
        service: str | None = None,
        keep_place: bool = True,
        note: str | None = None,
    ) -> Answer:
        """To another queue, desk or branch (there with a new number); without a queue to the one of the
        service."""
        return await self._command(
            "transfer_ticket",
            caller,
            ticket=ticket,
            to_branch=to_branch,
            to_queue=to_queue,
            to_desk=to_desk,
            service=service,
            keep_place=keep_place,
            note=note,
            day=await self._day(to_branch) if to_branch else None,
        )

    async def set_priority(
        self, caller: Caller, ticket: str, priority: str | None, reason: str | None = None
    ) -> Answer:
        """Another priority class, or none: the place follows from the same arrival."""
        return await self._command("set_priority", caller, ticket=ticket, priority=priority, reason=reason)

    async def reinstate(self, caller: Caller, ticket: str) -> Answer:
        """A missed ticket waits again at its old place."""
        return await self._command("reinstate", caller, ticket=ticket)
