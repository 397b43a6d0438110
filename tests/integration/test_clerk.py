"""A clerk of the demo at a desk of a real server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np
import pytest

from balancer.city.definition import load_city
from balancer.messages import TicketStatus, TicketStatusAnswer
from balancer.messages.desk_room import DeskRoom
from loadtest.clerk import Clerk, Lunch
from loadtest.demo_plan import Visitor
from loadtest.driver import CityClient, open_session
from loadtest.hall import Hall
from loadtest.pace import CityPace
from tests.server import RunningServer, running_server
from tests.waiting import wait_until

SPEED = 600


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clerk")


@dataclass
class Office:
    """One branch of the small city with one clerk, and what the demo knows of its visitors."""

    server: RunningServer
    client: CityClient
    pace: CityPace
    hall: Hall = field(default_factory=Hall)
    visitors: dict[str, Visitor] = field(default_factory=dict)

    def clerk(self, desk: str = "1", lunch: Lunch | None = None, paid: frozenset[str] = frozenset()) -> Clerk:
        found = load_city(self.server.city_file).branch("center").desk(desk)
        rng = np.random.default_rng(3)
        return Clerk("center", found, self.hall, self.client, self.pace, self.visitors, lunch, rng, paid)

    async def visitor(self, *, gone: bool = False, known: bool = True) -> str:
        """Somebody takes a ticket; its id. `known`: it is a visitor of the demo."""
        ticket = (await self.client.issue("center", "extract")).ticket.id
        if known:
            self.visitors[ticket] = Visitor(600.0, "center", "extract", 5.0, gone)
        return ticket

    async def state(self, ticket: str) -> TicketStatus:
        body = await self.client.read(f"/tickets/{ticket}")
        return msgspec.json.decode(body, type=TicketStatusAnswer).ticket.state

    async def becomes(self, ticket: str, state: TicketStatus) -> None:
        async def is_so() -> bool:
            return await self.state(ticket) is state

        await wait_until(is_so, within=20, what=f"the ticket {state}")


@asynccontextmanager
async def office(folder: Path) -> AsyncIterator[Office]:
    with running_server(folder, speed=SPEED) as server:
        async with open_session() as session:
            client = CityClient(session, server.base_url, "dolyna", server.token("admin"))
            found = Office(server, client, CityPace.from_hello(await client.hello()))
            watching = asyncio.create_task(
                client.watch(lambda frame: found.hall.show(frame) if frame.branch == "center" else None)
            )
            try:
                yield found
            finally:
                watching.cancel()


async def test_visitors_are_served_and_the_missing_noted(tmp_path: Path) -> None:
    """Who is there is served, who has gone is recalled and missed; a stranger's ticket is served too."""
    async with office(tmp_path) as here:
        work = asyncio.create_task(here.clerk().work())
        served, missed = await here.visitor(), await here.visitor(gone=True)
        stranger = await here.visitor(known=False)
        await here.becomes(served, TicketStatus.DONE)
        await here.becomes(stranger, TicketStatus.DONE)
        await here.becomes(missed, TicketStatus.NO_SHOW)
        work.cancel()


async def test_who_must_pay_is_seen_paying(tmp_path: Path) -> None:
    """A service that costs something ends at the cash terminal, and then it ends."""
    async with office(tmp_path) as here:
        paying: list[str] = []

        async def look() -> bool:
            room = msgspec.json.decode(await here.client.read("/branches/center/desks/1"), type=DeskRoom)
            if room.ticket is not None and room.ticket.paying_since is not None:
                paying.append(room.ticket.id)
            return paying != []

        work = asyncio.create_task(here.clerk(paid=frozenset({"extract"})).work())
        ticket = await here.visitor()
        await wait_until(look, within=20, what="somebody who pays")
        await here.becomes(ticket, TicketStatus.DONE)
        assert set(paying) == {ticket}
        work.cancel()


async def test_a_hold_and_a_lunch_stop_the_clerk_for_a_while(tmp_path: Path) -> None:
    """In a hold nobody is called; after it, and after lunch, the line goes on."""
    async with office(tmp_path) as here:
        await here.client.branch("center", "hold", reason="test")
        await wait_until(lambda: here.hall.state == "paused", what="the hold on the board")
        noon = here.pace.now()
        lunch = Lunch(noon.hour * 60 + noon.minute + 10, 10)
        work = asyncio.create_task(here.clerk(lunch=lunch).work())
        await here.client.branch("center", "resume")
        first = await here.visitor()
        await here.becomes(first, TicketStatus.DONE)
        await wait_until(
            lambda: here.hall.frame is not None and here.hall.frame.desks_open == 0, what="the lunch"
        )
        second = await here.visitor()
        await here.becomes(second, TicketStatus.DONE)
        work.cancel()


async def test_somebody_else_uses_the_desk(tmp_path: Path) -> None:
    """A person calls a ticket at the clerk's desk: the clerk finds it in hand and goes on with it."""
    async with office(tmp_path) as here:
        first = await here.visitor()
        await here.client.desk("center", "1", "open")
        await here.client.desk("center", "1", "call-next")
        second = await here.visitor()
        work = asyncio.create_task(here.clerk().work())
        await here.becomes(first, TicketStatus.DONE)
        await here.becomes(second, TicketStatus.DONE)
        work.cancel()
