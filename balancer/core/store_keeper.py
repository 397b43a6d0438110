"""The embedded store's keeper: a small process between the server and the store, so that no store outlives
its server.

    server ── pipe, lock ──> keeper ── lock ──> store

The keeper starts the store as its own child (so it reaps it and its process id cannot come to mean another
process) and holds on until one of two things happens:

- its standard input ends, because the server closed it or died in whatever way, or its parent is no longer
  the server: it stops the store, gently and then by force, and ends;
- the store ends: whatever the store left running is killed, and the keeper ends with the store's exit status.

It ignores the signals of a terminal and of a service manager: the server decides when the store stops. Should
the keeper itself be killed, Linux kills the store with it. The folder's lock is an open file that server,
keeper and store all inherit, so it is free only when the last of them is gone.

Run by path with an isolated interpreter: it must start fast and needs nothing of the program.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
import time

LOOK_EVERY_SECONDS = 0.5  # the pipe wakes the keeper at once; this bounds the other two signs
GENTLE_SECONDS = 3.0  # a store with nothing to finish needs some milliseconds
PR_SET_PDEATHSIG = 1


def main(command: list[str], *, lock: int, server: int) -> int:
    """Keep `command` running until the process `server` is gone; the store's exit status. `lock` is the
    descriptor of the folder's lock.
    """
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    woken, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    store = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, pass_fds=(lock,), process_group=0, preexec_fn=_die_with_keeper
    )
    while os.getppid() == server and not _ended(store.pid):
        readable, _, _ = select.select([sys.stdin.fileno(), woken], [], [], LOOK_EVERY_SECONDS)
        if sys.stdin.fileno() in readable and not os.read(sys.stdin.fileno(), 64):
            break
        if woken in readable:
            os.read(woken, 64)
    return _stop(store)


def _die_with_keeper() -> None:
    """In the store, before it begins: ask the kernel to kill it when the keeper dies, and undo the ignored
    signals.
    """
    for restored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(restored, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _ended(pid: int) -> bool:
    """True once the store has ended. It is not reaped yet, so its number still names it and its group."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _stop(store: subprocess.Popen[bytes]) -> int:
    if not _ended(store.pid):
        store.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + GENTLE_SECONDS
    while not _ended(store.pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    # Before reaping: the group also holds a child that was rewriting the log.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(store.pid, signal.SIGKILL)
    return store.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[3:], lock=int(sys.argv[1]), server=int(sys.argv[2])))
