"""Opening, closing, alarm, hold, power, the end of the day, and the due work of a branch."""

from __future__ import annotations

import pytest

from balancer.core.caller import Caller
from balancer.errors import StaleVersion
from balancer.messages import Answer, BranchState, TicketStatus
from tests.town import CLERK, HOUR, MINUTE, NINE, RECEPTION, SECOND, SUPERVISOR, TIMER, Town, refused, taken

HERE = ("centre", "1")


def facts(answer: Answer) -> BranchState:
    """The facts of an answer that must have them."""
    assert answer.facts is not None
    return answer.facts


async def test_phases(town: Town) -> None:
    """closed → open → tickets_closed → open …; each verb from its own states only."""
    queue = town.queue
    async with refused("branch_state") as found:
        await queue.open_branch(SUPERVISOR, "centre")
    assert found[0].text("en") == "The branch's state does not allow this: open"
    async with refused("branch_state"):
        await queue.open_tickets(SUPERVISOR, "centre")
    assert facts(await queue.close_tickets(SUPERVISOR, "centre")).phase == "tickets_closed"
    async with refused("branch_state"):
        await queue.close_tickets(SUPERVISOR, "centre")
    assert facts(await queue.open_tickets(SUPERVISOR, "centre")).phase == "open"
    assert facts(await queue.close_branch(SUPERVISOR, "centre")).phase == "closed"
    for verb in (queue.close_branch, queue.close_tickets, queue.open_tickets):
        async with refused("branch_state"):
            await verb(SUPERVISOR, "centre")
    opened = facts(await queue.open_branch(SUPERVISOR, "centre"))
    assert (opened.phase, opened.day) == ("open", "2026-11-23")
    assert await town.new_types() == ["tickets_closed", "tickets_opened", "branch_closed", "branch_opened"]
    async with refused("unknown_branch"):
        await queue.open_branch(SUPERVISOR, "moon")
    async with refused("forbidden"):
        await queue.open_branch(RECEPTION, "centre")
    with pytest.raises(StaleVersion) as stale:
        await queue.close_branch(Caller("supervisor", version=1), "centre")
    assert stale.value.state is not None and stale.value.state["facts"]["version"] == opened.version


async def test_closing_waits_for_tickets_in_hand(town: Town) -> None:
    """Those who wait keep their places for when it opens again."""
    held, waits = await town.serving(), await town.ticket()
    async with refused("tickets_in_hand") as found:
        await town.queue.close_branch(SUPERVISOR, "centre")
    assert found[0].params == {"count": 1}
    await town.queue.finish(CLERK, *HERE)
    await town.queue.close_branch(SUPERVISOR, "centre")
    assert (await town.see(waits)).state == TicketStatus.WAITING
    assert held.number == "A001"


async def test_tickets_closed_still_serves(town: Town) -> None:
    """At closing hour those inside are called and served."""
    waits = await town.ticket()
    await town.queue.close_tickets(SUPERVISOR, "centre")
    assert taken(await town.queue.call_next(CLERK, *HERE)).id == waits.id
    await town.queue.start(CLERK, *HERE)
    await town.queue.finish(CLERK, *HERE)


async def test_an_alarm_freezes_order_and_time(town: Town) -> None:
    """Who was called waits at his place again; after the all-clear the line is as it was and no time has
    passed."""
    called, waits = await town.called(), await town.ticket()
    serving = await town.serving("address", "2")
    await town.new_events()
    town.clock.forward(MINUTE)
    paused = facts(await town.queue.alarm(SUPERVISOR, "centre"))
    assert (paused.alarm, paused.paused_since) == ("pause", town.clock.now)
    events = await town.new_events()
    assert [each.type for each in events] == ["alarm_sounded", "ticket_requeued"]
    assert events[1].detail == {"reason": "alarm"}
    assert events[1].desk is not None and (events[1].desk.state, events[1].desk.ticket) == ("open", None)
    assert await town.line() == [called.number, waits.number]
    for verb, args in (("issue", ("centre", "address")), ("call_next", HERE), ("call", (*HERE, waits.id))):
        async with refused("branch_paused"):
            await getattr(town.queue, verb)(Caller("admin"), *args)
    for verb in ("start", "recall"):
        async with refused("branch_paused"):
            await getattr(town.queue, verb)(CLERK, "centre", "2")
    town.clock.forward(40 * MINUTE)
    assert taken(await town.queue.park(CLERK, "centre", "2", "shelter")).id == serving.id
    await town.queue.cancel(Caller("citizen"), waits.id)
    async with refused("branch_state"):
        await town.queue.alarm(SUPERVISOR, "centre")
    clear = facts(await town.queue.all_clear(SUPERVISOR, "centre"))
    assert (clear.alarm, clear.paused_since, clear.paused_total) == ("none", None, 40 * MINUTE)
    async with refused("branch_state"):
        await town.queue.all_clear(SUPERVISOR, "centre")
    late = await town.ticket()
    assert late.order == NINE + MINUTE, "an hour in the shelter is no head start"
    assert await town.line() == [called.number, late.number]


