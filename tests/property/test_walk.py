"""Every (state, verb, role): it moves as the table says, or it answers its one error and changes nothing.

The table (`core/transitions.py`) is what is walked and what decides; every key of the store is what must
not change. Other refusals (a desk without the skill, a policy's limit) belong to the random histories.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from balancer.city.definition import encode_city
from balancer.core.caller import Caller
from balancer.core.connect import Store, connect
from balancer.core.event_log import EventLog
from balancer.core.ticket_queue import TicketQueue
from balancer.core.transitions import (
    ALL_ROLES,
    BRANCH_VERBS,
    DESK_VERBS,
    GUARDS,
    INTENT_VERBS,
    LOG_VERBS,
    TABLE,
    TICKET_VERBS,
    Transition,
    refusal,
    rows_of,
)
from balancer.errors import BalancerError
from balancer.messages import Answer, BranchState, Event
from tests.property.player import StillClock
from tests.property.small_city import MINUTE, small_city
from tests.stores import redis_server, valkey_program

ADMIN = Caller("admin")
NORTH_1 = {"branch": "north", "desk": "1"}
NORTH_2 = {"branch": "north", "desk": "2"}

# The way of a ticket, issued in the north, to each of its states.
WAYS = {
    "waiting": "",
    "called": "call",
    "serving": "call start",
    "parked": "call park",
    "done": "call start finish",
    "no_show": "call no_show call no_show",
    "left": "left",
    "cancelled": "cancel",
    "expired": "close_day open_branch open_desk",
}
NAMES_A_TICKET = frozenset(
    "call wake desk_left transfer cancel left transfer_ticket set_priority reinstate".split()
)
NEEDS: dict[str, dict[str, Any]] = {
    "park": {"reason": "copies"},
    "transfer": {"to_queue": "papers"},
    "transfer_ticket": {"to_queue": "papers"},
    "set_priority": {"priority": "parent", "reason": "a child"},
    "add_leg": {"service": "passport"},
    "hold_branch": {"reason": "no water"},
    "lease": {"count": 2},
    **dict.fromkeys(("suspend_service", "restore_service"), {"service": "address"}),
    "record": {"kind": "device_approved", "detail": {"device": "d1"}},
    "set_skills": {"queues": ["papers"]},
    "note": {"text": "copies of both pages"},
    "incident": {"category": "conflict", "text": "loud"},
    "branch_incident": {"category": "other", "text": "a dog in the hall"},
}
NUMBERS = (b"numbers", b"days", b"leases")
FIRST = {"paid": "pay"}  # what a ticket in service needs before that verb
TAKES_A_DESK = frozenset(
    {row.verb for row in TICKET_VERBS if row.roles[0] == "desk"} - {"set_priority", "left"}
)
BESIDE = frozenset({row.verb for row in DESK_VERBS + BRANCH_VERBS})  # what they do to tickets goes along
TICKET_WALK = sorted({row.verb for row in TICKET_VERBS} - BESIDE - {"issue", "quick_serve", "call_next"})


class Before(NamedTuple):
    """All that a command may change."""

    offset: int
    data: dict[bytes, bytes]


class Walker:
    """One city after the other in one store; `fresh` makes the next one."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.cities = 0
        self.ticket = ""
        self.taken = False  # desk 1 has the ticket in hand

    async def fresh(self, ticket: str | None = None, **start: str) -> None:
        """A new city, its north open with desks 1 and 2; a ticket in that state. `start`: see `_set_out`."""
        await self.store.writer.command("FLUSHALL")
        self.cities += 1
        self.taken = False
        name = f"walk-{self.cities}"
        self.clock = StillClock()
        self.queue = TicketQueue(self.store, name, self.clock)
        self.log = EventLog(self.store, name)
        await self.queue.apply_city(ADMIN, encode_city(small_city(name)))
        await asyncio.gather(
            self.do("open_branch"), self.do("open_desk"), self.queue.open_desk(ADMIN, **NORTH_2)
        )
        await self._set_out(**start)
        if ticket is not None:
            answer = await self.queue.issue(
                ADMIN, "north", "address", services=("passport",) * (start.get("legs") == "2")
            )
            assert answer.ticket is not None
            self.ticket = answer.ticket.id
            for verb in WAYS[ticket].split():
                await self.do(verb)
            self.taken = ticket in ("called", "serving")
            for verb in start.get("first", "").split() * (ticket == "serving"):
                await self.do(verb)

    async def _set_out(self, desk: str = "open", branch: str = "", **later: str) -> None:
        """Bring desk 1 into its state, and the north by those verbs."""
        if desk != "open":
            await self.do("close_desk" if desk == "closed" else "pause_desk")
        for verb in branch.split():
            await self.do(verb)

    async def do(self, verb: str, role: str = "admin") -> Answer:
        """The verb on desk 1, its ticket or the north, with all it needs, a minute after the last one."""
        self.clock.now += MINUTE
        return await getattr(self.queue, verb)(Caller(role), **self._args(verb))  # type: ignore[no-any-return]

    def _args(self, verb: str) -> dict[str, Any]:
        args = dict(NEEDS.get(verb, {}))
        if verb in NAMES_A_TICKET:
            args["ticket"] = self.ticket
        if verb == "call" and self.taken:
            args |= NORTH_2
        elif verb in TAKES_A_DESK or verb in {row.verb for row in DESK_VERBS if row.verb != "close_day"}:
            args |= NORTH_1
        elif verb == "incident":
            args |= NORTH_1
        elif verb in {row.verb for row in BRANCH_VERBS + LOG_VERBS}:
            args |= {"branch": "north"}
        return args

    async def look(self) -> Before:
        """Every key of the store but the answers kept under idempotency keys."""
        keys = await self.store.writer.command("KEYS", "*", writes=False)
        kept = [key for key in keys if b":answers:" not in key]
        dumps = await asyncio.gather(*(self.store.writer.command("DUMP", key, writes=False) for key in kept))
        return Before(await self.log.head(), dict(zip(kept, dumps, strict=True)))

    async def refused(self, verb: str, role: str, code: str) -> None:
        """The verb answers this code and changes nothing."""
        before = await self.look()
        try:
            answer = await self.do(verb, role)
        except BalancerError as refused:
            assert refused.code == code, f"{role} {verb}: {refused.code}, not {code}"
        else:
            raise AssertionError(f"{role} {verb} was not refused with {code}: {answer}")
        assert await self.look() == before, f"{role} {verb}: refused with {code}, but something changed"

    async def moves(self, verb: str, role: str) -> list[Event]:
        """The verb is carried out; the events."""
        before = await self.log.head()
        answer = await self.do(verb, role)
        events = await self.log.read(before, block_ms=0)
        assert answer.offset == events[-1].offset
        return events


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with redis_server(tmp_path_factory.mktemp("walk"), valkey_program(), appendonly="no") as server:
        yield server.url


