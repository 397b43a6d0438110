"""Commands reach the store once, gathered, and every fault has its own answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from redis.exceptions import NoScriptError, ResponseError

from balancer.core.batch import WAITING_CALLS, Batch, confirmation_key
from balancer.core.primaries import FixedPrimary, new_connection
from balancer.core.store_url import Address, parse_store_url
from balancer.errors import BalancerError, StoreUnavailable, Unconfirmed
from tests.proxy import proxy_to
from tests.scripts_for_store import COUNT, READ, script
from tests.stores import Server, free_port, redis_program, redis_server, valkey_program
from tests.waiting import wait_until


@asynccontextmanager
async def batch_to(port: int, **options: Any) -> AsyncIterator[Batch]:
    """A started batch, closed after the test."""
    url = parse_store_url(f"redis://127.0.0.1:{port}")
    connection = new_connection(url, FixedPrimary(Address("127.0.0.1", port)), socket_connect_timeout=1.0)
    batch = Batch(connection, **options)
    await batch.start()
    try:
        yield batch
    finally:
        await batch.close()


async def test_concurrent_calls_share_pipelines(redis7: Server, city_name: str) -> None:
    """300 callers at once cost a handful of round trips, and each gets its own answer in order."""
    async with proxy_to(redis7.port) as proxy, batch_to(proxy.port) as batch:
        counted = await asyncio.gather(*(batch.call(COUNT, [city_name], []) for _ in range(300)))
        assert counted == list(range(1, 301))
        assert len(proxy.requests) < 20
        assert proxy.connections == 1


async def test_while_one_pipeline_flies_the_next_gathers(redis7: Server, city_name: str) -> None:
    """Calls that come during a flight neither wait for a timer nor go one by one."""
    async with proxy_to(redis7.port) as proxy, batch_to(proxy.port) as batch:
        await batch.call(COUNT, [city_name], [])
        proxy.requests.clear()
        redis7.pause()
        try:
            first = asyncio.create_task(batch.call(COUNT, [city_name], []))
            await wait_until(lambda: len(proxy.requests) == 1)
            later = [asyncio.create_task(batch.call(COUNT, [city_name], [])) for _ in range(50)]
            await asyncio.sleep(0)
        finally:
            redis7.resume()
        assert await first == 2
        assert await asyncio.gather(*later) == list(range(3, 53))
        assert len(proxy.requests) == 2


async def test_lost_reply_is_one_write_and_unconfirmed(redis7: Server, city_name: str) -> None:
    """redis-py would send it again and count twice."""
    async with proxy_to(redis7.port) as proxy, batch_to(proxy.port) as batch:
        await batch.call(COUNT, [city_name], [])
        proxy.loses_reply = lambda request: b"EVALSHA" in request
        with pytest.raises(Unconfirmed):
            await batch.call(COUNT, [city_name], [])
        proxy.loses_reply = lambda request: False
        assert await batch.call(READ, [city_name], []) == b"2"


async def test_lost_read_is_asked_once_more(redis7: Server, city_name: str) -> None:
    """A read does no harm twice, and only writes can be unconfirmed."""
    async with proxy_to(redis7.port) as proxy, batch_to(proxy.port) as batch:
        await batch.command("SET", city_name, "here")
        losses = iter([True, False])
        proxy.loses_reply = lambda request: b"GET" in request and next(losses)
        assert await batch.command("GET", city_name, writes=False) == b"here"
        proxy.loses_reply = lambda request: b"GET" in request
        with pytest.raises(StoreUnavailable):
            await batch.command("GET", city_name, writes=False)


async def test_forgotten_script_is_loaded_and_runs_once(redis7: Server, city_name: str) -> None:
    """A restarted store knows no scripts; the one beside it is not run again."""
    async with batch_to(redis7.port) as batch:
        await batch.call(COUNT, [city_name], [])
        await batch.command("SCRIPT FLUSH")
        plain = batch.command("INCR", city_name)
        assert sorted(await asyncio.gather(plain, batch.call(COUNT, [city_name], []))) == [2, 3]
        assert await batch.call(READ, [city_name], []) == b"3"


async def test_script_that_does_not_compile_says_why(redis7: Server) -> None:
    """Neither a loop of loads nor a bare NOSCRIPT."""
    async with batch_to(redis7.port) as batch:
        with pytest.raises(ResponseError, match="compiling") as caught:
            await batch.call(script("broken", "return ("), [], [])
        assert not isinstance(caught.value, NoScriptError)


async def test_one_defect_leaves_its_neighbours_alone(redis7: Server, city_name: str) -> None:
    """A failing script, an unknown command and an argument that cannot be sent hurt only their callers."""
    failing = script("failing", "return redis.call('HGET', KEYS[1], 'x')")
    async with batch_to(redis7.port) as batch:
        await batch.call(COUNT, [city_name], [])
        results = await asyncio.gather(
            batch.call(failing, [city_name], []),
            batch.call(COUNT, [city_name], []),
            batch.command("NOSUCHCOMMAND"),
            batch.call(COUNT, [city_name], [None]),  # type: ignore[list-item]
            batch.call(COUNT, [city_name], []),
            return_exceptions=True,
        )
        assert [type(result) for result in results] == [ResponseError, int, ResponseError, TypeError, int]
        assert (results[1], results[4]) == (2, 3)


async def test_no_store_is_unavailable_soon_and_found_when_it_comes(tmp_path: Path) -> None:
    """A refused connection surely did nothing; after a restart the next call is served, on the same data."""
    with redis_server(tmp_path) as server:
        async with batch_to(server.port, connect_within=0.3) as batch:
            assert await batch.call(COUNT, ["key"], []) == 1
            server.kill()
            began = time.monotonic()
            refused = await asyncio.gather(
                *(batch.call(COUNT, ["key"], []) for _ in range(1200)), return_exceptions=True
            )
            assert {type(one) for one in refused} == {StoreUnavailable}
            assert time.monotonic() - began < 2
            server.start()
            assert await batch.call(COUNT, ["key"], []) == 2


async def test_short_outage_is_waited_for(tmp_path: Path) -> None:
    """A store that is back within `connect_within` costs a pause, not an error."""
    with redis_server(tmp_path) as server:
        async with batch_to(server.port, connect_within=5) as batch:
            server.kill()
            call = asyncio.create_task(batch.call(COUNT, ["key"], []))
            await asyncio.to_thread(server.start)
            assert await call == 1


async def test_start_without_a_store_says_so() -> None:
    """The reason for operators is in the error."""
    with pytest.raises(StoreUnavailable) as caught:
        async with batch_to(free_port(), connect_within=0.1):
            pass
    assert "no store within 0.1 s" in caught.value.params["reason"]


async def test_frozen_store_ends_in_unconfirmed(tmp_path: Path) -> None:
    """No call hangs: the one in flight is unknown, those after it surely did not happen."""
    with redis_server(tmp_path) as server:
        async with batch_to(server.port, reply_within=0.3, connect_within=0.3) as batch:
            await batch.call(COUNT, ["key"], [])
            server.pause()
            with pytest.raises(Unconfirmed):
                await batch.call(COUNT, ["key"], [])
            with pytest.raises(StoreUnavailable):
                await batch.call(COUNT, ["key"], [])
            server.resume()
            assert await batch.call(COUNT, ["key"], []) in (2, 3)


async def test_connection_closed_while_idle_is_noticed(redis7: Server, city_name: str) -> None:
    """A restart between two calls is not an unconfirmed write."""
    async with batch_to(redis7.port) as batch:
        await batch.call(COUNT, [city_name], [])
        redis7.ask("CLIENT", "KILL", "TYPE", "normal")
        await wait_until(lambda: batch._connection.can_read(), what="the end of the connection")
        assert await batch.call(COUNT, [city_name], []) == 2


async def test_full_memory_is_store_full(tmp_path: Path) -> None:
    """Writing is refused with its reason, reading goes on."""
    with redis_server(tmp_path, maxmemory="1") as server:
        async with batch_to(server.port) as batch:
            for attempt in (batch.call(COUNT, ["key"], []), batch.command("SET", "key", "1")):
                with pytest.raises(BalancerError) as caught:
                    await attempt
                assert caught.value.code == "store_full"
            assert await batch.call(READ, ["key"], []) is None


async def test_full_disk_is_store_full(tmp_path: Path) -> None:
    """A real failed append: what Redis calls MISCONF."""
    server = Server(redis_program(), tmp_path, {"appendonly": "yes", "appendfsync": "everysec", "save": ""})
    try:
        server.start(fsize=4096)
        async with batch_to(server.port) as batch:
            for _ in range(3):
                await batch.command("SET", "filler", "x" * 1500)
            await wait_until(lambda: "aof_last_write_status:err" in server.ask("INFO", "persistence"))
            with pytest.raises(BalancerError) as caught:
                await batch.call(COUNT, ["key"], [])
            assert caught.value.code == "store_full"
    finally:
        server.kill()


async def test_no_room_refuses_writes_before_they_are_sent(redis7: Server, city_name: str) -> None:
    """`has_room` stands before the store: with fsync always, a store on a full disk would die."""
    room = [True]
    async with batch_to(redis7.port, has_room=lambda: room[0]) as batch:
        await batch.call(COUNT, [city_name], [])
        room[0] = False
        with pytest.raises(BalancerError) as caught:
            await batch.call(COUNT, [city_name], [])
        assert caught.value.code == "store_full"
        assert await batch.call(READ, [city_name], []) == b"1"


async def test_a_caller_who_left_before_sending_is_not_served(redis7: Server, city_name: str) -> None:
    """A cancelled request that still waited does nothing."""
    async with proxy_to(redis7.port) as proxy, batch_to(proxy.port) as batch:
        await batch.call(COUNT, [city_name], [])
        proxy.requests.clear()
        redis7.pause()
        try:
            sent = asyncio.create_task(batch.call(COUNT, [city_name], []))
            await wait_until(lambda: len(proxy.requests) == 1)
            left = asyncio.create_task(batch.call(COUNT, [city_name], []))
            await asyncio.sleep(0)
            left.cancel()
        finally:
            redis7.resume()
        assert await sent == 2
        assert await batch.call(READ, [city_name], []) == b"2"


async def test_too_many_waiting_are_refused(redis7: Server, city_name: str) -> None:
    """Memory is bounded while the store is silent."""
    async with batch_to(redis7.port, reply_within=30) as batch:
        redis7.pause()
        try:
            calls = [asyncio.create_task(batch.command("PING")) for _ in range(WAITING_CALLS + 1000)]
            await wait_until(lambda: any(call.done() for call in calls))
            refused = next(call for call in calls if call.done())
            error = refused.exception()
            assert isinstance(error, BalancerError) and error.code == "overloaded"
        finally:
            redis7.resume()
        await asyncio.gather(*calls, return_exceptions=True)


async def test_close_sends_what_waits_and_refuses_the_rest(redis7: Server, city_name: str) -> None:
    """A draining server loses no command that it has accepted."""
    async with batch_to(redis7.port) as batch:
        calls = [asyncio.create_task(batch.call(COUNT, [city_name], [])) for _ in range(20)]
        await asyncio.sleep(0)
        await batch.close()
        assert await asyncio.gather(*calls) == list(range(1, 21))
        with pytest.raises(StoreUnavailable):
            await batch.call(COUNT, [city_name], [])


async def test_write_counts_only_once_a_replica_has_it(tmp_path: Path) -> None:
    """With the replica frozen the write is unconfirmed, also beside others; a read needs no replica."""
    with redis_server(tmp_path / "primary", repl_diskless_sync_delay="0") as primary:
        replica = redis_server(tmp_path / "replica", replicaof=f"127.0.0.1 {primary.port}")
        async with batch_to(primary.port, replicas=None) as alone:
            assert await alone.call(COUNT, ["key"], []) == 1
            assert alone.replicas == 0
        with replica as follower:
            await wait_until(lambda: "master_link_status:up" in follower.ask("INFO", "replication"))
            await wait_until(lambda: follower.ask("GET", "key") == "$1\r\n1\r\n")
            # The replica has its copy a moment before the primary counts it as online.
            await wait_until(lambda: "state=online" in primary.ask("INFO", "replication"))
            async with batch_to(primary.port, replicas=None) as batch:
                assert batch.replicas == 1, "a replica that is there is required without being asked for"
                assert await batch.call(COUNT, ["key"], []) == 2
                follower.pause()
                writes = (batch.call(COUNT, ["key"], []) for _ in range(3))
                results = await asyncio.gather(*writes, batch.call(READ, ["key"], []), return_exceptions=True)
                assert [type(result) for result in results] == [Unconfirmed] * 3 + [bytes]
                follower.resume()
                assert await batch.call(COUNT, ["key"], []) == 6
            assert follower.ask("GET", "key") == "$1\r\n6\r\n"


@pytest.mark.parametrize("product", ["valkey", "redis"])
async def test_repeat_of_an_unconfirmed_write_is_not_confirmed_by_a_frozen_replica(
    product: str, tmp_path: Path
) -> None:
    """The repeat finds the first answer and writes nothing. WAIT asks for the connection's own last write, so
    Valkey and newer Redis would answer 1 at once, on this connection or another, although no replica has the
    ticket."""
    program = valkey_program() if product == "valkey" else redis_program()
    once = script("once", "return redis.call('SET', KEYS[1], 'ticket', 'NX') and 'first' or 'again'")
    with redis_server(tmp_path / "primary", program, repl_diskless_sync_delay="0") as primary:
        address = f"127.0.0.1 {primary.port}"
        with redis_server(tmp_path / "replica", program, replicaof=address) as replica:
            primary.ask("SET", "key", "1")
            await wait_until(lambda: replica.ask("GET", "key") == "$1\r\n1\r\n")
            options = {"replicas": 1, "replica_within": 0.2}
            async with batch_to(primary.port, **options) as one, batch_to(primary.port, **options) as other:
                replica.pause()
                for batch in (one, one, other, other):
                    with pytest.raises(Unconfirmed):
                        await batch.call(once, ["{lviv}:answer"], [])
                replica.resume()
                await wait_until(lambda: replica.ask("GET", "{lviv}:answer") == "$6\r\nticket\r\n")
                assert await other.call(once, ["{lviv}:answer"], []) == b"again"


@pytest.mark.parametrize("key", ["{lviv}:events", b"{lviv}:events", "a{lviv}{x}", "lviv"])
def test_mark_for_replicas_is_in_the_slot_of_the_write(key: str | bytes) -> None:
    """A cluster takes both in one pipeline to one member."""
    assert confirmation_key(key) == "{lviv}:confirmed"


async def test_replica_is_not_taken_for_a_primary(tmp_path: Path) -> None:
    """An address that leads to a replica is a fault of the set-up, told before the first write."""
    with redis_server(tmp_path / "primary") as primary:
        with redis_server(tmp_path / "replica", replicaof=f"127.0.0.1 {primary.port}") as replica:
            with pytest.raises(StoreUnavailable) as caught:
                async with batch_to(replica.port, connect_within=0.2):
                    pass
            assert "not a primary" in caught.value.params["reason"]