async def test_timers_stand_while_the_branch_is_paused(town: Town) -> None:
    """A quarter of an hour parked is a quarter of an hour of the branch's own time."""
    parked = await town.serving()
    await town.queue.park(CLERK, *HERE, "photo")  # 15 minutes by the policy
    town.clock.forward(10 * MINUTE)
    await town.queue.alarm(SUPERVISOR, "centre")
    town.clock.forward(2 * HOUR)
    await town.queue.run_timers("centre")
    await town.queue.all_clear(SUPERVISOR, "centre")
    town.clock.forward(5 * MINUTE - 1)
    await town.queue.run_timers("centre")
    assert (await town.see(parked)).state == TicketStatus.PARKED
    town.clock.forward(1)
    await town.queue.run_timers("centre")
    assert (await town.see(parked)).state == TicketStatus.WAITING
    assert (await town.new_events())[-1].type == "ticket_woken"


async def test_alarm_and_hold_overlap(town: Town) -> None:
    """Time runs again when neither stops it."""
    await town.queue.hold_branch(SUPERVISOR, "centre", "flood")
    town.clock.forward(MINUTE)
    await town.queue.alarm(SUPERVISOR, "centre")
    town.clock.forward(MINUTE)
    still = facts(await town.queue.resume_branch(SUPERVISOR, "centre"))
    assert (still.hold, still.paused_since) == (None, NINE)
    town.clock.forward(MINUTE)
    assert facts(await town.queue.all_clear(SUPERVISOR, "centre")).paused_total == 3 * MINUTE


async def test_hold(town: Town) -> None:
    """A pause with a reason of its own; called tickets return."""
    called = await town.called()
    held = facts(await town.queue.hold_branch(SUPERVISOR, "centre", "flood"))
    assert (held.hold, held.alarm) == ("flood", "none")
    assert (await town.see(called)).state == TicketStatus.WAITING
    async with refused("branch_state"):
        await town.queue.hold_branch(SUPERVISOR, "centre", "fire")
    await town.queue.resume_branch(SUPERVISOR, "centre")
    async with refused("branch_state"):
        await town.queue.resume_branch(SUPERVISOR, "centre")


async def test_an_alarm_in_a_shelter(town: Town) -> None:
    """The harbour goes on in its shelter."""
    await town.ticket("address", "harbour")
    sheltered = facts(await town.queue.alarm(SUPERVISOR, "harbour"))
    assert (sheltered.alarm, sheltered.paused_since) == ("shelter", None)
    await town.queue.call_next(CLERK, "harbour", "1")
    assert facts(await town.queue.all_clear(SUPERVISOR, "harbour")).alarm == "none"


async def test_a_branch_that_goes_on_under_an_alarm(store_url: str, city_name: str) -> None:
    """Nobody is called back, tickets are given, no time stands still; the all-clear ends it once."""
    async with Town.found(store_url, city_name, air_raid="continue", resume_delay_minutes=5) as town:
        called = await town.called("pension")
        raid = facts(await town.queue.alarm(SUPERVISOR, "centre"))
        assert (raid.alarm, raid.paused_since) == ("continue", None)
        event = (await town.new_events())[-1]
        assert (event.type, event.detail) == ("alarm_sounded", {"policy": "continue"})
        assert (await town.see(called)).state == TicketStatus.CALLED
        await town.ticket()
        async with refused("branch_state"):
            await town.queue.alarm(SUPERVISOR, "centre")
        over = facts(await town.queue.all_clear(SUPERVISOR, "centre"))
        assert (over.alarm, over.resumes) == ("none", None)


