"""One contestant of the fan-out race: a server on one core, its readers (`wsload`) on another.

Both stay connected while the contestants take turns of a second, because on a busy machine only figures taken
next to each other can be compared. How much a server sent is read from /proc: `wchar` of a process grows with
every `write`.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.waiting import wait_until_sync

ROOT = Path(__file__).resolve().parents[2]
SERVER_CORE, READER_CORE = "0", "1"
FRAME_BYTES = 300
TICKS = os.sysconf("SC_CLK_TCK")
CONNECT_SECONDS = 120.0
LONGEST_SECONDS = 3600
SETTLE_SECONDS = 0.3


@dataclass(frozen=True)
class Turn:
    """What a server did in one turn."""

    frames_per_second: float
    cpu_us_per_frame: float


def free_port() -> int:
    """A TCP port whose neighbour is free for UDP control."""
    while True:
        with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
            tcp.bind(("127.0.0.1", 0))
            port = int(tcp.getsockname()[1])
            try:
                udp.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port


class Contestant:
    """`kind`: limit (the C server), hub (ours) or await (the rival)."""

    def __init__(self, kind: str, watchers: int, tools: Path) -> None:
        self.kind = kind
        self._watchers = watchers
        self._tools = tools
        self._port = free_port()
        self._server = self._start()
        self._reader: subprocess.Popen[str] | None = None

    def _start(self) -> subprocess.Popen[bytes]:
        program = [str(self._tools / "fanout"), str(self._port)]
        if self.kind != "limit":
            program = [sys.executable, "-m", "tests.bench.fanout_server", self.kind, str(self._port)]
        server = subprocess.Popen(
            ["taskset", "-c", SERVER_CORE, *program], cwd=ROOT, stderr=subprocess.DEVNULL
        )

        def accepts() -> bool:
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", self._port)) == 0

        wait_until_sync(accepts, within=20, what=f"{self.kind} accepts")
        return server

    def _read(self, phases: str) -> subprocess.Popen[str]:
        command = ["taskset", "-c", READER_CORE, str(self._tools / "wsload"), "-p", phases]
        command += ["-u", str(self._port + 1), "-P", str(self._server.pid)]
        command += ["127.0.0.1", str(self._port), "/live", str(self._watchers), "1"]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def connect(self) -> dict[str, Any]:
        """Let the readers connect and stay; what that cost the server."""
        self._reader = self._read(f"passive:{LONGEST_SECONDS}")
        assert self._reader.stdout is not None
        connected: dict[str, Any] = json.loads(self._reader.stdout.readline())
        if connected["open"] != self._watchers:
            raise RuntimeError(f"{self.kind}: not everybody could connect: {connected}")
        return connected

    def turn(self, seconds: float) -> Turn:
        """Broadcast flat out for a while."""
        sent, spent, began = self._sent(), self._spent(), time.monotonic()
        self._control("R -1")
        _pause(seconds)
        frames = (self._sent() - sent) / FRAME_BYTES
        took, cpu = time.monotonic() - began, self._spent() - spent
        self._control("R 0")
        _pause(SETTLE_SECONDS)
        return Turn(frames / took, cpu * 1e6 / max(frames, 1))

    def paced(self, rate: int, seconds: float) -> float:
        """99th percentile (ms) from broadcast to reader at `rate` broadcasts a second, with readers of its
        own.
        """
        reader = self._read(f"{rate}:{seconds}")
        output, _ = reader.communicate(timeout=CONNECT_SECONDS + 4 * seconds)
        figures = json.loads(output.splitlines()[1])
        return float(figures["lat_us_p99"]) / 1000

    def leave(self) -> None:
        """The readers go; the server stays."""
        if self._reader is not None:
            self._reader.kill()
            self._reader.communicate()
            self._reader = None
            _pause(2 * SETTLE_SECONDS)

    def stop(self) -> None:
        """End both."""
        self.leave()
        self._server.kill()
        self._server.wait()

    def _control(self, command: str) -> None:
        with socket.socket(type=socket.SOCK_DGRAM) as udp:
            udp.sendto(command.encode(), ("127.0.0.1", self._port + 1))

    def _sent(self) -> int:
        lines = Path(f"/proc/{self._server.pid}/io").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("wchar"))

    def _spent(self) -> float:
        fields = Path(f"/proc/{self._server.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


def _pause(seconds: float) -> None:
    time.sleep(seconds)
