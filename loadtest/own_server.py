"""A server of our own for a replay or a demo: a child process that starts, answers `readyz` and never
outlives us.

The child has a session of its own, so that Ctrl-C reaches us first and we stop it in order.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import aiohttp

T = TypeVar("T")

READY_SECONDS = 30.0
STOP_SECONDS = 15.0
LOOK_SECONDS = 0.05
DRAIN_SECONDS = "1"
LOG_TAIL = 2000
PARENT_DEATH_SIGNAL = 1  # prctl's PR_SET_PDEATHSIG


class ServerFailed(Exception):
    """The child did not come up, or a command of it failed; the text holds the end of its log."""


class OwnServer:
    """`balancer serve` as a child. `clock`: where the city clock starts; `log` takes its output."""

    def __init__(
        self,
        city: str,
        data: Path,
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.city = city
        self.data = data
        self.host = host
        self.port = port or free_port(host)
        self.log = data / "server.log"
        self._settings = dict(settings or {})
        self._process: asyncio.subprocess.Process | None = None

    @property
    def address(self) -> str:
        """Where it serves."""
        return f"http://{self.host}:{self.port}"

    @property
    def running(self) -> bool:
        """Whether the child is alive."""
        return self._process is not None and self._process.returncode is None

    async def start(self, clock: datetime, speed: float) -> None:
        """Start and wait until it is ready. ServerFailed with the log's end if it stops or takes too long."""
        check_free(self.host, self.port)
        self.data.mkdir(parents=True, exist_ok=True)
        flags = {
            "--city": self.city,
            "--data": str(self.data),
            "--host": self.host,
            "--port": str(self.port),
            "--clock": clock.strftime("%Y-%m-%dT%H:%M:%S"),
            "--speed": f"{speed:g}",
        }
        arguments = [word for pair in flags.items() for word in pair]
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *balancer("serve", *arguments),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, "BALANCER_DRAIN_SECONDS": DRAIN_SECONDS, **self._settings},
                start_new_session=True,
                preexec_fn=_die_with_parent(),
            )
        try:
            await self._wait_until_ready()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Stop the child and wait for its end; killed where it does not stop by itself."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def ended(self) -> int:
        """Wait until the child ends by itself; its exit code."""
        assert self._process is not None
        return await self._process.wait()

    async def token(self, role: str, *flags: str) -> str:
        """A new token, made by `balancer token create` while the server runs."""
        words = balancer(
            "token", "create", "--role", role, *flags, "--city", self.city, "--data", str(self.data)
        )
        try:
            return await run_child(*words)
        except ServerFailed as fault:
            raise ServerFailed(f"token create --role {role}: {fault}") from None

    async def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as session:
            while self.running:
                with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                    async with session.get(f"{self.address}/readyz") as response:
                        if response.status == 200:
                            return
                if time.monotonic() > deadline:
                    raise ServerFailed(
                        f"no readyz from {self.address} within {READY_SECONDS:.0f} s\n{self.tail()}"
                    )
                await asyncio.sleep(LOOK_SECONDS)
        raise ServerFailed(f"the server stopped at once\n{self.tail()}")

    def tail(self) -> str:
        """The end of the child's log."""
        return self.log.read_bytes()[-LOG_TAIL:].decode(errors="replace")


async def stoppable(work: Coroutine[Any, Any, T]) -> T | None:
    """The result of the work, or None if Ctrl-C or SIGTERM called it off; it ends in order, `finally` and
    all.
    """
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel)
    try:
        return await task
    except asyncio.CancelledError:
        return None


async def run_child(*words: str, nice: int = 0) -> str:
    """What a command that ends by itself says; killed where we are called off. ServerFailed with its
    complaint.
    """
    die = _die_with_parent()

    def prepare() -> None:
        os.nice(nice)
        if die is not None:
            die()

    process = await asyncio.create_subprocess_exec(
        *words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=prepare,
    )
    try:
        out, err = await process.communicate()
    except asyncio.CancelledError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        raise
    if process.returncode != 0:
        raise ServerFailed(err.decode(errors="replace").strip())
    return out.decode().strip()


def balancer(*words: str) -> Sequence[str]:
    """The command line of `balancer` under this very Python."""
    return (sys.executable, "-m", "balancer", *words)


def check_free(host: str, port: int) -> None:
    """ServerFailed where somebody listens there already, whose `readyz` we would take for our own."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise ServerFailed(
                f"port {port} of {host}: {fault.strerror}; choose another with --port"
            ) from None


def free_port(host: str) -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def _die_with_parent() -> Callable[[], object] | None:
    """What the child runs before exec so that a killed parent takes it along; None where Linux is not
    below.
    """
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)
