"""What a desk does: calling in order, serving, missing, parking, handing on, legs, opening and closing."""

from __future__ import annotations

import asyncio

import pytest

from balancer.core.caller import Caller
from balancer.errors import BalancerError, StaleVersion
from balancer.messages import TicketStatus, Wait
from tests.town import (
    CLERK,
    KIOSK,
    MINUTE,
    NINE,
    RECEPTION,
    SECOND,
    SUPERVISOR,
    TIMER,
    Town,
    refused,
    taken,
)

HERE = ("centre", "1")


async def test_call_next_takes_the_first_of_all_skills(town: Town) -> None:
    """Desk 1 serves two queues, one of them with and without need of power: the smallest order over all."""
    made = []
    for service in ("passport", "pension", "address", "land"):
        made.append(await town.ticket(service))
        town.clock.forward(SECOND)
    called = []
    for _ in range(3):
        answer = await town.queue.call_next(CLERK, *HERE)
        called.append(taken(answer).number)
        assert answer.desk is not None and answer.desk.ticket == taken(answer).id
        await town.queue.start(CLERK, *HERE)
        await town.queue.finish(CLERK, *HERE)
    assert called == [each.number for each in made[:3]], "land is not desk 1's"
    empty = await town.queue.call_next(CLERK, *HERE)
    assert empty.ticket is None and empty.desk is not None


async def test_the_first_call_keeps_the_wait_that_was_shown_last(town: Town) -> None:
    """Quoted when it was issued, estimated before its first call: later calls change neither."""
    made = await town.ticket()
    shown = {made.id: Wait(1, 2.5, 4), "somebody": Wait(9, 9, 9)}
    called = taken(await town.queue.call_next(CLERK, *HERE, estimates=shown))
    assert called.estimated == Wait(1, 2.5, 4)
    assert (await town.new_events())[-1].ticket == called, "the log has it"
    await town.queue.requeue(CLERK, *HERE)
    again = {made.id: Wait(5, 6, 7)}
    assert taken(await town.queue.call(CLERK, *HERE, made.id, estimates=again)).estimated == Wait(1, 2.5, 4)
    await town.queue.desk_left(CLERK, *HERE)
    unknown = await town.ticket()
    assert taken(await town.queue.call(CLERK, *HERE, unknown.id)).estimated is None


async def test_equal_orders_are_taken_by_offset(town: Town) -> None:
    """Ten tickets of one millisecond leave in the order in which they came, past the tenth offset too."""
    made = [(await town.ticket(service)).number for service in ("address", "passport") * 6]
    called = []
    for _ in made:
        called.append(taken(await town.queue.call_next(CLERK, *HERE)).number)
        await town.queue.desk_left(CLERK, *HERE)
    assert called == made


async def test_without_power_those_who_need_it_are_passed_over(town: Town) -> None:
    """Also the ones bound to the desk; with power they are first again."""
    bound, waits, other = await town.ticket("passport"), await town.ticket("passport"), await town.ticket()
    await town.queue.transfer_ticket(RECEPTION, bound.id, to_desk="1")
    await town.queue.power_off(SUPERVISOR, "centre")
    assert taken(await town.queue.call_next(CLERK, *HERE)).id == other.id
    await town.queue.requeue(CLERK, *HERE)
    async with refused("no_power"):
        await town.queue.call(CLERK, *HERE, waits.id)
    await town.queue.power_on(SUPERVISOR, "centre")
    assert taken(await town.queue.call_next(CLERK, *HERE)).id == bound.id


async def test_a_ticket_is_called_to_one_desk_only(town: Town) -> None:
    """Invariants 1 and 2: two clerks press at once, fifty times; nobody is called twice."""
    made = {(await town.ticket()).id for _ in range(50)}
    called: list[str] = []

    async def clerk(desk: str) -> None:
        while (answer := await town.queue.call_next(CLERK, "centre", desk)).ticket is not None:
            called.append(answer.ticket.id)
            await town.queue.start(CLERK, "centre", desk)
            await town.queue.finish(CLERK, "centre", desk)

    await asyncio.gather(clerk("1"), clerk("2"))
    assert sorted(called) == sorted(made)


