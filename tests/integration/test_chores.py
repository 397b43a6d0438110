"""Signs of life, forgetting, and what the timers are told."""

from __future__ import annotations

from tests.town import CLERK, HOUR, MINUTE, NINE, RECEPTION, SUPERVISOR, TIMER, Town, refused

DAY = 24 * HOUR


async def test_due_says_what_there_is_to_do(town: Town) -> None:
    """Branches with a timer that has run out, branches whose desks have all gone, plans, silences."""
    calm = await town.queue.due()
    assert (calm.due, calm.idle, calm.plans, calm.silences(), calm.definition) == ([], [], [], [], 1)
    assert {each.branch for each in calm.facts} == {"centre", "harbour"}
    await town.serving()
    await town.queue.park(CLERK, "centre", "1", "")
    await town.queue.heartbeat("centre", "1")
    town.clock.forward(15 * MINUTE)
    await town.queue.heartbeat("centre", "2")
    await town.queue.close_tickets(TIMER, "harbour", plan=NINE)
    for desk in ("1", "2"):
        await town.queue.close_desk(CLERK, "harbour", desk)
    found = await town.queue.due()
    assert (found.due, found.idle) == (["centre"], ["harbour"])
    assert (found.plan_of("harbour"), found.plan_of("harbour", ":day"), found.plan_of("centre")) == (
        NINE,
        None,
        None,
    )
    assert found.silences() == [("centre", "1", NINE), ("centre", "2", NINE + 15 * MINUTE)]


async def test_only_open_desks_are_heard(town: Town) -> None:
    """A desk that was closed or let go is not silent, it is gone."""
    await town.queue.heartbeat("centre", "1")
    await town.queue.heartbeat("centre", "2")
    await town.queue.close_desk(CLERK, "centre", "1")
    await town.queue.release_desk(SUPERVISOR, "centre", "2")
    await town.queue.heartbeat("centre", "1")
    await town.queue.heartbeat("centre", "nowhere")
    assert (await town.queue.due()).silences() == []


async def test_a_desk_that_spoke_again_is_not_released(town: Town) -> None:
    """Between the timer's look and its command the clerk's page came back."""
    await town.queue.heartbeat("centre", "1")
    heard = town.clock.real
    town.clock.forward(MINUTE)
    await town.queue.heartbeat("centre", "1")
    answer = await town.queue.release_desk(TIMER, "centre", "1", "silent", silent_since=heard)
    assert answer.desk is not None and answer.desk.state == "open"
    answer = await town.queue.release_desk(TIMER, "centre", "1", "silent", silent_since=town.clock.real)
    assert answer.desk is not None and answer.desk.state == "closed"


async def test_ended_tickets_are_forgotten_after_72_hours(town: Town) -> None:
    """Real hours; who still waits is never forgotten."""
    gone, waits = await town.ticket(), await town.ticket()
    await town.queue.cancel(RECEPTION, gone.id)
    town.clock.forward(3 * DAY - MINUTE)
    assert await town.queue.sweep() == 0
    assert (await town.see(gone)).state == "cancelled"
    town.clock.real += 2 * MINUTE
    assert await town.queue.sweep() == 1
    async with refused("unknown_ticket"):
        await town.queue.read_ticket(gone.id)
    await town.see(waits)


async def test_old_number_series_are_forgotten(town: Town) -> None:
    """After three city days; today's goes on."""
    await town.ticket()
    town.clock.now += 2 * DAY
    await town.ticket()
    town.clock.now += DAY + MINUTE
    assert await town.queue.sweep() == 1
    town.clock.now -= DAY + MINUTE
    assert (await town.ticket()).number == "A002"


async def test_forgetting_works_in_bounded_pieces(town: Town) -> None:
    """However much there is, one step stays small."""
    for _ in range(5):
        await town.queue.cancel(RECEPTION, (await town.ticket()).id)
    town.clock.real += 4 * DAY
    assert [await town.queue.sweep(2) for _ in range(4)] == [2, 2, 1, 0]


async def test_a_missed_ticket_is_forgotten_whole(town: Town) -> None:
    """It also leaves the list of those who may come back."""
    missed = await town.called()
    await town.queue.no_show(CLERK, "centre", "1")
    await town.queue.call_next(CLERK, "centre", "1")
    await town.queue.no_show(CLERK, "centre", "1")
    assert missed.id in {each.id for each in (await town.log.snapshot()).tickets}
    town.clock.real += 4 * DAY
    await town.queue.sweep()
    assert (await town.log.snapshot()).tickets == []
