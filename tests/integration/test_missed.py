"""Tickets that nobody came for, as reception finds them."""

from __future__ import annotations

from balancer.core.missed import missed_tickets
from tests.stores import Server
from tests.town import CLERK, RECEPTION, Town


async def test_missed_until_reinstated(valkey: Server, city_name: str) -> None:
    """The newest first; other states and branches are not among them."""
    async with Town.found(valkey.url, city_name, no_show_chances=0) as town:
        made = []
        for _ in range(2):
            made.append(await town.called())
            await town.queue.no_show(CLERK, "centre", "1")
            town.clock.forward(60_000)
        await town.ticket()

        async def missed(branch: str) -> list[str]:
            return [each.id for each in await missed_tickets(town.store.writer, town.queue.keys, branch)]

        assert await missed("centre") == [made[1].id, made[0].id]
        assert await missed("harbour") == []
        await town.queue.reinstate(RECEPTION, made[1].id)
        assert await missed("centre") == [made[0].id]
