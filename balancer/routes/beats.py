"""Signs of life: every request with a desk's token is one, so that only a desk that really fell silent is
released.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from balancer.errors import BalancerError

BEAT_SECONDS = 3.0


class Beats:
    """Passes signs of life on to the core, at most one a desk every BEAT_SECONDS real seconds."""

    def __init__(self, heartbeat: Callable[[str, str], Awaitable[object]]) -> None:
        self._heartbeat = heartbeat
        self._noted: dict[tuple[str, str], float] = {}

    async def note(self, role: str, branch: str | None, desk: str | None) -> None:
        """Take note of a request; only a desk's own token counts. A store that is away makes no difference
        here.
        """
        if role != "desk" or branch is None or desk is None:
            return
        now = time.monotonic()
        if now - self._noted.get((branch, desk), -BEAT_SECONDS) < BEAT_SECONDS:
            return
        self._noted[branch, desk] = now
        try:
            await self._heartbeat(branch, desk)
        except BalancerError:
            del self._noted[branch, desk]
