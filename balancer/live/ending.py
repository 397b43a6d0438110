"""End tasks for certain. One `cancel()` may be swallowed: until Python 3.12 `asyncio.wait_for` returns its
result instead where both come in the same turn of the loop, and redis-py sends every command through it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

ASK_AGAIN_SECONDS = 0.1


async def end_tasks(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel until all are done; what they raise is dropped."""
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        done, left = await asyncio.wait(left, timeout=ASK_AGAIN_SECONDS)
        await asyncio.gather(*done, return_exceptions=True)
