"""`kill -9` of the server, of its store and of both while a crowd is being served, at random moments.

No acknowledged ticket is lost, none is called twice, numbers are unique, offsets contiguous, no store is left
behind and never do two stores run on one folder.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections import Counter
from pathlib import Path

import pytest

from balancer.core.connect import open_store
from balancer.core.event_log import EventLog
from balancer.core.redis_server import running_socket
from balancer.messages import Event, Snapshot
from tests.chaos.crowd import Crowd
from tests.chaos.watch import StoreWatch, stores_on
from tests.property.ledger import Ledger
from tests.server import RunningServer, running_server
from tests.waiting import wait_until

SEED = int(os.environ.get("SEED", "20261123"))
WHAT = ("server", "store", "both")
HEALS_WITHIN_SECONDS = 40.0


@pytest.mark.parametrize("what", WHAT)
async def test_two_kills(what: str, tmp_path: Path) -> None:
    """The short version: every kind of death twice."""
    await survive(what, 2, tmp_path)


@pytest.mark.chaos_long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("what", WHAT)
async def test_ten_kills(what: str, tmp_path: Path) -> None:
    """Every kind of death ten times in a row on the same data."""
    await survive(what, 10, tmp_path)


async def survive(what: str, times: int, folder: Path) -> None:
    """A crowd works, `what` is killed so often; then the log is held against what the crowd was told."""
    print(f"SEED={SEED} {what} x {times}")
    moments = random.Random(f"{SEED} {what} {times}")
    with running_server(folder) as server, StoreWatch(server.data) as watch:
        crowd = Crowd(server, random.Random(SEED))
        working = asyncio.create_task(crowd.work())
        await heard(crowd, working, 30)
        for _ in range(times):
            await heard(crowd, working, moments.randint(1, 60))
            await asyncio.sleep(moments.random() * 0.05)  # somewhere within a command, not just after one
            await kill(server, what)
            await heard(crowd, working, 10)
        crowd.closing = True
        await asyncio.wait_for(working, HEALS_WITHIN_SECONDS)
        server.kill()
        await wait_until(lambda: is_free(server.data), within=20, what="the end of its store")
        check(crowd, *await read_all(server))
    assert watch.looks > 0 and watch.most == 1, f"{watch.most} stores at once on one folder"
    print(f"{len(crowd.told)} commands told, {crowd.lost} tries lost, {len(crowd.tickets())} tickets")


async def heard(crowd: Crowd, working: asyncio.Task[None], more: int) -> None:
    """Wait until so many more commands have their outcome."""
    goal = len(crowd.told) + more

    def enough() -> bool:
        if working.done():
            working.result()
        return len(crowd.told) >= goal

    await wait_until(enough, within=HEALS_WITHIN_SECONDS, what=f"{more} more outcomes")


async def kill(server: RunningServer, what: str) -> None:
    """As a power cut does; a dead server is started again by hand, a dead store by its server."""
    [store] = await wait_until(lambda: stores_on(server.data), what="a store to kill")
    if what != "server":
        os.kill(store, signal.SIGKILL)
    if what != "store":
        server.kill()
        await asyncio.to_thread(server.start)
    else:
        await wait_until(lambda: stores_on(server.data) - {store}, what="another store")


def is_free(folder: Path) -> bool:
    """No store and none of its helpers is left on the folder."""
    return not stores_on(folder) and running_socket(folder) is None


async def read_all(server: RunningServer) -> tuple[list[Event], Snapshot]:
    """The whole log and the last snapshot, from the folder that the dead server left."""
    events: list[Event] = []
    async with open_store("embedded", server.data) as store:
        log = EventLog(store, server.definition.city)
        snapshot = await log.snapshot()
        while len(events) < snapshot.offset:
            events += await log.read(len(events), block_ms=0)
    return events, snapshot


def check(crowd: Crowd, events: list[Event], snapshot: Snapshot) -> None:
    """What everybody was told against what is in the log."""
    ledger = Ledger()
    ledger.take(events)
    ledger.compare(snapshot)
    issued = {
        event.ticket.id: event.ticket for event in events if event.type == "ticket_issued" and event.ticket
    }
    acknowledged = {told.body["ticket"]["id"]: told.body["ticket"]["number"] for told in crowd.tickets()}
    assert len(acknowledged) == len(crowd.tickets()), "two commands got one ticket"
    lost = acknowledged.keys() - issued.keys()
    assert not lost, f"acknowledged and lost: {lost}"
    assert issued.keys() == acknowledged.keys(), "a command that was repeated gave two tickets"
    assert {ticket: issued[ticket].number for ticket in issued} == acknowledged
    calls = Counter(event.ticket.id for event in events if event.type == "ticket_called" and event.ticket)
    assert max(calls.values()) == 1, f"called twice: {[ticket for ticket, n in calls.items() if n > 1]}"
    told = Counter(told.body["ticket"]["id"] for told in crowd.calls())
    assert told == calls, "what clerks were told is not what was called"
    done = {told.body["ticket"]["id"] for told in crowd.finished()}
    assert done == {ticket.id for ticket in ledger.tickets.values() if ticket.state == "done"}
