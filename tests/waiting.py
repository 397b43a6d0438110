"""Wait for what a test needs instead of sleeping and hoping."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
STEP_SECONDS = 0.01


async def wait_until(
    look: Callable[[], T | Awaitable[T]], *, within: float = 10.0, what: str = "condition"
) -> T:
    """Return the first truthy result of `look`, sync or async; AssertionError after `within` real seconds."""
    deadline = time.monotonic() + within
    while True:
        seen = look()
        result: T = await seen if isinstance(seen, Awaitable) else seen
        if result:
            return result
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not come true within {within} s (last: {result!r})")
        await asyncio.sleep(STEP_SECONDS)


def wait_until_sync(look: Callable[[], T], *, within: float = 10.0, what: str = "condition") -> T:
    """The same for tests without an event loop."""
    deadline = time.monotonic() + within
    while True:
        result = look()
        if result:
            return result
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not come true within {within} s (last: {result!r})")
        time.sleep(STEP_SECONDS)
