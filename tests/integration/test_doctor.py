"""The doctor finds what is unsafe and says what to do, in plain words."""

from __future__ import annotations

import asyncio
import time
from collections import namedtuple
from pathlib import Path

import pytest

from balancer.core import doctor
from balancer.core.connect import EMBEDDED, open_store
from balancer.core.doctor import (
    Check,
    exit_status,
    memory_check,
    persistence_check,
    rendered,
    replica_check,
    run_doctor,
    version_check,
)
from tests.stores import ClusterSetup, SentinelSetup, Server, free_port, redis_server
from tests.waiting import wait_until


def found(checks: list[Check], name: str) -> Check:
    """The check of that name."""
    return next(check for check in checks if check.name == name)


async def test_embedded_store_is_healthy_by_itself(tmp_path: Path) -> None:
    """What `serve` starts by default needs no advice, before its first start too; nothing is left behind."""
    data = tmp_path / "data"
    checks = await run_doctor(EMBEDDED, data)
    assert not data.exists()
    assert "does not exist yet" in found(checks, "store").found
    data.mkdir()
    checks = await run_doctor(EMBEDDED, data)
    names = ["store", "persistence", "memory", "replicas", "clock", "writing", "files", "disk"]
    assert [check.name for check in checks] == names
    assert [check for check in checks if not check.ok] == []
    assert exit_status(checks) == 0
    assert found(checks, "persistence").found == "appendonly yes, appendfsync always"
    assert all(line.startswith("ok ") for line in rendered(checks).splitlines())


async def test_unreachable_store_is_a_finding(tmp_path: Path) -> None:
    """The doctor does not fall ill itself; what can be seen without the store is still told."""
    checks = await run_doctor(f"redis://127.0.0.1:{free_port()}", tmp_path)
    assert not found(checks, "store").ok and "no store within" in found(checks, "store").found
    assert exit_status(checks) == 1
    assert found(checks, "files").found
    assert rendered(checks).splitlines()[1].strip() == "→ start the store, or correct --redis or --data"


async def test_careless_server_is_told_line_by_line(tmp_path: Path) -> None:
    """A Redis as it comes from the package, with a memory limit."""
    careless = {"appendonly": "no", "maxmemory": "100mb", "maxmemory_policy": "allkeys-lru"}
    with redis_server(tmp_path, **careless) as server:
        checks = await run_doctor(server.url, tmp_path)
        assert {check.name for check in checks if not check.ok} == {"persistence", "memory"}
        assert found(checks, "persistence").advice == "set appendonly yes and appendfsync always"
        assert "noeviction" in found(checks, "memory").advice
        server.ask("CONFIG", "SET", "appendonly", "yes")
        server.ask("CONFIG", "SET", "appendfsync", "everysec")
        server.ask("CONFIG", "SET", "maxmemory-policy", "noeviction")
        checks = await run_doctor(server.url, tmp_path)
        assert {check.name for check in checks if not check.ok} == {"persistence"}
        assert "last second" in found(checks, "persistence").found


async def test_server_that_hides_its_settings(tmp_path: Path) -> None:
    """Managed services forbid CONFIG: then the owner has to ask."""
    with redis_server(tmp_path) as server:
        server.ask("ACL", "SETUSER", "shop", "on", ">word", "~*", "+@all", "-config")
        checks = await run_doctor(f"redis://shop:word@127.0.0.1:{server.port}", tmp_path)
        assert {check.name for check in checks if not check.ok} == {"persistence"}
        assert "does not show" in found(checks, "persistence").found


async def test_replicas_behind_sentinels(sentinels: SentinelSetup, tmp_path: Path) -> None:
    """Enough replicas are ok; a missing one stops every write, and the doctor says so."""

    async def both_in_step() -> list[Check] | None:  # a replica may lag for a moment on a busy machine
        checks = await run_doctor(sentinels.url, tmp_path)
        told = found(checks, "replicas").found
        return checks if told.startswith("2 in step, 1 must confirm") else None

    checks = await wait_until(both_in_step, within=30, what="both replicas in step")
    assert exit_status(checks or []) == 0
    checks = await run_doctor(sentinels.url + "?replicas=3", tmp_path)
    assert {check.name for check in checks if not check.ok} == {"replicas", "writing"}


async def test_cluster_is_looked_at_where_the_city_is(cluster: ClusterSetup, tmp_path: Path) -> None:
    """A healthy cluster needs no advice."""
    checks = await run_doctor(cluster.url, tmp_path, "kharkiv")
    assert [check for check in checks if not check.ok] == []


