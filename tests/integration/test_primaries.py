"""The right server is found behind one address, behind sentinels and in a cluster; nothing is ever sent
twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from balancer.core.batch import Batch
from balancer.core.connect import Store, connect
from balancer.core.primaries import ClusterPrimary, SentinelPrimary, new_connection
from balancer.core.store_url import Address, parse_store_url
from balancer.errors import StoreUnavailable, Unconfirmed
from tests.proxy import Proxy, proxy_to
from tests.scripts_for_store import COUNT
from tests.stores import (
    DURABLE,
    SERVICE,
    ClusterSetup,
    SentinelSetup,
    Server,
    free_port,
    redis_program,
    redis_server,
)
from tests.waiting import wait_until


@asynccontextmanager
async def store_at(url: str, city: str = "", **options: float) -> AsyncIterator[Store]:
    """A connected store, closed after the test."""
    store = await connect(url, city, **options)
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def behind_proxy(kind: str, folder: Path) -> AsyncIterator[tuple[str, Proxy]]:
    """A store of that kind whose every client is sent through a proxy: its address and the proxy."""
    with redis_server(folder / "plain") as plain:
        async with proxy_to(plain.port) as proxy:
            if kind == "standalone":
                yield f"redis://127.0.0.1:{proxy.port}", proxy
                return
    if kind == "sentinel":
        with redis_server(folder / "master") as master:
            async with proxy_to(master.port) as proxy:
                config = folder / "sentinel.conf"
                config.write_text(f"sentinel monitor {SERVICE} 127.0.0.1 {proxy.port} 1\n")
                sentinel = Server(redis_program(), folder / "sentinel", {}, (str(config), "--sentinel"))
                # Starting waits, and the proxy that the sentinel looks through lives on this loop.
                await asyncio.to_thread(sentinel.start)
                try:
                    yield f"redis+sentinel://127.0.0.1:{sentinel.port}/{SERVICE}?replicas=0", proxy
                finally:
                    sentinel.kill()
    if kind == "cluster":
        proxy = Proxy(0)
        await proxy.start()
        settings = {
            "cluster-enabled": "yes",
            "cluster-port": str(free_port()),
            "cluster-announce-port": str(proxy.port),
        }
        server = Server(redis_program(), folder / "member", DURABLE | settings)
        try:
            server.start()
            proxy.store_port = server.port
            server.ask("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
            await wait_until(lambda: "cluster_state:ok" in server.ask("CLUSTER", "INFO"))
            yield f"redis+cluster://127.0.0.1:{server.port}", proxy
        finally:
            await proxy.stop()
            server.kill()


@pytest.mark.parametrize("kind", ["standalone", "sentinel", "cluster"])
async def test_no_client_of_any_kind_sends_twice(kind: str, tmp_path: Path) -> None:
    """redis-py 8.1 repeats by default after a lost reply; neither the writer nor a reader may."""
    async with behind_proxy(kind, tmp_path) as (url, proxy), store_at(url, "lviv") as store:
        await store.writer.call(COUNT, ["{lviv}:writer"], [])
        reader = store.reader()
        await reader.incr("{lviv}:reader")
        proxy.loses_reply = lambda request: b"EVALSHA" in request or b"INCR" in request
        with pytest.raises(Unconfirmed):
            await store.writer.call(COUNT, ["{lviv}:writer"], [])
        with pytest.raises(RedisConnectionError):
            await reader.incr("{lviv}:reader")
        proxy.loses_reply = lambda request: False
        assert await store.writer.command("MGET", "{lviv}:writer", "{lviv}:reader") == [b"2", b"2"]


async def test_a_dead_sentinel_is_passed_over_and_remembered(sentinels: SentinelSetup) -> None:
    """The first of the named sentinels is gone: the other is asked, and from then on it is asked first."""
    finder = SentinelPrimary(parse_store_url(sentinels.url))
    assert await finder.find() == Address("127.0.0.1", sentinels.master.port)
    assert finder._sentinels[0].port == sentinels.sentinel.port


async def test_unknown_service_and_no_sentinel_say_so(sentinels: SentinelSetup) -> None:
    """The reason names the service, so that a typing error is found."""
    for address in (f"127.0.0.1:{sentinels.sentinel.port}/other", f"127.0.0.1:{free_port()}/other"):
        with pytest.raises(StoreUnavailable) as caught:
            await SentinelPrimary(parse_store_url(f"redis+sentinel://{address}")).find()
        assert "name no master for other" in caught.value.params["reason"]


async def test_failover_keeps_what_was_acknowledged(sentinels: SentinelSetup) -> None:
    """The master dies under load: writes go on at the new one after a pause; nothing acknowledged is lost,
    nothing is doubled, and the old master comes back as a replica without harm."""
    acknowledged: set[str] = set()
    unclear: set[str] = set()
    going = True
    async with store_at(sentinels.url, "lviv", reply_within=2) as store:
        assert store.replicas == 1

        async def caller(name: int) -> None:
            number = 0
            while going:
                number += 1
                member = f"{name}-{number}"
                try:
                    assert await store.writer.command("SADD", "{lviv}:seen", member) == 1, "sent twice"
                    acknowledged.add(member)
                except (Unconfirmed, StoreUnavailable):
                    unclear.add(member)

        callers = [asyncio.create_task(caller(name)) for name in range(10)]
        await wait_until(lambda: len(acknowledged) > 500)
        sentinels.master.kill()
        before = len(acknowledged)
        await wait_until(lambda: len(acknowledged) > before + 500, within=20, what="a new master")
        assert sentinels.master_port() != sentinels.master.port
        await asyncio.to_thread(sentinels.master.start)
        before = len(acknowledged)
        await wait_until(lambda: len(acknowledged) > before + 500, within=20)
        going = False
        await asyncio.gather(*callers)
        seen = {member.decode() for member in await store.writer.command("SMEMBERS", "{lviv}:seen")}
        assert not acknowledged - seen
        assert seen <= acknowledged | unclear


async def test_deposed_master_acknowledges_nothing(sentinels: SentinelSetup) -> None:
    """After a planned failover the old master takes writes for seconds more, and they will be lost. With
    every replica required none is acknowledged; the writer moves on and takes the readers along."""
    async with store_at(sentinels.url + "?replicas=2", "lviv", connect_within=10) as store:
        assert await store.writer.call(COUNT, ["{lviv}:n"], []) == 1
        reader = store.reader()
        assert await reader.get("{lviv}:n") == b"1"
        ask = ("SENTINEL", "FAILOVER", SERVICE)
        await wait_until(lambda: sentinels.sentinel.ask(*ask).startswith("+OK"), within=20, what="a failover")
        await wait_until(lambda: sentinels.master_port() != sentinels.master.port, within=20)
        blocked = asyncio.create_task(reader.xread({"{lviv}:events": "0"}, block=60_000))
        await wait_until(lambda: "blocked_clients:1" in sentinels.master.ask("INFO", "clients"))
        assert "role:master" in sentinels.master.ask("INFO", "replication"), "it does not know yet"
        with pytest.raises(Unconfirmed):
            await store.writer.call(COUNT, ["{lviv}:n"], [])
        assert sentinels.master.ask("GET", "{lviv}:n") == "$1\r\n2\r\n"
        new = next(server for server in sentinels.replicas if server.port == sentinels.master_port())
        assert new.ask("GET", "{lviv}:n") == "$1\r\n1\r\n"
        assert await store.writer.command("GET", "{lviv}:n", writes=False) == b"1"
        with pytest.raises(RedisConnectionError):
            await blocked
        assert await reader.get("{lviv}:n") == b"1"


async def test_demoted_server_is_left_for_the_new_primary(tmp_path: Path) -> None:
    """READONLY on a live connection: it did not run, so it is sent once more after finding the primary
    again."""
    with redis_server(tmp_path / "a") as old, redis_server(tmp_path / "b") as new:
        async with store_at(old.url, connect_within=0.3) as store:
            await store.writer.call(COUNT, ["n"], [])
            old.ask("REPLICAOF", "127.0.0.1", str(new.port))
            with pytest.raises(StoreUnavailable):
                await store.writer.call(COUNT, ["n"], [])
            old.ask("REPLICAOF", "NO", "ONE")
            assert isinstance(await store.writer.call(COUNT, ["n"], []), int)


class Moving:
    """A finder whose answer a test changes."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def find(self) -> Address:
        """Where it points now."""
        return Address("127.0.0.1", self.port)