async def test_two_presses_at_one_desk_call_one_ticket(town: Town) -> None:
    """A double click under one key is one call; under two keys the second finds the desk busy."""
    await town.ticket()
    await town.ticket()
    twice = Caller("desk:1", "press-00001", "f")
    first, second = await asyncio.gather(*(town.queue.call_next(twice, *HERE) for _ in range(2)))
    assert first == second
    async with refused("desk_busy") as found:
        await town.queue.call_next(Caller("desk:1", "press-00002", "f"), *HERE)
    assert found[0].state is not None and found[0].state["desk"]["ticket"] == taken(first).id


async def test_call_next_is_refused(town: Town) -> None:
    """By branch first, then by desk."""
    call = town.queue.call_next
    await town.ticket()
    async with refused("unknown_branch"):
        await call(CLERK, "moon", "1")
    async with refused("unknown_desk"):
        await call(CLERK, "centre", "9")
    async with refused("forbidden"):
        await call(KIOSK, *HERE)
    await town.queue.pause_desk(CLERK, *HERE, "lunch")
    async with refused("desk_paused"):
        await call(CLERK, *HERE)
    await town.queue.close_desk(CLERK, *HERE)
    async with refused("desk_closed"):
        await call(CLERK, *HERE)
    await town.queue.hold_branch(SUPERVISOR, "centre", "flood")
    async with refused("branch_paused"):
        await call(CLERK, *HERE)
    await town.queue.close_branch(SUPERVISOR, "centre")
    async with refused("branch_closed"):
        await call(CLERK, *HERE)
    with pytest.raises(StaleVersion):
        await town.queue.call_next(Caller("desk", version=99), "harbour", "1")


async def test_call_a_chosen_ticket(town: Town) -> None:
    """Waiting out of turn, or parked by a colleague; not what is another desk's."""
    first, second, land = await town.ticket(), await town.ticket(), await town.ticket("land")
    assert taken(await town.queue.call(CLERK, *HERE, second.id)).state == TicketStatus.CALLED
    async with refused("desk_busy"):
        await town.queue.call(CLERK, *HERE, first.id)
    async with refused("wrong_state"):
        await town.queue.call(CLERK, "centre", "2", second.id)
    async with refused("skill_missing"):
        await town.queue.call(CLERK, "centre", "2", land.id)
    async with refused("not_your_ticket"):
        await town.queue.call(CLERK, "harbour", "1", first.id)
    async with refused("unknown_ticket"):
        await town.queue.call(CLERK, "centre", "2", "nobody")
    await town.queue.transfer_ticket(RECEPTION, first.id, to_desk="1")
    async with refused("not_your_ticket"):
        await town.queue.call(CLERK, "centre", "2", first.id)
    await town.queue.park(CLERK, *HERE, "form")
    now = taken(await town.queue.call(CLERK, "centre", "2", second.id))
    assert (now.desk, now.park_reason, now.park_until) == ("2", None, None)
    with pytest.raises(StaleVersion):
        await town.queue.call(Caller("desk", version=1), *HERE, first.id)


async def test_spans_of_a_visit(town: Town) -> None:
    """Wait, walk and service time are three spans; a pause and parking belong to none of them."""
    made = await town.ticket()
    town.clock.forward(5 * MINUTE)
    await town.queue.alarm(SUPERVISOR, "centre")
    town.clock.forward(60 * MINUTE)
    await town.queue.all_clear(SUPERVISOR, "centre")
    town.clock.forward(MINUTE)
    await town.queue.call(CLERK, *HERE, made.id)
    town.clock.forward(30 * SECOND)
    await town.queue.start(CLERK, *HERE)
    town.clock.forward(4 * MINUTE)
    await town.queue.park(CLERK, *HERE, "photo")
    town.clock.forward(10 * MINUTE)
    await town.queue.call(CLERK, *HERE, made.id)
    town.clock.forward(MINUTE)
    await town.queue.start(CLERK, *HERE)
    town.clock.forward(2 * MINUTE)
    leg = taken(await town.queue.finish(CLERK, *HERE)).legs[0]
    assert (leg.wait_ms, leg.walk_ms, leg.service_ms) == (6 * MINUTE, 30 * SECOND, 6 * MINUTE)
    assert (leg.paused_ms, leg.parked_ms) == (60 * MINUTE, 10 * MINUTE)
    assert (leg.joined, leg.finished, leg.desk, leg.outcome) == (NINE, town.clock.now, "1", "served")


