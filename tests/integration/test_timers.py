"""What happens by itself: hours, nights, lunch, silent desks, due tickets, several processes, a supervisor's
will."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest

from balancer.city.definition import City, Hours, Span, encode_city
from balancer.core.connect import connect
from balancer.core.event_log import EventLog
from balancer.core.ticket_queue import TicketQueue
from balancer.core.timers import Timers
from balancer.messages import BranchState, TicketStatus
from tests.stores import Server
from tests.town import (
    ADMIN,
    CLERK,
    HOUR,
    KYIV,
    MINUTE,
    NINE,
    SECOND,
    SUPERVISOR,
    FrozenClock,
    Town,
    small_town,
)
from tests.waiting import wait_until

DAY = 24 * HOUR


class TimersOf(Timers):
    """The timers of a test's town."""

    def __init__(self, town: Town) -> None:
        super().__init__(town.queue, town.clock, town.log)


@pytest.fixture
async def town(valkey: Server, city_name: str) -> AsyncIterator[Town]:
    """A town that nobody has opened; Monday 08:00."""
    store = await connect(valkey.url, city_name)
    clock = FrozenClock(NINE - HOUR, NINE - HOUR)
    city = small_town(city_name, desk_silent_after_seconds=90)
    town = Town(store, city, clock, TicketQueue(store, city_name, clock), EventLog(store, city_name))
    await town.queue.apply_city(ADMIN, encode_city(city))
    await town.new_events()
    yield town
    await store.close()


async def centre(town: Town) -> BranchState:
    """The facts of the centre."""
    return next(each for each in (await town.log.snapshot()).branches if each.branch == "centre")


async def at(town: Town, timers: Timers, instant: int) -> BranchState:
    """Time goes on to an instant, the timers look once."""
    town.clock.real += instant - town.clock.now
    town.clock.now = instant
    await timers.tick()
    return await centre(town)


def kyiv(day: int, hour: int, minute: int = 0, month: int = 11) -> int:
    """City ms of a wall time in 2026."""
    return int(datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(KYIV)).timestamp()) * 1000


async def test_a_whole_day(town: Town) -> None:
    """Opens at nine, gives no tickets after six, ends when the last desk has closed."""
    timers = TimersOf(town)
    assert (await at(town, timers, NINE - SECOND)).phase == "closed"
    opened = await at(town, timers, NINE)
    assert (opened.phase, opened.day) == ("open", "2026-11-23")
    await town.queue.open_desk(CLERK, "centre", "1")
    waits = await town.ticket()
    assert (await at(town, timers, kyiv(23, 17, 59))).phase == "open"
    assert (await at(town, timers, kyiv(23, 18))).phase == "tickets_closed"
    await town.queue.call_next(CLERK, "centre", "1")
    await town.queue.start(CLERK, "centre", "1")
    await town.queue.finish(CLERK, "centre", "1")
    assert (await at(town, timers, kyiv(23, 18, 10))).phase == "tickets_closed", "a desk is still open"
    late = await town.queue.close_desk(CLERK, "centre", "1")
    assert late.desk is not None
    assert (await at(town, timers, kyiv(23, 18, 11))).phase == "closed"
    assert (await town.see(waits)).state == TicketStatus.DONE
    types = [each.type for each in await town.new_events() if each.branch == "centre"]
    assert types.count("day_closed") == 1
    assert (await at(town, timers, kyiv(24, 9))).day == "2026-11-24"
    assert [each.type for each in await town.new_events() if each.branch == "centre"] == ["branch_opened"]


async def test_the_day_ends_though_a_desk_stays_open(town: Town) -> None:
    """An hour after closing, by the policy: who waits expires, a forgotten desk closes."""
    timers = TimersOf(town)
    await at(town, timers, NINE)
    await town.queue.open_desk(CLERK, "centre", "1")
    waits = await town.ticket()
    assert (await at(town, timers, kyiv(23, 18, 59))).phase == "tickets_closed"
    assert (await at(town, timers, kyiv(23, 19))).phase == "closed"
    assert (await town.see(waits)).state == TicketStatus.EXPIRED
    assert {each.state for each in (await town.log.snapshot()).desks} == {"closed"}


async def test_a_supervisors_will_is_not_undone(town: Town) -> None:
    """Each instant of the hours is carried out once."""
    timers = TimersOf(town)
    await at(town, timers, NINE)
    await town.queue.close_branch(SUPERVISOR, "centre")
    assert (await at(town, timers, NINE + HOUR)).phase == "closed"
    await town.queue.open_branch(SUPERVISOR, "centre")
    await at(town, timers, kyiv(23, 18))
    await town.queue.open_tickets(SUPERVISOR, "centre")
    assert (await at(town, timers, kyiv(23, 18, 5))).phase == "open"


async def test_opened_before_the_hour(town: Town) -> None:
    """A supervisor who opens early is not opened again, and his morning's tickets stay."""
    timers = TimersOf(town)
    await at(town, timers, NINE)
    await at(town, timers, kyiv(23, 19))
    await at(town, timers, kyiv(24, 8))
    await town.queue.open_branch(SUPERVISOR, "centre")
    early = await town.ticket()
    assert (await at(town, timers, kyiv(24, 9))).phase == "open"
    assert (await town.see(early)).state == TicketStatus.WAITING


