"""A small city on a real store with a clock that tests move, for everything about the core.

Two branches of three desks. Centre mixes services with and without need of power in one queue; harbour is
small, carries its tickets over and serves in its shelter. A test changes what it needs with `Town.found(...,
policy=…)`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec

from balancer.city.definition import (
    Branch,
    City,
    Desk,
    Hours,
    Policy,
    PriorityClass,
    Queue,
    Service,
    Span,
    encode_city,
)
from balancer.core.caller import Caller
from balancer.core.connect import Store, connect
from balancer.core.event_log import EventLog
from balancer.core.ticket_queue import TicketQueue
from balancer.errors import BalancerError
from balancer.messages import Answer, Event, TicketState

SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000
NINE = 1_795_417_200_000  # 2026-11-23 09:00 in Kyiv, a Monday
KYIV = "Europe/Kyiv"

KIOSK = Caller("kiosk")
CLERK = Caller("desk:1")
RECEPTION = Caller("reception")
SUPERVISOR = Caller("supervisor")
CITIZEN = Caller("citizen")
TIMER = Caller("timer")
ADMIN = Caller("admin")


@dataclass
class FrozenClock:
    """City and real time stand until a test moves them."""

    now: int = NINE
    real: int = NINE

    def now_ms(self) -> int:
        return self.now

    def real_ms(self) -> int:
        return self.real

    async def refresh(self) -> None:
        """Nobody else moves it."""

    def forward(self, ms: int) -> None:
        """Both clocks go on."""
        self.now += ms
        self.real += ms


def words(text: str) -> dict[str, str]:
    return {"uk": text, "en": text}


def queue(name: str, letter: str, *services: str) -> Queue:
    return Queue(queue=name, letter=letter, name=words(name), services=list(services))


def desk(name: str, *queues: str) -> Desk:
    return Desk(desk=name, name=words(name), queues=list(queues))


def branch(name: str, queues: list[Queue], desks: list[Desk], policy: Policy) -> Branch:
    return Branch(
        branch=name,
        name=words(name),
        kind="unit",
        address=words(name),
        lat=50.0,
        lon=36.2,
        time_zone=KYIV,
        hours=Hours(week=[[Span(9 * 60, 18 * 60)]] * 5 + [[], []]),
        policy=policy,
        queues=queues,
        desks=desks,
    )


SERVICES = [
    Service(service="address", name=words("address"), category="c"),
    Service(service="pension", name=words("pension"), category="c"),
    Service(service="passport", name=words("passport"), category="c", needs_power=True),
    Service(service="land", name=words("land"), category="c"),
]
PRIORITIES = [
    PriorityClass(priority="veteran", name=words("veteran"), head_start_minutes=20),
    PriorityClass(priority="parent", name=words("parent"), head_start_minutes=5),
]
CENTRE = branch(
    "centre",
    [
        queue("papers", "A", "address", "passport"),
        queue("social", "B", "pension"),
        queue("land", "C", "land"),
    ],
    [desk("1", "papers", "social"), desk("2", "papers"), desk("3", "land")],
    Policy(),
)
HARBOUR = branch(
    "harbour",
    [queue("all", "H", "address", "passport", "pension")],
    [desk("1", "all"), desk("2", "all")],
    Policy(carry_over=True, air_raid="shelter", no_show_after_seconds=0),
)


def small_town(city: str, **policy: Any) -> City:
    """The definition; `policy` changes the centre's."""
    centre = msgspec.structs.replace(CENTRE, policy=msgspec.structs.replace(CENTRE.policy, **policy))
    return City(
        city=city,
        name=words(city),
        time_zone=KYIV,
        priority_classes=PRIORITIES,
        services=SERVICES,
        branches=[centre, HARBOUR],
    )


