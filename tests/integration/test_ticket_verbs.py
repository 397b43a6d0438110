"""Tickets at kiosk, reception and in the holder's hand: paths, refusals, order, moves between branches."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from balancer.core.caller import Caller
from balancer.errors import StaleVersion
from balancer.messages import TicketStatus, Wait
from tests.town import (
    ADMIN,
    CITIZEN,
    CLERK,
    KIOSK,
    KYIV,
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


async def test_issue(town: Town) -> None:
    """A visitor gets a number and learns how many are before him."""
    first = await town.ticket("address")
    answer = await town.queue.issue(KIOSK, "centre", "passport", quote=Wait(1, 2.5, 4), channel="reception")
    second = taken(answer)
    assert (first.number, second.number) == ("A001", "A002")
    assert (second.state, second.queue, second.needs_power) == (TicketStatus.WAITING, "papers", True)
    assert (second.arrived, second.order, second.day) == (NINE, NINE, "2026-11-23")
    assert second.quoted == Wait(1, 2.5, 4)
    assert second.channel == "reception"
    assert answer.ahead == 1
    event = (await town.new_events())[-1]
    assert (event.type, event.branch, event.was, event.ticket) == ("ticket_issued", "centre", None, second)
    assert event.offset == answer.offset
    assert await town.books("centre") == (2, 2)


async def test_numbers_have_a_series_for_each_letter_and_branch(town: Town) -> None:
    """Invariant 7."""
    services = [("address", "centre"), ("pension", "centre"), ("address", "harbour"), ("address", "centre")]
    numbers = [(await town.ticket(service, at)).number for service, at in services]
    assert numbers == ["A001", "B001", "H001", "A002"]


async def test_numbers_begin_anew_each_day_also_over_a_clock_change(town: Town) -> None:
    """Invariant 7: the day is the branch's own; 25 hours of 2027-10-31 are one day."""
    midnight = int(datetime(2027, 10, 31, tzinfo=ZoneInfo(KYIV)).timestamp()) * 1000
    twice = []
    for hours in (0, 3, 4, 24):  # 03:30 comes twice; the 25th hour still belongs to that day
        town.clock.now = midnight + hours * 60 * MINUTE + 30 * MINUTE
        made = await town.ticket()
        twice.append((made.day, made.number))
    assert [day for day, _ in twice] == ["2027-10-31"] * 4
    assert [number for _, number in twice] == ["A001", "A002", "A003", "A004"]
    town.clock.forward(60 * MINUTE)
    made = await town.ticket()
    assert (made.day, made.number) == ("2027-11-01", "A001")


async def test_issue_is_refused(town: Town) -> None:
    """Each reason has its code, and nothing has happened."""
    issue = town.queue.issue
    async with refused("unknown_branch"):
        await issue(KIOSK, "moon", "address")
    async with refused("unknown_service"):
        await issue(KIOSK, "centre", "moonlight")
    async with refused("service_not_offered"):
        await issue(KIOSK, "harbour", "land")
    async with refused("service_not_offered"):
        await issue(KIOSK, "harbour", "address", services=["land"])
    async with refused("unknown_priority_class"):
        await issue(KIOSK, "centre", "address", priority="rich")
    async with refused("forbidden"):
        await issue(Caller("display"), "centre", "address")
    async with refused("remote_tickets_off"):
        await issue(CITIZEN, "centre", "address")
    await town.queue.power_off(SUPERVISOR, "centre")
    async with refused("no_power"):
        await issue(KIOSK, "centre", "passport")
    await issue(KIOSK, "centre", "address")
    await town.queue.hold_branch(SUPERVISOR, "centre", "flood")
    async with refused("branch_paused"):
        await issue(KIOSK, "centre", "address")
    await town.queue.close_tickets(SUPERVISOR, "centre")
    async with refused("tickets_closed"):
        await issue(KIOSK, "centre", "address")
    await town.queue.close_branch(SUPERVISOR, "centre")
    async with refused("branch_closed"):
        await issue(KIOSK, "centre", "address")
    assert await town.new_types() == [
        "power_lost", "ticket_issued", "branch_held", "tickets_closed", "branch_closed",
    ]  # fmt: skip
    assert await town.books("centre") == (1, 1)


async def test_an_id_is_given_once(town: Town) -> None:
    """A kiosk that makes its own ids cannot overwrite a ticket."""
    made = await town.ticket(ticket_id="kiosk-7")
    assert made.id == "kiosk-7"
    async with refused("invalid_field"):
        await town.queue.issue(KIOSK, "centre", "address", ticket_id="kiosk-7")