@pytest.fixture
async def walker(url: str):  # type: ignore[no-untyped-def]
    store = await connect(url)
    yield Walker(store)
    await store.close()


def fits(row: Transition, state: str, role: str) -> bool:
    return state in row.from_states and (role in row.roles or role == "admin")


@pytest.mark.parametrize("verb", TICKET_WALK)
async def test_ticket(walker: Walker, verb: str) -> None:
    """Every state of a ticket, every role."""
    in_hand = "no_ticket_in_hand" in GUARDS.get(verb, ()) and verb not in NAMES_A_TICKET
    legs = "2" if verb == "next_leg" else "1"
    for state in WAYS:
        if legs == "2" and state == "done":
            continue  # with a leg left it cannot be done
        await walker.fresh(state, legs=legs, first=FIRST.get(verb, ""))
        allowed = []
        for role in ALL_ROLES:
            code = refusal(verb, "ticket", state, role)
            if in_hand and code != "forbidden" and state not in ("called", "serving"):
                code = "no_ticket_in_hand"
            if code is None:
                allowed.append(role)
            else:
                await walker.refused(verb, role, code)
        for role in allowed:
            await walker.fresh(state, legs=legs, first=FIRST.get(verb, ""))
            event = (await walker.moves(verb, role))[-1]
            rows = [row for row in rows_of(verb) if fits(row, state, role) and row.event == event.type]
            assert rows, f"{role} {verb} from {state}: {event.type} is not in the table"
            assert event.was == state
            assert event.ticket is not None and event.ticket.state in rows[0].to_states


