"""Passes the frames of changed branches to the hub: at once when it is idle, never faster than the loop can
bear.

What changes while a pass is under way goes out with the next one, each branch once and in its newest state.
After a pass the publisher rests twice as long as it worked, at most 50 ms: a thousand watchers, 8 ms a pass,
take a third of the loop's time, and even ten thousand leave a third of it to desks and kiosks.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator

from balancer.live.hub import Hub

REST_PER_WORK = 2.0
LONGEST_REST_SECONDS = 0.05


class Publisher:
    """`frame(branch)` gives the newest JSON of a branch, None for one that is no more."""

    def __init__(self, hub: Hub, frame: Callable[[str], bytes | None]) -> None:
        self._hub = hub
        self._frame = frame
        self._due: dict[str, None] = {}
        self._wake = asyncio.Event()

    def mark(self, branches: Iterable[str]) -> None:
        """These branches have something new to tell."""
        self._due.update(dict.fromkeys(branches))
        if self._due:
            self._wake.set()

    async def run(self) -> None:
        """Publish until cancelled."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            due, self._due = self._due, {}
            frames = await self._frames(due)
            worked = await _pass(self._hub.passing(frames))
            await asyncio.sleep(min(REST_PER_WORK * worked, LONGEST_REST_SECONDS))

    async def _frames(self, branches: Iterable[str]) -> dict[str, bytes]:
        """The newest frames. Each may need an estimate, so the loop does other things between two."""
        frames = {}
        for branch in branches:
            frame = self._frame(branch)
            if frame is not None:
                frames[branch] = frame
            await asyncio.sleep(0)
        return frames


async def _pass(turns: Iterator[None]) -> float:
    """Run a pass, letting the loop do other things between its turns; real seconds of the turns alone."""
    worked, going = 0.0, True
    while going:
        began = time.perf_counter()  # uvloop's own time stands still within a turn
        going = next(turns, True) is None
        worked += time.perf_counter() - began
        await asyncio.sleep(0)
    return worked
