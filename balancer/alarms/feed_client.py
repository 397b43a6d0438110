"""GET of a small JSON document, bounded in time and size; everything that can go wrong is a FeedFault.

The key goes into the Authorization header and nowhere else: neither faults nor log lines carry it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from balancer.alarms.feed import FeedFault

if TYPE_CHECKING:
    import aiohttp

TIMEOUT_SECONDS = 5.0
MOST_BYTES = 4_000_000
LONGEST_RETRY_AFTER = 600.0


class Document(NamedTuple):
    """What the service answered; `modified` is its Last-Modified header. `body` None: as it was (304)."""

    body: bytes | None
    modified: str | None


class FeedClient:
    """Requests to one service. To be made within a running event loop, and closed."""

    def __init__(self, base_url: str, authorization: str, timeout: float = TIMEOUT_SECONDS) -> None:
        import aiohttp  # a fifth of a server's start; most servers ask no feed

        self._base = base_url.rstrip("/")
        self._headers = {
            "Authorization": authorization,
            "Accept": "application/json",
            "User-Agent": "queue-balancer (+alarm feed)",
        }
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._session: aiohttp.ClientSession | None = None

    async def get(self, path: str, since: str | None = None) -> Document:
        """The document at `path`; `since`: the `modified` of the last one, if the caller still has it.

        Raises FeedFault.
        """
        import aiohttp

        headers = {**self._headers, **({"If-Modified-Since": since} if since else {})}
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout)
        try:
            async with self._session.get(
                self._base + path, headers=headers, allow_redirects=False
            ) as response:
                _refuse(response)
                if response.status == 304:
                    return Document(None, since)
                return Document(await _body(response), response.headers.get("Last-Modified"))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise FeedFault("unreachable", type(error).__name__) from error

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None


def _refuse(response: aiohttp.ClientResponse) -> None:
    status = response.status
    if status in (401, 403):
        raise FeedFault("key_refused", f"HTTP {status}", _retry_after(response))
    if status == 429:
        raise FeedFault("too_many", f"HTTP {status}", _retry_after(response))
    if status not in (200, 304):
        raise FeedFault("server_error", f"HTTP {status}", _retry_after(response))


def _retry_after(response: aiohttp.ClientResponse) -> float | None:
    """Seconds only; the form with a date is rare and would need the service's clock."""
    told = response.headers.get("Retry-After", "")
    return min(float(told), LONGEST_RETRY_AFTER) if told.isdigit() else None


async def _body(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_chunked(1 << 16):
        body += chunk
        if len(body) > MOST_BYTES:
            raise FeedFault("garbled", "the answer is too large")
    return bytes(body)
