"""Follows the live feed and pushes what is due. Whatever fails here fails alone: no ticket waits for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

from balancer.city.definition import City
from balancer.core.push_book import PushBook, Subscription
from balancer.errors import BalancerError
from balancer.messages import Method, TicketState, Wait
from balancer.notices.due import Notice, due, text_of
from balancer.notices.web_push import Outcome

log = logging.getLogger("balancer.notices")

LOOK_SECONDS, BREATH_SECONDS = 5.0, 0.25
MOST_AT_ONCE = 50


class Feed(Protocol):
    """What the sender needs of the live feed."""

    @property
    def offset(self) -> int:
        """The last event that the picture covers."""

    @property
    def city(self) -> City:
        """The city's definition."""

    async def wait_offset(self, offset: int, within: float) -> bool:
        """Return once the picture covers an offset, or after `within` seconds."""

    def wait_of(self, ticket: TicketState) -> tuple[Wait | None, Method | None]:
        """What a ticket still has to wait."""


class Push(Protocol):
    """Who carries a notice to a browser."""

    async def send(self, wish: Subscription, notice: dict[str, str]) -> Outcome:
        """Hand it over."""


class PushSender:
    """One process's sender. `ticket(id)`: an active ticket, None once it is over."""

    def __init__(
        self, feed: Feed, ticket: Callable[[str], TicketState | None], book: PushBook, push: Push
    ) -> None:
        self._feed = feed
        self._ticket = ticket
        self._book = book
        self._push = push
        self._told: set[tuple[str, str]] = set()
        self._over: set[str] = set()

    async def run(self) -> None:
        """Look whenever something happened, and every few seconds for waits that grow shorter."""
        seen = self._feed.offset
        while True:
            await self._feed.wait_offset(seen + 1, LOOK_SECONDS)
            seen = self._feed.offset  # before the look: what happens during it is looked at next
            try:
                await self.look()
            except BalancerError as error:
                log.warning("notices have to wait: %s", error)
            except Exception:
                log.exception("a notice could not be made")
            await asyncio.sleep(BREATH_SECONDS)

    async def look(self) -> None:
        """Send everything that is due now and was not sent before."""
        ids = await self._book.tickets()
        waiting: list[tuple[TicketState, Notice]] = []
        for identity in ids:
            ticket = self._ticket(identity)
            if ticket is None:
                await self._end(identity)
                continue
            wait = self._feed.wait_of(ticket)[0]
            if not self._may_be_due(ticket):
                continue
            for notice in due(ticket, wait, await self._book.of(identity)):
                if await self._claim(ticket, notice):
                    waiting.append((ticket, notice))
        self._told = {each for each in self._told if each[0] in ids}
        for start in range(0, len(waiting), MOST_AT_ONCE):
            await asyncio.gather(*(self._send(*each) for each in waiting[start : start + MOST_AT_ONCE]))

    @staticmethod
    def _may_be_due(ticket: TicketState) -> bool:
        return ticket.state in ("called", "waiting")

    async def _end(self, identity: str) -> None:
        if identity not in self._over:
            self._over.add(identity)
            await self._book.end(identity)

    async def _claim(self, ticket: TicketState, notice: Notice) -> bool:
        known = (ticket.id, notice.mark)
        if known in self._told:
            return False
        self._told.add(known)
        return await self._book.claim(ticket.id, notice.mark)

    async def _send(self, ticket: TicketState, notice: Notice) -> None:
        outcome = await self._push.send(notice.wish, text_of(notice, ticket, self._feed.city))
        if outcome == "gone":
            await self._book.drop(ticket.id, notice.wish.endpoint)
