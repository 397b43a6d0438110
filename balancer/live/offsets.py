"""Waiting until a process has folded an event: read your own write."""

from __future__ import annotations

import asyncio


class OffsetWaiters:
    """Those who wait for an offset to be reached."""

    def __init__(self) -> None:
        self._waiting: dict[asyncio.Future[None], int] = {}

    async def wait(self, offset: int, within: float) -> bool:
        """True once `reached(offset)` was called, False after `within` real seconds."""
        waiting = asyncio.get_running_loop().create_future()
        self._waiting[waiting] = offset
        try:
            async with asyncio.timeout(within):
                await waiting
        except TimeoutError:
            return False
        finally:
            self._waiting.pop(waiting, None)
        return True

    def reached(self, offset: int) -> None:
        """Wake everybody who waits for this offset or an earlier one."""
        for waiting, wanted in self._waiting.items():
            if wanted <= offset and not waiting.done():
                waiting.set_result(None)