async def test_a_repeat_gives_the_first_answer_word_for_word(town: Town) -> None:
    """Invariant 3: a reply that was lost, or a double tap, makes one ticket."""
    caller = Caller("kiosk", "key-000001", "f1")
    first = await town.queue.issue(caller, "centre", "address")
    await town.ticket()
    town.clock.forward(MINUTE)
    again = await town.queue.issue(caller, "centre", "address")
    assert again == first
    assert await town.new_types() == ["ticket_issued", "ticket_issued"]
    async with refused("idempotency_key_reused"):
        await town.queue.issue(Caller("kiosk", "key-000001", "f2"), "centre", "pension")


async def test_a_refusal_is_kept_too(town: Town) -> None:
    """A repeat of what was refused is refused the same, whatever has changed since."""
    caller = Caller("kiosk", "key-000002", "f1")
    await town.queue.close_tickets(SUPERVISOR, "centre")
    async with refused("tickets_closed"):
        await town.queue.issue(caller, "centre", "address")
    await town.queue.open_tickets(SUPERVISOR, "centre")
    async with refused("tickets_closed"):
        await town.queue.issue(caller, "centre", "address")
    await town.queue.issue(Caller("kiosk", "key-000003", "f1"), "centre", "address")


async def test_head_start_decides_the_place(town: Town) -> None:
    """Order = arrival − head start: priority is bounded and ages by itself."""
    plain = await town.ticket()
    town.clock.forward(10 * MINUTE)
    veteran = await town.ticket(priority="veteran")  # as if 20 minutes earlier: before the plain one
    parent = await town.ticket(priority="parent")  # as if 5 minutes earlier: after the plain one
    assert await town.line() == [veteran.number, plain.number, parent.number]
    town.clock.forward(21 * MINUTE)
    late = await town.ticket(priority="veteran")
    assert (await town.line())[-1] == late.number, "a head start cannot starve those who came long before"


async def test_set_priority(town: Town) -> None:
    """Another class gives the place that it would have had from the start; none gives the plain one."""
    first = await town.ticket()
    town.clock.forward(MINUTE)
    second = await town.ticket()
    answer = await town.queue.set_priority(RECEPTION, second.id, "veteran", "papers shown")
    assert (taken(answer).order, answer.ahead) == (second.order - 20 * MINUTE, 0)
    assert (await town.new_events())[-1].detail == {"reason": "papers shown"}
    answer = await town.queue.set_priority(CLERK, second.id, None)
    assert (taken(answer).order, taken(answer).priority, answer.ahead) == (second.order, None, 1)
    async with refused("unknown_priority_class"):
        await town.queue.set_priority(RECEPTION, second.id, "rich")
    async with refused("unknown_ticket"):
        await town.queue.set_priority(RECEPTION, "nobody", "veteran")
    await town.queue.call_next(CLERK, "centre", "1")
    async with refused("wrong_state"):
        await town.queue.set_priority(RECEPTION, first.id, "veteran")
    async with refused("forbidden"):
        await town.queue.set_priority(KIOSK, second.id, "veteran")


async def test_cancel(town: Town) -> None:
    """The holder gives his ticket back and it leaves the line."""
    first, second = await town.ticket(), await town.ticket()
    gone = taken(await town.queue.cancel(CITIZEN, first.id))
    assert (gone.state, gone.ended, gone.outcome) == (TicketStatus.CANCELLED, NINE, "cancelled")
    assert await town.line() == [second.number]
    assert await town.books("centre") == (1, 1)
    async with refused("wrong_state") as found:
        await town.queue.cancel(CITIZEN, first.id)
    assert found[0].params == {"state": "cancelled"}
    assert found[0].text("en") == "The ticket is cancelled"
    await town.queue.call_next(CLERK, "centre", "1")
    async with refused("wrong_state"):
        await town.queue.cancel(CITIZEN, second.id)


async def test_left_frees_the_desk(town: Town) -> None:
    """Somebody who walks out of a service: the desk may call the next one."""
    held = await town.serving()
    answer = await town.queue.left(SUPERVISOR, held.id)
    assert taken(answer).state == TicketStatus.LEFT
    assert answer.desk is not None and answer.desk.ticket is None
    await town.ticket()
    assert (await town.queue.call_next(CLERK, "centre", "1")).ticket is not None
    async with refused("wrong_state"):
        await town.queue.left(SUPERVISOR, held.id)