async def test_readonly_is_resent_once_at_the_new_primary(tmp_path: Path) -> None:
    """A connection that outlived its primary's rank: nothing ran there, so the callers notice nothing."""
    with redis_server(tmp_path / "a") as old, redis_server(tmp_path / "b") as new:
        finder = Moving(old.port)
        connection = new_connection(parse_store_url(old.url), finder, socket_connect_timeout=1.0)
        batch = Batch(connection)
        await batch.start()
        assert await batch.call(COUNT, ["n"], []) == 1
        old.ask("REPLICAOF", "127.0.0.1", str(new.port))
        finder.port = new.port
        assert sorted(await asyncio.gather(*(batch.call(COUNT, ["n"], []) for _ in range(3)))) == [1, 2, 3]
        await batch.close()


async def test_cluster_sends_each_city_to_its_owner(cluster: ClusterSetup) -> None:
    """The hash tag decides; a city's scripts run on one member alone."""
    owners = set()
    for city in ("kharkiv", "lviv", "odesa", "dnipro", "poltava"):
        async with store_at(cluster.url, city) as store:
            expected = cluster.owner(city)
            assert await ClusterPrimary(store.url, city).find() == Address("127.0.0.1", expected.port)
            await store.writer.call(COUNT, ["{" + city + "}:n"], [])
            assert expected.ask("GET", "{" + city + "}:n") == "$1\r\n1\r\n"
            assert await store.reader().get("{" + city + "}:n") == b"1"
            owners.add(expected.port)
    assert len(owners) > 1


