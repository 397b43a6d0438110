"""A server process from start to end: what it tells, what it keeps, how it drains and stops."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from balancer.app import city_instant, running_parts
from balancer.serve import listen
from balancer.settings import Settings
from tests.city_files import SMALL, spoiled
from tests.server import RunningServer, running_server
from tests.waiting import wait_until


def serve_fails(*words: str) -> str:
    """What `balancer serve` tells when it cannot start."""
    result = subprocess.run(
        [sys.executable, "-m", "balancer", "serve", "--port", "0", *words],
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )
    assert result.returncode in (1, 2) and "Traceback" not in result.stderr
    return result.stderr


@asynccontextmanager
async def watcher(server: RunningServer) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """A socket that has been greeted."""
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{server.base_url}{server.city_url}/live") as live,
    ):
        hello = json.loads((await live.receive()).data)
        assert hello["type"] == "hello"
        yield live


def ready(server: RunningServer) -> Any:
    return server.ask("GET", "/readyz").json


def test_it_tells_where_everything_is(tmp_path: Path) -> None:
    """Addresses and the data folder; log lines are one line each."""
    with running_server(tmp_path) as server:
        said = server.log.read_text()
        for told in (
            f"{server.base_url}/",
            f"{server.base_url}/desk",
            f"{server.base_url}/docs",
            str(server.data),
        ):
            assert told in said
        assert server.ask("GET", "/").status == 200 and server.ask("GET", "/desk").status == 200
        assert all(line[:4].isdigit() for line in said.splitlines())


def test_the_log_may_be_json_and_the_numbers_prometheus_s(tmp_path: Path) -> None:
    """For those who collect both."""
    port = free_port()
    with running_server(tmp_path, log_json="true", metrics_port=str(port)) as server:
        server.ask("GET", f"{server.branch_url('atlantis')}/desks/1")
        assert all(json.loads(line)["level"] for line in server.log.read_text().splitlines())
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as response:
            numbers = response.read().decode()
        assert 'balancer_refusals_total{code="unknown_branch"} 1.0' in numbers
        assert "balancer_ready 1.0" in numbers and "balancer_feed_offset" in numbers


def free_port() -> int:
    with listen("127.0.0.1", 0) as probe:
        port: int = probe.getsockname()[1]
        return port


def test_what_was_acknowledged_outlives_a_crash(tmp_path: Path) -> None:
    """kill -9, start again: the ticket, its secret and its key are as they were."""
    with running_server(tmp_path) as server:
        made = server.issue("center", "extract", key="before-the-crash")
        path = f"{server.city_url}/tickets/{made.json['ticket']['id']}"
        server.kill()
        server.start()
        assert server.ask("GET", path, token=made.json["secret"]).json["ticket"]["state"] == "waiting"
        assert server.issue("center", "extract", key="before-the-crash").body == made.body


def test_the_city_in_the_store_counts(tmp_path: Path) -> None:
    """Another file at the next start is not taken silently: the log says how to apply it."""
    with running_server(tmp_path) as server:
        (tmp_path / "small.toml").write_text(spoiled(("0 800 000 000", "0 800 111 111")), "utf-8")
        server.restart()
        assert server.ask("GET", server.city_url).json["contact"] == "0 800 000 000"
        assert "balancer city apply" in server.log.read_text()


async def test_sigterm_drains_the_sockets(tmp_path: Path) -> None:
    """readyz says 503, each socket learns when to come back and is closed with 'reconnect', then the end,
    code 0."""
    with running_server(tmp_path, drain_seconds="1.5") as server:
        async with watcher(server) as live:
            assert server._process is not None
            server._process.send_signal(signal.SIGTERM)
            waiting = await wait_until(
                lambda: (found := ready(server))["waiting_for"] and found, what="draining"
            )
            assert waiting == {"ready": False, "waiting_for": ["draining"]}
            async with aiohttp.ClientSession() as session:
                with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                    await session.ws_connect(f"{server.base_url}{server.city_url}/live")
                assert refused.value.status == 503
            frames = [json.loads(message.data) async for message in live]
            (told,) = [frame for frame in frames if frame["type"] == "reconnect"]
            assert 0 <= told["reconnect_in"] <= 1.5
            assert live.close_code is not None and 4000 <= live.close_code < 4500
        assert await asyncio.to_thread(server._process.wait, 10) == 0


async def test_ctrl_c_does_not_wait(tmp_path: Path) -> None:
    """Nor does a second signal."""
    for first, second in ((signal.SIGINT, None), (signal.SIGTERM, signal.SIGTERM)):
        with running_server(tmp_path / first.name, drain_seconds="60") as server:
            async with watcher(server):
                assert server._process is not None
                began = time.monotonic()
                server._process.send_signal(first)
                if second is not None:
                    await wait_until(lambda found=server: not ready(found)["ready"], what="draining")
                    server._process.send_signal(second)
                assert await asyncio.to_thread(server._process.wait, 20) == 0
                assert time.monotonic() - began < 15


def test_without_sockets_it_stops_at_once(tmp_path: Path) -> None:
    """There is nobody to move."""
    with running_server(tmp_path, drain_seconds="60") as server:
        began = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - began < 10


def test_a_city_file_with_faults(tmp_path: Path) -> None:
    """Every fault with its line and remedy."""
    file = tmp_path / "bad.toml"
    file.write_text(SMALL.replace('letter = "P"', 'letter = "PP"'), "utf-8")
    told = serve_fails("--city", str(file), "--data", str(tmp_path / "data"))
    assert "bad.toml" in told and "letter" in told


def test_a_port_in_use(tmp_path: Path) -> None:
    """Noticed before the store is started."""
    with listen("127.0.0.1", 0) as taken:
        taken.listen()
        told = serve_fails("--port", str(taken.getsockname()[1]), "--data", str(tmp_path / "data"))
    assert "in use" in told.lower()
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("setting", "told"), [({"clock": "yesterday"}, "yesterday"), ({"trusted_proxies": "proxy"}, "proxy")]
)
async def test_settings_that_make_no_sense(tmp_path: Path, setting: dict[str, str], told: str) -> None:
    """Noticed before the store is started."""
    settings = Settings(data=tmp_path / "data", **setting)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=told):
        async with running_parts(settings):
            pass
    assert not (tmp_path / "data").exists()


def test_a_store_that_is_away() -> None:
    """Told in a line, with its reason."""
    assert "does not answer" in serve_fails("--redis", "redis://127.0.0.1:1")


def test_the_clock_s_start_is_wall_time_of_the_city() -> None:
    """Unless it says its offset."""
    assert city_instant(None, "Europe/Kyiv") is None
    assert city_instant("2026-11-23T10:00:00", "Europe/Kyiv") == datetime.fromisoformat(
        "2026-11-23T10:00:00+02:00"
    )
    assert city_instant("2026-11-23T10:00:00Z", "Europe/Kyiv") == datetime.fromisoformat(
        "2026-11-23T12:00:00+02:00"
    )


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0"])
def test_addresses_to_listen_on(host: str) -> None:
    """A name, an address, all addresses."""
    with listen(host, 0) as listener:
        assert isinstance(listener, socket.socket) and listener.getsockname()[1] > 0