async def test_a_night_that_was_skipped(town: Town) -> None:
    """A demo jumps from the afternoon into the next morning: yesterday ends first, then today begins."""
    timers = TimersOf(town)
    await at(town, timers, NINE)
    await town.queue.open_desk(CLERK, "centre", "1")
    waits = await town.ticket()
    kept = await town.ticket("address", "harbour")
    await town.new_events()
    jumped = await at(town, timers, kyiv(25, 10))
    assert (jumped.phase, jumped.day) == ("open", "2026-11-25")
    assert (await town.see(waits)).state == TicketStatus.EXPIRED
    assert (await town.see(kept)).state == TicketStatus.WAITING
    types = [each.type for each in await town.new_events() if each.branch == "centre"]
    assert types == ["ticket_expired", "desk_closed", "day_closed", "branch_opened"]
    assert (await town.ticket()).number == "A001"


async def test_a_night_after_a_manual_close(town: Town) -> None:
    """Who was left waiting in a branch that a supervisor closed does not stand there next morning."""
    timers = TimersOf(town)
    await at(town, timers, NINE)
    waits = await town.ticket()
    await town.queue.close_branch(SUPERVISOR, "centre")
    await at(town, timers, kyiv(24, 9, 30))
    assert (await town.see(waits)).state == TicketStatus.EXPIRED


async def test_a_weekend_opened_by_hand(town: Town) -> None:
    """Friday's end of day does not end a Saturday that a supervisor opened; Monday's beginning does."""
    timers = TimersOf(town)
    assert (await at(town, timers, kyiv(28, 10))).phase == "closed"
    await town.queue.open_branch(SUPERVISOR, "centre")
    waits = await town.ticket()
    assert (await at(town, timers, kyiv(28, 12))).phase == "open"
    assert (await town.see(waits)).state == TicketStatus.WAITING
    await at(town, timers, kyiv(30, 9))
    assert (await town.see(waits)).state == TicketStatus.EXPIRED


async def test_lunch(town: Town, city_name: str) -> None:
    """Between two spans of a day no tickets are given; the day goes on after it."""
    first = town.city.branches[0]
    hours = Hours(week=[[Span(9 * 60, 13 * 60), Span(14 * 60, 18 * 60)]] * 5 + [[], []])
    lunching = msgspec.structs.replace(first, hours=hours)
    city: City = msgspec.structs.replace(town.city, branches=[lunching, *town.city.branches[1:]])
    await town.queue.apply_city(ADMIN, encode_city(city))
    timers = TimersOf(town)
    await at(town, timers, NINE)
    waits = await town.ticket()
    assert (await at(town, timers, kyiv(23, 13))).phase == "tickets_closed"
    assert (await at(town, timers, kyiv(23, 13, 30))).phase == "tickets_closed"
    back = await at(town, timers, kyiv(23, 14))
    assert (back.phase, back.day) == ("open", "2026-11-23")
    assert (await town.see(waits)).state == TicketStatus.WAITING
    assert (await town.ticket()).number == "A002"


async def test_the_plan_of_the_moment_at_start(town: Town) -> None:
    """A server that starts at noon finds its branches open before it says it is ready."""
    town.clock.now = kyiv(23, 12)
    await TimersOf(town).apply_plan_now()
    assert (await centre(town)).phase == "open"


async def test_a_day_with_a_clock_change(town: Town) -> None:
    """Nine o'clock is nine by the wall, also on the Monday after summer time has ended."""
    town.clock.now = kyiv(23, 8, month=10)
    timers = TimersOf(town)
    await at(town, timers, kyiv(23, 9, month=10))
    await at(town, timers, kyiv(23, 19, month=10))
    assert (await at(town, timers, kyiv(26, 8, 59, month=10))).phase == "closed"
    assert (await at(town, timers, kyiv(26, 9, month=10))).phase == "open"


async def test_a_silent_desk_is_released(town: Town) -> None:
    """After ninety real seconds without a sign of life; one that never gave any is left alone."""
    timers = TimersOf(town)
    await at(town, timers, NINE)
    for desk in ("1", "2"):
        await town.queue.open_desk(CLERK, "centre", desk)
    served = await town.serving()
    await town.queue.heartbeat("centre", "1")
    await at(town, timers, NINE + 90 * SECOND)
    assert (await town.see(served)).state == TicketStatus.SERVING
    await at(town, timers, NINE + 91 * SECOND)
    assert (await town.see(served)).state == TicketStatus.PARKED
    desks = {each.desk: each.state for each in (await town.log.snapshot()).desks if each.branch == "centre"}
    assert desks["1"] == "closed" and desks["2"] == "open"