async def test_paying_is_timed_apart(town: Town) -> None:
    """It is a part of the service time, ends with the service, and no pause belongs to it."""
    await town.serving()
    town.clock.forward(5 * MINUTE)
    paying = taken(await town.queue.pay(CLERK, *HERE))
    assert (paying.state, paying.paying_since) == (TicketStatus.SERVING, town.clock.now)
    async with refused("already_paying"):
        await town.queue.pay(CLERK, *HERE)
    town.clock.forward(MINUTE)
    await town.queue.hold_branch(SUPERVISOR, "centre", "no water")
    town.clock.forward(30 * MINUTE)
    await town.queue.resume_branch(SUPERVISOR, "centre")
    town.clock.forward(MINUTE)
    paid = taken(await town.queue.paid(CLERK, *HERE))
    assert (paid.paying_since, paid.legs[0].paying_ms) == (None, 2 * MINUTE)
    async with refused("not_paying"):
        await town.queue.paid(CLERK, *HERE)
    town.clock.forward(MINUTE)
    await town.queue.pay(CLERK, *HERE)
    town.clock.forward(3 * MINUTE)
    done = taken(await town.queue.finish(CLERK, *HERE))
    assert (done.legs[0].paying_ms, done.legs[0].service_ms) == (5 * MINUTE, 11 * MINUTE)
    assert done.paying_since is None


async def test_a_note_goes_with_the_ticket(town: Town) -> None:
    """Through a transfer, unless that brings a new one; an empty one takes it away."""
    await town.called()
    assert taken(await town.queue.note(CLERK, *HERE, "brings the copies")).note == "brings the copies"
    moved = taken(await town.queue.transfer(CLERK, *HERE, to_queue="social"))
    assert moved.note == "brings the copies"
    await town.queue.call(CLERK, *HERE, moved.id)
    again = taken(await town.queue.transfer(CLERK, *HERE, to_queue="papers", note="has them"))
    assert again.note == "has them"
    await town.queue.call(CLERK, *HERE, again.id)
    assert taken(await town.queue.note(CLERK, *HERE, "")).note is None
    await town.queue.desk_left(CLERK, *HERE)
    async with refused("no_ticket_in_hand"):
        await town.queue.note(CLERK, *HERE, "too late")


async def test_recall(town: Town) -> None:
    """As often and as soon as the branch's policy allows."""
    await town.called()
    async with refused("recall_too_soon") as found:
        await town.queue.recall(CLERK, *HERE)
    assert found[0].params == {"seconds": 30}
    for count in (1, 2):
        town.clock.forward(30 * SECOND)
        assert taken(await town.queue.recall(CLERK, *HERE)).recalls == count
        async with refused("recalls_exhausted" if count == 2 else "recall_too_soon"):
            await town.queue.recall(CLERK, *HERE)
    await town.queue.requeue(CLERK, *HERE)
    assert taken(await town.queue.call_next(CLERK, *HERE)).recalls == 0


async def test_hand_verbs_without_a_ticket_or_in_another_state(town: Town) -> None:
    """No ticket in hand, or one that is not there yet."""
    verbs = ("recall", "start", "finish", "no_show", "requeue", "park", "next_leg", "desk_left")
    for verb in verbs:
        async with refused("no_ticket_in_hand"):
            await getattr(town.queue, verb)(CLERK, *HERE)
    held = await town.called()
    for verb in ("finish", "next_leg"):
        async with refused("wrong_state"):
            await getattr(town.queue, verb)(CLERK, *HERE)
    await town.queue.start(CLERK, *HERE)
    for verb in ("start", "recall", "no_show"):
        async with refused("wrong_state") as found:
            await getattr(town.queue, verb)(CLERK, *HERE)
        assert found[0].state is not None and found[0].state["ticket"]["id"] == held.id
    for verb in verbs:
        async with refused("forbidden"):
            await getattr(town.queue, verb)(RECEPTION, *HERE)


async def test_no_show_puts_some_places_back_then_out(town: Town) -> None:
    """One chance by the policy, five places back: behind the fifth who came later, whatever they need."""
    missed = await town.ticket()
    others = []
    for service in ("address", "passport") * 3:
        town.clock.forward(MINUTE)
        others.append((await town.ticket(service)).number)
    await town.queue.call_next(CLERK, *HERE)
    back = taken(await town.queue.no_show(CLERK, *HERE))
    assert (back.state, back.misses, back.desk) == (TicketStatus.WAITING, 1, None)
    assert await town.line() == [*others[:5], missed.number, others[5]]
    await town.queue.call(CLERK, *HERE, missed.id)
    gone = taken(await town.queue.no_show(CLERK, *HERE))
    assert (gone.state, gone.outcome) == (TicketStatus.NO_SHOW, "no_show")
    types = await town.new_types()
    assert types[-3:] == ["ticket_missed", "ticket_called", "ticket_no_show"]
    assert await town.books("centre") == (6, 6)


