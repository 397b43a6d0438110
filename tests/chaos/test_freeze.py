"""A store that answers nothing for a while: commands end unconfirmed, and their repeats find one ticket."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.chaos.crowd import Crowd
from tests.chaos.test_kill import SEED, check, heard, read_all
from tests.chaos.watch import stores_on
from tests.server import Reply, RunningServer, running_server
from tests.waiting import wait_until

KEY = "frozen-0001"
TRIES = 5


@contextmanager
def frozen(store: int) -> Iterator[None]:
    """The store stops where it is, and goes on afterwards whatever happens."""
    os.kill(store, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(store, signal.SIGCONT)


@pytest.mark.timeout(120)
async def test_unconfirmed_then_one_ticket(tmp_path: Path) -> None:
    """The kiosk is told honestly that nobody knows, and the same key gives the one ticket later."""
    with running_server(tmp_path) as server:
        kiosk = server.token("kiosk", "center")
        [store] = stores_on(server.data)

        def issue(key: str) -> Reply:
            path, body = f"{server.branch_url('center')}/tickets", {"service": "extract"}
            return server.command(path, body, token=kiosk, key=key)

        for tried in range(TRIES):
            # The server must know the token when the store freezes, and it knows it for a moment only.
            assert issue(f"before-{tried:04}").status == 201
            with frozen(store):
                unsure = await asyncio.to_thread(issue, KEY)
            if unsure.code != "store_unavailable":
                break
            await wait_until(lambda: ready(server), within=20, what="a ready server")
        assert (unsure.status, unsure.code) == (503, "unconfirmed")
        first = await wait_until(lambda: settled(issue(KEY)), within=20, what="an outcome")
        again = issue(KEY)
        assert (first.status, again.body) == (201, first.body)
        await asyncio.to_thread(server.stop)
        events, _ = await read_all(server)
        assert [event.type for event in events].count("ticket_issued") == 2 + tried


def ready(server: RunningServer) -> bool:
    """Whether it takes traffic."""
    return server.ask("GET", "/readyz").status == 200


def settled(reply: Reply) -> Reply | None:
    """The reply, if it is an outcome."""
    return reply if reply.status < 500 else None


@pytest.mark.timeout(180)
async def test_a_crowd_over_a_frozen_store(tmp_path: Path) -> None:
    """Everybody repeats what he does not know; nothing is lost and nothing happens twice."""
    print(f"SEED={SEED}")
    with running_server(tmp_path) as server:
        crowd = Crowd(server, random.Random(SEED))
        working = asyncio.create_task(crowd.work())
        await heard(crowd, working, 30)
        [store] = stores_on(server.data)
        with frozen(store):
            await wait_until(lambda: crowd.lost >= 3, within=60, what="people without an answer")
        await heard(crowd, working, 30)
        crowd.closing = True
        await asyncio.wait_for(working, 60)
        await asyncio.to_thread(server.stop)
        check(crowd, *await read_all(server))
