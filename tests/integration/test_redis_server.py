"""The embedded store: its data stays, no process of it is left behind, one store a folder."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from balancer.core.connect import connect
from balancer.core.redis_server import LONGEST_SOCKET_PATH, EmbeddedStore, running_socket
from balancer.core.script import Script
from balancer.core.store_program import StoreProgram
from balancer.errors import StoreUnavailable, Unconfirmed
from tests.scripts_for_store import COUNT, READ
from tests.stores import is_alive, redis_program, valkey_program
from tests.waiting import wait_until

# A server that stores one number, tells where everything runs, and waits to be killed. `sleep` stands for any
# program that a server may have started: it must not keep the store alive.
SERVER = """
import asyncio, subprocess, sys, uvloop
from pathlib import Path
from balancer.core.connect import connect
from balancer.core.redis_server import EmbeddedStore

async def main():
    embedded = EmbeddedStore(Path(sys.argv[1]))
    store = await connect(await embedded.start())
    helper = subprocess.Popen(["sleep", "600"], close_fds=False)
    await store.writer.command("INCR", "counted")
    print(embedded.pid, embedded._keeper.pid, helper.pid, flush=True)
    await asyncio.Event().wait()

uvloop.run(main())
"""


class ServerProcess:
    """A server in a process of its own, to be killed. `store`, `keeper` and `helper` are process ids."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(folder)], stdout=subprocess.PIPE, start_new_session=True
        )
        assert self.process.stdout is not None
        self.store, self.keeper, self.helper = map(int, self.process.stdout.readline().split())

    def end(self) -> None:
        """Clean up what a failed test left."""
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
        os.kill(self.helper, signal.SIGKILL)


@pytest.fixture(params=["valkey", "redis"])
def program(request: pytest.FixtureRequest) -> StoreProgram:
    """The wheel's Valkey and the machine's Redis in turn."""
    return valkey_program() if request.param == "valkey" else redis_program()


@pytest.fixture
async def embedded(tmp_path: Path) -> AsyncIterator[EmbeddedStore]:
    """A started store, stopped after the test."""
    store = EmbeddedStore(tmp_path / "data")
    await store.start()
    yield store
    await store.stop()


async def count(embedded: EmbeddedStore, script: Script = COUNT) -> object:
    """Run `script` on the embedded store over a connection of its own."""
    store = await connect(embedded.url)
    try:
        return await store.writer.call(script, ["counted"], [])
    finally:
        await store.close()


def times_open(path: Path) -> int:
    """How many descriptors of this process are open on the file."""
    wanted, count = path.stat().st_ino, 0
    for descriptor in os.listdir("/dev/fd"):
        with contextlib.suppress(OSError):
            count += os.fstat(int(descriptor)).st_ino == wanted
    return count


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder whose path leaves room for a socket's name, of which systems take about a hundred bytes."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


async def test_data_stays_between_runs(short_folder: Path, program: StoreProgram) -> None:
    """A folder (its name with a space and Cyrillic) keeps what was acknowledged; stopping frees it."""
    folder = short_folder / "дані міста"
    for expected in (1, 2):
        embedded = EmbeddedStore(folder, program=program, lock_within=0)
        assert (await embedded.start()).startswith("unix://")
        pid = embedded.pid
        assert await count(embedded) == expected
        assert running_socket(folder) == str(folder / "store.sock")
        await embedded.stop()
        assert pid is not None and not is_alive(pid)
        assert running_socket(folder) is None


async def test_settings_are_durable(embedded: EmbeddedStore) -> None:
    """Every acknowledged command is on the disk, nothing is evicted, nothing listens on the network, and only
    the owner may use the socket."""
    store = await connect(embedded.url)
    names = ("appendonly", "appendfsync", "maxmemory-policy", "port", "save")
    said = await store.writer.command("CONFIG GET", *names)
    told = dict(zip(said[::2], said[1::2], strict=True))
    await store.close()
    assert told == {
        b"appendonly": b"yes",
        b"appendfsync": b"always",
        b"maxmemory-policy": b"noeviction",
        b"port": b"0",
        b"save": b"",
    }
    assert (embedded.folder / "store.sock").stat().st_mode & 0o077 == 0
    assert embedded.folder.stat().st_mode & 0o077 == 0


