"""A branch's working day, lived through on a real store before anybody looks: `live_through(url, city, …)`.

People come as they do in the morning and after lunch, desks call, serve, rest and close; the clock is the
test's, so a whole day takes a few seconds. The same seed gives the same day. A server that is started on the
store afterwards goes on from there.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from typing import Any

from balancer.city.definition import City, encode_city
from balancer.core.caller import Caller
from balancer.core.connect import Store, connect
from balancer.core.ticket_queue import TicketQueue
from balancer.errors import Refused
from tests.town import ADMIN, MINUTE, NINE, SECOND, SUPERVISOR, FrozenClock

KIOSK, CLERK = Caller("kiosk"), Caller("desk:day")
STEP = 90 * SECOND
BREAK_AFTER, BREAK_MINUTES = 150, 20


class LivedDay:
    """One branch's day; `crowd`: visitors an hour by queue, `shut`: desks that nobody opens."""

    def __init__(
        self, store: Store, city: City, branch: str, crowd: dict[str, float], shut: set[str], seed: int
    ) -> None:
        self.clock = FrozenClock()
        self.branch = city.branch(branch)
        self.queue = TicketQueue(store, city.city, self.clock)
        self.dice = random.Random(seed)
        self._crowd = crowd
        self._open = [each.desk for each in self.branch.desks if each.desk not in shut]
        self._hands: dict[str, int] = {}
        self._serving: set[str] = set()
        self._rests: dict[str, int] = {}
        self._waiting: Counter[str] = Counter()

    async def open(self) -> None:
        """Nine o'clock."""
        await self.queue.open_branch(SUPERVISOR, self.branch.branch)
        for desk in self._open:
            await self.queue.open_desk(CLERK, self.branch.branch, desk)

    async def until(self, at: int) -> None:
        """Live on up to a city instant (ms)."""
        while self.clock.now < at:
            began = self.clock.now
            await self._arrivals()
            for place, desk in enumerate(self._open):
                self.clock.forward(STEP // (len(self._open) + 1))
                await self._work(desk, place)
            self.clock.forward(began + STEP - self.clock.now)

    async def _arrivals(self) -> None:
        hours = (self.clock.now - NINE) / (60 * MINUTE)
        tide = 0.55 + 0.9 * max(0.0, 1 - abs(hours - 2.2) / 1.7) + 1.0 * max(0.0, 1 - abs(hours - 5.8) / 1.6)
        for each in self.branch.queues:
            chance = self._crowd.get(each.queue, 0.0) * tide * STEP / (60 * MINUTE)
            if self.dice.random() < chance and each.services:
                service = self.dice.choice(each.services)
                issued = await self._try(self.queue.issue(KIOSK, self.branch.branch, service))
                if issued is not None:
                    self._waiting[issued.ticket.queue] += 1

    async def _work(self, desk: str, place: int) -> None:
        """One step of a desk."""
        here, now = self.branch.branch, self.clock.now
        if desk in self._rests:
            if now >= self._rests[desk]:
                del self._rests[desk]
                await self.queue.resume_desk(CLERK, here, desk)
            return
        if desk not in self._hands:
            due = (now - NINE) // MINUTE - 7 * (place % 13)
            if due >= BREAK_AFTER and due % BREAK_AFTER < STEP / MINUTE:
                self._rests[desk] = now + BREAK_MINUTES * MINUTE
                await self.queue.pause_desk(
                    CLERK, here, desk, "Обід" if due >= 2 * BREAK_AFTER else "Перерва"
                )
                return
            if not any(self._waiting[queue] for queue in self.branch.desk(desk).queues):
                return
            called = await self._try(self.queue.call_next(CLERK, here, desk))
            if called is not None and called.ticket is not None:
                self._waiting[called.ticket.queue] -= 1
                minutes = random.Random(called.ticket.number).lognormvariate(2.45, 0.5)
                self._hands[desk] = now + round(minutes * MINUTE)
            return
        if desk not in self._serving:
            self._serving.add(desk)
            await self._try(self.queue.start(CLERK, here, desk))
        elif now >= self._hands[desk]:
            self._serving.discard(desk)
            del self._hands[desk]
            await self._try(self.queue.finish(CLERK, here, desk, outcome="served"))

    @staticmethod
    async def _try(command: Any) -> Any:
        try:
            return await command
        except Refused:
            return None


def live_through(
    url: str,
    city: City,
    branch: str,
    crowd: dict[str, float],
    *,
    minutes: int,
    shut: set[str] | None = None,
    seed: int = 5,
) -> None:
    """Found the city in the store at `url` and live through so many minutes from nine o'clock."""

    async def live() -> None:
        store = await connect(url, city.city)
        try:
            await TicketQueue(store, city.city, FrozenClock()).apply_city(ADMIN, encode_city(city))
            day = LivedDay(store, city, branch, crowd, shut or set(), seed)
            await day.open()
            await day.until(NINE + minutes * MINUTE)
        finally:
            await store.close()

    asyncio.run(live())
