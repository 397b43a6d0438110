"""From a store's address to a connected store: one writer that gathers commands, and readers that may block.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from urllib.parse import quote

from redis.asyncio import Redis
from redis.exceptions import RedisError

from balancer.core.batch import Batch
from balancer.core.disk_room import DiskRoom
from balancer.core.primaries import PrimaryFinder, new_client, new_connection, primary_finder
from balancer.core.redis_server import EmbeddedStore, running_socket
from balancer.core.store_url import StoreUrl, parse_store_url

EMBEDDED = "embedded"
LONGEST_BLOCK_MS = 2000  # readers' BLOCK: well below their socket's time-out
READER_SECONDS = 5.0
READER_CONNECTS_SECONDS = 2.0
MEGABYTE = 1024 * 1024


class Store:
    """One city's store. `writer` gathers commands for its primary; `close()` ends the writer and every
    reader.
    """

    def __init__(self, url: StoreUrl, finder: PrimaryFinder | None, writer: Batch) -> None:
        self.url = url
        self.writer = writer
        self._finder = finder
        self._readers: list[Redis] = []
        writer.on_new_primary = self._leave_old_primary

    @property
    def replicas(self) -> int:
        """How many replicas must have a write before it is acknowledged."""
        return self.writer.replicas

    def reader(self) -> Redis:
        """A client of its own for reads that block (BLOCK ≤ LONGEST_BLOCK_MS). It finds the primary anew
        whenever it connects, never repeats a command, and raises redis-py's ConnectionError or TimeoutError,
        or StoreUnavailable, when the primary is lost. Read a fresh snapshot then: a new primary may lack
        events that were not acknowledged.
        """
        reader = new_client(
            self.url,
            self._finder,
            client_name="balancer-reader",
            socket_timeout=READER_SECONDS,
            socket_connect_timeout=READER_CONNECTS_SECONDS,
        )
        self._readers.append(reader)
        return reader

    async def _leave_old_primary(self) -> None:
        """A deposed primary may not know it for seconds and would show a reader a city that stands still."""
        for reader in self._readers:
            with contextlib.suppress(RedisError):
                await reader.connection_pool.disconnect()

    async def close(self) -> None:
        """Send what waits, then close all connections."""
        await self.writer.close()
        for reader in self._readers:
            await reader.aclose()


async def connect(
    url: str | StoreUrl, city: str = "", *, reply_within: float = 4.0, connect_within: float = 2.0
) -> Store:
    """Connect to the primary for `city` (its hash tag; only a cluster needs it). ValueError for a bad
    address, StoreUnavailable when no primary answers within `connect_within` seconds. A command without a
    reply within `reply_within` seconds is Unconfirmed.
    """
    address = parse_store_url(url) if isinstance(url, str) else url
    finder = primary_finder(address, city)
    replicas = address.replicas
    if replicas is None and address.kind == "sentinel":
        replicas = 1
    writer = Batch(
        new_connection(
            address,
            finder,
            client_name="balancer-writer",
            socket_timeout=None,  # the batch bounds a whole pipeline
            socket_connect_timeout=connect_within,
        ),
        replicas=replicas,
        reply_within=reply_within,
        connect_within=connect_within,
        has_room=_room(address),
    )
    await writer.start()
    return Store(address, finder, writer)


def _room(url: StoreUrl) -> Callable[[], bool]:
    if url.disk is None:
        return lambda: True
    return DiskRoom(url.disk, url.reserve_mb * MEGABYTE).enough


@contextlib.asynccontextmanager
async def open_store(redis: str, data: Path, city: str = "") -> AsyncIterator[Store]:
    """A store for the length of one command. `redis` is an address or "embedded": then the store of the
    server that runs on `data` is used, or, where none runs, one is started for the duration.
    """
    if redis != EMBEDDED:
        store = await connect(redis, city)
        try:
            yield store
        finally:
            await store.close()
        return
    socket = running_socket(data)
    if socket is not None:
        async with open_store(f"unix://{quote(socket)}", data, city) as store:
            yield store
        return
    embedded = EmbeddedStore(data)
    url = await embedded.start()
    try:
        async with open_store(url, data, city) as store:
            yield store
    finally:
        await embedded.stop()


async def stored_cities(store: Store) -> list[str]:
    """Ids of the cities whose data the store holds; on a cluster only those of one primary."""
    found: set[str] = set()
    cursor = b"0"
    while True:
        cursor, keys = await store.writer.command(
            "SCAN", cursor, "MATCH", "{*}:city", "COUNT", 1000, "TYPE", "hash", writes=False
        )
        found.update(key.decode().removeprefix("{").removesuffix("}:city") for key in keys)
        if cursor == b"0":
            return sorted(found)