async def test_power(town: Town) -> None:
    """Who was called and needs power goes back to his place; who is being served stays; others go on."""
    passport = await town.called("passport")
    serving = await town.serving("passport", "2")
    lost = facts(await town.queue.power_off(SUPERVISOR, "centre"))
    assert lost.power == "off"
    assert (await town.see(passport)).state == TicketStatus.WAITING
    assert (await town.see(serving)).state == TicketStatus.SERVING
    assert (await town.queue.call_next(CLERK, *HERE)).ticket is None
    other = await town.called("address")
    await town.queue.start(CLERK, *HERE)
    assert other.needs_power is False
    async with refused("branch_state"):
        await town.queue.power_off(SUPERVISOR, "centre")
    await town.queue.power_on(SUPERVISOR, "centre")
    async with refused("branch_state"):
        await town.queue.power_on(SUPERVISOR, "centre")
    assert (await town.new_types())[-2:] == ["ticket_started", "power_restored"]


async def test_services_stop_one_by_one(town: Town) -> None:
    """Nobody is called or gets a ticket for it, also past a long line of such; places are kept."""
    called = await town.called("pension")
    stopped = [await town.ticket() for _ in range(45)]
    light = await town.ticket("passport")
    for service in ("pension", "address"):
        done = facts(await town.queue.suspend_service(SUPERVISOR, "centre", service))
    assert done.suspended == ["pension", "address"]
    assert (await town.see(called)).state == "waiting", "who was called goes back to his place"
    async with refused("service_suspended"):
        await town.ticket("address")
    async with refused("service_suspended"):
        await town.queue.call(CLERK, *HERE, stopped[0].id)
    async with refused("branch_state"):
        await town.queue.suspend_service(SUPERVISOR, "centre", "address")
    async with refused("unknown_service"):
        await town.queue.suspend_service(SUPERVISOR, "centre", "dance")
    assert taken(await town.queue.call_next(CLERK, *HERE)).id == light.id
    await town.queue.desk_left(CLERK, *HERE)
    assert (await town.queue.call_next(CLERK, *HERE)).ticket is None
    assert facts(await town.queue.restore_service(SUPERVISOR, "centre", "pension")).suspended == ["address"]
    assert taken(await town.queue.call_next(CLERK, *HERE)).id == called.id
    await town.queue.desk_left(CLERK, *HERE)
    assert facts(await town.queue.restore_service(SUPERVISOR, "centre", "address")).suspended == []
    assert taken(await town.queue.call_next(CLERK, *HERE)).id == stopped[0].id


async def test_close_day_ends_what_waits(town: Town) -> None:
    """Waiting, parked and called tickets expire; the one being served is never touched; idle desks close."""
    waits, parked = await town.ticket(), await town.serving()
    await town.queue.park(CLERK, *HERE, "")
    called, serving = await town.called(), await town.serving("address", "2")
    async with refused("forbidden"):
        await town.queue.close_day(RECEPTION, "centre")
    await town.new_events()
    closed = facts(await town.queue.close_day(TIMER, "centre"))
    assert closed.phase == "closed"
    for each in (waits, parked, called):
        assert (await town.see(each)).state == TicketStatus.EXPIRED
    assert (await town.see(serving)).state == TicketStatus.SERVING
    desks = {d.desk: d.state for d in (await town.log.snapshot()).desks if d.branch == "centre"}
    assert desks == {"1": "closed", "2": "open", "3": "closed"}
    events = await town.new_events()
    assert [each.type for each in events] == ["ticket_expired"] * 3 + ["desk_closed"] * 2 + ["day_closed"]
    assert events[-1].detail == {"expired": 3}
    assert await town.books("centre") == (1, 1)
    await town.queue.finish(CLERK, "centre", "2")
    await town.queue.run_timers("centre")
    assert await town.books("centre") == (0, 0)


