"""Who wrote something can wait until this process has seen it."""

from __future__ import annotations

import asyncio

from balancer.live.offsets import OffsetWaiters


async def test_whoever_waits_wakes_when_the_offset_is_reached() -> None:
    waiters = OffsetWaiters()
    seven, nine = (asyncio.create_task(waiters.wait(offset, 5.0)) for offset in (7, 9))
    await asyncio.sleep(0)
    waiters.reached(8)
    assert await seven
    assert not nine.done()
    waiters.reached(9)
    assert await nine


async def test_waiting_ends_in_time_and_leaves_nothing_behind() -> None:
    waiters = OffsetWaiters()
    assert not await waiters.wait(7, 0.01)
    gone = asyncio.create_task(waiters.wait(8, 5.0))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    waiters.reached(100)
    assert waiters._waiting == {}
