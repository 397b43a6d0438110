"""The server's city clock as its clients follow it: one reading, then the monotonic clock times the speed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime

from balancer.messages import Hello

LONGEST_NAP_SECONDS = 1.0


class CityPace:
    """City time on the client's side. `city`: an aware instant that held when the monotonic clock read
    `at`.
    """

    def __init__(
        self,
        city: datetime,
        speed: float,
        at: float | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.speed = speed
        self._city = city.timestamp()
        self._at = monotonic() if at is None else at
        self._zone = city.tzinfo
        self._monotonic = monotonic

    @classmethod
    def from_hello(cls, hello: Hello) -> CityPace:
        """The pace of a server that has just said hello."""
        return cls(datetime.fromisoformat(hello.city_time), hello.speed)

    def now(self) -> datetime:
        """City time, in the zone of the reading."""
        return datetime.fromtimestamp(self.timestamp(), self._zone)

    def timestamp(self) -> float:
        """City seconds since the Unix epoch."""
        return self._city + (self._monotonic() - self._at) * self.speed

    async def until(self, timestamp: float) -> float:
        """Sleep until that city second; the city seconds by which it is past already (0 or more)."""
        ahead = timestamp - self.timestamp()
        while ahead > 0:
            await asyncio.sleep(min(ahead / self.speed, LONGEST_NAP_SECONDS))
            ahead = timestamp - self.timestamp()
        return -ahead