async def test_cluster_without_a_city_follows_where_it_is_sent(cluster: ClusterSetup, city_name: str) -> None:
    """A command line that names its city late still reaches it."""
    for number in range(6):
        key = "{" + city_name + str(number) + "}:n"
        async with store_at(cluster.url) as store:
            assert await store.writer.call(COUNT, [key], []) == 1


async def test_city_that_moves_within_the_cluster_is_followed(cluster: ClusterSetup, city_name: str) -> None:
    """MOVED says that nothing ran: the command goes to the new owner, once."""
    key = "{" + city_name + "}:n"
    async with store_at(cluster.url, city_name) as store:
        assert await store.writer.call(COUNT, [key], []) == 1
        old = cluster.owner(city_name)
        new = next(server for server in cluster.servers if server is not old)
        move_slot(cluster, city_name, old, new)
        results = await asyncio.gather(*(store.writer.call(COUNT, [key], []) for _ in range(5)))
        assert sorted(results) == [2, 3, 4, 5, 6]
        assert new.ask("GET", key) == "$1\r\n6\r\n"
        move_slot(cluster, city_name, new, old)


async def test_cluster_without_the_owner_is_unavailable(tmp_path: Path) -> None:
    """No member answers: said at once, with the address and without a password."""
    url = parse_store_url(f"redis+cluster://:secret@127.0.0.1:{free_port()}")
    with pytest.raises(StoreUnavailable) as caught:
        await ClusterPrimary(url, "lviv").find()
    assert str(url) in caught.value.params["reason"] and "secret" not in caught.value.params["reason"]


def move_slot(cluster: ClusterSetup, city: str, old: Server, new: Server) -> None:
    """Move the city's slot and its one key from `old` to `new`, as resharding does."""
    slot = old.ask("CLUSTER", "KEYSLOT", "{" + city + "}:").strip().removeprefix(":")
    old_id, new_id = (server.ask("CLUSTER", "MYID").split("\r\n")[1] for server in (old, new))
    new.ask("CLUSTER", "SETSLOT", slot, "IMPORTING", old_id)
    old.ask("CLUSTER", "SETSLOT", slot, "MIGRATING", new_id)
    old.ask("MIGRATE", "127.0.0.1", str(new.port), "{" + city + "}:n", "0", "2000")
    for server in (new, old, *cluster.servers):
        server.ask("CLUSTER", "SETSLOT", slot, "NODE", new_id)
