"""`balancer doctor`: is this store, on this machine, safe to keep a city's queue in?

Each check looks at one thing and says what it found; one that is not ok says what to do, in words that need
no knowledge of the program. Nothing is changed but one short-lived key per city.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

from redis.exceptions import ResponseError

from balancer.core.batch import Batch
from balancer.core.connect import EMBEDDED, Store, open_store, stored_cities
from balancer.core.disk_room import free_bytes
from balancer.core.file_limit import NEEDED, raise_file_limit
from balancer.core.keys import Keys
from balancer.core.primaries import reason_of
from balancer.errors import BalancerError, StoreUnavailable

OLDEST = (7, 0)
SKEW_SECONDS = 2.0
SLOW_WRITE_MS = 25.0
TRIAL_WRITES = 20
LEAST_FREE_BYTES = 1_000_000_000
FULLEST_MEMORY = 0.8


class Check(NamedTuple):
    """One thing looked at. `advice` is empty where it is ok."""

    name: str
    ok: bool
    found: str
    advice: str = ""


async def run_doctor(redis: str, data: Path, city: str = "") -> list[Check]:
    """Look at the store at `redis` (an address or "embedded") and at this machine; `data` is the embedded
    store's folder. `city` is needed for a cluster only. A store that cannot be reached is a finding, not an
    error; ValueError for an address that is none."""
    checks = [_files()]
    if redis == EMBEDDED:
        checks.append(_disk(data))
    try:
        async with _store(redis, data, city) as (store, where):
            if store.url.disk is not None and redis != EMBEDDED:
                checks.append(_disk(store.url.disk))
            checks = await _look_at_store(store, where, city) + checks
    except StoreUnavailable as error:
        advice = "start the store, or correct --redis or --data"
        checks.insert(0, Check("store", False, reason_of(error), advice))
    return checks


def rendered(checks: list[Check]) -> str:
    """One line a check: `ok` and what was found, or `!!`, what was found and, below it, what to do."""
    width = max(len(check.name) for check in checks)
    lines = []
    for check in checks:
        lines.append(f"{'ok' if check.ok else '!!'} {check.name:{width}}  {check.found}")
        if not check.ok:
            lines.append(f"   {'':{width}}  → {check.advice}")
    return "\n".join(lines)


def exit_status(checks: list[Check]) -> int:
    """0 where everything is ok, else 1."""
    return 0 if all(check.ok for check in checks) else 1


@asynccontextmanager
async def _store(redis: str, data: Path, city: str) -> AsyncIterator[tuple[Store, str]]:
    """The store to look at and where it is. A folder that does not exist yet is not made: the store is tried
    elsewhere."""
    if redis != EMBEDDED:
        async with open_store(redis, data, city) as store:
            yield store, str(store.url)
    elif _exists(data):
        async with open_store(redis, data, city) as store:
            yield store, str(data)
    else:
        with tempfile.TemporaryDirectory(prefix="balancer-") as trial:
            async with open_store(redis, Path(trial), city) as store:
                yield store, f"a trial folder: {data} does not exist yet"


async def _look_at_store(store: Store, where: str, city: str) -> list[Check]:
    writer = store.writer
    info = parsed_info(await writer.command("INFO", writes=False))
    settings = await _settings(writer)
    cities = await stored_cities(store)
    checks = [
        version_check(info, where),
        persistence_check(info, settings),
        memory_check(info, settings),
        replica_check(info, store.replicas),
        await _clock(writer),
        await _trial_writes(writer, cities[0] if cities else city or "doctor"),
    ]
    return checks + [await _city(writer, found) for found in cities]


def version_check(info: Mapping[str, str], where: str) -> Check:
    """Which server it is and whether it is new enough. `info` is INFO's reply by name."""
    product = "Valkey" if "valkey_version" in info else "Redis"
    version = info.get("valkey_version") or info["redis_version"]
    new_enough = tuple(map(int, version.split(".")[:2])) >= OLDEST
    advice = "" if new_enough else "install Redis 7.0 or newer, or Valkey"
    return Check("store", new_enough, f"{product} {version}, {where}", advice)


def persistence_check(info: Mapping[str, str], settings: Mapping[str, str]) -> Check:
    """Whether what is acknowledged is on the disk. `settings` are the server's own; empty where it does not
    tell."""
    statuses = ("aof_last_write_status", "aof_last_bgrewrite_status")
    failing = [name for name in statuses if info.get(name) == "err"]
    if info.get("aof_enabled") != "1":
        found = "appendonly no: a restart loses the queue"
        advice = "set appendonly yes and appendfsync always"
    elif failing:
        found, advice = f"the last append failed ({failing[0]})", "look at the store's log and its disk"
    elif not settings:
        found = "the store does not show its settings"
        advice = "make sure that it runs with appendfsync always (the provider knows)"
    elif settings.get("appendfsync") != "always":
        found = f"appendfsync {settings['appendfsync']}: a power cut loses the last second of tickets"
        advice = "set appendfsync always"
    else:
        return Check("persistence", True, "appendonly yes, appendfsync always")
    return Check("persistence", False, found, advice)


def memory_check(info: Mapping[str, str], settings: Mapping[str, str]) -> Check:
    """Whether the store might throw data away or run full. Sizes in INFO are bytes."""
    limit = int(info.get("maxmemory", "0"))
    policy = settings.get("maxmemory-policy") or info.get("maxmemory_policy", "unknown")
    used = int(info["used_memory"])
    if not limit:
        return Check("memory", True, f"{_size(used)} used, no limit, {policy}")
    found = f"{_size(used)} of {_size(limit)} used, {policy}"
    if policy != "noeviction":
        return Check("memory", False, found, "set maxmemory-policy noeviction: others throw tickets away")
    if used > limit * FULLEST_MEMORY:
        return Check("memory", False, found, "raise maxmemory before tickets are refused")
    return Check("memory", True, found)


