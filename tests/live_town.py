"""A town on a real store with its live feed, and watchers that keep what they are sent."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

from balancer.core.event_log import EventLog
from balancer.live.city_feed import CityFeed
from balancer.live.hub import Hub
from balancer.live.outbox import Part
from tests.town import Town


def lined(kind: str, payload: bytes) -> bytes:
    """A wire for tests: one JSON a line."""
    return payload + b"\n"


class Watcher:
    """A client of the hub that takes everything at once."""

    encoder = staticmethod(lined)

    def __init__(self) -> None:
        self.got = bytearray()

    def write(self, payload: bytes) -> None:
        self.got += payload

    def hold(self, parts: Sequence[Part]) -> None:
        raise AssertionError("this one is never blocked")

    def blocked_seconds(self, now: float) -> float:
        return 0.0

    def abort(self) -> None:
        raise AssertionError("this one is never cut off")

    async def close(self, code: int, reason: str) -> None:
        raise AssertionError("nobody closes this one")

    @property
    def frames(self) -> list[dict[str, Any]]:
        """Everything, in order."""
        return [json.loads(line) for line in bytes(self.got).splitlines()]

    def of(self, branch: str) -> list[dict[str, Any]]:
        """The frames of one branch."""
        return [frame for frame in self.frames if frame.get("branch") == branch]

    def kinds(self) -> list[str]:
        """The types of all frames."""
        return [frame["type"] for frame in self.frames]


@contextlib.asynccontextmanager
async def feeding(town: Town) -> AsyncIterator[tuple[CityFeed, Hub]]:
    """A started feed of its own for the town, as another process would have it."""
    hub = Hub()
    clock: Any = town.clock
    clock.speed = 1.0
    city = await town.queue.definition()
    assert city is not None
    feed = CityFeed(EventLog(town.store, town.city.city), city, clock, hub, town.queue.definition)
    await feed.start()
    try:
        yield feed, hub
    finally:
        await feed.stop()
