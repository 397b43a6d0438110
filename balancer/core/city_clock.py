"""City time: an anchor (real instant, city instant, speed) kept with the city, carried on by a monotonic
clock.

The first process sets the anchor, later ones take it, `--clock` moves it forward and never behind the last
event. A process reads the store's wall clock once, when it joins, and from then on only its own monotonic
clock: processes agree, and a jump of the wall clock changes nothing for those who run.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from balancer.core.connect import Store
from balancer.core.keys import Keys
from balancer.core.scripts import city_script

ALIVE_SECONDS = 15  # so long after its last sign of life a process counts as living by the clock
CLOCK_ACTOR = "timer"


class Anchor(NamedTuple):
    """At real instant `real` (ms) it was `city` (ms) there; since then `speed` times as fast."""

    real: int
    city: int
    speed: float


class CityClock:
    """`now_ms()` never falls, but where somebody sets the clock. Without a store: `CityClock(anchor, real,
    monotonic)`."""

    def __init__(self, anchor: Anchor, real_ms: int, monotonic: Callable[[], float] = time.monotonic) -> None:
        """`real_ms`: the wall clock now; `monotonic` in seconds, from anywhere."""
        self.anchor = anchor
        self._real_then = real_ms
        self._monotonic = monotonic
        self._then = monotonic()
        self._store: Store | None = None
        self._keys = Keys.of("")

    @classmethod
    async def join(
        cls,
        store: Store,
        city_id: str,
        start: datetime | None = None,
        speed: float | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> CityClock:
        """The clock of this city. `start` (with a time zone) counts for the first process, after all have
        ended, and where it lies ahead; `speed` counts always. None: as it is."""
        plan, keys, real = city_script("join_clock"), Keys.of(city_id), await _store_time(store)
        wanted = "" if start is None else str(int(start.timestamp() * 1000))
        args: list[str | int | bytes] = [
            CLOCK_ACTOR,
            real,
            wanted,
            "" if speed is None else repr(speed),
            ALIVE_SECONDS,
        ]
        reply = await store.writer.call(plan.script, keys.named(plan.keys), args)
        clock = cls(_anchor(reply), real, monotonic)
        clock._store, clock._keys = store, keys
        return clock

    @property
    def speed(self) -> float:
        """City milliseconds for one real millisecond."""
        return self.anchor.speed

    def real_ms(self) -> int:
        """Real time: the store's wall clock when this process joined, carried on by the monotonic clock."""
        return self._real_then + round((self._monotonic() - self._then) * 1000)

    def now_ms(self) -> int:
        """City time."""
        return self.anchor.city + int((self.real_ms() - self.anchor.real) * self.anchor.speed)

    async def refresh(self) -> None:
        """Take over an anchor that another process has set, and give a sign of life."""
        if self._store is None:
            return
        writer = self._store.writer
        await writer.command("SET", self._keys.clock_users, 1, "EX", ALIVE_SECONDS)
        reply = await writer.command("HMGET", self._keys.clock, "real", "city", "speed", writes=False)
        if reply[0] is not None:
            self.anchor = _anchor(reply)


async def _store_time(store: Store) -> int:
    """The store's wall clock (ms), so that processes on several machines agree."""
    seconds, micros = await store.writer.command("TIME", writes=False)
    return int(seconds) * 1000 + int(micros) // 1000


def _anchor(reply: list[bytes]) -> Anchor:
    real, city, speed = reply
    return Anchor(int(real), int(city), float(speed))
