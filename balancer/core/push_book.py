"""Who wants notices of which ticket: browsers' subscriptions, and which notices have gone out.

Kept beside the queue state and apart from it: nothing here moves a ticket. A subscription is gone 72 hours
after its ticket ended. Several processes may send; a notice goes out by whoever claims it first, once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from hashlib import blake2b

import msgspec

from balancer.core.keys import Keys
from balancer.core.tokens import Commander
from balancer.messages.push import PushLanguage

HOUR_MS = 3_600_000
KEPT_AFTER_END_MS = 72 * HOUR_MS
LONGEST_VISIT_MS = 48 * HOUR_MS
MOST_OF_A_TICKET = 5
WANTS, TOLD = "wants:", "told:"


class Subscription(msgspec.Struct, frozen=True):
    """One browser's wish. `travel`: minutes to the branch, null if not told."""

    endpoint: str
    p256dh: str
    auth: str
    language: PushLanguage = "uk"
    travel: float | None = None

    @property
    def id(self) -> str:
        """A short name of the endpoint."""
        return blake2b(self.endpoint.encode(), digest_size=8).hexdigest()


_DECODE = msgspec.json.Decoder(Subscription).decode


class PushBook:
    """The subscriptions of one city's tickets. All times are real."""

    def __init__(
        self, store: Commander, city: str, now_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000
    ) -> None:
        self._store = store
        self._keys = Keys.of(city)
        self._now_ms = now_ms

    async def server_key(self, fresh: bytes) -> bytes:
        """The city's own key for Web Push; `fresh` becomes it where there is none yet."""
        await self._store.command("HSETNX", self._keys.city, "push_key", fresh)
        found: bytes = await self._store.command("HGET", self._keys.city, "push_key", writes=False)
        return found

    async def add(self, ticket: str, wish: Subscription) -> bool:
        """Remember a subscription, or its newest language and way; False where the ticket has enough."""
        key, known = self._of(ticket), await self.of(ticket)
        if len(known) >= MOST_OF_A_TICKET and wish.id not in {each.id for each in known}:
            return False
        until = self._now_ms() + LONGEST_VISIT_MS + KEPT_AFTER_END_MS
        await self._store.command("HSET", key, f"{WANTS}{wish.id}", msgspec.json.encode(wish))
        await self._store.command("PEXPIREAT", key, until)
        await self._store.command("ZADD", self._keys.pushes, until, ticket)
        return True

    async def drop(self, ticket: str, endpoint: str) -> None:
        """Forget a subscription."""
        name = Subscription(endpoint, "", "").id
        await self._store.command("HDEL", self._of(ticket), f"{WANTS}{name}")

    async def of(self, ticket: str) -> list[Subscription]:
        """The subscriptions of a ticket."""
        flat = await self._store.command("HGETALL", self._of(ticket), writes=False)
        pairs = flat.items() if isinstance(flat, dict) else zip(flat[::2], flat[1::2], strict=True)
        return [_DECODE(value) for name, value in pairs if name.startswith(WANTS.encode())]

    async def tickets(self) -> list[str]:
        """The tickets that anybody wants notices of; those long over are swept away."""
        now = self._now_ms()
        await self._store.command("ZREMRANGEBYSCORE", self._keys.pushes, 0, now)
        found = await self._store.command("ZRANGE", self._keys.pushes, 0, -1, writes=False)
        return [each.decode() for each in found]

    async def claim(self, ticket: str, notice: str) -> bool:
        """Whether this process is the one to send that notice."""
        return bool(await self._store.command("HSETNX", self._of(ticket), f"{TOLD}{notice}", 1))

    async def end(self, ticket: str) -> None:
        """The ticket is over: what is kept of it goes in 72 hours, sooner if an earlier word said so."""
        until = self._now_ms() + KEPT_AFTER_END_MS
        await self._store.command("PEXPIREAT", self._of(ticket), until, "LT")
        await self._store.command("ZADD", self._keys.pushes, "XX", "LT", until, ticket)

    def _of(self, ticket: str) -> str:
        return f"{self._keys.push}{ticket}"
