"""Two real processes on one city: one time for both, and whatever is due happens once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec
import pytest

from balancer.city.definition import City, encode_city
from balancer.city.model import Hours, Span
from balancer.core.caller import Caller
from balancer.core.city_clock import CityClock
from balancer.core.connect import Store, connect
from balancer.core.event_log import EventLog
from balancer.core.ticket_queue import TicketQueue
from balancer.messages import Event
from tests.property.ledger import Ledger
from tests.property.small_city import DESKS, START, small_city
from tests.stores import redis_server, valkey_program
from tests.waiting import wait_until

ROOT = Path(__file__).parents[2]
ADMIN = Caller("admin")
SECOND, HOUR = 1_000, 3_600_000
AGREE_WITHIN_MS = 50  # real: what a busy machine may take over one reply of the store


class Process:
    """A city process; `look` asks it for the time."""

    def __init__(self, url: str, city: str, speed: float, start: int | None) -> None:
        words = [url, city, str(speed), *([str(start)] if start is not None else [])]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.property.city_process", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self.look()

    def look(self) -> tuple[float, int]:
        """(real ms of the machine's monotonic clock, city ms) of one moment."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write("now\n")
        self.process.stdin.flush()
        said = json.loads(self.process.stdout.readline())
        return said["monotonic"] / 1e6, said["city"]

    def kill(self) -> None:
        """End it as a crash does."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()


@contextmanager
def processes(url: str, city: str, speed: float, start: int | None) -> Iterator[tuple[Process, Process]]:
    """Two of them, started with the same words."""
    with ExitStack() as stack:
        both = []
        for _ in range(2):
            both.append(Process(url, city, speed, start))
            stack.callback(both[-1].kill)
        yield both[0], both[1]


def apart(one: Process, other: Process, speed: float) -> float:
    """By how many real ms their city clocks disagree at one instant; the best of some looks, because a
    process may be put aside between its two readings."""
    found = []
    for _ in range(5):
        (real_1, city_1), (real_2, city_2) = one.look(), other.look()
        found.append(abs((city_2 - city_1) / speed - (real_2 - real_1)))
    return min(found)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with redis_server(tmp_path_factory.mktemp("two"), valkey_program(), appendonly="no") as server:
        yield server.url


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    store = await connect(url)
    yield store
    await store.close()


@pytest.mark.parametrize("speed", [1.0, 60.0])
async def test_one_time_for_both(url: str, store: Store, speed: float) -> None:
    """Also after one of them was killed and started again, and with a start that counts no more."""
    name = f"clock-{speed:.0f}"
    queue = TicketQueue(store, name, await CityClock.join(store, name))
    await queue.apply_city(ADMIN, encode_city(small_city(name)))
    later = START + 365 * 24 * HOUR
    with processes(url, name, speed, later) as (one, other):
        assert apart(one, other, speed) < AGREE_WITHIN_MS
        real_1, city_1 = one.look()
        other.kill()
        again = Process(url, name, speed, later)
        try:
            assert apart(one, again, speed) < AGREE_WITHIN_MS
            real_2, city_2 = one.look()
            gone = (city_2 - city_1) / speed - (real_2 - real_1)
            assert abs(gone) < 20, f"the one that stayed lost {gone} ms"
        finally:
            again.kill()


def working_hours(name: str) -> City:
    """The small city, open from nine to six."""
    city = small_city(name)
    hours = Hours(week=[[Span(9 * 60, 18 * 60)] for _ in range(7)])
    branches = [msgspec.structs.replace(branch, hours=hours) for branch in city.branches]
    return msgspec.structs.replace(city, branches=branches)


async def all_events(store: Store, name: str) -> list[Event]:
    """The whole log, which must be contiguous and keep the promises."""
    log = EventLog(store, name)
    snapshot = await log.snapshot()
    events: list[Event] = []
    while len(events) < snapshot.offset:
        events += await log.read(len(events), block_ms=0)
    ledger = Ledger()
    ledger.take(events[: snapshot.offset])
    return events


async def test_deadlines_fire_once(url: str, store: Store) -> None:
    """Parked tickets wake and missed calls count once, however many processes see them due at once."""
    name, speed = "deadlines", 60.0
    clock = await CityClock.join(store, name, None, speed)
    queue = TicketQueue(store, name, clock)
    await queue.apply_city(ADMIN, encode_city(small_city(name)))
    await queue.open_branch(ADMIN, "north")
    for desk in DESKS:
        await queue.open_desk(ADMIN, "north", desk)
    wake = clock.now_ms() + 150 * SECOND
    parked = [await ticket(queue, "address") for _ in range(20)]
    for each in parked:
        await queue.call(ADMIN, "north", "1", each)
        await queue.park(ADMIN, "north", "1", "copies", wake)
    missing = [await ticket(queue, service) for service in ("address", "address", "land")]
    for desk, each in zip(DESKS, missing, strict=True):
        await queue.call(ADMIN, "north", desk, each)
    expected = {("ticket_woken", each) for each in parked} | {("ticket_missed", each) for each in missing}

    async def fired() -> Counter[tuple[str, str]]:
        events = await all_events(store, name)
        return Counter((e.type, e.ticket.id) for e in events if e.actor == "timer" and e.ticket)

    async def seen(wanted: set[tuple[str, str]]) -> bool:
        return (await fired()).keys() >= wanted

    with processes(url, name, speed, None):
        await wait_until(lambda: seen(expected), within=30, what="20 tickets awake and 3 calls missed")
        # Called once more, so that both have gone on ticking for long when this one is missed too.
        await queue.call(ADMIN, "north", "2", parked[0])
        expected.add(("ticket_missed", parked[0]))
        await wait_until(lambda: seen(expected), within=30, what="the last call missed")
    assert await fired() == dict.fromkeys(expected, 1)


async def ticket(queue: TicketQueue, service: str) -> str:
    """A new ticket's id."""
    answer = await queue.issue(ADMIN, "north", service)
    assert answer.ticket is not None
    return answer.ticket.id


async def test_doors_open_and_close_once_a_day(url: str, store: Store) -> None:
    """Three days in seconds, one process killed on the way: every branch opens, stops giving tickets and ends
    its day once a day."""
    name, speed = "hours", 20_000.0
    clock = await CityClock.join(store, name)
    queue = TicketQueue(store, name, clock)
    await queue.apply_city(ADMIN, encode_city(working_hours(name)))
    midnight = START - 9 * HOUR + 365 * 24 * HOUR
    with processes(url, name, speed, midnight) as (one, other):
        await wait_until(lambda: one.look()[1] > midnight + 30 * HOUR, within=60, what="the second day")
        other.kill()
        await wait_until(
            lambda: one.look()[1] > midnight + 80 * HOUR, within=60, what="the end of the third day"
        )
    days: Counter[tuple[str, str | None, int]] = Counter()
    for event in await all_events(store, name):
        if (
            event.type in ("branch_opened", "tickets_closed", "day_closed")
            and event.at < midnight + 72 * HOUR
        ):
            days[event.type, event.branch, (event.at - midnight) // (24 * HOUR)] += 1
    kinds = ("branch_opened", "tickets_closed", "day_closed")
    assert days == {
        (kind, branch, day): 1 for kind in kinds for branch in ("north", "south") for day in range(3)
    }