def replica_check(info: Mapping[str, str], required: int) -> Check:
    """Whether as many replicas follow as must confirm a write."""
    states = [info[name] for name in sorted(info) if name.startswith("slave") and name[5:].isdecimal()]
    in_step = sum("state=online" in state for state in states)
    if in_step < required:
        found = f"{in_step} in step, {required} must confirm each write"
        return Check("replicas", False, found, "start the replicas: until then no write is confirmed")
    if not states:
        return Check("replicas", True, "none: the data is on one disk only, back it up")
    if in_step > required:
        found = f"{in_step} in step, {required} must confirm (?replicas={in_step} is safe in every failover)"
        return Check("replicas", True, found)
    return Check("replicas", True, f"{in_step} in step, {required} must confirm each write")


async def _clock(writer: Batch) -> Check:
    before = time.time()
    seconds, micros = await writer.command("TIME", writes=False)
    middle = (before + time.time()) / 2
    skew = int(seconds) + int(micros) / 1e6 - middle
    if abs(skew) < SKEW_SECONDS:
        return Check("clock", True, f"the store's clock and ours differ by {abs(skew):.3f} s")
    found = f"the store's clock is {abs(skew):.1f} s {'ahead of' if skew > 0 else 'behind'} ours"
    return Check("clock", False, found, "let chrony or systemd-timesyncd set both machines' clocks")


async def _trial_writes(writer: Batch, city: str) -> Check:
    """Write as a ticket is written: to the disk, and to the replicas where they are required."""
    took: list[float] = []
    try:
        for _ in range(TRIAL_WRITES):
            began = time.perf_counter()
            await writer.command("SET", "{" + city + "}:doctor", "1", "PX", 1000)
            took.append((time.perf_counter() - began) * 1000)
    except BalancerError as error:
        return Check("writing", False, f"a trial write failed: {error}", "free the disk, start the replicas")
    median, worst = statistics.median(took), max(took)
    found = f"a write takes {median:.1f} ms, at worst {worst:.1f} ms of {TRIAL_WRITES}"
    if median > SLOW_WRITE_MS:
        return Check("writing", False, found, "use a faster disk (SSD) for the store's data")
    return Check("writing", True, found)


async def _city(writer: Batch, city: str) -> Check:
    """The city's event log: whole, without gaps, and in step with the state."""
    keys = Keys.of(city)
    epoch, offset = await writer.command("HMGET", keys.city, "epoch", "offset", writes=False)
    head = int(offset or 0)
    log = await _log(writer, keys.events)
    name = f"city {city}"
    last = int(str(log.get("last-generated-id", "0-0")).partition("-")[0])
    first = int(log["first-entry"][0].partition(b"-")[0]) if log.get("first-entry") else last + 1
    gaps = last - first + 1 - int(log.get("length", 0))
    found = f"epoch {(epoch or b'none').decode()}, {head} events, {int(log.get('length', 0))} kept"
    if epoch is None or last != head or gaps:
        found += f"; the log ends at {last} and lacks {gaps}"
        return Check(name, False, found, "restore the store's data from a backup; something else wrote to it")
    return Check(name, True, found)


async def _log(writer: Batch, events: str) -> dict[str, Any]:
    """What the store tells of a stream; empty where there is none."""
    try:
        return _pairs(await writer.command("XINFO", "STREAM", events, writes=False))
    except ResponseError:
        return {}


async def _settings(writer: Batch) -> dict[str, str]:
    """The server's settings that matter; empty where it does not tell (managed services)."""
    try:
        replies = [
            await writer.command("CONFIG GET", name, writes=False)
            for name in ("appendfsync", "maxmemory-policy")
        ]
    except (ResponseError, BalancerError):
        return {}
    return {name.decode(): value.decode() for name, value in filter(None, replies)}


def _files() -> Check:
    limit = raise_file_limit()
    found = f"{limit} files and sockets at once"
    if limit >= NEEDED:
        return Check("files", True, found)
    advice = "allow 65536: ulimit -n 65536, or LimitNOFILE=65536 in the systemd unit"
    return Check("files", False, f"{found}, 10000 watchers need {NEEDED}", advice)


def _disk(folder: Path) -> Check:
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    free = free_bytes(there)
    if free is None:
        return Check("disk", False, f"{folder} cannot be looked at", "check the folder's rights")
    found = f"{_size(free)} free for {folder}"
    if free < LEAST_FREE_BYTES:
        return Check("disk", False, found, f"free at least {_size(LEAST_FREE_BYTES)}")
    return Check("disk", True, found)


def parsed_info(reply: bytes) -> dict[str, str]:
    """INFO's reply by name."""
    lines = (line.partition(":") for line in reply.decode().splitlines() if line and not line.startswith("#"))
    return {name: value for name, _, value in lines}


def _exists(folder: Path) -> bool:
    return folder.exists()


def _pairs(reply: list[Any]) -> dict[str, Any]:
    plain = [part.decode() if isinstance(part, bytes) else part for part in reply]
    return dict(zip(plain[::2], plain[1::2], strict=True))


def _size(count: int) -> str:
    value = float(count)
    for unit in ("B", "kB", "MB"):
        if value < 1000:
            return f"{value:.0f} {unit}"
        value /= 1000
    return f"{value:.1f} GB"
