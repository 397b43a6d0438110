"""Let go of all watchers without a herd: each is told its own random moment, and is closed when it comes."""

from __future__ import annotations

import asyncio
import random

import msgspec

from balancer.errors import PROBLEMS
from balancer.live.hub import Hub
from balancer.messages import Reconnect

DRAINING_CODE = PROBLEMS["draining"].close or 1012
REASON = "draining"


async def drain(hub: Hub, seconds: float, *, dice: random.Random | None = None) -> None:
    """Send everybody `reconnect` with a moment of their own within `seconds` (real), close each at its
    moment.

    Returns when all are closed. Whoever joins meanwhile is not touched: new sockets must be refused.
    """
    draw = (dice or random.Random()).uniform
    loop = asyncio.get_running_loop()
    began = loop.time()
    moments = sorted(((draw(0.0, seconds), client) for client in hub.clients()), key=lambda moment: moment[0])
    for moment, client in moments:
        hub.tell(client, "reconnect", msgspec.json.encode(Reconnect(round(moment, 2))))
    async with asyncio.TaskGroup() as closing:
        for moment, client in moments:
            await asyncio.sleep(max(0.0, began + moment - loop.time()))
            if client in hub:
                closing.create_task(client.close(DRAINING_CODE, REASON))

