"""A past to archive: some hundred random commands on a real store, with everything that can befall a ticket.

Seeded: the same seed gives the same history (but for ticket ids). Refused commands are part of it.
"""

from __future__ import annotations

import contextlib
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import msgspec

from balancer.city.definition import Agency, City, encode_city
from balancer.core.ticket_queue import TicketQueue
from balancer.errors import BalancerError
from balancer.messages import Wait
from tests.town import ADMIN, CITIZEN, CLERK, KIOSK, MINUTE, RECEPTION, SECOND, SUPERVISOR, TIMER, Town

SERVICES = {"centre": ("address", "passport", "pension", "land"), "harbour": ("address", "passport")}
DESKS = (("centre", "1"), ("centre", "2"), ("centre", "3"), ("harbour", "1"), ("harbour", "2"))
Act = Callable[["Past"], Awaitable[Any]]


@dataclass(frozen=True)
class Told:
    """A past that is over: who reads it need not make it anew."""

    url: str
    city: str
    tickets: list[str]

    @asynccontextmanager
    async def again(self) -> AsyncIterator[Past]:
        """The same town on new connections."""
        async with Town.visited(self.url, self.city) as town:
            yield Past(town, random.Random(0), list(self.tickets))


async def tell(url: str, city: str, seed: int, steps: int) -> Told:
    """Make a past and leave it."""
    async with past(url, city, seed, steps) as story:
        return Told(url, city, story.tickets)


@asynccontextmanager
async def past(url: str, name: str, seed: int, steps: int) -> AsyncIterator[Past]:
    """A city with that many commands behind it."""
    async with Town.found(url, name) as town:
        story = Past(town, random.Random(seed))
        await story.go_on(steps)
        yield story