@dataclass
class Town:
    """A running city and shorthands for what tests do most."""

    store: Store
    city: City
    clock: FrozenClock
    queue: TicketQueue
    log: EventLog
    read_to: int = 0
    names: dict[str, str] = field(default_factory=dict)

    @classmethod
    @asynccontextmanager
    async def found(cls, url: str, name: str, **policy: Any) -> AsyncIterator[Town]:
        """Connect, apply the small town and open both branches and every desk."""
        store = await connect(url, name)
        clock = FrozenClock()
        town = cls(
            store, small_town(name, **policy), clock, TicketQueue(store, name, clock), EventLog(store, name)
        )
        try:
            await town.queue.apply_city(ADMIN, encode_city(town.city))
            for each in town.city.branches:
                await town.queue.open_branch(SUPERVISOR, each.branch)
                for place in each.desks:
                    await town.queue.open_desk(CLERK, each.branch, place.desk)
            await town.new_events()
            yield town
        finally:
            await store.close()

    @classmethod
    @asynccontextmanager
    async def visited(cls, url: str, name: str) -> AsyncIterator[Town]:
        """A town that was founded before, on connections of its own; its clock stands at nine."""
        store = await connect(url, name)
        clock = FrozenClock()
        try:
            yield cls(store, small_town(name), clock, TicketQueue(store, name, clock), EventLog(store, name))
        finally:
            await store.close()

    async def ticket(self, service: str = "address", at: str = "centre", **more: Any) -> TicketState:
        """A new ticket."""
        answer = await self.queue.issue(KIOSK, at, service, **more)
        assert answer.ticket is not None
        return answer.ticket

    async def called(self, service: str = "address", desk: str = "1", **more: Any) -> TicketState:
        """A new ticket called to a desk of the centre."""
        made = await self.ticket(service, **more)
        return taken(await self.queue.call(CLERK, "centre", desk, made.id))

    async def serving(self, service: str = "address", desk: str = "1", **more: Any) -> TicketState:
        """A new ticket being served at a desk of the centre."""
        await self.called(service, desk, **more)
        return taken(await self.queue.start(CLERK, "centre", desk))

    async def see(self, ticket: TicketState) -> TicketState:
        """The ticket as it is now."""
        return (await self.queue.read_ticket(ticket.id))[0]

    async def line(self, at: str = "centre", desk: str = "1") -> list[str]:
        """The numbers that a desk would call one after the other; they stay as they were."""
        reader = [await self.queue.read_ticket(each.id) for each in (await self.log.snapshot()).tickets]
        skills = self.city.branch(at).desk(desk).queues
        waiting = [
            one
            for one, _ in reader
            if one.state == "waiting"
            and one.branch == at
            and (one.bound == desk if one.bound else one.queue in skills)
        ]
        return [each.number for each in sorted(waiting, key=lambda each: (each.order, each.placed, each.tie))]

    async def new_events(self) -> list[Event]:
        """What the log got since the last look; offsets must be contiguous."""
        events = await self.log.read(self.read_to, block_ms=0)
        assert [each.offset for each in events] == list(
            range(self.read_to + 1, self.read_to + 1 + len(events))
        )
        self.read_to += len(events)
        return events

    async def new_types(self) -> list[str]:
        """The types of the new events."""
        return [each.type for each in await self.new_events()]

    async def books(self, at: str) -> tuple[int, int]:
        """Both sides of invariant 5 for a branch: tickets there, and the balance of its counters."""
        active = [
            each for each in (await self.log.snapshot()).tickets if each.branch == at and each.ended is None
        ]
        counts = await self.queue.counts(at)
        into = ("issued", "moved_in", "carried_in", "reinstated")
        out = ("ended", "moved_out", "carried_out")
        return len(active), sum(counts.get(n, 0) for n in into) - sum(counts.get(n, 0) for n in out)


def taken(answer: Answer) -> TicketState:
    """The ticket of an answer that must have one."""
    assert answer.ticket is not None
    return answer.ticket


@asynccontextmanager
async def refused(code: str) -> AsyncIterator[list[BalancerError]]:
    """What is inside must be refused with this code; the refusal is put into the list."""
    found: list[BalancerError] = []
    try:
        yield found
    except BalancerError as error:
        assert error.code == code, f"refused with {error.code} ({error}), not {code}"
        found.append(error)
    else:
        raise AssertionError(f"not refused; {code} was expected")
