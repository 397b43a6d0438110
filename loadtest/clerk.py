"""A clerk of the demo at one desk: opens it, calls, serves, waits for those who are late, has lunch, goes
home.

An honest user of the public API: what he knows he read from the live frame or from an answer. Where people at
the pages do something with his desk or his ticket, the refusal tells him, and he looks and goes on from
there.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import msgspec
import numpy as np

from balancer.city.definition import Desk
from balancer.messages import StaffTicket, TicketStatus
from balancer.messages.desk_room import DeskRoom
from loadtest.demo_plan import Visitor
from loadtest.driver import CityClient, CommandRefused
from loadtest.hall import PAUSED, Hall
from loadtest.pace import CityPace

log = logging.getLogger("balancer.demo")

NOTICE_SECONDS = (3.0, 20.0)
WALK_SECONDS = (10.0, 50.0)
RECALL_AFTER_SECONDS = 40.0
MISSED_AFTER_SECONDS = 45.0
PAYING_SECONDS = (45.0, 150.0)
LOOK_AGAIN_SECONDS = 300.0
USUAL_MINUTES = 10.0


@dataclass(frozen=True)
class Lunch:
    """A break from `minute` after midnight (city time), `minutes` long."""

    minute: float
    minutes: float


class Clerk:
    """One desk of one branch for one day. `visitors`: what the demo knows of the holders of its tickets, by
    id; `paid_services`: those that cost something.
    """

    def __init__(
        self,
        branch: str,
        desk: Desk,
        hall: Hall,
        client: CityClient,
        pace: CityPace,
        visitors: Mapping[str, Visitor],
        lunch: Lunch | None,
        rng: np.random.Generator,
        paid_services: Collection[str] = (),
    ) -> None:
        self._branch = branch
        self._desk = desk.desk
        self._skills = frozenset(desk.queues)
        self._hall = hall
        self._client = client
        self._pace = pace
        self._visitors = visitors
        self._lunch = lunch
        self._rng = rng
        self._paid_services = paid_services

    async def work(self) -> None:
        """The whole day, until the branch has closed and nobody waits."""
        await self._ask("open")
        await self._sleep_between((0.0, 120.0))
        while not self._hall.over():
            try:
                await self._take_lunch()
                await self._next()
            except CommandRefused as refusal:
                await self._settle(refusal)
        await self._ask("close")

    async def _next(self) -> None:
        """Wait for work or for what ends the waiting, and receive one visitor."""
        work = asyncio.create_task(self._hall.work(self._skills))
        over = asyncio.create_task(self._hall.until(Hall.over))
        hungry = asyncio.create_task(self._until_lunch())
        tasks = (work, over, hungry)
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        if work.cancelled():
            return
        try:
            await self._sleep_between(NOTICE_SECONDS)
            answer = await self._client.desk(self._branch, self._desk, "call-next")
        finally:
            self._hall.called(work.result())
        if answer.ticket is not None:
            await self._receive(answer.ticket)

    async def _receive(self, ticket: StaffTicket) -> None:
        """From the call to the end of the service, or to the note that nobody came."""
        visitor = self._visitors.get(ticket.id)
        if ticket.state is TicketStatus.CALLED:
            if visitor is not None and visitor.gone:
                await self._wait_in_vain()
                return
            await self._sleep_between(WALK_SECONDS)
            await self._client.desk(self._branch, self._desk, "start")
        paying = self._rng.uniform(*PAYING_SECONDS) if ticket.service in self._paid_services else 0.0
        await self._sleep(60 * (visitor.service_minutes if visitor else USUAL_MINUTES) - paying)
        if paying:
            await self._client.desk(self._branch, self._desk, "pay")
            await self._sleep(paying)
        await self._client.desk(self._branch, self._desk, "finish")

    async def _wait_in_vain(self) -> None:
        await self._sleep(RECALL_AFTER_SECONDS)
        await self._client.desk(self._branch, self._desk, "recall")
        await self._sleep(MISSED_AFTER_SECONDS)
        await self._client.desk(self._branch, self._desk, "no-show")

    async def _take_lunch(self) -> None:
        """If it is time: pause the desk, eat, come back."""
        if self._lunch is None or self._minute() < self._lunch.minute:
            return
        lunch, self._lunch = self._lunch, None
        await self._client.desk(self._branch, self._desk, "pause", reason="обід")
        await self._sleep(60 * lunch.minutes)
        await self._client.desk(self._branch, self._desk, "resume")

    async def _until_lunch(self) -> None:
        if self._lunch is None:
            await asyncio.Event().wait()
        else:
            await self._sleep(60 * (self._lunch.minute - self._minute()))

    async def _settle(self, refusal: CommandRefused) -> None:
        """Somebody or something was faster: look what is, and go on from there."""
        if refusal.code == "branch_paused":
            await self._hall.until(lambda hall: hall.state != PAUSED)
        elif refusal.code in ("desk_busy", "desk_state"):
            await self._adopt()
        elif refusal.code not in ("no_ticket_in_hand", "not_your_ticket", "wrong_state"):
            log.debug("%s/%s: %s", self._branch, self._desk, refusal)
            await self._sleep(LOOK_AGAIN_SECONDS)

    async def _adopt(self) -> None:
        """Go on with the ticket that the desk has in hand, if it has one."""
        body = await self._client.read(f"/branches/{self._branch}/desks/{self._desk}")
        ticket = msgspec.json.decode(body, type=DeskRoom).ticket
        if ticket is None:
            await self._sleep(LOOK_AGAIN_SECONDS)
            return
        try:
            await self._receive(ticket)
        except CommandRefused as refusal:
            log.debug("%s/%s: %s", self._branch, self._desk, refusal)

    async def _ask(self, verb: str) -> None:
        """A verb that may be refused without harm."""
        try:
            await self._client.desk(self._branch, self._desk, verb)
        except CommandRefused as refusal:
            log.debug("%s/%s: %s", self._branch, self._desk, refusal)

    def _minute(self) -> float:
        now = self._pace.now()
        return now.hour * 60 + now.minute + now.second / 60

    async def _sleep_between(self, seconds: tuple[float, float]) -> None:
        await self._sleep(self._rng.uniform(*seconds))

    async def _sleep(self, city_seconds: float) -> None:
        await asyncio.sleep(max(0.0, city_seconds) / self._pace.speed)
