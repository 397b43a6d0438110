"""The embedded store: a Valkey or Redis on a unix socket, started by the server and gone with it.

Its data stays in a folder between runs:

    store.lock         held by server, keeper and store as long as any of them lives: one store a folder
    store.json         where its socket is and which program wrote the data
    store.sock         the socket (in a private folder under the system's temporary one where this path is too
    long) store.log          what the store itself says appendonlydir/     the data: every acknowledged
    command is on the disk (`appendfsync always`)
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import logging
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import msgspec
from redis.exceptions import RedisError

from balancer.core.primaries import new_client, reason_of, unavailable
from balancer.core.store_program import StoreProgram, find_binary
from balancer.core.store_url import StoreUrl
from balancer.errors import StoreUnavailable

log = logging.getLogger("balancer.store")

LONGEST_SOCKET_PATH = 100  # bytes; the kernels' limits are 107 and 103
LOOK_EVERY_SECONDS = 0.02
KEEPER_SECONDS = 6.0  # the keeper itself gives the store 3 s to end gently
FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 5.0
STEADY_SECONDS = 60.0  # a store that ran so long is started again without a pause
LARGEST_LOG_BYTES = 5_000_000
KEEPER = Path(__file__).with_name("store_keeper.py")


class _Record(msgspec.Struct):
    """store.json."""

    socket: str
    program: StoreProgram
    server: int


class EmbeddedStore:
    """One store on one folder. `start` returns its address; until `stop`, a store that dies is started again
    on the same address. Times are in real seconds.
    """

    def __init__(
        self,
        folder: Path,
        *,
        program: StoreProgram | None = None,
        lock_within: float = 10.0,
        ready_within: float = 120.0,
    ) -> None:
        """`program` None looks for one. A folder in use is waited for `lock_within`; loading its data may
        take `ready_within`.
        """
        self.folder = folder.absolute()
        self.pid: int | None = None
        self._program = program
        self._lock_within = lock_within
        self._ready_within = ready_within
        self._socket = Path()
        self._lock: int | None = None
        self._pipe: int | None = None
        self._keeper: asyncio.subprocess.Process | None = None
        self._watcher: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """Its address; writes are refused before its disk is full."""
        return f"unix://{quote(str(self._socket))}?disk={quote(str(self.folder), safe='')}"

    async def start(self) -> str:
        """Start the store and wait until it answers. StoreUnavailable says why it could not: no program, the
        folder in use, or the last lines of the store's own log.
        """
        await asyncio.to_thread(_make_folder, self.folder)
        self._lock = await self._take_lock()
        try:
            await asyncio.to_thread(self._prepare)
            await self._launch()
        except BaseException:
            await self.stop()
            raise
        self._watcher = asyncio.create_task(self._watch(), name="embedded-store")
        log.info("the store runs in %s with %s", self.folder, self._program)
        return self.url

    async def stop(self) -> None:
        """Stop the store, its data safe in the folder, and free the folder."""
        if self._watcher is not None:
            self._watcher.cancel()
            await asyncio.gather(self._watcher, return_exceptions=True)
            self._watcher = None
        await self._end_keeper()
        if self._socket.parent != self.folder and self._socket.name:
            shutil.rmtree(self._socket.parent, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    async def _take_lock(self) -> int:
        lock = os.open(self.folder / "store.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        deadline = time.monotonic() + self._lock_within
        try:
            while not _try_lock(lock, fcntl.LOCK_EX):
                if time.monotonic() > deadline:
                    record = _record(self.folder)
                    whose = f" (process {record.server})" if record else ""
                    raise unavailable(f"another server{whose} uses the data in {self.folder}: stop it first")
                await asyncio.sleep(LOOK_EVERY_SECONDS)
        except BaseException:
            os.close(lock)
            raise
        return lock

    def _prepare(self) -> None:
        """With the lock held: choose the program and the socket, and put them on record."""
        record = _record(self.folder)
        if self._program is None:
            self._program = find_binary(self.folder, record.program if record else None)
        self._socket = _socket_path(self.folder)
        fresh = _Record(socket=str(self._socket), program=self._program, server=os.getpid())
        draft = self.folder / "store.json.new"
        draft.write_bytes(msgspec.json.encode(fresh))
        draft.replace(self.folder / "store.json")

    async def _launch(self) -> None:
        """Start keeper and store; return when the store answers."""
        assert self._lock is not None and self._program is not None
        self._socket.unlink(missing_ok=True)  # a killed store leaves it behind
        heard, self._pipe = os.pipe()
        told = _open_log(self.folder / "store.log")
        try:
            self._keeper = await asyncio.create_subprocess_exec(
                *(sys.executable, "-I", "-S", str(KEEPER), str(self._lock), str(os.getpid())),
                *_command(self._program, self.folder, self._socket),
                stdin=heard,
                stdout=told,
                stderr=told,
                pass_fds=(self._lock,),
                start_new_session=True,
            )
        finally:
            os.close(heard)
            os.close(told)
        self.pid = await self._ready(self._keeper)

    async def _ready(self, keeper: asyncio.subprocess.Process) -> int:
        """Wait until the store has its data in memory; its process id."""
        address = StoreUrl("standalone", path=str(self._socket))
        deadline = time.monotonic() + self._ready_within
        async with new_client(address, None, socket_timeout=2.0) as client:
            while keeper.returncode is None and time.monotonic() < deadline:
                with contextlib.suppress(RedisError, OSError):
                    await client.ping()  # refused while it loads; INFO is not
                    return int((await client.info("server"))["process_id"])
                await asyncio.sleep(LOOK_EVERY_SECONDS)
        raise unavailable(f"the store did not start: {_last_words(self.folder / 'store.log')}")

    async def _watch(self) -> None:
        """Start the store again whenever it ends."""
        pause = 0.0
        while True:
            assert self._keeper is not None
            started = time.monotonic()
            status = await self._keeper.wait()
            steady = time.monotonic() - started > STEADY_SECONDS
            pause = 0.0 if steady else min(max(2 * pause, FIRST_PAUSE_SECONDS), LONGEST_PAUSE_SECONDS)
            log.error("the store ended with status %s; starting it again in %.1f s", status, pause)
            await asyncio.sleep(pause)
            await self._end_keeper()
            try:
                await self._launch()
            except (StoreUnavailable, OSError) as error:
                log.error("the store does not start: %s", reason_of(error))

    async def _end_keeper(self) -> None:
        """Let go of the pipe: the keeper stops the store and ends."""
        if self._pipe is not None:
            os.close(self._pipe)
            self._pipe = None
        if self._keeper is None:
            return
        try:
            await asyncio.wait_for(self._keeper.wait(), KEEPER_SECONDS)
        except TimeoutError:
            self._keeper.kill()
            await self._keeper.wait()
        self.pid = None


def running_socket(folder: Path) -> str | None:
    """The socket of the store that runs on `folder` now, or None."""
    try:
        lock = os.open(folder / "store.lock", os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        if _try_lock(lock, fcntl.LOCK_SH):
            return None
        record = _record(folder)
        return record.socket if record else None
    finally:
        os.close(lock)


def _make_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _try_lock(lock: int, kind: int) -> bool:
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _record(folder: Path) -> _Record | None:
    try:
        return msgspec.json.decode((folder / "store.json").read_bytes(), type=_Record)
    except (OSError, msgspec.DecodeError):
        return None


def _socket_path(folder: Path) -> Path:
    inside = folder / "store.sock"
    if len(os.fsencode(inside)) <= LONGEST_SOCKET_PATH:
        return inside
    return Path(tempfile.mkdtemp(prefix="balancer-")) / "store.sock"


def _open_log(path: Path) -> int:
    if path.exists() and path.stat().st_size > LARGEST_LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)


def _last_words(path: Path, lines: int = 5) -> str:
    try:
        said = path.read_text(errors="replace").splitlines()[-lines:]
    except OSError as error:
        return str(error)
    return " | ".join(said)


def _command(program: StoreProgram, folder: Path, socket: Path) -> list[str]:
    settings = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "always",
        "save": "",
        "maxmemory-policy": "noeviction",
        "databases": "1",
    }
    return [program.path, *(part for name, value in settings.items() for part in (f"--{name}", value))]