async def test_nobody_is_silent_while_nobody_could_hear(town: Town) -> None:
    """After an hour without a server, desks have their time to be heard again."""
    timers = TimersOf(town)
    await at(town, timers, NINE)
    await town.queue.open_desk(CLERK, "centre", "1")
    await town.queue.heartbeat("centre", "1")
    town.clock.forward(HOUR)
    restarted = TimersOf(town)
    await restarted.tick()
    assert next(d for d in (await town.log.snapshot()).desks if d.desk == "1").state == "open"
    town.clock.forward(91 * SECOND)
    await restarted.tick()
    assert next(d for d in (await town.log.snapshot()).desks if d.desk == "1").state == "closed"


async def test_due_tickets(town: Town) -> None:
    """A parked ticket wakes, a missed call is counted, old ones are forgotten."""
    timers = TimersOf(town)
    await at(town, timers, NINE)
    await town.queue.open_desk(CLERK, "centre", "1")
    parked = await town.serving()
    await town.queue.park(CLERK, "centre", "1", "", NINE + 10 * MINUTE)
    called = await town.called()
    await at(town, timers, NINE + 10 * MINUTE)
    assert (await town.see(parked)).state == TicketStatus.WAITING
    assert (await town.see(called)).misses == 1
    await town.queue.left(SUPERVISOR, called.id)
    await at(town, timers, NINE + 4 * DAY)
    await at(town, timers, NINE + 4 * DAY + HOUR)
    assert called.id not in {each.id for each in (await town.log.snapshot()).tickets}
    assert await town.log.oldest() > 1


async def test_the_all_clear_counts_some_minutes_later(town: Town, city_name: str) -> None:
    """By the branch's policy: order and timers stand until then, and a new alarm begins anew."""
    city = small_town(city_name, resume_delay_minutes=10)
    await town.queue.apply_city(ADMIN, encode_city(city))
    timers = TimersOf(town)
    await at(town, timers, NINE)
    await town.queue.open_desk(CLERK, "centre", "1")
    await town.queue.alarm(SUPERVISOR, "centre")
    town.clock.forward(30 * MINUTE)
    cleared = (await town.queue.all_clear(SUPERVISOR, "centre")).facts
    assert cleared is not None
    assert (cleared.alarm, cleared.resumes) == ("pause", NINE + 40 * MINUTE)
    assert (await at(town, timers, NINE + 39 * MINUTE)).paused_since == NINE
    await town.queue.alarm(SUPERVISOR, "centre")
    assert (await at(town, timers, NINE + 50 * MINUTE)).alarm == "pause", "that all-clear counts no more"
    await town.queue.all_clear(SUPERVISOR, "centre")
    facts = await at(town, timers, NINE + 60 * MINUTE)
    assert (facts.alarm, facts.resumes, facts.paused_since) == ("none", None, None)
    assert facts.paused_total == 60 * MINUTE
    await TimersOf(town).tick()
    types = [each.type for each in await town.new_events() if "alarm" in each.type]
    assert types == ["alarm_sounded", "alarm_cleared", "alarm_sounded", "alarm_cleared", "alarm_ended"]


async def test_two_processes_do_each_thing_once(town: Town, valkey: Server, city_name: str) -> None:
    """Both look at the same moment, over two days."""
    other_store = await connect(valkey.url, city_name)
    try:
        other = Timers(TicketQueue(other_store, city_name, town.clock), town.clock, town.log)
        mine = TimersOf(town)
        for instant in (NINE, kyiv(23, 18), kyiv(23, 19), kyiv(24, 9), kyiv(24, 18), kyiv(24, 18, 1)):
            town.clock.now = instant
            await asyncio.gather(mine.tick(), other.tick())
        types = [each.type for each in await town.new_events() if each.branch == "centre"]
        day = ["branch_opened", "tickets_closed", "day_closed"]
        assert types == [*day, *day]
    finally:
        await other_store.close()


async def test_a_changed_definition_is_noticed(town: Town) -> None:
    """Hours that another process applied hold at the next look."""
    timers = TimersOf(town)
    await at(town, timers, NINE - HOUR)
    first = msgspec.structs.replace(town.city.branches[0], hours=Hours(week=[[Span(8 * 60, 18 * 60)]] * 7))
    changed = msgspec.structs.replace(town.city, branches=[first, *town.city.branches[1:]])
    await TicketQueue(town.store, town.city.city, town.clock).apply_city(ADMIN, encode_city(changed))
    assert (await at(town, timers, NINE - HOUR + SECOND)).phase == "open"


async def test_run_goes_on_after_trouble(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    """A store that is away for a moment, even an error of our own, does not end the timers."""
    timers, ticks = TimersOf(town), 0
    whole = timers.tick

    async def stumbling() -> None:
        nonlocal ticks
        ticks += 1
        if ticks == 1:
            raise ValueError("a defect")
        await whole()

    timers.tick = stumbling  # type: ignore[method-assign]
    town.clock.now = NINE
    running = asyncio.create_task(timers.run())
    try:

        async def is_open() -> bool:
            return (await centre(town)).phase == "open"

        await wait_until(is_open)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert "a pass of the timers failed" in caplog.text