async def test_log_of_a_city_is_counted(tmp_path: Path) -> None:
    """A whole log, a trimmed one, one with a hole and one that was cut off."""
    async with open_store(EMBEDDED, tmp_path) as store:
        ask = store.writer.command
        for offset in range(1, 11):
            await ask("XADD", "{lviv}:events", f"{offset}-0", "event", "{}")
        await ask("HSET", "{lviv}:city", "epoch", "e1", "offset", "10")
        whole = found(await run_doctor(EMBEDDED, tmp_path), "city lviv")
        assert whole == Check("city lviv", True, "epoch e1, 10 events, 10 kept")
        await ask("XTRIM", "{lviv}:events", "MINID", "4-0")
        assert found(await run_doctor(EMBEDDED, tmp_path), "city lviv").found == "epoch e1, 10 events, 7 kept"
        await ask("XDEL", "{lviv}:events", "6-0")
        hole = found(await run_doctor(EMBEDDED, tmp_path), "city lviv")
        assert not hole.ok and "lacks 1" in hole.found and "backup" in hole.advice
        await ask("HSET", "{lviv}:city", "offset", "12")
        assert not found(await run_doctor(EMBEDDED, tmp_path), "city lviv").ok
        await ask("DEL", "{lviv}:events")
        assert not found(await run_doctor(EMBEDDED, tmp_path), "city lviv").ok


async def test_clocks_that_disagree(redis7: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine an hour off prints wrong hours on tickets."""
    real = time.time
    monkeypatch.setattr(doctor.time, "time", lambda: real() + 3600)
    clock = found(await run_doctor(redis7.url, tmp_path), "clock")
    assert not clock.ok and "behind" in clock.found and "chrony" in clock.advice


async def test_full_and_slow_disk(redis7: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder that the address names is watched; writes that take long are named."""
    usage = namedtuple("usage", "f_bavail f_frsize")
    monkeypatch.setattr("os.statvfs", lambda folder: usage(100, 1_000_000))
    monkeypatch.setattr(doctor, "SLOW_WRITE_MS", 0.0)
    checks = await run_doctor(f"{redis7.url}?disk={tmp_path}", tmp_path)
    assert {check.name for check in checks if not check.ok} == {"disk", "writing"}
    assert found(checks, "disk").found == f"100 MB free for {tmp_path}"


async def test_too_few_files(redis7: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten thousand watchers are ten thousand sockets."""
    monkeypatch.setattr(doctor, "raise_file_limit", lambda: 1024)
    files = found(await run_doctor(redis7.url, tmp_path), "files")
    assert not files.ok and "LimitNOFILE" in files.advice


def test_old_server_and_valkey_are_told_apart() -> None:
    """Valkey says of itself that it is Redis 7.2 too."""
    assert not version_check({"redis_version": "6.2.14"}, "here").ok
    valkey = {"redis_version": "7.2.4", "valkey_version": "9.1.2"}
    assert version_check(valkey, "here") == Check("store", True, "Valkey 9.1.2, here")


def test_failed_append_and_full_memory() -> None:
    """What INFO tells of trouble under way."""
    failed = {"aof_enabled": "1", "aof_last_write_status": "err"}
    assert "last append failed" in persistence_check(failed, {"appendfsync": "always"}).found
    full = {"maxmemory": "100000000", "used_memory": "90000000"}
    check = memory_check(full, {"maxmemory-policy": "noeviction"})
    assert check[:3] == ("memory", False, "90 MB of 100 MB used, noeviction") and "maxmemory" in check.advice


def test_replica_that_is_still_loading_does_not_count() -> None:
    """Only one in step can confirm."""
    info = {"slave0": "ip=1,port=1,state=wait_bgsave,offset=0,lag=0", "slave_read_only": "1"}
    assert not replica_check(info, 1).ok
    assert replica_check({"slave0": "ip=1,port=1,state=online,offset=0,lag=0"}, 1).ok


def test_advice_stands_below_its_line() -> None:
    """Readable in a terminal and in a log."""
    text = rendered([Check("store", True, "Valkey 9.1"), Check("disk", False, "1 MB free", "free some")])
    assert text.splitlines() == ["ok store  Valkey 9.1", "!! disk   1 MB free", "          → free some"]


async def test_every_line_stands_in_the_guide(tmp_path: Path) -> None:
    """An operator can look up what a line looks at."""
    guide = await asyncio.to_thread((Path(__file__).parents[2] / "docs/guides/store.md").read_text, "utf-8")
    for check in await run_doctor(EMBEDDED, tmp_path):
        assert f"| `{check.name}` |" in guide
