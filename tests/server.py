"""A real server for tests: `python -m balancer serve` as a child process on its own port and data folder.

    with running_server(folder) as server:
        reply = server.ask("GET", f"{server.city_url}/board")
        kiosk = server.token("kiosk", "center")
        reply = server.command(f"{server.branch_url('center')}/tickets", {"service": "extract"}, token=kiosk)

Without a city it serves the small one of `tests.city_files`, opened on a Monday at ten.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from balancer.city.definition import City, load_city
from balancer.core.connect import open_store
from balancer.core.keys import Keys
from balancer.core.redis_server import running_socket
from balancer.core.tokens import Tokens
from tests.city_files import SMALL
from tests.waiting import wait_until_sync

MONDAY_TEN = "2026-11-23T10:00:00"
ADDRESS = re.compile(rb"board +(http://[^\s/]+)/")
READY_SECONDS = 20.0
STOP_SECONDS = 20.0


@dataclass(frozen=True)
class Reply:
    """An HTTP answer; `headers` in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of a problem."""
        assert self.headers["content-type"] == "application/problem+json", self.body
        assert self.json["status"] == self.status
        return str(self.json["code"])


class RunningServer:
    """One server; `stop`, `kill` and `restart` keep its port and data."""

    def __init__(self, folder: Path, city: str, clock: str | None, speed: float, settings: Mapping[str, str]):
        self.data = folder / "data"
        self.log = folder / "server.log"
        self.city_file = city
        self.definition: City = load_city(city)
        self.base_url = ""
        self._clock, self._speed, self._settings = clock, speed, dict(settings)
        self._tokens: dict[tuple[str, str | None, str | None], str] = {}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process id."""
        assert self._process is not None
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.poll() is None

    @property
    def city_url(self) -> str:
        """Path of the city."""
        return f"/api/v1/cities/{self.definition.city}"

    def branch_url(self, branch: str) -> str:
        """Path of a branch."""
        return f"{self.city_url}/branches/{branch}"

    def desk_url(self, branch: str, desk: str) -> str:
        """Path of a desk."""
        return f"{self.branch_url(branch)}/desks/{desk}"

    def start(self) -> None:
        """Start the process and wait until `readyz` says yes."""
        seen = self.log.stat().st_size if self.log.exists() else 0
        port = urlsplit(self.base_url).port if self.base_url else 0
        words = [
            "--city",
            self.city_file,
            "--data",
            str(self.data),
            "--port",
            str(port),
            "--speed",
            str(self._speed),
        ]
        clock = ["--clock", self._clock] if self._clock and not self.base_url else []
        settings = {f"BALANCER_{name.upper()}": value for name, value in self._settings.items()}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "balancer", "serve", *words, *clock],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, "BALANCER_DRAIN_SECONDS": "1", **settings},
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )
        self.base_url = wait_until_sync(
            lambda: self._announced(seen), within=READY_SECONDS, what=f"{self.log}: the server's address"
        )
        wait_until_sync(lambda: self.ask("GET", "/readyz").status == 200, within=READY_SECONDS, what="readyz")

    def _announced(self, seen: int) -> str:
        said = self.log.read_bytes()[seen:]
        found = ADDRESS.search(said)
        if found is None and not self.running:
            raise AssertionError(f"the server ended at once:\n{said.decode(errors='replace')}")
        return found[1].decode() if found else ""

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask it to end, wait until it has; its exit code."""
        assert self._process is not None
        self._process.send_signal(number)
        return self._process.wait(STOP_SECONDS)

    def kill(self) -> None:
        """End it as a crash does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def end(self) -> None:
        """End it one way or the other, its store too."""
        if self.running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.stop(signal.SIGINT)
        self.kill()
        wait_until_sync(
            lambda: running_socket(self.data) is None, within=STOP_SECONDS, what="the store's end"
        )

    def restart(self) -> None:
        """Stop it if it runs, and start it on the same port and data."""
        if self.running:
            self.stop()
        self.start()

    def token(self, role: str, branch: str | None = None, desk: str | None = None) -> str:
        """A token of that reach, made once; works while the server runs and while it does not."""
        reach = (role, branch, desk)
        if reach not in self._tokens:
            # In a thread of its own: the test may have a running loop.
            with ThreadPoolExecutor(1) as thread:
                self._tokens[reach] = thread.submit(asyncio.run, self._create(*reach)).result()
        return self._tokens[reach]

    async def _create(self, role: str, branch: str | None, desk: str | None) -> str:
        async with open_store(self._settings.get("redis", "embedded"), self.data) as store:
            return await Tokens(store.writer, self.definition.city).create(role, branch=branch, desk=desk)

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """One request; `body` bytes go as they are, anything else as JSON."""
        address = urlsplit(self.base_url)
        sent = {"content-type": "application/json"} if body is not None else {}
        sent |= {"authorization": f"Bearer {token}"} if token else {}
        raw = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=20)
        with contextlib.closing(connection):
            connection.request(method, path, raw, {**sent, **(headers or {})})
            response = connection.getresponse()
            named = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, named, response.read())

    def command(
        self,
        path: str,
        body: Any = None,
        *,
        token: str | None = None,
        key: str | None = None,
        version: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """A POST with an Idempotency-Key, a new one without `key`."""
        sent = {"idempotency-key": key or uuid.uuid4().hex, **(headers or {})}
        if version is not None:
            sent["if-match"] = str(version)
        return self.ask("POST", path, body, token=token, headers=sent)

    def desk(self, branch: str, desk: str, verb: str, body: Any = None, **more: Any) -> Reply:
        """A desk's verb with that desk's own token."""
        more.setdefault("token", self.token("desk", branch, desk))
        return self.command(f"{self.desk_url(branch, desk)}/{verb}", body, **more)

    def issue(self, branch: str, service: str, **more: Any) -> Reply:
        """A ticket from the branch's kiosk."""
        more.setdefault("token", self.token("kiosk", branch))
        return self.command(f"{self.branch_url(branch)}/tickets", {"service": service}, **more)


@contextlib.contextmanager
def running_server(
    folder: Path | None = None,
    *,
    city: str | None = None,
    clock: str | None = MONDAY_TEN,
    speed: float = 1,
    **settings: str,
) -> Iterator[RunningServer]:
    """A server that is ready, and gone afterwards. `settings` by their names in `balancer.settings`.

    `folder` keeps data and log; None takes a temporary one. `city` None is the small city.
    """
    with tempfile.TemporaryDirectory() as temporary:
        place = folder or Path(temporary)
        place.mkdir(parents=True, exist_ok=True)
        if city is None:
            small = place / "small.toml"
            small.write_text(SMALL, "utf-8")
            city = str(small)
        server = RunningServer(place, city, clock, speed, settings)
        try:
            server.start()
            yield server
        finally:
            server.end()


def balancer(*words: str) -> subprocess.CompletedProcess[str]:
    """`balancer` with these words, in a process of its own, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "balancer", *words],
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )


def _die_with_parent() -> None:
    """A server never outlives the tests, however they end (Linux)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def revoke(server: RunningServer, token: str) -> None:
    """End a token beside the running server."""

    async def end() -> None:
        async with open_store("embedded", server.data) as store:
            await Tokens(store.writer, server.definition.city).revoke(token.split(".")[1])

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, end()).result()


def city_key(server: RunningServer) -> bytes:
    """The key under which the city's ticket secrets are made."""

    async def read() -> bytes:
        async with open_store("embedded", server.data) as store:
            found = await store.writer.command(
                "HGET", Keys.of(server.definition.city).city, "secret", writes=False
            )
            return bytes.fromhex(found.decode())

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, read()).result()
