"""Tokens of devices and staff: 256 random bits, stored as their SHA-256, seen as revoked within a second.

A token reads `qb.<id>.<secret>`; the id finds its record, and only a hash of the secret is kept. Also here:
the secret that opens one ticket, an HMAC of the ticket's id under the city's key, which is recomputed and
never stored. Times are real milliseconds.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Protocol

import msgspec

from balancer.core.keys import Keys
from balancer.errors import BalancerError

PREFIX = "qb"
TOKEN = re.compile(r"qb\.([0-9a-f]{10})\.([A-Za-z0-9_-]{43})")
FRESH_SECONDS = 0.5
CACHED = 5_000
DAY_MS = 86_400_000

STAFF_ROLES = ("kiosk", "display", "desk", "reception", "supervisor", "planner", "admin")
NEEDS_BRANCH = frozenset({"kiosk", "display", "desk", "reception", "supervisor"})


class TokenRecord(msgspec.Struct, frozen=True):
    """What is kept of a token; `sha256` is the hex digest of its secret part. `branch`, `desk`: how far it
    reaches.
    """

    id: str
    role: str
    branch: str | None
    desk: str | None
    sha256: str
    created: int
    expires: int | None
    revoked: int | None = None

    def is_valid(self, now_ms: int) -> bool:
        """Neither revoked nor expired at the real instant `now_ms`."""
        return self.revoked is None and (self.expires is None or now_ms < self.expires)


class Commander(Protocol):
    """The part of `Batch` that tokens need."""

    async def command(self, *command: bytes | str | int, writes: bool = True) -> Any:
        """Run one plain command of the store."""


class Tokens:
    """The tokens of one city. Reads may be up to FRESH_SECONDS old."""

    def __init__(self, store: Commander, city: str) -> None:
        self._store = store
        self._key = Keys.of(city).tokens
        self._seen: OrderedDict[str, tuple[float, TokenRecord | None]] = OrderedDict()

    async def create(
        self, role: str, *, branch: str | None = None, desk: str | None = None, days: float | None = None
    ) -> str:
        """A new token, to be shown once; ValueError if the role does not go with that branch or desk."""
        check_reach(role, branch, desk)
        now = _real_ms()
        identity, secret = secrets.token_hex(5), secrets.token_urlsafe(32)
        expires = None if days is None else now + round(days * DAY_MS)
        await self._write(TokenRecord(identity, role, branch, desk, digest_of(secret), now, expires))
        return f"{PREFIX}.{identity}.{secret}"

    async def admit(self, record: TokenRecord) -> None:
        """Let a token in whose secret only its holder knows; one that is there stays as it is."""
        await self._store.command("HSETNX", self._key, record.id, msgspec.json.encode(record))
        self._seen.pop(record.id, None)

    async def find_all(self, identities: Sequence[str]) -> list[TokenRecord]:
        """The records of those ids, without the unknown ones."""
        if not identities:
            return []
        raw = await self._store.command("HMGET", self._key, *identities, writes=False)
        return [_read(each) for each in raw if each is not None]

    async def records(self) -> list[TokenRecord]:
        """Every token ever made, oldest first."""
        flat = await self._store.command("HVALS", self._key, writes=False)
        return sorted((_read(raw) for raw in flat), key=lambda record: record.created)

    async def revoke(self, identity: str) -> TokenRecord | None:
        """End a token by its id, the part between the dots; None if there is none. A second time changes
        nothing.
        """
        record = await self._fetch(identity)
        if record is not None and record.revoked is None:
            record = msgspec.structs.replace(record, revoked=_real_ms())
            await self._write(record)
        return record

    async def verify(self, token: str) -> TokenRecord:
        """The record of a valid token; `token_invalid` for anything else, in constant time for a known id."""
        found = TOKEN.fullmatch(token)
        if found is None:
            raise BalancerError("token_invalid")
        record = await self._recent(found[1])
        if record is None:
            raise BalancerError("token_invalid")
        matches = hmac.compare_digest(record.sha256, digest_of(found[2]))
        if not matches or not record.is_valid(_real_ms()):
            raise BalancerError("token_invalid")
        return record

    async def _recent(self, identity: str) -> TokenRecord | None:
        now = time.monotonic()
        at, record = self._seen.get(identity, (-FRESH_SECONDS, None))
        if now - at >= FRESH_SECONDS:
            record = await self._fetch(identity)
            self._seen[identity] = (now, record)
            self._seen.move_to_end(identity)
            if len(self._seen) > CACHED:
                self._seen.popitem(last=False)
        return record

    async def _fetch(self, identity: str) -> TokenRecord | None:
        raw = await self._store.command("HGET", self._key, identity, writes=False)
        return None if raw is None else _read(raw)

    async def _write(self, record: TokenRecord) -> None:
        await self._store.command("HSET", self._key, record.id, msgspec.json.encode(record))
        self._seen.pop(record.id, None)


def check_reach(role: str, branch: str | None, desk: str | None) -> None:
    """ValueError where a role has no branch or desk that it needs, or has one that it cannot be bound to."""
    if role not in STAFF_ROLES:
        raise ValueError(f"no such role: {role} (roles: {', '.join(STAFF_ROLES)})")
    if role in NEEDS_BRANCH and not branch:
        raise ValueError(f"a {role} token needs a branch")
    if role not in NEEDS_BRANCH and branch:
        raise ValueError(f"a {role} token reaches the whole city: leave the branch out")
    if role == "desk" and not desk:
        raise ValueError("a desk token needs a desk")
    if role != "desk" and desk:
        raise ValueError(f"a {role} token is not bound to a desk: leave the desk out")


def ticket_secret(city_key: bytes, ticket: str) -> str:
    """The secret of a ticket: HMAC-SHA256 of its id, 256 bits as 43 characters of base64url."""
    mac = hmac.new(city_key, b"ticket:" + ticket.encode("utf-8", "surrogateescape"), hashlib.sha256)
    return base64.urlsafe_b64encode(mac.digest()).rstrip(b"=").decode()


def intent_secret(city_key: bytes, intent: str) -> str:
    """The secret of an intent, made as a ticket's; no ticket's secret opens an intent."""
    mac = hmac.new(city_key, b"intent:" + intent.encode("utf-8", "surrogateescape"), hashlib.sha256)
    return base64.urlsafe_b64encode(mac.digest()).rstrip(b"=").decode()


def opens_intent(city_key: bytes, intent: str, secret: str) -> bool:
    """Whether `secret` is that intent's, compared in constant time."""
    wanted = intent_secret(city_key, intent).encode()
    return hmac.compare_digest(wanted, secret.encode("utf-8", "surrogateescape"))


def sender_mark(city_key: bytes, address: str) -> str:
    """What stands for a client's address while it has live intents: an HMAC that only the city can make."""
    return hmac.new(city_key, b"sender:" + address.encode(), hashlib.sha256).hexdigest()[:24]


def opens(city_key: bytes, ticket: str, secret: str) -> bool:
    """Whether `secret` is that ticket's, compared in constant time."""
    return hmac.compare_digest(
        ticket_secret(city_key, ticket).encode(), secret.encode("utf-8", "surrogateescape")
    )


def digest_of(secret: str) -> str:
    """What is kept of a token's secret part: its SHA-256 in hex digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _read(raw: bytes) -> TokenRecord:
    return msgspec.json.decode(raw, type=TokenRecord)


def _real_ms() -> int:
    return time.time_ns() // 1_000_000
