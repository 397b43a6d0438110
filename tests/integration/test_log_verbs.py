"""What is only written into the log: who did it, where, with which ticket; nothing else changes."""

from __future__ import annotations

from balancer.core.caller import Caller
from tests.town import ADMIN, CITIZEN, CLERK, RECEPTION, SUPERVISOR, Town, refused, taken

HERE = ("centre", "1")


async def test_an_incident_names_the_ticket_in_hand(town: Town) -> None:
    """The head of the centre reads what happened, at which desk and to whom; the ticket goes on as it was."""
    held = await town.serving()
    await town.new_events()
    answer = await town.queue.incident(CLERK, *HERE, "gift_refused", "a box of sweets")
    [event] = await town.new_events()
    assert (event.type, event.branch, event.actor) == ("incident_recorded", "centre", CLERK.actor)
    assert event.detail == {
        "category": "gift_refused",
        "text": "a box of sweets",
        "desk": "1",
        "ticket": held.id,
        "number": held.number,
    }
    assert taken(answer) == held == await town.see(held)
    await town.queue.incident(CLERK, "centre", "2", "register_down", "")
    [empty] = await town.new_events()
    assert empty.detail == {"category": "register_down", "text": "", "desk": "2"}


async def test_an_incident_of_the_branch(town: Town) -> None:
    """Reception and supervisors record one, with a ticket of their branch or none; a repeat is no second."""
    made = await town.ticket()
    await town.new_events()
    once = Caller("supervisor:1", "incident-1", "f")
    for _ in range(2):
        await town.queue.branch_incident(once, "centre", "conflict", "loud", made.id)
    [event] = await town.new_events()
    assert event.detail["number"] == made.number
    await town.queue.branch_incident(RECEPTION, "centre", "other", "a dog in the hall")
    async with refused("unknown_ticket"):
        await town.queue.branch_incident(SUPERVISOR, "harbour", "conflict", "loud", made.id)
    async with refused("unknown_branch"):
        await town.queue.branch_incident(SUPERVISOR, "nowhere", "conflict", "loud")
    async with refused("forbidden"):
        await town.queue.branch_incident(CLERK, "centre", "conflict", "loud")


async def test_what_staff_did_beside_the_queues(town: Town) -> None:
    """Of a branch or of the whole city; who, what and about what stand in the log."""
    await town.new_events()
    await town.queue.record(SUPERVISOR, "device_approved", "centre", {"device": "d1", "name": "Кіоск 1"})
    await town.queue.record(ADMIN, "token_revoked", None, {"token": "t1"})
    of_branch, of_city = await town.new_events()
    assert (of_branch.type, of_branch.branch, of_branch.actor) == ("staff_noted", "centre", SUPERVISOR.actor)
    assert of_branch.detail == {"kind": "device_approved", "device": "d1", "name": "Кіоск 1"}
    assert (of_city.branch, of_city.detail) == (None, {"kind": "token_revoked", "token": "t1"})
    async with refused("forbidden"):
        await town.queue.record(CITIZEN, "device_approved", "centre", {})
