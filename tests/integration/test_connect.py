"""From an address to a store: all kinds of it, TLS, passwords, blocking readers, a command's own store."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from balancer.core.connect import EMBEDDED, connect, open_store
from balancer.core.redis_server import EmbeddedStore, running_socket
from balancer.errors import BalancerError, StoreUnavailable
from tests.proxy import proxy_to
from tests.scripts_for_store import COUNT, READ
from tests.stores import Server, free_port, missing, redis_program, redis_server
from tests.waiting import wait_until


async def test_writer_and_reader_meet_on_every_kind(store_url: str, city_name: str) -> None:
    """Valkey, Redis 7.0 and a cluster: what the writer stored, the reader's blocking read is woken by."""
    store = await connect(store_url, city_name)
    key = "{" + city_name + "}:events"
    reader = store.reader()
    read = asyncio.create_task(reader.xread({key: "0"}, block=2000))
    await store.writer.command("XADD", key, "1-0", "event", "first")
    assert await read == [[key.encode(), [(b"1-0", {b"event": b"first"})]]]
    assert store.replicas == 0
    await store.close()


async def test_blocked_reader_does_not_hold_up_the_writer(redis7: Server, city_name: str) -> None:
    """Each reader has a connection of its own."""
    store = await connect(redis7.url)
    blocked = asyncio.create_task(store.reader().xread({city_name: "0"}, block=1000))
    began = time.monotonic()
    for _ in range(10):
        await store.writer.call(COUNT, [city_name + ":n"], [])
    assert time.monotonic() - began < 0.5
    assert await blocked == []
    await store.close()


async def test_reader_finds_the_store_again_after_a_restart(tmp_path: Path) -> None:
    """The loss is told once, the next read connects anew."""
    with redis_server(tmp_path) as server:
        store = await connect(server.url)
        reader = store.reader()
        await store.writer.command("SET", "key", "value")
        blocked = asyncio.create_task(reader.xread({"events": "0"}, block=2000))
        await wait_until(lambda: "blocked_clients:1" in server.ask("INFO", "clients"))
        server.kill()
        with pytest.raises(RedisConnectionError):
            await blocked
        await asyncio.to_thread(server.start)
        assert await reader.get("key") == b"value"
        await store.close()


async def test_frozen_store_ends_a_readers_wait(redis7: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader gives up within its socket's time-out instead of hanging for ever."""
    monkeypatch.setattr("balancer.core.connect.READER_SECONDS", 0.3)
    store = await connect(redis7.url)
    reader = store.reader()
    await reader.ping()
    redis7.pause()
    try:
        with pytest.raises(RedisTimeoutError):
            await reader.get("key")
    finally:
        redis7.resume()
    await store.close()


async def test_password_and_database_are_used(tmp_path: Path) -> None:
    """A wrong password is refused at once, as such, and never shown."""
    with redis_server(tmp_path) as server:
        server.ask("CONFIG", "SET", "requirepass", "pass/word")
        store = await connect(f"redis://:pass%2Fword@127.0.0.1:{server.port}/3")
        await store.writer.command("SET", "key", "in three")
        assert await store.reader().get("key") == b"in three"
        await store.close()
        began = time.monotonic()
        with pytest.raises(StoreUnavailable) as caught:
            await connect(f"redis://:wrong-one@127.0.0.1:{server.port}/0", connect_within=5)
        assert time.monotonic() - began < 2
        assert "does not let us in" in caught.value.params["reason"]
        assert "wrong-one" not in caught.value.params["reason"]


async def test_tls(tmp_path: Path) -> None:
    """rediss:// with the authority's certificate; without it the server is not believed."""
    if shutil.which("openssl") is None:
        missing("openssl is not installed")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=store"]
    make += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    await asyncio.to_thread(subprocess.run, make, check=True, capture_output=True)
    port = free_port()
    tls = {
        "tls-port": str(port),
        "tls-cert-file": str(certificate),
        "tls-key-file": str(key),
        "tls-auth-clients": "no",
    }
    server = Server(redis_program(), tmp_path / "server", tls)
    try:
        server.start()
        store = await connect(f"rediss://127.0.0.1:{port}?ssl_ca_certs={certificate}")
        assert await store.writer.call(COUNT, ["key"], []) == 1
        assert await store.reader().get("key") == b"1"
        await store.close()
        with pytest.raises(StoreUnavailable):
            await connect(f"rediss://127.0.0.1:{port}", connect_within=0.5)
    finally:
        server.kill()


async def test_disk_below_its_reserve_refuses_writes(redis7: Server, tmp_path: Path) -> None:
    """The address of the embedded store watches its disk; so can any other."""
    store = await connect(f"{redis7.url}?disk={tmp_path}&reserve_mb=900000000")
    with pytest.raises(BalancerError) as caught:
        await store.writer.call(COUNT, ["key"], [])
    assert caught.value.code == "store_full"
    await store.writer.call(READ, ["key"], [])
    await store.close()


async def test_replica_requirement_comes_from_the_address(redis7: Server) -> None:
    """?replicas=1 on a server without one: nothing is ever acknowledged."""
    store = await connect(f"{redis7.url}?replicas=1")
    assert store.replicas == 1
    await store.close()


async def test_bad_address_is_a_value_error() -> None:
    """Told before anything is connected."""
    with pytest.raises(ValueError, match="begins with one of"):
        await connect("http://127.0.0.1")


async def test_open_store_joins_a_running_server(tmp_path: Path) -> None:
    """A command beside a server talks to the same store, and leaves it running."""
    embedded = EmbeddedStore(tmp_path)
    await embedded.start()
    async with open_store(EMBEDDED, tmp_path) as store:
        assert await store.writer.call(COUNT, ["key"], []) == 1
    async with open_store(EMBEDDED, tmp_path) as store:
        assert await store.writer.call(COUNT, ["key"], []) == 2
    assert embedded.pid is not None
    os.kill(embedded.pid, 0)
    await embedded.stop()


async def test_open_store_starts_one_for_itself(tmp_path: Path) -> None:
    """Without a server the store lives as long as the command, also when the command fails."""
    with pytest.raises(ZeroDivisionError):
        async with open_store(EMBEDDED, tmp_path) as store:
            assert running_socket(tmp_path) is not None
            await store.writer.call(COUNT, ["key"], [])
            raise ZeroDivisionError
    assert running_socket(tmp_path) is None
    async with open_store(EMBEDDED, tmp_path) as store:
        assert await store.writer.call(READ, ["key"], []) == b"1"


async def test_open_store_takes_an_address(redis7: Server, tmp_path: Path, city_name: str) -> None:
    """With --redis the data folder is left alone."""
    async with open_store(redis7.url, tmp_path / "none", city_name) as store:
        assert await store.writer.call(COUNT, [city_name], []) == 1
    assert os.listdir(tmp_path) == []


async def test_proxy_between_shows_one_connection_a_writer(redis7: Server, city_name: str) -> None:
    """However many callers, one connection carries the writes; a reader adds its own."""
    async with proxy_to(redis7.port) as proxy:
        store = await connect(f"redis://127.0.0.1:{proxy.port}")
        await asyncio.gather(*(store.writer.call(COUNT, [city_name], []) for _ in range(200)))
        assert proxy.connections == 1
        await store.reader().ping()
        assert proxy.connections == 2
        await store.close()
