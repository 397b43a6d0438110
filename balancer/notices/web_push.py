"""One notice to one browser over Web Push: encrypted for it alone (RFC 8291), signed by this city (RFC 8292).

Only push services that the settings name are ever written to: an endpoint comes from outside, and a server
that posts wherever it is told would be a tool against its own neighbours.
"""

from __future__ import annotations

import base64
import logging
import os
import re
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import http_ece
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from balancer.core.push_book import Subscription

if TYPE_CHECKING:
    import aiohttp

log = logging.getLogger("balancer.notices")

Outcome = Literal["sent", "gone", "failed"]
SECONDS_TO_ANSWER = 10.0
TTL_SECONDS = 300
"""A notice that could not be delivered for so long is of no use any more."""

POINT_BYTES, SECRET_BYTES = 65, 16
GONE = frozenset({404, 410})


class WebPush:
    """Sends for one city. `contact`: whom a push service may write to, `mailto:` or `https:`."""

    def __init__(self, private_pem: bytes, contact: str, services: str) -> None:
        import aiohttp  # a fifth of a server's start; most servers push nothing

        self._limit = aiohttp.ClientTimeout(total=SECONDS_TO_ANSWER)
        self._vapid = Vapid02.from_pem(private_pem)
        self._contact = contact
        self._services = [_pattern(each.strip()) for each in services.split(",") if each.strip()]
        self._session: aiohttp.ClientSession | None = None

    @property
    def public_key(self) -> str:
        """What a browser subscribes with: the point of the city's key, base64url."""
        point = self._vapid.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return base64.urlsafe_b64encode(point).rstrip(b"=").decode()

    def reaches(self, endpoint: str) -> bool:
        """Whether an endpoint belongs to a push service that the settings name."""
        return any(service.match(endpoint) for service in self._services)

    async def send(self, wish: Subscription, notice: dict[str, str]) -> Outcome:
        """Encrypt and hand over; never raises for what the other side does. `gone`: do not write again."""
        import aiohttp

        if not self.reaches(wish.endpoint):
            return "gone"
        try:
            body = encrypt(wish, msgspec.json.encode(notice))
            status = await self._post(wish.endpoint, body)
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            log.warning("a push service did not take a notice: %s", type(error).__name__)
            return "failed"
        if status in GONE:
            return "gone"
        if status >= 300:
            log.warning("a push service refused a notice", extra={"status": status})
        return "sent" if status < 300 else "failed"

    async def close(self) -> None:
        """End the connections."""
        if self._session is not None:
            await self._session.close()

    async def _post(self, endpoint: str, body: bytes) -> int:
        import aiohttp

        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._limit, auto_decompress=False)
        headers = {
            **self._signed(endpoint),
            "content-encoding": "aes128gcm",
            "content-type": "application/octet-stream",
            "ttl": str(TTL_SECONDS),
            "urgency": "high",
        }
        async with self._session.post(endpoint, data=body, headers=headers, allow_redirects=False) as reply:
            return reply.status

    def _signed(self, endpoint: str) -> dict[str, str]:
        place = urlsplit(endpoint)
        signed: dict[str, str] = self._vapid.sign(
            {"sub": self._contact, "aud": f"{place.scheme}://{place.netloc}"}
        )
        return signed


def fresh_key() -> bytes:
    """A new private key, PEM."""
    vapid = Vapid02()
    vapid.generate_keys()
    pem: bytes = vapid.private_pem()
    return pem


def encrypt(wish: Subscription, text: bytes) -> bytes:
    """The body that only this browser can open; ValueError where its keys are none."""
    point, secret = keys_of(wish.p256dh, wish.auth)
    body: bytes = http_ece.encrypt(
        text,
        salt=os.urandom(16),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=point,
        auth_secret=secret,
        version="aes128gcm",
    )
    return body


def keys_of(p256dh: str, auth: str) -> tuple[bytes, bytes]:
    """The browser's point and secret; ValueError where they are none."""
    point, secret = _bytes(p256dh), _bytes(auth)
    if len(point) != POINT_BYTES or len(secret) != SECRET_BYTES:
        raise ValueError("not the keys of a browser")
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    return point, secret


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _pattern(service: str) -> re.Pattern[str]:
    """An origin, in which `*` stands for part of a host name; what follows must be a path."""
    return re.compile(re.escape(service.rstrip("/")).replace(r"\*", r"[A-Za-z0-9-]+") + "/")
