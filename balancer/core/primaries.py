"""Which server takes the city's writes now, and connections that ask this anew each time they are made.

redis-py 8.1 repeats commands by default, and a repeated script writes twice. So every client and every
connection here carries NEVER_REPEAT; `tests/integration/test_primaries.py` holds each kind to it.
"""

from __future__ import annotations

from typing import Any, Protocol

from redis.asyncio import Redis, RedisCluster
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.connection import (
    AbstractConnection,
    Connection,
    ConnectionPool,
    SSLConnection,
    UnixDomainSocketConnection,
)
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import MovedError, RedisClusterException, RedisError

from balancer.core.store_url import Address, StoreUrl
from balancer.errors import StoreUnavailable

NEVER_REPEAT = Retry(NoBackoff(), 0)
PROTOCOL = 2  # RESP2: the shapes of replies do not depend on the server's version
ASK_SECONDS = 0.5  # how long one sentinel or cluster member may take to answer


class PrimaryFinder(Protocol):
    """Finds the server that owns the city's keys. `find` raises StoreUnavailable where there is none now."""

    async def find(self) -> Address: ...


class FixedPrimary:
    """A server whose address never changes."""

    def __init__(self, address: Address) -> None:
        self._address = address

    async def find(self) -> Address:
        """The address it was given."""
        return self._address


class SentinelPrimary:
    """The master that the sentinels name."""

    def __init__(self, url: StoreUrl) -> None:
        self._url = url
        self._sentinels = list(url.hosts)

    async def find(self) -> Address:
        """Ask the sentinels in turn, first the one that answered last; the first that knows the service is
        believed. Whether its master is up and takes writes is for the one who connects to see."""
        reasons: list[str] = []
        for sentinel in list(self._sentinels):
            try:
                named = await self._ask(sentinel)
            except (RedisError, OSError) as error:
                reasons.append(f"{sentinel}: {error}")
                continue
            if named is None:
                reasons.append(f"{sentinel}: no such service")
                continue
            self._sentinels.remove(sentinel)
            self._sentinels.insert(0, sentinel)
            return Address(named[0].decode(), int(named[1]))
        raise unavailable(f"the sentinels name no master for {self._url.service}: {'; '.join(reasons)}")

    async def _ask(self, sentinel: Address) -> list[bytes] | None:
        # SENTINEL MASTERS, which redis-py asks, names a promoted replica seconds later than this.
        address = StoreUrl(
            "standalone",
            hosts=(sentinel,),
            username=self._url.sentinel_username,
            password=self._url.sentinel_password,
            tls=self._url.tls,
            tls_options=self._url.tls_options,
        )
        limits = {"socket_timeout": ASK_SECONDS, "socket_connect_timeout": ASK_SECONDS}
        async with new_client(address, None, **limits) as client:
            asked = ("SENTINEL", "GET-MASTER-ADDR-BY-NAME", self._url.service)
            named: list[bytes] | None = await client.execute_command(*asked)  # type: ignore[no-untyped-call]
        return named


class ClusterPrimary:
    """The cluster's primary that owns the slot of the city's hash tag; without a city any primary, which will
    say where a city's keys are.
    """

    def __init__(self, url: StoreUrl, city: str) -> None:
        self._url = url
        self._key = "{" + city + "}:" if city else None

    async def find(self) -> Address:
        """Read the slots from whichever member answers."""
        cluster: RedisCluster | None = None
        tls: dict[str, Any] = dict(self._url.tls_options)
        try:
            cluster = RedisCluster(
                startup_nodes=[ClusterNode(*host) for host in self._url.hosts],
                require_full_coverage=False,
                username=self._url.username,
                password=self._url.password,
                protocol=PROTOCOL,
                retry=NEVER_REPEAT,
                socket_timeout=ASK_SECONDS,
                socket_connect_timeout=ASK_SECONDS,
                ssl=self._url.tls,
                **tls,
            )
            await cluster.initialize()
            owner = cluster.get_node_from_key(self._key) if self._key else cluster.get_random_primary_node()
        except (RedisError, RedisClusterException, OSError) as error:
            raise unavailable(f"{self._url} does not tell who owns the city: {error}") from error
        finally:
            if cluster is not None:
                await cluster.aclose()
        if owner is None:
            raise unavailable(f"the cluster {self._url} has no owner for the city's slot")
        return Address(_text(owner.host), int(owner.port))


def primary_finder(url: StoreUrl, city: str) -> PrimaryFinder | None:
    """The finder for this address, or None for a unix socket, which is where it is."""
    if url.path is not None:
        return None
    if url.kind == "sentinel":
        return SentinelPrimary(url)
    if url.kind == "cluster":
        return ClusterPrimary(url, city)
    return FixedPrimary(url.hosts[0])


class FoundConnection(Connection):
    """A TCP connection that asks where the primary is each time it connects, as redis-py's own
    SentinelManagedConnection does."""

    def __init__(self, *, finder: PrimaryFinder, **options: Any) -> None:
        self._finder = finder
        self._sent_to: Address | None = None
        super().__init__(**options)

    def follow(self, moved: MovedError) -> None:
        """Connect next time where a member of the cluster has just sent us."""
        self._sent_to = Address(moved.host or self.host, moved.port)

    async def connect(self) -> None:
        """Connect to the present primary; StoreUnavailable or redis-py's errors where that fails."""
        if not self.is_connected:
            sent_to, self._sent_to = self._sent_to, None
            self.host, self.port = sent_to or await self._finder.find()
        await super().connect()  # type: ignore[no-untyped-call]


class FoundTlsConnection(FoundConnection, SSLConnection):
    """The same with TLS."""


def new_connection(url: StoreUrl, finder: PrimaryFinder | None, **options: Any) -> AbstractConnection:
    """One connection, not connected yet, to the present primary; it never repeats a command. `options` are
    redis-py's: `client_name`, `socket_timeout` and `socket_connect_timeout` in seconds.
    """
    kind, options = _how_to_connect(url, finder, options)
    return kind(**options)


def new_client(url: StoreUrl, finder: PrimaryFinder | None, **options: Any) -> Redis:
    """A client whose connections are made as `new_connection` makes them."""
    kind, options = _how_to_connect(url, finder, options)
    return Redis.from_pool(ConnectionPool(connection_class=kind, **options))


def _how_to_connect(
    url: StoreUrl, finder: PrimaryFinder | None, options: dict[str, Any]
) -> tuple[type[AbstractConnection], dict[str, Any]]:
    options = options | {
        "db": url.db,
        "username": url.username,
        "password": url.password,
        "driver_info": None,
        "protocol": PROTOCOL,
        "retry": NEVER_REPEAT,
    }
    if url.path is not None:
        return UnixDomainSocketConnection, options | {"path": url.path}
    options["finder"] = finder or FixedPrimary(url.hosts[0])
    return (FoundTlsConnection, options | dict(url.tls_options)) if url.tls else (FoundConnection, options)


def unavailable(reason: str) -> StoreUnavailable:
    """The refusal for people, with the reason for operators in `params` and in the traceback."""
    error = StoreUnavailable("store_unavailable", reason=reason)
    error.add_note(reason)
    return error


def reason_of(error: Exception) -> str:
    """What operators are told of `error`."""
    return str(error.params["reason"]) if isinstance(error, StoreUnavailable) else repr(error)


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
