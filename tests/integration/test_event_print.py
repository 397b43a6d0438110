"""The log as an operator reads it."""

from __future__ import annotations

import asyncio

from balancer.core.event_print import follow_events
from tests.stores import Server
from tests.town import CLERK, HOUR, RECEPTION, Town, refused
from tests.waiting import wait_until


async def test_lines_tell_what_happened(valkey: Server, city_name: str) -> None:
    """Local time, offset, branch, number, what, desk, who."""
    async with Town.found(valkey.url, city_name) as town:
        made = await town.called("passport")
        await town.queue.no_show(CLERK, "centre", "1")
        await town.queue.transfer_ticket(RECEPTION, made.id, to_branch="harbour")
        lines: list[str] = []
        await follow_events(town.store, city_name, lines.append, follow=False, since=8)
    assert lines == [
        "2026-11-23 09:00:00  #9  centre  A001  ticket_issued  by kiosk",
        "2026-11-23 09:00:00  #10  centre  A001  ticket_called  desk 1  waiting → called  by desk:1",
        "2026-11-23 09:00:00  #11  centre  A001  ticket_missed  desk 1  called → waiting  by desk:1",
        "2026-11-23 09:00:00  #12  harbour  H001  ticket_transferred  waiting → waiting  from centre"
        "  by reception",
    ]


async def test_follow_writes_only_what_is_new(valkey: Server, city_name: str) -> None:
    """And goes on until it is stopped."""
    async with Town.found(valkey.url, city_name) as town:
        lines: list[str] = []
        following = asyncio.create_task(follow_events(town.store, city_name, lines.append, follow=True))
        try:
            for number in (1, 2):
                await town.ticket()
                # The first may come before the follower has looked where the log ends.
                await wait_until(lambda n=number: n == 1 or any("ticket_issued" in line for line in lines))
            assert not any("branch_opened" in line for line in lines)
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)


async def test_events_that_are_no_longer_kept(valkey: Server, city_name: str) -> None:
    """Said in one line, then what there is; and a city that does not exist is refused."""
    async with Town.found(valkey.url, city_name) as town:
        town.clock.forward(100 * HOUR)
        await town.ticket()
        await town.log.trim(town.clock.real)
        lines: list[str] = []
        await follow_events(town.store, city_name, lines.append, follow=False, since=2)
        assert lines[0] == "events 3 to 8 are no longer kept"
        assert [line.split("  ")[1] for line in lines[1:]] == ["#9"]
        async with refused("unknown_city"):
            await follow_events(town.store, "atlantis", lines.append, follow=False)


async def test_a_restored_store_is_said_and_followed(valkey: Server, city_name: str) -> None:
    """An operator's window stays useful through a restore."""
    async with Town.found(valkey.url, city_name) as town:
        lines: list[str] = []
        following = asyncio.create_task(follow_events(town.store, city_name, lines.append, follow=True))
        try:
            await wait_until(lambda: issue_until_seen(town, lines))
            await town.store.writer.command("HSET", town.queue.keys.city, "epoch", "restored")
            await wait_until(lambda: any("the log begins anew" in line for line in lines))
            lines.clear()
            await wait_until(lambda: issue_until_seen(town, lines))
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)


async def issue_until_seen(town: Town, lines: list[str]) -> bool:
    """A ticket more, as long as none was seen."""
    await town.ticket()
    return any("ticket_issued" in line for line in lines)
