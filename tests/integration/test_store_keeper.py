"""The keeper alone, with small programs in the store's place: whoever dies, nothing is left."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from balancer.core.redis_server import KEEPER
from tests.stores import is_alive
from tests.waiting import wait_until_sync

# It starts a child of its own, as a store that rewrites its log does, and tells both process ids.
PROGRAM = """
import os, signal, sys
{first}
child = os.fork()
if child:
    with open(sys.argv[1], "w") as told:
        told.write(f"{{os.getpid()}} {{child}} \\n")
signal.pause()
"""


class Kept:
    """A keeper with its program: `store` and `child` are process ids, `pipe` is the server's end."""

    def __init__(self, folder: Path, first: str = "", server: int | None = None) -> None:
        heard, self.pipe = os.pipe()
        self.lock_path = folder / "lock"
        lock = os.open(self.lock_path, os.O_RDWR | os.O_CREAT)
        fcntl.flock(lock, fcntl.LOCK_EX)
        told = folder / "told"
        program = [sys.executable, "-S", "-c", PROGRAM.format(first=first), str(told)]
        self.keeper = subprocess.Popen(
            [sys.executable, "-I", "-S", str(KEEPER), str(lock), str(server or os.getpid()), *program],
            stdin=heard,
            pass_fds=(lock,),
            start_new_session=True,
        )
        os.close(heard)
        os.close(lock)
        if server is None:
            wait_until_sync(lambda: told.exists() and told.read_text().endswith("\n"))
            self.store, self.child = map(int, told.read_text().split())

    def let_go(self) -> None:
        """What the kernel does when the server dies."""
        os.close(self.pipe)
        self.pipe = -1

    def is_locked(self) -> bool:
        """True while any process holds the folder's lock."""
        lock = os.open(self.lock_path, os.O_RDWR)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(lock)
        return False


@contextmanager
def kept(folder: Path, first: str = "", server: int | None = None) -> Iterator[Kept]:
    """A running keeper, ended after the test."""
    running = Kept(folder, first, server)
    try:
        yield running
    finally:
        if running.pipe >= 0:
            running.let_go()
        running.keeper.wait(timeout=20)


def test_end_of_the_pipe_ends_store_and_keeper(tmp_path: Path) -> None:
    """The server is gone: a gentle end, and the lock is free only after the last process."""
    with kept(tmp_path) as running:
        assert running.is_locked()
        running.let_go()
        assert running.keeper.wait(timeout=10) == -signal.SIGTERM % 256
        assert not is_alive(running.store) and not is_alive(running.child)
        wait_until_sync(lambda: not running.is_locked())


def test_store_that_does_not_listen_is_ended_by_force(tmp_path: Path) -> None:
    """After the gentle seconds."""
    with kept(tmp_path, first="signal.signal(signal.SIGTERM, signal.SIG_IGN)") as running:
        running.let_go()
        assert running.keeper.wait(timeout=10) == -signal.SIGKILL % 256
        assert not is_alive(running.store) and not is_alive(running.child)


def test_death_of_the_store_ends_the_keeper_and_what_the_store_started(tmp_path: Path) -> None:
    """A log rewriter must not write on beside the next store."""
    with kept(tmp_path) as running:
        os.kill(running.store, signal.SIGKILL)
        running.keeper.wait(timeout=10)
        wait_until_sync(lambda: not is_alive(running.child))
        wait_until_sync(lambda: not running.is_locked())


def test_death_of_the_keeper_ends_the_store(tmp_path: Path) -> None:
    """Linux tells the store; elsewhere the lock keeps a second store away from the folder."""
    with kept(tmp_path) as running:
        running.keeper.kill()
        if sys.platform == "linux":
            wait_until_sync(lambda: not is_alive(running.store))
        else:
            assert running.is_locked()
            os.kill(running.store, signal.SIGKILL)
        os.kill(running.child, signal.SIGKILL)


def test_signals_of_a_terminal_are_for_the_server(tmp_path: Path) -> None:
    """Ctrl-C, a closed terminal and a service manager's SIGTERM do not part keeper and store."""
    with kept(tmp_path) as running:
        for sent in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            running.keeper.send_signal(sent)
        assert is_alive(running.store) and running.keeper.poll() is None


def test_another_parent_is_not_the_server(tmp_path: Path) -> None:
    """A fork of the server may hold the pipe for ever; a keeper whose parent is another ends all the same."""
    with kept(tmp_path, server=1 if os.getppid() != 1 else 2) as running:
        assert running.pipe >= 0
        running.keeper.wait(timeout=10)
        wait_until_sync(lambda: not running.is_locked())