async def test_expected_version(town: Town) -> None:
    """Of two who change one ticket the slower learns how it is now."""
    made = await town.ticket()
    fast, slow = (Caller(role, version=made.version) for role in ("reception", "supervisor"))
    await town.queue.set_priority(fast, made.id, "veteran")
    with pytest.raises(StaleVersion) as stale:
        await town.queue.transfer_ticket(slow, made.id, to_queue="social")
    assert stale.value.state is not None
    assert stale.value.state["ticket"]["version"] == made.version + 1
    now = await town.see(made)
    await town.queue.transfer_ticket(Caller("supervisor", version=now.version), made.id, to_queue="social")


async def test_transfer_within_a_branch_keeps_the_place(town: Town) -> None:
    """To another queue by first arrival; the number stays."""
    moved = await town.ticket("address")
    town.clock.forward(MINUTE)
    other = await town.ticket("pension")
    answer = await town.queue.transfer_ticket(RECEPTION, moved.id, to_queue="social", note="has a form")
    now = taken(answer)
    assert (now.number, now.queue, now.service, now.order) == ("A001", "social", "address", moved.order)
    assert (now.note, [leg.outcome for leg in now.legs], now.leg) == ("has a form", ["transferred", None], 1)
    assert await town.line() == [moved.number, other.number]
    back = taken(await town.queue.transfer_ticket(RECEPTION, moved.id, to_queue="papers", keep_place=False))
    assert back.order == NINE + MINUTE


async def test_transfer_to_a_service_finds_its_queue(town: Town) -> None:
    """Who came for the wrong thing gets to the right line, which needs power here."""
    moved = await town.ticket("pension")
    now = taken(await town.queue.transfer_ticket(RECEPTION, moved.id, service="passport"))
    assert (now.queue, now.service, now.needs_power) == ("papers", "passport", True)


async def test_transfer_between_branches(town: Town) -> None:
    """Invariant 6: one step, a new number, the same id and first arrival, and the time waited stays."""
    stays = await town.ticket("address", "harbour")
    town.clock.forward(MINUTE)
    moved = await town.ticket("address")
    town.clock.forward(10 * MINUTE)
    late = await town.ticket("address", "harbour")
    await town.new_events()
    now = taken(await town.queue.transfer_ticket(RECEPTION, moved.id, to_branch="harbour"))
    assert (now.id, now.number, now.branch, now.queue) == (moved.id, "H003", "harbour", "all")
    assert (now.arrived, now.letter) == (moved.arrived, "H")
    assert await town.line("harbour") == [stays.number, now.number, late.number]
    assert await town.line("centre") == []
    (event,) = await town.new_events()
    assert (event.type, event.branch, event.moved_from) == ("ticket_transferred", "harbour", "centre")
    assert await town.books("centre") == (0, 0)
    assert await town.books("harbour") == (3, 3)
    assert (await town.queue.counts("centre"))["moved_out"] == 1


async def test_time_waited_counts_in_branch_time(town: Town) -> None:
    """A pause at the branch left behind is no waiting: five minutes waited stay five minutes."""
    moved = await town.ticket("address")
    town.clock.forward(5 * MINUTE)
    await town.queue.alarm(SUPERVISOR, "centre")
    town.clock.forward(60 * MINUTE)
    now = taken(await town.queue.transfer_ticket(RECEPTION, moved.id, to_branch="harbour"))
    assert now.order == town.clock.now - 5 * MINUTE


async def test_further_legs_move_along(town: Town) -> None:
    """The rest of a visit goes to the new branch too, if it can be had there."""
    moved = await town.ticket("address", services=["pension"])
    now = taken(await town.queue.transfer_ticket(RECEPTION, moved.id, to_branch="harbour"))
    assert [(leg.branch, leg.queue) for leg in now.legs[now.leg :]] == [("harbour", "all")] * 2
    stuck = await town.ticket("address", services=["land"])
    async with refused("service_not_offered"):
        await town.queue.transfer_ticket(RECEPTION, stuck.id, to_branch="harbour")
    assert (await town.see(stuck)).branch == "centre"