@pytest.mark.parametrize("role", ALL_ROLES)
async def test_call_next(walker: Walker, role: str) -> None:
    """It takes who waits and nobody else."""
    for state in WAYS:
        await walker.fresh(state)
        forbidden = refusal("call_next", "ticket", "waiting", role)
        if forbidden:
            await walker.refused("call_next", role, forbidden)
        elif state in ("called", "serving"):
            await walker.refused("call_next", role, "desk_busy")
        elif state == "waiting":
            assert [event.type for event in await walker.moves("call_next", role)] == ["ticket_called"]
        else:
            before = await walker.look()
            assert (await walker.do("call_next", role)).ticket is None
            assert await walker.look() == before


@pytest.mark.parametrize("verb", ["issue", "quick_serve"])
async def test_a_new_ticket(walker: Walker, verb: str) -> None:
    """By those who may, in a branch that is open."""
    NEEDS[verb] = {"branch": "north", "service": "address"}
    by_branch = {
        "": None,
        "close_branch": "branch_closed",
        "close_tickets": "tickets_closed" if verb == "issue" else None,
        "alarm": "branch_paused",
        "hold_branch": "branch_paused",
        "power_off": None,
    }
    for way, expected in by_branch.items():
        await walker.fresh(branch=way)
        for role in ALL_ROLES:
            code = refusal(verb, "ticket", "new", role) or expected
            if code is None and role == "citizen":
                code = "remote_tickets_off"
            if code is not None:
                await walker.refused(verb, role, code)
                continue
            [event] = await walker.moves(verb, role)
            assert (event.type, event.was) == ("ticket_issued", None)
            assert event.ticket is not None
            assert event.ticket.state == ("waiting" if verb == "issue" else "serving")
            await walker.fresh(branch=way)


@pytest.mark.parametrize("verb", [row.verb for row in DESK_VERBS if row.verb != "close_day"])
async def test_desk(walker: Walker, verb: str) -> None:
    """Every state of a desk, with and without a ticket in hand, every role."""
    [row] = [row for row in DESK_VERBS if row.verb == verb]
    for state, ticket in (
        ("closed", None),
        ("open", None),
        ("paused", None),
        ("open", "called"),
        ("open", "serving"),
    ):
        await walker.fresh(ticket, desk=state)
        for role in ALL_ROLES:
            code = refusal(verb, "desk", state, role)
            if ticket and code != "forbidden" and "desk_busy" in GUARDS.get(verb, ()):
                code = "desk_busy"
            if code is not None:
                await walker.refused(verb, role, code)
                continue
            events = await walker.moves(verb, role)
            await walker.fresh(ticket, desk=state)
            [moved] = [event for event in events if event.type == row.event]
            assert moved.desk is not None and moved.desk.state in row.to_states


# The way of a branch to each state of each of its facts.
BRANCH_WAYS = {
    ("phase", "open"): "",
    ("phase", "closed"): "close_branch",
    ("phase", "tickets_closed"): "close_tickets",
    ("alarm", "none"): "",
    ("alarm", "pause"): "alarm",
    ("alarm", "resuming"): "alarm all_clear",
    ("service", "offered"): "",
    ("service", "suspended"): "suspend_service",
    ("power", "on"): "",
    ("power", "off"): "power_off",
    ("hold", "none"): "",
    ("hold", "held"): "hold_branch",
}