class Past:
    """A town in which things happen."""

    def __init__(self, town: Town, chance: random.Random, tickets: list[str] | None = None) -> None:
        self.town = town
        self.chance = chance
        self.tickets = tickets or []

    @property
    def queue(self) -> TicketQueue:
        return self.town.queue

    async def go_on(self, steps: int) -> None:
        """Some more commands; time passes between them."""
        names = [name for name, weight in ACTS.items() for _ in range(weight)]
        for _ in range(steps):
            self.town.clock.forward(round(self.chance.expovariate(1 / (20 * SECOND))))
            with contextlib.suppress(BalancerError):
                await getattr(self, self.chance.choice(names))()

    async def close(self) -> None:
        """Every branch ends its day."""
        self.town.clock.forward(60 * MINUTE)
        for branch in SERVICES:
            for desk in (desk for place, desk in DESKS if place == branch):
                with contextlib.suppress(BalancerError):
                    await self.queue.finish(CLERK, branch, desk)
            await self.queue.close_day(TIMER, branch)

    def _branch(self) -> str:
        return self.chance.choice(("centre", "centre", "harbour"))

    def _ticket(self) -> str:
        return self.chance.choice(self.tickets or ["nobody"])

    # --- what may happen ------------------------------------------------------------------------------------

    async def issue(self) -> None:
        branch = self._branch()
        wait = self.chance.uniform(2, 20)
        more: dict[str, Any] = {"quote": Wait(round(wait / 3, 1), round(wait, 1), round(2 * wait, 1))}
        if self.chance.random() < 0.2:
            more["priority"] = self.chance.choice(("veteran", "parent"))
        if self.chance.random() < 0.2:
            more["services"] = [self.chance.choice(SERVICES[branch])]
        who = self.chance.choice((KIOSK, KIOSK, RECEPTION))
        made = await self.queue.issue(who, branch, self.chance.choice(SERVICES[branch]), **more)
        assert made.ticket is not None
        self.tickets.append(made.ticket.id)

    async def quick_serve(self) -> None:
        branch, desk = self.chance.choice(DESKS)
        made = await self.queue.quick_serve(CLERK, branch, desk, SERVICES[branch][0])
        assert made.ticket is not None
        self.tickets.append(made.ticket.id)

    async def call_next(self) -> None:
        shown = {ticket: Wait(1.0, 2.5, self.chance.randint(3, 9)) for ticket in self.tickets[-20:]}
        await self.queue.call_next(CLERK, *self.chance.choice(DESKS), estimates=shown)

    async def start(self) -> None:
        await self.queue.start(CLERK, *self.chance.choice(DESKS))

    async def finish(self) -> None:
        outcome = self.chance.choice(("served", "refused", "other\0place"))
        await self.queue.finish(CLERK, *self.chance.choice(DESKS), outcome)

    async def next_leg(self) -> None:
        await self.queue.next_leg(CLERK, *self.chance.choice(DESKS))

    async def add_leg(self) -> None:
        branch, desk = self.chance.choice(DESKS)
        await self.queue.add_leg(CLERK, branch, desk, self.chance.choice(SERVICES[branch]))

    async def no_show(self) -> None:
        await self.queue.no_show(CLERK, *self.chance.choice(DESKS))

    async def park(self) -> None:
        await self.queue.park(CLERK, *self.chance.choice(DESKS), "went to fetch a copy")

    async def requeue(self) -> None:
        await self.queue.requeue(CLERK, *self.chance.choice(DESKS))

    async def transfer(self) -> None:
        branch, desk = self.chance.choice(DESKS)
        other = self.chance.choice(("centre", "harbour"))
        await self.queue.transfer(CLERK, branch, desk, to_branch=other, note="a note", come_back=True)

    async def move(self) -> None:
        await self.queue.transfer_ticket(SUPERVISOR, self._ticket(), to_branch=self._branch())

    async def reinstate(self) -> None:
        await self.queue.reinstate(RECEPTION, self._ticket())

    async def leave(self) -> None:
        await self.queue.left(RECEPTION, self._ticket())

    async def cancel(self) -> None:
        await self.queue.cancel(CITIZEN, self._ticket())

    async def prioritise(self) -> None:
        await self.queue.set_priority(RECEPTION, self._ticket(), "parent", "a reason")

    async def alarm(self) -> None:
        await self.queue.alarm(SUPERVISOR, self._branch())

    async def all_clear(self) -> None:
        await self.queue.all_clear(SUPERVISOR, self._branch())

    async def darken(self) -> None:
        await self.queue.power_off(SUPERVISOR, self._branch())

    async def lighten(self) -> None:
        await self.queue.power_on(SUPERVISOR, self._branch())

    async def pause_desk(self) -> None:
        await self.queue.pause_desk(CLERK, *self.chance.choice(DESKS), "lunch")

    async def resume_desk(self) -> None:
        await self.queue.resume_desk(CLERK, *self.chance.choice(DESKS))

    async def timers(self) -> None:
        await self.queue.run_timers(self._branch())

    async def next_day(self) -> None:
        await self.close()
        self.town.clock.forward(9 * 60 * MINUTE)
        for branch, desk in DESKS:
            with contextlib.suppress(BalancerError):
                await self.queue.open_branch(SUPERVISOR, branch)
            with contextlib.suppress(BalancerError):
                await self.queue.open_desk(CLERK, branch, desk)

    async def apply_city(self) -> None:
        """Desks change their agency."""
        await self.queue.apply_city(ADMIN, encode_city(with_agency(self.town.city, self._branch())))


def with_agency(city: City, branch: str) -> City:
    """The city with the first desk of a branch lent to an agency, the desks of the others the city's own."""
    agency = Agency(agency="fund", name={"uk": "Фонд", "en": "Fund"})
    branches = [
        msgspec.structs.replace(
            each,
            desks=[
                msgspec.structs.replace(desk, agency="fund" if (each.branch, number) == (branch, 0) else None)
                for number, desk in enumerate(each.desks)
            ],
        )
        for each in city.branches
    ]
    return msgspec.structs.replace(city, agencies=[agency], branches=branches)


ACTS = {
    "issue": 30,
    "quick_serve": 2,
    "call_next": 30,
    "start": 22,
    "finish": 18,
    "next_leg": 6,
    "add_leg": 2,
    "no_show": 4,
    "park": 3,
    "requeue": 2,
    "transfer": 3,
    "move": 3,
    "reinstate": 4,
    "leave": 2,
    "cancel": 2,
    "prioritise": 2,
    "alarm": 1,
    "all_clear": 10,
    "darken": 1,
    "lighten": 3,
    "pause_desk": 2,
    "resume_desk": 6,
    "timers": 3,
    "next_day": 1,
    "apply_city": 1,
}
