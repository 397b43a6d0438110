"""A server process as far as clock and timers go, without any break between two passes of the timers.

    python -m tests.property.city_process URL CITY SPEED [START_MS]

Answers each line of its input with a JSON line: {"monotonic": ns, "city": ms}, both read at one moment. The
monotonic clock of Linux is one for all processes, so two answers can be brought to one instant.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from datetime import UTC, datetime

from balancer.core.city_clock import CityClock
from balancer.core.connect import connect
from balancer.core.event_log import EventLog
from balancer.core.ticket_queue import TicketQueue
from balancer.core.timers import Timers


async def main(url: str, city: str, speed: str, start: str = "") -> None:
    """Join the clock, then tick until the input ends."""
    store = await connect(url)
    begin = datetime.fromtimestamp(int(start) / 1000, UTC) if start else None
    clock = await CityClock.join(store, city, begin, float(speed))
    timers = Timers(TicketQueue(store, city, clock), clock, EventLog(store, city))
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    ticking = asyncio.create_task(tick(timers))
    while await lines.readline():
        print(json.dumps({"monotonic": time.monotonic_ns(), "city": clock.now_ms()}), flush=True)
        if ticking.done():
            ticking.result()
    ticking.cancel()
    await asyncio.gather(ticking, return_exceptions=True)
    await store.close()


async def tick(timers: Timers) -> None:
    """One pass right after the other, so that two processes meet at every deadline."""
    while True:
        await timers.tick()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