async def test_people_do_not_end_the_day_over_a_service(town: Town) -> None:
    """A supervisor may end the day once nobody is being served; who was only called goes home."""
    served, called = await town.serving(), await town.called(desk="2")
    async with refused("tickets_in_hand") as found:
        await town.queue.close_day(SUPERVISOR, "centre")
    assert found[0].params == {"count": 1}
    await town.queue.finish(CLERK, "centre", "1")
    facts = (await town.queue.close_day(SUPERVISOR, "centre")).facts
    assert facts is not None and facts.phase == "closed"
    assert [(await town.see(each)).state for each in (served, called)] == ["done", "expired"]


async def test_close_day_carries_over_where_the_branch_does(town: Town) -> None:
    """In the harbour places and numbers are kept until the morning; the book is balanced on both days."""
    await town.ticket("address", "harbour")
    called = taken(await town.queue.call_next(CLERK, "harbour", "1"))
    second = await town.ticket("address", "harbour")
    await town.queue.transfer_ticket(RECEPTION, second.id, to_desk="2")
    parked = taken(await town.queue.quick_serve(CLERK, "harbour", "2", "pension"))
    await town.queue.park(CLERK, "harbour", "2", "till tomorrow", NINE + 24 * HOUR)
    await town.queue.close_day(TIMER, "harbour")
    for each in (called, second):
        now = await town.see(each)
        assert (now.state, now.number, now.day, now.bound) == (
            TicketStatus.WAITING,
            each.number,
            each.day,
            None,
        )
    assert (await town.see(parked)).state == TicketStatus.PARKED
    counts = await town.queue.counts("harbour")
    assert (counts["carried_in"], counts["carried_out"]) == (3, 3)
    assert await town.books("harbour") == (3, 3)
    town.clock.forward(24 * HOUR)
    await town.queue.open_branch(SUPERVISOR, "harbour")
    await town.queue.open_desk(CLERK, "harbour", "1")
    await town.ticket("address", "harbour")
    await town.queue.run_timers("harbour")
    assert await town.line("harbour") == [called.number, second.number, parked.number, "H001"]


async def test_a_plan_is_carried_out_once(town: Town) -> None:
    """What a supervisor did after it is not undone by the timer's next look, nor by another process's."""
    instant = NINE + HOUR
    await town.queue.close_tickets(TIMER, "centre", plan=instant)
    await town.queue.open_tickets(SUPERVISOR, "centre")
    again = facts(await town.queue.close_tickets(TIMER, "centre", plan=instant))
    assert again.phase == "open"
    await town.queue.close_day(TIMER, "centre", plan=instant)
    await town.queue.open_branch(SUPERVISOR, "centre")
    assert facts(await town.queue.close_day(TIMER, "centre", plan=instant)).phase == "open"
    assert facts(await town.queue.close_day(TIMER, "centre", plan=instant + 1)).phase == "closed"


async def test_missed_calls_are_counted_by_the_timer(town: Town) -> None:
    """Three minutes by the policy, from the last call or recall; a visitor who was started is not missed."""
    called = await town.called()
    town.clock.forward(2 * MINUTE)
    await town.queue.recall(CLERK, *HERE)
    town.clock.forward(3 * MINUTE - SECOND)
    await town.queue.run_timers("centre")
    assert (await town.see(called)).state == TicketStatus.CALLED
    town.clock.forward(SECOND)
    await town.queue.run_timers("centre")
    missed = await town.see(called)
    assert (missed.state, missed.misses) == (TicketStatus.WAITING, 1)
    await town.queue.call_next(CLERK, *HERE)
    await town.queue.start(CLERK, *HERE)
    town.clock.forward(HOUR)
    await town.queue.run_timers("centre")
    assert (await town.see(called)).state == TicketStatus.SERVING


async def test_timers_work_in_bounded_pieces(town: Town) -> None:
    """A hundred due at once are done limit by limit, each once."""
    for _ in range(5):
        await town.serving()
        await town.queue.park(CLERK, *HERE, "")
    town.clock.forward(HOUR)
    await town.queue.run_timers("centre", 3)
    states = [each.state for each in (await town.log.snapshot()).tickets]
    assert sorted(states) == ["parked"] * 2 + ["waiting"] * 3
    await town.queue.run_timers("centre", 3)
    await town.queue.run_timers("centre", 3)
    assert (await town.new_types()).count("ticket_woken") == 5