@pytest.mark.parametrize("row", BRANCH_VERBS, ids=lambda row: row.verb)
async def test_branch(walker: Walker, row: Transition) -> None:
    """Every state of every fact of a branch, every role; and nothing but that fact changes."""
    for (subject, state), way in BRANCH_WAYS.items():
        if subject != row.subject:
            continue
        await walker.fresh(branch=way)
        for role in ALL_ROLES:
            code = refusal(row.verb, row.subject, state, role)
            if code is not None:
                await walker.refused(row.verb, role, code)
                continue
            event = (await walker.moves(row.verb, role))[-1]
            await walker.fresh(branch=way)
            assert event.type == row.event and event.facts is not None
            assert state_of(event.facts, subject) in row.to_states


def state_of(facts: BranchState, subject: str) -> str:
    """A fact as the table names it."""
    if subject == "hold":
        return "held" if facts.hold else "none"
    if subject == "service":
        return "suspended" if facts.suspended else "offered"
    return "resuming" if subject == "alarm" and facts.resumes else str(getattr(facts, subject))


@pytest.mark.parametrize("row", LOG_VERBS, ids=lambda row: row.verb)
async def test_log(walker: Walker, row: Transition) -> None:
    """Whoever may writes one event into the log; nothing else changes, whatever stands in hand."""
    for state in (None, "serving"):
        await walker.fresh(state)
        for role in ALL_ROLES:
            code = refusal(row.verb, "log", "any", role)
            if code is not None:
                await walker.refused(row.verb, role, code)
                continue
            before = (await walker.look()).data
            [event] = await walker.moves(row.verb, role)
            assert event.type == row.event and event.branch == "north"
            after = (await walker.look()).data
            changed = {key.split(b":")[1] for key in after if before.get(key) != after[key]}
            assert {b"city", b"events"} <= changed <= {b"city", b"events", *NUMBERS * (row.verb == "lease")}


async def test_a_desk_in_hand_holds_the_branch_open(walker: Walker) -> None:
    """Whoever may close a branch may not close it over a ticket in hand."""
    for state in ("called", "serving"):
        await walker.fresh(state)
        for role in ("supervisor", "timer", "admin"):
            await walker.refused("close_branch", role, "tickets_in_hand")


@pytest.mark.parametrize("way", ["alarm", "hold_branch"])
async def test_pause(walker: Walker, way: str) -> None:
    """A pause stops calling and giving out, and lets the rest go on (design §3)."""
    refused = {verb for verb, guards in GUARDS.items() if "branch_paused" in guards} - {"announce"}
    assert refused == {"issue", "call", "call_next", "start", "recall", "quick_serve"}
    NEEDS["issue"] = NEEDS["quick_serve"] = {"branch": "north", "service": "address"}
    await walker.fresh("waiting")
    await walker.do(way)
    for verb in sorted(refused):
        await walker.refused(verb, "admin", "branch_paused")
    for verb, state in (
        ("finish", "done"),
        ("park", "parked"),
        ("requeue", "waiting"),
        ("desk_left", "left"),
    ):
        await walker.fresh("serving")
        await walker.do(way)
        answer = await walker.do(verb)
        assert answer.ticket is not None and answer.ticket.state == state
    await walker.fresh("waiting")
    await walker.do(way)
    answer = await walker.do("cancel")
    assert answer.ticket is not None and answer.ticket.state == "cancelled"


def test_the_walk_knows_every_verb() -> None:
    """A verb that is new in the table is new here."""
    walked = {*TICKET_WALK, "call_next", "issue", "quick_serve"}
    walked |= {row.verb for row in DESK_VERBS + BRANCH_VERBS + LOG_VERBS}
    of_tickets = {row.verb for row in TABLE if row not in INTENT_VERBS}  # those have test_intents.py
    assert walked == of_tickets - {"apply_city"}
    assert {state for row in TICKET_VERBS for state in row.from_states} <= {*WAYS, "new"}