async def test_kill_of_the_server_leaves_no_process_and_no_loss(tmp_path: Path) -> None:
    """kill -9 of the server: keeper and store end by themselves, the next start finds the data."""
    server = ServerProcess(tmp_path)
    try:
        assert is_alive(server.store) and is_alive(server.keeper)
        server.process.kill()
        server.process.wait()
        await wait_until(lambda: not is_alive(server.store) and not is_alive(server.keeper))
        assert is_alive(server.helper), "the store did not wait for what else the server had started"
        embedded = EmbeddedStore(tmp_path)
        await embedded.start()
        assert await count(embedded) == 2
        await embedded.stop()
    finally:
        server.end()


async def test_kill_of_server_store_and_keeper_together(tmp_path: Path) -> None:
    """A power cut for all three: the socket file is stale, the data is whole."""
    server = ServerProcess(tmp_path)
    try:
        for pid in (server.store, server.keeper, server.process.pid):
            os.kill(pid, signal.SIGKILL)
        assert (tmp_path / "store.sock").exists()
        embedded = EmbeddedStore(tmp_path)
        await embedded.start()
        assert await count(embedded) == 2
        await embedded.stop()
    finally:
        server.end()


async def test_kill_of_the_keeper_takes_the_store_along(embedded: EmbeddedStore) -> None:
    """No store without its keeper, and the server starts both again."""
    assert embedded._keeper is not None and embedded.pid is not None
    old = embedded.pid
    await count(embedded)
    os.kill(embedded._keeper.pid, signal.SIGKILL)
    await wait_until(lambda: not is_alive(old) and embedded.pid not in (None, old))
    assert await count(embedded) == 2


async def test_killed_store_is_started_again_on_the_same_address(embedded: EmbeddedStore) -> None:
    """A connected client is served again without knowing; twice, since the second restart pauses longer."""
    store = await connect(embedded.url, connect_within=5)
    for expected in (1, 2):
        await store.writer.call(COUNT, ["counted"], [])
        old = embedded.pid
        assert old is not None
        os.kill(old, signal.SIGKILL)
        await wait_until(lambda old=old: not is_alive(old))  # type: ignore[misc]
        assert await store.writer.call(READ, ["counted"], []) == str(expected).encode()
        assert embedded.pid != old
    await store.close()


async def test_no_acknowledged_write_is_lost_by_kills(embedded: EmbeddedStore) -> None:
    """Three kills of the store under load: what was acknowledged is there, of the rest it was said."""
    store = await connect(embedded.url, connect_within=5)
    acknowledged: list[int] = []
    unclear = 0
    going = True

    async def caller(name: int) -> None:
        nonlocal unclear
        number = 0
        while going:
            number += 1
            try:
                await store.writer.command("SADD", "seen", f"{name}-{number}")
                acknowledged.append(name * 1_000_000 + number)
            except (Unconfirmed, StoreUnavailable):
                unclear += 1

    callers = [asyncio.create_task(caller(name)) for name in range(20)]
    for _ in range(3):
        enough = len(acknowledged) + 200
        await wait_until(lambda enough=enough: len(acknowledged) >= enough)  # type: ignore[misc]
        assert embedded.pid is not None
        os.kill(embedded.pid, signal.SIGKILL)
    enough = len(acknowledged) + 200
    await wait_until(lambda: len(acknowledged) >= enough)
    going = False
    await asyncio.gather(*callers)
    members = [member.split(b"-") for member in await store.writer.command("SMEMBERS", "seen")]
    seen = {int(name) * 1_000_000 + int(number) for name, number in members}
    await store.close()
    assert not set(acknowledged) - seen
    assert len(seen) <= len(acknowledged) + unclear


async def test_frozen_store_can_be_stopped(tmp_path: Path) -> None:
    """A store that does not react to a gentle end is ended by force."""
    embedded = EmbeddedStore(tmp_path)
    await embedded.start()
    assert embedded.pid is not None
    pid = embedded.pid
    os.kill(pid, signal.SIGSTOP)
    await embedded.stop()
    assert not is_alive(pid)


async def test_signals_to_the_group_leave_the_store_to_the_server(embedded: EmbeddedStore) -> None:
    """Ctrl-C in a terminal and a service manager's SIGTERM reach the keeper too; it waits for the server."""
    assert embedded._keeper is not None
    for ended in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        embedded._keeper.send_signal(ended)
    assert os.getpgid(embedded._keeper.pid) != os.getpgid(0)
    assert embedded.pid is not None and os.getsid(embedded.pid) != os.getsid(0)
    assert await count(embedded) == 1
    assert embedded._keeper.returncode is None