async def test_transfer_is_refused(town: Town) -> None:
    """Who does not exist or does not receive is named; the ticket stays where it is."""
    made = await town.ticket("address")
    move = town.queue.transfer_ticket
    async with refused("unknown_ticket"):
        await move(RECEPTION, "nobody", to_queue="social")
    async with refused("unknown_branch"):
        await move(RECEPTION, made.id, to_branch="moon")
    async with refused("unknown_queue"):
        await move(RECEPTION, made.id, to_queue="moon")
    async with refused("unknown_desk"):
        await move(RECEPTION, made.id, to_desk="9")
    async with refused("unknown_service"):
        await move(RECEPTION, made.id, service="moonlight")
    async with refused("same_place"):
        await move(RECEPTION, made.id)
    async with refused("same_place"):
        await move(RECEPTION, made.id, to_queue="papers")
    await town.queue.close_desk(CLERK, "centre", "2")
    async with refused("desk_closed"):
        await move(RECEPTION, made.id, to_desk="2")
    await town.queue.power_off(SUPERVISOR, "harbour")
    async with refused("no_power"):
        await move(RECEPTION, made.id, to_branch="harbour", service="passport")
    await town.queue.close_tickets(SUPERVISOR, "harbour")
    async with refused("tickets_closed"):
        await move(RECEPTION, made.id, to_branch="harbour")
    await town.queue.close_branch(SUPERVISOR, "harbour")
    async with refused("branch_closed"):
        await move(RECEPTION, made.id, to_branch="harbour")
    assert await town.see(made) == made


async def test_only_a_supervisor_takes_a_ticket_out_of_a_hand(town: Town) -> None:
    """From waiting reception may transfer too; from a desk's hand only the supervisor."""
    held = await town.serving()
    async with refused("forbidden"):
        await town.queue.transfer_ticket(RECEPTION, held.id, to_queue="social")
    answer = await town.queue.transfer_ticket(SUPERVISOR, held.id, to_queue="social")
    assert taken(answer).state == TicketStatus.WAITING
    assert answer.desk is not None and answer.desk.ticket is None


async def test_reinstate(town: Town) -> None:
    """Who missed all his calls and comes within the time stands at his old place again."""
    missed = await town.called()
    town.clock.forward(MINUTE)
    other = await town.ticket()
    await town.queue.no_show(CLERK, "centre", "1")
    assert await town.line() == [other.number, missed.number]
    await town.queue.call(CLERK, "centre", "1", missed.id)
    gone = taken(await town.queue.no_show(CLERK, "centre", "1"))
    assert (gone.state, gone.misses) == (TicketStatus.NO_SHOW, 2)
    assert missed.id in {each.id for each in (await town.log.snapshot()).tickets}, "reception still sees him"
    answer = await town.queue.reinstate(RECEPTION, missed.id)
    now = taken(answer)
    assert (now.state, now.order, now.ended, now.outcome) == (TicketStatus.WAITING, gone.order, None, None)
    assert answer.ahead == 1
    assert await town.books("centre") == (2, 2)
    async with refused("wrong_state"):
        await town.queue.reinstate(RECEPTION, missed.id)


async def test_reinstate_too_late(town: Town) -> None:
    """The time to come back runs in branch time."""
    missed = await town.called()
    for _ in range(2):
        await town.queue.no_show(CLERK, "centre", "1")
        if (await town.see(missed)).state == TicketStatus.WAITING:
            await town.queue.call_next(CLERK, "centre", "1")
    await town.queue.alarm(SUPERVISOR, "centre")
    town.clock.forward(60 * MINUTE)
    await town.queue.all_clear(SUPERVISOR, "centre")
    town.clock.forward(30 * MINUTE + SECOND)
    async with refused("reinstate_too_late"):
        await town.queue.reinstate(RECEPTION, missed.id)


async def test_reinstate_needs_an_open_branch(town: Town) -> None:
    """Nobody is put into the line of a closed branch, and the end of the day ends the chance."""
    missed = await town.called()
    await town.queue.no_show(CLERK, "centre", "1")
    await town.queue.call_next(CLERK, "centre", "1")
    await town.queue.no_show(CLERK, "centre", "1")
    await town.queue.close_day(TIMER, "centre")
    async with refused("branch_closed"):
        await town.queue.reinstate(RECEPTION, missed.id)
    assert missed.id not in {each.id for each in (await town.log.snapshot()).tickets}


async def test_read_ticket(town: Town) -> None:
    """A holder learns his place; nobody is before one who is not waiting."""
    first = await town.ticket("address")
    await town.ticket("passport")
    third = await town.ticket("address")
    assert (await town.queue.read_ticket(third.id))[1] == 2, "both halves of the line count"
    await town.queue.call(CLERK, "centre", "1", first.id)
    state, ahead = await town.queue.read_ticket(first.id)
    assert (state.state, ahead) == (TicketStatus.CALLED, None)
    async with refused("unknown_ticket"):
        await town.queue.read_ticket("nobody")


async def test_admin_may_do_what_a_person_may(town: Town) -> None:
    """One token can drive a replay."""
    made = taken(await town.queue.issue(ADMIN, "centre", "address"))
    await town.queue.cancel(ADMIN, made.id)
