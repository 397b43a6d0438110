"""The sender: once an event, by whoever claims it; what fails, fails alone; what is over is let go."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from balancer.core.push_book import Subscription
from balancer.messages import TicketState, Wait
from balancer.notices.sender import PushSender
from tests.city_files import small_city
from tests.tickets import TEN, ticket
from tests.waiting import wait_until

WISH = Subscription("https://push.example/1", "p", "a", "uk", 13.0)


class Feed:
    """A city that stands still."""

    offset, city = 1, small_city()
    wait: Wait | None = Wait(60, 70, 90)

    async def wait_offset(self, offset: int, within: float) -> bool:
        return False

    def wait_of(self, of: TicketState) -> tuple[Wait | None, Any]:
        return self.wait, None


class Book:
    """The part of a book that the sender uses, in memory; shared by two senders like a store."""

    def __init__(self) -> None:
        self.wishes = {"t1": [WISH]}
        self.told: set[str] = set()
        self.ended: list[str] = []

    async def tickets(self) -> list[str]:
        return list(self.wishes)

    async def of(self, identity: str) -> list[Subscription]:
        return self.wishes[identity]

    async def claim(self, identity: str, notice: str) -> bool:
        fresh = notice not in self.told
        self.told.add(notice)
        return fresh

    async def drop(self, identity: str, endpoint: str) -> None:
        self.wishes[identity] = []

    async def end(self, identity: str) -> None:
        self.ended.append(identity)


class Push:
    """Remembers what it was given."""

    def __init__(self, outcome: Any = "sent") -> None:
        self.sent: list[str] = []
        self.outcome = outcome

    async def send(self, wish: Subscription, notice: dict[str, str]) -> Any:
        self.sent.append(notice["title"])
        return self.outcome


class Town:
    """A sender around one ticket."""

    def __init__(self, of: TicketState | None, outcome: Any = "sent", book: Book | None = None) -> None:
        self.ticket, self.feed, self.book, self.push = of, Feed(), book or Book(), Push(outcome)
        self.sender = PushSender(self.feed, lambda identity: self.ticket, self.book, self.push)  # type: ignore[arg-type]


async def test_an_event_is_told_once() -> None:
    """However often it is looked at, and by however many processes."""
    called = ticket("called", desk="1", called=TEN)
    town = Town(called)
    for _ in range(3):
        await town.sender.look()
    other = Town(called, book=town.book)
    await other.sender.look()
    assert (town.push.sent, other.push.sent) == (["Місце 1"], [])


async def test_the_time_to_leave_comes_with_the_wait() -> None:
    """Nothing while the call is far; then once."""
    town = Town(ticket())
    await town.sender.look()
    assert town.push.sent == []
    town.feed.wait = Wait(14, 20, 30)
    await town.sender.look()
    await town.sender.look()
    assert town.push.sent == ["Час виходити"]


async def test_an_endpoint_that_is_gone_is_forgotten() -> None:
    """The push service says so; one that merely failed stays."""
    for outcome, left in (("gone", 0), ("failed", 1)):
        town = Town(ticket("called", desk="1", called=TEN), outcome)
        await town.sender.look()
        assert len(town.book.wishes["t1"]) == left


async def test_a_ticket_that_is_over_is_let_go_once() -> None:
    """From then on the store forgets it by itself."""
    town = Town(None)
    await town.sender.look()
    await town.sender.look()
    assert town.book.ended == ["t1"] and town.push.sent == []


async def test_what_happens_during_a_look_is_told_after_it() -> None:
    """A call that comes while another notice is on its way waits for no later event."""
    town = Town(ticket())
    town.feed.wait = Wait(14, 20, 30)

    waits = asyncio.Event()

    async def wait_offset(offset: int, within: float) -> bool:
        waits.set()
        return await wait_until(lambda: town.feed.offset >= offset, what="an event")

    async def send(wish: Subscription, notice: dict[str, str]) -> str:
        town.push.sent.append(notice["title"])
        if len(town.push.sent) == 1:
            town.ticket, town.feed.offset = ticket("called", desk="1", called=TEN), 3
        return "sent"

    town.feed.wait_offset, town.push.send = wait_offset, send  # type: ignore[method-assign]
    running = asyncio.create_task(town.sender.run())
    await waits.wait()
    town.feed.offset = 2
    await wait_until(lambda: town.push.sent == ["Час виходити", "Місце 1"], what="both notices")
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