async def test_second_start_on_a_folder_is_refused_with_its_reason(embedded: EmbeddedStore) -> None:
    """Never two stores on one folder."""
    with pytest.raises(StoreUnavailable) as caught:
        await EmbeddedStore(embedded.folder, lock_within=0.1).start()
    assert caught.value.params["reason"] == (
        f"another server (process {os.getpid()}) uses the data in {embedded.folder}: stop it first"
    )
    assert await count(embedded) == 1


async def test_second_start_waits_for_the_first_to_end(embedded: EmbeddedStore) -> None:
    """A quick restart does not fail because the old store is still writing."""
    await count(embedded)
    second = EmbeddedStore(embedded.folder)
    starting = asyncio.create_task(second.start())
    await wait_until(lambda: times_open(embedded.folder / "store.lock") == 2, what="the second at the door")
    assert not starting.done()
    await embedded.stop()
    await starting
    assert await count(second) == 2
    await second.stop()


async def test_long_folder_gets_a_short_socket(tmp_path: Path) -> None:
    """A unix socket's path is limited to about a hundred bytes."""
    folder = tmp_path / ("d" * LONGEST_SOCKET_PATH)
    embedded = EmbeddedStore(folder)
    await embedded.start()
    socket = running_socket(folder) or ""
    assert 0 < len(socket) <= LONGEST_SOCKET_PATH
    private, _, _ = socket.rpartition("/")
    assert os.stat(private).st_mode & 0o077 == 0
    assert await count(embedded) == 1
    await embedded.stop()
    with pytest.raises(FileNotFoundError):
        os.stat(private)


async def test_store_that_cannot_start_says_why(tmp_path: Path) -> None:
    """The last words of its log are in the error, and the folder is free again."""
    broken = tmp_path / "appendonlydir"
    broken.mkdir()
    (broken / "appendonly.aof.manifest").write_text("nonsense\n")
    with pytest.raises(StoreUnavailable) as caught:
        await EmbeddedStore(tmp_path).start()
    assert "manifest" in caught.value.params["reason"]
    assert running_socket(tmp_path) is None
    (broken / "appendonly.aof.manifest").unlink()
    embedded = EmbeddedStore(tmp_path, lock_within=0)
    await embedded.start()
    await embedded.stop()


async def test_torn_tail_of_the_log_is_repaired(tmp_path: Path) -> None:
    """A power cut in the middle of an append: the half-written command was not acknowledged and goes."""
    embedded = EmbeddedStore(tmp_path)
    await embedded.start()
    await count(embedded)
    await embedded.stop()
    log = next((tmp_path / "appendonlydir").glob("*.incr.aof"))
    with log.open("ab") as torn:
        torn.write(b"*2\r\n$4\r\nINCR\r\n$7\r\ncoun")
    await embedded.start()
    assert await count(embedded) == 2
    await embedded.stop()


async def test_data_of_a_newer_program_is_not_given_to_an_older(tmp_path: Path) -> None:
    """Data begun with the wheel's Valkey goes on with it, although PATH has a Redis first."""
    valkey = valkey_program()
    first = EmbeddedStore(tmp_path, program=valkey)
    await first.start()
    await count(first)
    await first.stop()
    second = EmbeddedStore(tmp_path)
    await second.start()
    assert await count(second) == 2
    assert second._program == valkey
    await second.stop()


async def test_start_waits_for_a_store_that_loads_its_data(program: StoreProgram, tmp_path: Path) -> None:
    """A store answers questions about itself long before its data are in memory. Here each key takes a tenth
    of a second to load."""
    folder, keys = tmp_path / "data", 30
    embedded = EmbeddedStore(folder, program=program)
    store = await connect(await embedded.start())
    for number in range(keys):
        await store.writer.command("SET", f"key{number}", number)
    await store.close()
    await embedded.stop()
    slow = tmp_path / "slow-store"
    slow.write_text(f'#!/bin/sh\nexec {program.path} "$@" --key-load-delay 100000\n', "utf-8")
    slow.chmod(0o755)
    embedded = EmbeddedStore(folder, program=program._replace(path=str(slow)))
    try:
        store = await connect(await embedded.start(), connect_within=0.5)
        assert await store.writer.command("DBSIZE", writes=False) == keys
        await store.close()
    finally:
        await embedded.stop()
