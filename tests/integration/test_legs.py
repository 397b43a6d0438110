"""Visits of several legs, and tickets handed from desk to desk."""

from __future__ import annotations

from balancer.messages import TicketStatus
from tests.town import CLERK, MINUTE, RECEPTION, SUPERVISOR, Town, refused, taken

HERE, THERE = ("centre", "1"), ("centre", "3")


async def test_finish_waits_for_all_legs(town: Town) -> None:
    """Who came for two things is not done after one; desk 1 serves both, so he stays seated."""
    held = await town.serving("address", services=["pension"])
    async with refused("legs_pending") as found:
        await town.queue.finish(CLERK, *HERE)
    assert found[0].params == {"count": 1}
    town.clock.forward(4 * MINUTE)
    answer = await town.queue.next_leg(CLERK, *HERE)
    now = taken(answer)
    assert (now.state, now.leg, now.service, now.queue) == (TicketStatus.SERVING, 1, "pension", "social")
    assert (now.number, now.desk) == (held.number, "1")
    assert answer.desk is not None and answer.desk.ticket == held.id
    assert [(leg.outcome, leg.service_ms, leg.wait_ms) for leg in now.legs] == [
        ("served", 4 * MINUTE, 0),
        (None, None, None),
    ]
    town.clock.forward(MINUTE)
    done = taken(await town.queue.finish(CLERK, *HERE))
    assert (done.state, done.legs[1].service_ms) == (TicketStatus.DONE, MINUTE)
    async with refused("no_ticket_in_hand"):
        await town.queue.next_leg(CLERK, *HERE)


async def test_next_leg_joins_another_queue_by_first_arrival(town: Town) -> None:
    """Land is desk 3's: he stands there before those who came to the branch after him."""
    held = await town.serving("address")
    town.clock.forward(MINUTE)
    later = await town.ticket("land")
    added = taken(await town.queue.add_leg(CLERK, *HERE, "land"))
    assert (added.state, [leg.service for leg in added.legs]) == (TicketStatus.SERVING, ["address", "land"])
    town.clock.forward(MINUTE)
    answer = await town.queue.next_leg(CLERK, *HERE)
    assert taken(answer).state == TicketStatus.WAITING
    assert answer.desk is not None and answer.desk.ticket is None
    assert await town.line(desk="3") == [held.number, later.number]
    town.clock.forward(MINUTE)
    leg = taken(await town.queue.call_next(CLERK, *THERE)).legs[1]
    assert (leg.joined, leg.wait_ms) == (town.clock.now - MINUTE, MINUTE)
    assert (await town.new_types())[-3:] == ["leg_added", "leg_finished", "ticket_called"]


async def test_next_leg_without_power_waits(town: Town) -> None:
    """This desk serves passports too, but not now."""
    held = await town.serving("address", services=["passport"])
    await town.queue.power_off(SUPERVISOR, "centre")
    assert taken(await town.queue.next_leg(CLERK, *HERE)).state == TicketStatus.WAITING
    assert (await town.queue.call_next(CLERK, *HERE)).ticket is None
    await town.queue.power_on(SUPERVISOR, "centre")
    assert taken(await town.queue.call_next(CLERK, *HERE)).id == held.id


async def test_legs_are_refused(town: Town) -> None:
    """Only what is offered here; no next where none is left."""
    await town.serving("address")
    await town.queue.quick_serve(CLERK, "harbour", "1", "address")
    async with refused("service_not_offered"):
        await town.queue.add_leg(CLERK, "harbour", "1", "land")
    async with refused("unknown_service"):
        await town.queue.add_leg(CLERK, *HERE, "moonlight")
    async with refused("no_legs_left"):
        await town.queue.next_leg(CLERK, *HERE)


async def test_transfer_by_a_desk(town: Town) -> None:
    """From called, serving and parked; the leg at this desk is closed with the time it took."""
    held = await town.serving("address")
    town.clock.forward(3 * MINUTE)
    answer = await town.queue.transfer(CLERK, *HERE, to_queue="land", note="owner's papers")
    now = taken(answer)
    assert (now.state, now.queue, now.order, now.note) == (
        TicketStatus.WAITING, "land", held.order, "owner's papers",
    )  # fmt: skip
    assert answer.desk is not None and answer.desk.ticket is None
    assert (now.legs[0].outcome, now.legs[0].service_ms, now.legs[0].desk) == ("transferred", 3 * MINUTE, "1")
    await town.called("address")
    await town.queue.transfer(CLERK, *HERE, to_desk="2", keep_place=False)
    parked = await town.serving("address")
    await town.queue.park(CLERK, *HERE, "")
    async with refused("no_ticket_in_hand"):
        await town.queue.transfer(CLERK, *HERE, to_queue="land")
    async with refused("not_your_ticket"):
        await town.queue.transfer(CLERK, "centre", "2", ticket=parked.id, to_queue="land")
    moved = taken(await town.queue.transfer(CLERK, *HERE, ticket=parked.id, to_queue="land"))
    assert (moved.queue, moved.park_until, moved.desk) == ("land", None, None)
    waits = await town.ticket()
    async with refused("wrong_state"):
        await town.queue.transfer(CLERK, *HERE, ticket=waits.id, to_queue="land")


async def test_come_back(town: Town) -> None:
    """Sent to desk 3 for a moment, then back to the clerk who knows the case, before those who came later."""
    held = await town.serving("address")
    town.clock.forward(MINUTE)
    other = await town.ticket("address")
    now = taken(await town.queue.transfer(CLERK, *HERE, to_queue="land", come_back=True))
    assert now.come_back == "1"
    await town.queue.call_next(CLERK, *THERE)
    await town.queue.start(CLERK, *THERE)
    answer = await town.queue.finish(CLERK, *THERE)
    back = taken(answer)
    assert (back.state, back.bound, back.come_back) == (TicketStatus.WAITING, "1", None)
    assert (back.queue, back.service, back.order) == ("papers", "address", held.order)
    assert answer.desk is not None and answer.desk.ticket is None
    assert [leg.outcome for leg in back.legs] == ["transferred", "served", None]
    assert await town.line() == [held.number, other.number]
    assert await town.line(desk="2") == [other.number]
    await town.queue.call_next(CLERK, *HERE)
    await town.queue.start(CLERK, *HERE)
    assert taken(await town.queue.finish(CLERK, *HERE)).state == TicketStatus.DONE
    types = [kind for kind in await town.new_types() if kind.endswith("finished")]
    assert types == ["leg_finished", "ticket_finished"]


async def test_come_back_to_a_desk_that_has_closed(town: Town) -> None:
    """Then any desk of the queue may go on."""
    held = await town.serving("address")
    await town.queue.transfer(CLERK, *HERE, to_queue="land", come_back=True)
    await town.queue.close_desk(CLERK, *HERE)
    await town.queue.call_next(CLERK, *THERE)
    await town.queue.start(CLERK, *THERE)
    back = taken(await town.queue.finish(CLERK, *THERE))
    assert back.bound is None
    assert taken(await town.queue.call_next(CLERK, "centre", "2")).id == held.id


async def test_come_back_within_one_branch_only(town: Town) -> None:
    """Nobody is sent across the city and back by a tick box."""
    held = await town.serving("address")
    async with refused("invalid_field"):
        await town.queue.transfer(CLERK, *HERE, to_branch="harbour", come_back=True)
    await town.queue.transfer(CLERK, *HERE, to_queue="land", come_back=True)
    moved = taken(
        await town.queue.transfer_ticket(RECEPTION, held.id, to_branch="harbour", service="address")
    )
    assert moved.come_back is None