async def test_no_show_with_fewer_behind(town: Town) -> None:
    """Behind all of them; alone in the line, at the place one had."""
    alone = await town.called()
    assert taken(await town.queue.no_show(CLERK, *HERE)).order == alone.order
    town.clock.forward(MINUTE)
    other = await town.ticket()
    second = await town.called(desk="2")
    town.clock.forward(MINUTE)
    last = await town.ticket()
    await town.queue.no_show(CLERK, "centre", "2")
    assert await town.line() == [alone.number, other.number, last.number, second.number]


async def test_requeue_returns_to_the_old_place(town: Town) -> None:
    """From called and from serving; the wait up to the first call stays."""
    held = await town.serving()
    town.clock.forward(MINUTE)
    other = await town.ticket()
    answer = await town.queue.requeue(CLERK, *HERE)
    now = taken(answer)
    assert (now.order, now.tie, now.desk, now.legs[0].called) == (held.order, held.tie, None, None)
    assert answer.desk is not None and answer.desk.ticket is None
    assert await town.line() == [held.number, other.number]


async def test_park_and_wake(town: Town) -> None:
    """Set aside, the desk is free; the desk that parked it wakes it to its old place."""
    held = await town.serving()
    answer = await town.queue.park(CLERK, *HERE, "copy", NINE + 7 * MINUTE)
    now = taken(answer)
    assert (now.state, now.desk, now.park_reason) == (TicketStatus.PARKED, "1", "copy")
    assert now.park_until == NINE + 7 * MINUTE
    assert answer.desk is not None and answer.desk.ticket is None
    other = await town.ticket()
    async with refused("not_your_ticket"):
        await town.queue.wake(CLERK, "centre", "2", held.id)
    async with refused("wrong_state"):
        await town.queue.wake(CLERK, *HERE, other.id)
    async with refused("unknown_ticket"):
        await town.queue.wake(CLERK, *HERE, "nobody")
    woken = taken(await town.queue.wake(CLERK, *HERE, held.id))
    assert (woken.state, woken.park_until, woken.desk) == (TicketStatus.WAITING, None, None)
    assert await town.line() == [held.number, other.number]


async def test_quick_serve(town: Town) -> None:
    """A number, counted as issued, served at once; no wait for the statistics."""
    answer = await town.queue.quick_serve(CLERK, *HERE, "pension")
    now = taken(answer)
    assert (now.number, now.state, now.channel) == ("B001", TicketStatus.SERVING, "desk")
    assert (now.legs[0].wait_ms, now.legs[0].walk_ms) == (None, None)
    assert answer.desk is not None and answer.desk.ticket == now.id
    (event,) = await town.new_events()
    assert (event.type, event.detail, event.was) == ("ticket_issued", {"quick": True}, None)
    assert await town.books("centre") == (1, 1)
    async with refused("desk_busy"):
        await town.queue.quick_serve(CLERK, *HERE, "pension")
    await town.queue.finish(CLERK, *HERE, "redirected")
    assert (await town.see(now)).outcome == "redirected"
    async with refused("service_not_offered"):
        await town.queue.quick_serve(CLERK, "harbour", "1", "land")
    await town.queue.close_tickets(SUPERVISOR, "centre")
    await town.queue.quick_serve(CLERK, *HERE, "pension")


async def test_desk_left(town: Town) -> None:
    """The one in hand, one that this desk parked, or one it may call; no other."""
    await town.called()
    assert taken(await town.queue.desk_left(CLERK, *HERE)).state == TicketStatus.LEFT
    waits, land = await town.ticket(), await town.ticket("land")
    assert taken(await town.queue.desk_left(CLERK, *HERE, waits.id)).state == TicketStatus.LEFT
    async with refused("skill_missing"):
        await town.queue.desk_left(CLERK, *HERE, land.id)
    held = await town.serving(desk="2")
    async with refused("not_your_ticket"):
        await town.queue.desk_left(CLERK, *HERE, held.id)
    await town.queue.park(CLERK, "centre", "2", "")
    async with refused("not_your_ticket"):
        await town.queue.desk_left(CLERK, *HERE, held.id)
    assert taken(await town.queue.desk_left(CLERK, "centre", "2", held.id)).state == TicketStatus.LEFT
    async with refused("wrong_state"):
        await town.queue.desk_left(CLERK, "centre", "2", held.id)


