"""The city itself: born, changed while it runs, refused where a change would leave somebody behind."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable

import msgspec
import pytest

from balancer.city.definition import Branch, City, encode_city
from balancer.core.connect import connect
from balancer.core.event_log import EventLog
from balancer.core.ticket_queue import TicketQueue
from tests.town import (
    ADMIN,
    CLERK,
    KIOSK,
    RECEPTION,
    SUPERVISOR,
    FrozenClock,
    Town,
    desk,
    queue,
    refused,
    small_town,
)

Change = Callable[[Branch], Branch]


def centre(city: City, **changes: object) -> City:
    """The city with its first branch changed."""
    first = msgspec.structs.replace(city.branches[0], **changes)
    return msgspec.structs.replace(city, branches=[first, *city.branches[1:]])


async def test_a_city_is_born_closed(store_url: str, city_name: str) -> None:
    """With an epoch and a key of its own; before that there is nothing."""
    store = await connect(store_url, city_name)
    try:
        town, log = TicketQueue(store, city_name, FrozenClock()), EventLog(store, city_name)
        assert await town.definition() is None
        for early in (town.city_key, log.snapshot):
            async with refused("unknown_city"):
                await early()
        async with refused("unknown_branch"):
            await town.issue(KIOSK, "centre", "address")
        answer = await town.apply_city(ADMIN, encode_city(small_town(city_name)))
        assert answer.offset == 1
        snapshot = await log.snapshot()
        assert {each.phase for each in snapshot.branches} == {"closed"}
        assert {each.state for each in snapshot.desks} == {"closed"}
        assert (len(snapshot.branches), len(snapshot.desks), snapshot.definition) == (2, 5, 1)
        assert len(snapshot.epoch) == 16
        secret = await town.city_key()
        assert len(secret) == 32
        assert hmac.new(secret, b"ticket", hashlib.sha256).digest()
        applied = await town.definition()
        assert applied is not None and (applied.version, applied.branches[0].branch) == (1, "centre")
    finally:
        await store.close()


async def test_the_same_definition_changes_nothing(town: Town) -> None:
    """Every start of a server applies its city."""
    key, epoch = await town.queue.city_key(), (await town.log.snapshot()).epoch
    await town.queue.apply_city(ADMIN, encode_city(town.city))
    assert await town.new_events() == []
    assert (await town.queue.city_key(), (await town.log.snapshot()).epoch) == (key, epoch)


async def test_a_change_while_it_runs(town: Town) -> None:
    """Desks, queues, services and policies change under waiting tickets, without a restart."""
    waits = await town.ticket()
    first = town.city.branches[0]
    changed = centre(
        town.city,
        queues=[*first.queues, queue("new", "X", "land")],
        desks=[*first.desks[:2], desk("4", "papers", "new")],
        policy=msgspec.structs.replace(first.policy, recalls_max=9),
    )
    await town.new_events()
    await town.queue.apply_city(ADMIN, encode_city(changed))
    events = await town.new_events()
    assert [(each.type, each.desk.desk if each.desk else None) for each in events] == [
        ("city_applied", None),
        ("desk_closed", "4"),
        ("desk_closed", "3"),
    ]
    assert events[0].detail["version"] == 2
    await town.queue.open_desk(CLERK, "centre", "4")
    assert (await town.queue.call_next(CLERK, "centre", "4")).ticket is not None
    async with refused("unknown_desk"):
        await town.queue.open_desk(CLERK, "centre", "3")
    assert (await town.see(waits)).desk == "4"
    assert {each.desk for each in (await town.log.snapshot()).desks if each.branch == "centre"} == {
        "1",
        "2",
        "4",
    }


async def test_a_new_branch_and_one_that_goes(town: Town) -> None:
    """The log tells of both, so that a fold knows what the snapshot knows."""
    harbour = msgspec.structs.replace(town.city.branches[1], branch="airport")
    await town.new_events()
    await town.queue.apply_city(
        ADMIN, encode_city(msgspec.structs.replace(town.city, branches=[town.city.branches[0], harbour]))
    )
    events = await town.new_events()
    said = [(each.type, each.branch) for each in events if each.facts]
    assert said == [("branch_closed", "airport"), ("branch_closed", "harbour")]
    assert {each.branch for each in (await town.log.snapshot()).branches} == {"centre", "airport"}
    async with refused("unknown_branch"):
        await town.queue.open_branch(SUPERVISOR, "harbour")
    await town.queue.open_branch(SUPERVISOR, "airport")
    assert (await town.ticket("address", "airport")).day == "2026-11-23"


def without_queue(city: City) -> City:
    first = city.branches[0]
    return centre(city, queues=first.queues[1:], desks=[desk("1", "social"), desk("2"), desk("3", "land")])


def without_service(city: City) -> City:
    return centre(city, queues=[queue("papers", "A", "passport"), *city.branches[0].queues[1:]])


def without_skill(city: City) -> City:
    return centre(city, desks=[desk("1", "social"), desk("2", "land"), desk("3", "land")])


def without_desk(city: City) -> City:
    return centre(city, desks=[desk("2", "papers", "social"), desk("3", "land")])


def without_branch(city: City) -> City:
    return msgspec.structs.replace(city, branches=city.branches[1:])


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (without_queue, "queue centre/papers: 1"),
        (without_service, "service centre/address: 1"),
        (without_skill, "desk for queue centre/papers: 1"),
        (without_branch, "branch centre: 1"),
    ],
)
async def test_who_waits_is_not_left_behind(town: Town, change: Callable[[City], City], fault: str) -> None:
    """Refused with what is still needed; once nobody needs it, the same change is allowed."""
    waits = await town.ticket()
    async with refused("would_strand") as found:
        await town.queue.apply_city(ADMIN, encode_city(change(town.city)))
    assert found[0].state is not None and fault in found[0].state["faults"]
    assert fault in found[0].text("en")
    assert (await town.queue.definition() or town.city).version == 1
    await town.queue.cancel(RECEPTION, waits.id)
    await town.queue.apply_city(ADMIN, encode_city(change(town.city)))


async def test_desks_that_are_needed(town: Town) -> None:
    """A ticket in hand, one that is bound and one that will come back each need their desk."""
    await town.called()
    async with refused("would_strand") as found:
        await town.queue.apply_city(ADMIN, encode_city(without_desk(town.city)))
    assert found[0].state == {"faults": ["desk centre/1: 1"]}
    await town.queue.start(CLERK, "centre", "1")
    await town.queue.transfer(CLERK, "centre", "1", to_queue="land", come_back=True)
    bound = await town.ticket()
    await town.queue.transfer_ticket(RECEPTION, bound.id, to_desk="1")
    async with refused("would_strand") as found:
        await town.queue.apply_city(ADMIN, encode_city(without_desk(town.city)))
    assert found[0].state == {"faults": ["desk centre/1: 2"]}


async def test_all_faults_at_once(town: Town) -> None:
    """An administrator sees everything that stands in the way."""
    await town.ticket("address", services=["pension"])
    await town.ticket("address", "harbour")
    gone = msgspec.structs.replace(without_queue(town.city), branches=[without_queue(town.city).branches[0]])
    async with refused("would_strand") as found:
        await town.queue.apply_city(ADMIN, encode_city(gone))
    assert found[0].state is not None
    assert set(found[0].state["faults"]) >= {"branch harbour: 1", "queue centre/papers: 1"}


async def test_only_admin_changes_a_city(town: Town) -> None:
    """No clerk, no supervisor."""
    async with refused("forbidden"):
        await town.queue.apply_city(SUPERVISOR, encode_city(without_desk(town.city)))
