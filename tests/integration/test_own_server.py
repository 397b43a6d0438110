"""The server that a replay or a demo starts for itself: it comes up, and it never outlives who started it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import textwrap
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from loadtest.driver import CityClient, open_session
from loadtest.own_server import OwnServer, ServerFailed, free_port
from loadtest.pace import CityPace
from tests.city_files import SMALL
from tests.waiting import wait_until_sync

TEN = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Kyiv"))


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def city_file(folder: Path) -> str:
    path = folder / "dolyna.toml"
    path.write_text(SMALL, "utf-8")
    return str(path)


async def test_it_serves_the_city_on_its_clock_and_stops(tmp_path: Path) -> None:
    """Ready when `start` returns, with tokens to be had; gone when `stop` returns; it may start again."""
    server = OwnServer(city_file(tmp_path), tmp_path / "data")
    for _ in range(2):
        await server.start(TEN, 60)
        try:
            async with open_session() as session:
                client = CityClient(session, server.address, "dolyna", await server.token("admin"))
                hello = await client.hello()
                issued = await client.issue("center", "extract")
            assert hello.speed == 60
            assert 0 <= (CityPace.from_hello(hello).now() - TEN).total_seconds() < 3600
            assert issued.ticket.branch == "center"
        finally:
            await server.stop()
        assert not listens(server.port)


async def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    """The end of its log stands in the error."""
    broken = tmp_path / "broken.toml"
    broken.write_text('city = "x"\n')
    with pytest.raises(ServerFailed, match="missing"):
        await OwnServer(str(broken), tmp_path / "data").start(TEN, 1)


async def test_a_port_in_use_is_not_taken_for_ours(tmp_path: Path) -> None:
    """Somebody else listens there: said at once, with the port."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ServerFailed, match=f"port {port} .*in use"):
            await OwnServer(city_file(tmp_path), tmp_path / "data", port=port).start(TEN, 1)


def test_it_does_not_outlive_a_killed_parent(tmp_path: Path) -> None:
    """kill -9 of the parent takes the server along."""
    port = free_port("127.0.0.1")
    program = textwrap.dedent(
        f"""
        import asyncio, datetime, pathlib
        from loadtest.own_server import OwnServer
        async def main():
            server = OwnServer({city_file(tmp_path)!r}, pathlib.Path({str(tmp_path / "data")!r}), port={port})
            await server.start(datetime.datetime(2026, 11, 23, 10), 1)
            print("ready", flush=True)
            await server.ended()
        asyncio.run(main())
        """
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        assert listens(port)
        os.kill(parent.pid, signal.SIGKILL)
    wait_until_sync(lambda: not listens(port), within=20, what="the server's end")
