"""Tasks end, also those that swallow being cancelled once."""

from __future__ import annotations

import asyncio
import contextlib

from balancer.live.ending import end_tasks


async def test_a_task_that_swallows_a_cancel_is_asked_again() -> None:
    swallowed = []

    async def stubborn() -> None:
        for _ in range(2):
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.Event().wait()
            swallowed.append(1)
        await asyncio.Event().wait()

    async def failed() -> None:
        raise ValueError("long ago")

    tasks = [asyncio.create_task(chore) for chore in (stubborn(), failed())]
    await asyncio.sleep(0)
    await asyncio.wait_for(end_tasks(tasks), 5)
    assert all(task.done() for task in tasks)
    assert len(swallowed) == 2


async def test_wait_for_swallows_a_cancel_that_comes_with_its_result() -> None:
    """Why this module exists; where this fails, Python has been mended and one cancel is enough."""
    loop = asyncio.get_running_loop()
    results: list[str] = []

    async def asks() -> None:
        inner = loop.create_future()
        loop.call_soon(lambda: (inner.set_result("answer"), task.cancel()))
        results.append(await asyncio.wait_for(inner, 5))
        await asyncio.Event().wait()

    task = asyncio.create_task(asks())
    await asyncio.wait([task], timeout=0.05)
    if not task.done():
        assert results == ["answer"]
    await end_tasks([task])
