"""Draining: everybody is told a moment of their own and closed when it comes; nobody is forgotten."""

from __future__ import annotations

import asyncio
import json
import random

from balancer.live.draining import DRAINING_CODE, drain
from balancer.live.hub import Hub
from tests.unit.test_hub import Watcher

SEED = 20261123


class Closing(Watcher):
    """A watcher that notes when and how it was closed."""

    closed: tuple[float, int] | None = None

    async def close(self, code: int, reason: str) -> None:
        self.hub.leave(self)
        self.closed = (asyncio.get_running_loop().time(), code)


def watching(hub: Hub, room: int | None = None) -> Closing:
    watcher = Closing(hub, room=room)
    hub.join(watcher)
    return watcher


async def test_everybody_gets_their_own_moment_and_is_closed_then() -> None:
    hub = Hub()
    watchers = [watching(hub) for _ in range(200)]
    began = asyncio.get_running_loop().time()
    await drain(hub, 0.3, dice=random.Random(SEED))
    told = [json.loads(watcher.lines[0])["reconnect_in"] for watcher in watchers]
    assert len(set(told)) > 20 and 0 <= min(told) < 0.05 and 0.25 < max(told) <= 0.3
    for watcher, moment in zip(watchers, told, strict=True):
        assert watcher.closed is not None and watcher.closed[1] == DRAINING_CODE == 4012
        assert watcher.closed[0] - began >= moment - 0.02
    assert len(hub) == 0


async def test_who_went_by_himself_is_not_closed_again() -> None:
    hub = Hub()
    early, late = watching(hub), watching(hub)
    draining = asyncio.create_task(drain(hub, 0.05, dice=random.Random(SEED)))
    await asyncio.sleep(0)
    hub.leave(early)
    await draining
    assert early.closed is None and late.closed is not None


async def test_a_blocked_watcher_is_let_go_too() -> None:
    hub = Hub()
    slow = watching(hub, room=1)
    hub.publish("centre", b"c")
    await drain(hub, 0.0)
    assert slow.closed is not None
    assert len(slow.outbox) == 1, "told once it reads again"


async def test_nobody_to_drain_takes_no_time() -> None:
    await asyncio.wait_for(drain(Hub(), 30.0), 0.5)