async def test_desk_states(town: Town) -> None:
    """closed → open → paused → open → closed; anything else is refused, also with a ticket in hand."""
    queue = town.queue
    async with refused("desk_state") as found:
        await queue.open_desk(CLERK, *HERE)
    assert found[0].text("en") == "The desk's state does not allow this: open"
    paused = (await queue.pause_desk(CLERK, *HERE, "lunch")).desk
    assert paused is not None and (paused.state, paused.reason) == ("paused", "lunch")
    async with refused("desk_state"):
        await queue.pause_desk(CLERK, *HERE)
    resumed = (await queue.resume_desk(CLERK, *HERE)).desk
    assert resumed is not None and (resumed.state, resumed.reason) == ("open", None)
    async with refused("desk_state"):
        await queue.resume_desk(CLERK, *HERE)
    await town.called()
    for verb in (queue.pause_desk, queue.close_desk):
        async with refused("desk_busy"):
            await verb(CLERK, *HERE)
    await queue.requeue(CLERK, *HERE)
    await queue.close_desk(CLERK, *HERE)
    async with refused("desk_state"):
        await queue.close_desk(CLERK, *HERE)
    with pytest.raises(StaleVersion) as stale:
        await queue.open_desk(Caller("desk", version=1), *HERE)
    assert stale.value.state is not None and stale.value.state["desk"]["state"] == "closed"


async def test_bound_tickets_are_called_in_order_and_return_when_the_desk_closes(town: Town) -> None:
    """Merged by order with the desk's queues; nobody else may call them; afterwards they are everybody's."""
    first, bound, last = await town.ticket(), await town.ticket("land"), await town.ticket()
    power = await town.ticket("passport")
    for each in (bound, power):
        await town.queue.transfer_ticket(RECEPTION, each.id, to_desk="1")
    assert await town.line() == [first.number, bound.number, last.number, power.number]
    assert await town.line(desk="2") == [first.number, last.number]
    assert await town.line(desk="3") == []
    await town.new_events()
    await town.queue.close_desk(CLERK, *HERE)
    events = await town.new_events()
    assert [(each.type, each.detail) for each in events[1:]] == [
        ("ticket_requeued", {"reason": "desk_closed"})
    ] * 2
    assert await town.line(desk="2") == [first.number, last.number, power.number]
    assert await town.line(desk="3") == [bound.number]
    assert taken(await town.queue.call_next(CLERK, "centre", "3")).bound is None


async def test_release_desk(town: Town) -> None:
    """A clerk is gone: who was called waits again, who was served is parked with an alert, the desk
    closes."""
    called = await town.called()
    bound = await town.ticket()
    await town.queue.transfer_ticket(RECEPTION, bound.id, to_desk="1")
    serving = await town.serving(desk="2")
    await town.new_events()
    async with refused("forbidden"):
        await town.queue.release_desk(CLERK, *HERE)
    first = await town.queue.release_desk(SUPERVISOR, *HERE, "went home")
    assert first.desk is not None and (first.desk.state, first.desk.ticket) == ("closed", None)
    assert (await town.see(called)).order == called.order
    assert (await town.see(bound)).bound is None
    await town.queue.release_desk(TIMER, "centre", "2", "silent")
    parked = await town.see(serving)
    assert (parked.state, parked.desk, parked.park_reason) == (TicketStatus.PARKED, "2", "desk_released")
    events = await town.new_events()
    assert [each.type for each in events] == [
        "ticket_requeued", "desk_released", "ticket_requeued", "ticket_parked", "desk_released",
    ]  # fmt: skip
    assert events[3].detail["alert"] is True
    async with refused("desk_state"):
        await town.queue.release_desk(SUPERVISOR, *HERE)


async def test_every_verb_moves_the_version_by_one(town: Town) -> None:
    """A version counts the changes, so that an expected one cannot be met by chance."""
    held = await town.serving()
    assert held.version == 3
    late = Caller("desk", version=2)
    for verb in ("finish", "requeue", "park", "next_leg", "desk_left"):
        with pytest.raises(BalancerError) as stale:
            await getattr(town.queue, verb)(late, *HERE)
        assert stale.value.code == "stale_version"
    assert taken(await town.queue.finish(Caller("desk", version=3), *HERE)).version == 4
