"""Plays a history on the real core and on the model side by side, and compares all that anybody could notice.

After every step: the answer or the code of the refusal, every ticket, the order of each line, desks,
branches, the counters and the events are the same; and the promises hold by the ledger, which trusts neither.
"""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec

from balancer.city.definition import encode_city
from balancer.core import commands
from balancer.core.batch import Batch
from balancer.core.caller import TIMER, Caller
from balancer.core.connect import Store, connect
from balancer.core.event_log import EventLog
from balancer.core.keys import Keys
from balancer.core.slips import slips_of
from balancer.core.ticket_queue import TicketQueue
from balancer.errors import BalancerError, Refused, StoreUnavailable, Unconfirmed
from balancer.messages import Answer, Event, LeaseState, Snapshot, TicketState
from tests.property import histories
from tests.property.board_check import BoardCheck
from tests.property.histories import BRANCHES, Dice, Step
from tests.property.ledger import Ledger
from tests.property.model import Command, Heard, Model
from tests.property.model_state import ACTIVE, Ticket
from tests.property.small_city import START, small_city

PAUSE_SECONDS = 0.02
LATE_MS = 700  # the second process's clock is behind the first one's
_EVENT = msgspec.json.Decoder(Event)
COUNTERS = ("issued", "moved in", "carried in", "reinstated", "ended", "moved out", "carried out")
COMPARED = tuple(
    "number day branch queue service arrived order desk bound priority recalls misses leg version".split()
) + ("estimated", "note", "paying_since")
ADMIN = Caller("admin:test")


class StillClock:
    """City and real time that stand until a test moves them (ms). A process's own view of it is `late`."""

    def __init__(self, late: int = 0, of: StillClock | None = None) -> None:
        self.now = START
        self._late = late
        self._of = of or self

    def now_ms(self) -> int:
        return self._of.now - self._late

    def real_ms(self) -> int:
        return self._of.now


class LossyWriter:
    """A writer on a bad line: of the next `lose` commands the reply is lost, or the command itself never
    arrives."""

    def __init__(self, writer: Batch) -> None:
        self._writer = writer
        self.lose = 0
        self.arrives = True

    async def call(self, script: Any, keys: Any, args: Any) -> Any:
        if not self.lose:
            return await self._writer.call(script, keys, args)
        self.lose -= 1
        if self.arrives:
            await self._writer.call(script, keys, args)
        raise Unconfirmed("unconfirmed")

    async def command(self, *args: Any, **options: Any) -> Any:
        return await self._writer.command(*args, **options)


@dataclass
class Sent:
    """A command as it went out under a key, and what its caller heard."""

    command: Command
    caller: Caller
    said: Answer | BalancerError
    queue: int = 0


class Seen(NamedTuple):
    """What the store holds at one moment."""

    snapshot: Snapshot
    events: list[Event]
    counts: dict[str, dict[str, int]]


class Town:
    """A store in which cities are founded one after the other, each with two connections."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.stores: list[Store] = []
        self.founded = 0
        self.heard: Counter[tuple[str, str | None]] = Counter()

    async def close(self) -> None:
        """Hang up."""
        for store in self.stores:
            await store.close()
        self.stores = []

    async def found(self, name: str = "small") -> Player:
        """A new city in this store, with the small city's definition, its model and its ledger."""
        self.founded += 1
        name = f"{name}-{self.founded}"
        if "cluster" in self.url:
            await self.close()  # every city may live on another primary
        if not self.stores:
            self.stores = [await connect(self.url, name), await connect(self.url, name)]
        player = Player(self.stores, name, self.heard)
        await player.queues[0].apply_city(ADMIN, encode_city(small_city(player.name)))
        await player.queues[1].definition()
        player.ledger.take(await player.log.read(0, block_ms=0))
        player.board = BoardCheck(player.model.city, await player.log.snapshot())
        return player


class Player:
    """One city under test, made by `Town.found`; `step` is a step of a history."""

    def __init__(self, stores: Sequence[Store], name: str, counted: Counter[tuple[str, str | None]]) -> None:
        self.name = name
        self.counted = counted
        self.clock = StillClock()
        self.model = Model(small_city(name))
        self.ledger = Ledger()
        self.lossy = [LossyWriter(store.writer) for store in stores]
        self.queues: list[TicketQueue] = []
        for store, writer in zip(stores, self.lossy, strict=True):
            clock = StillClock(LATE_MS, self.clock) if self.queues else self.clock
            queue = TicketQueue(store, name, clock)
            queue.store = _with_writer(store, writer)
            self.queues.append(queue)
        self.log = EventLog(stores[0], name)
        self.board: BoardCheck
        self.keys = Keys.of(name)
        self.sent: list[Sent] = []
        self.slips: dict[str, str] = {}
        self.leased: dict[str, LeaseState] = {}
        self.named = 0

    # --- sending ----------------------------------------------------------------------------------

    async def _send(self, sent: Sent) -> None:
        """Send until the outcome is known, as every client must; the answer or refusal goes into `sent`."""
        await self._until_heard(self.queues[sent.queue], sent)
        self.counted[sent.command.verb, _heard(sent.said).code] += 1

    async def _until_heard(self, queue: TicketQueue, sent: Sent) -> None:
        command, caller = sent.command, sent.caller
        args = dict(command.args)
        if command.verb == "quick_serve":
            del args["ticket_id"]
        if command.verb == "apply_city":
            args = {"definition": encode_city(small_city(self.name, args["variant"]))}
        if command.verb != "run_timers":
            args = {"caller": caller} | args
        while True:
            try:
                sent.said = await getattr(queue, command.verb)(**args)
                return
            except Unconfirmed:
                continue
            except StoreUnavailable:
                await asyncio.sleep(PAUSE_SECONDS)
            except Refused as refusal:
                sent.said = refusal
                return

    def _letter(self, command: Command) -> Sent:
        """The command under a key of its own, with the version its caller has seen."""
        number = len(self.sent)
        key, who = f"key-{self.name}-{number}", f"{command.role}:{number % 5}"
        caller = Caller(who, key, f"{command.verb} by {number % 5}", command.version)
        if command.verb == "run_timers":
            caller = TIMER
        sent = Sent(command, caller, Refused("internal_error"), number % 2)
        self.sent.append(sent)
        return sent

    async def play(self, command: Command, lose: int = 0, arrives: bool = True) -> Heard:
        """One command on both; the first `lose` replies are lost, or, if not `arrives`, the command."""
        sent = self._letter(command)
        line = self.lossy[sent.queue]
        line.lose, line.arrives = lose, arrives
        await self._send(sent)
        line.lose = 0
        heard = self.model.do(*self._as_told(sent))
        assert _heard(sent.said) == heard, f"{command}: the core says {_heard(sent.said)}, the model {heard}"
        await self.compare(sent)
        return heard

    def _as_told(self, sent: Sent) -> tuple[Command, int]:
        """The command as the model takes it: quick_serve learns which id the core gave."""
        command = sent.command
        if command.verb == "quick_serve" and isinstance(sent.said, Answer) and sent.said.ticket is not None:
            command = command._replace(args=command.args | {"ticket_id": sent.said.ticket.id})
        if command.verb == "lease" and isinstance(sent.said, Answer) and sent.said.lease is not None:
            self.leased[sent.said.lease.lease] = sent.said.lease
        if isinstance(sent.said, Answer) and command.args.get("number"):
            command = command._replace(args=command.args | {"ticket_id": self._slip(command.args)})
        return command, self.queues[sent.queue].clock.now_ms()

    def _slip(self, args: dict[str, Any]) -> str:
        """The ticket that a leased number becomes, as its lease said."""
        [slip] = {
            slip.ticket
            for lease in self.leased.values()
            for slip in slips_of(lease, b"")
            if (lease.branch, slip.number) == (args["branch"], args["number"])
            and lease.day == self.model.today(self.clock.now)
        }
        return slip

    async def play_together(self, orders: Sequence[Command]) -> None:
        """All at once on two connections; some order of them, true to the offsets, explains all that was
        heard."""
        letters = [self._letter(order) for order in orders]
        await asyncio.gather(*map(self._send, letters))
        told = [self._as_told(sent) for sent in letters]
        heard = [_heard(sent.said) for sent in letters]
        for order in _orders_by_offset(letters, self.ledger.offset):
            model = self.model.copy()
            events = []
            for i in order:
                if model.do(*told[i]) != heard[i]:
                    break
                events += model.events
            else:
                model.events = events
                self.model = model
                return await self.compare()
        raise AssertionError(
            f"no order explains {[(str(s.command), h) for s, h in zip(letters, heard, strict=True)]}"
        )

    async def repeat(self, sent: Sent) -> None:
        """The same key again gives the first answer, word for word, and changes nothing."""
        again = Sent(sent.command, sent.caller, Refused("internal_error"), 1 - sent.queue)
        await self._send(again)
        assert words(again.said) == words(sent.said), f"a repeat of {sent.command} was answered differently"
        await self._nothing_new()

    async def misuse(self, sent: Sent) -> None:
        """Somebody else's key, or another body under the same key, is refused and changes nothing."""
        thief = Caller(sent.caller.actor, sent.caller.key, sent.caller.fingerprint + "x", sent.caller.version)
        again = Sent(sent.command, thief, Refused("internal_error"))
        await self._send(again)
        assert _heard(again.said).code == "idempotency_key_reused", again.said
        await self._nothing_new()

    async def _nothing_new(self) -> None:
        snapshot = await self.log.snapshot()
        assert snapshot.offset == self.ledger.offset, "a command that changes nothing left an event"

    async def step(self, step: Step) -> None:
        """One step of a random history."""
        dice = Dice(step.number)
        if step.kind == "pass":
            self.clock.now += histories.pause(dice)
        elif step.kind == "timers":
            for branch in BRANCHES:
                await self.play(Command("run_timers", {"branch": branch}, "timer"))
                if self.model.branches[branch].resumes is not None:
                    await self.play(Command("end_alarm", {"branch": branch}, "timer"))
        elif step.kind == "day":
            role = dice.pick(("timer", "timer", "supervisor"))
            await self.play(histories.in_branch("close_day", dice.pick(BRANCHES), role))
        elif step.kind in ("repeat", "misuse"):
            keyed = [sent for sent in self.sent if sent.caller.key is not None]
            await getattr(self, step.kind)(dice.pick(keyed[::-1]))
        elif step.kind == "together":
            await self.play_together([self._order("", dice) for _ in range(2 + dice.pick(range(3)))])
        elif step.kind == "lost":
            lose, arrives = 1 + dice.pick(range(4)), not dice.one_in(3)
            await self.play(self._order("", dice), lose, arrives)
        elif step.kind != "nothing":
            await self.play(self._order(step.kind, dice))

    def _order(self, kind: str, dice: Dice) -> Command:
        """A command of that kind, or of a usual one."""
        makers = {
            "issue": histories.issue,
            "work": histories.work,
            "ticket": histories.ticket,
            "place": histories.place,
            "any": histories.anything,
            "apply": histories.apply,
            "paper": histories.paper,
        }
        order = makers[
            kind or dice.pick(("work", "issue", "work", "work", "issue", "work", "ticket", "place", "paper"))
        ](self.model, dice)
        if order.args.get("until_ms") == 0:
            order.args["until_ms"] = self.clock.now + histories.pause(dice)
        for name in order.args.keys() & {"ticket_id", "lease_id"} if order.verb != "quick_serve" else ():
            self.named += 1
            order.args[name] = f"{name[0]}{self.named}"
        if "arrived" in order.args:
            order.args["arrived"] += self.clock.now
        return order._replace(version=histories.version_seen(self.model, dice, order))

    async def audit(self) -> None:
        """Once nobody is left, nothing of them is left: no line, no timer, no set of active tickets."""
        assert not any(ticket.state in ACTIVE for ticket in self.model.tickets.values())
        writer = self.queues[0].store.writer
        for family in (self.keys.lines, self.keys.bounds, self.keys.timers, self.keys.actives):
            assert await writer.command("KEYS", f"{family}*", writes=False) == []
        answers = await writer.command("KEYS", f"{self.keys.answers}*", writes=False)
        lives = await asyncio.gather(*(writer.command("TTL", key, writes=False) for key in answers))
        assert min(lives) > 0, "an answer is kept for ever"

    async def forget(self) -> None:
        """Remove the city's data: the next history has a store without it."""
        await self.queues[0].store.writer.command("FLUSHDB")

    # --- comparing --------------------------------------------------------------------------------

    async def compare(self, sent: Sent | None = None) -> None:
        """Everything, now."""
        seen = await self._look()
        self.ledger.take(seen.events)
        self.ledger.compare(seen.snapshot)
        happened = sorted((event.type, _subject(event)) for event in seen.events)
        expected = sorted(self.model.events)
        assert happened == expected, f"events {happened}, expected {expected}"
        if sent is not None and isinstance(sent.said, Answer):
            self._compare_answer(sent.caller, sent.said, seen.events)
        self._compare_tickets({ticket.id: ticket for ticket in seen.snapshot.tickets})
        self._compare_places()
        for name, lease in self.model.leases.items():
            assert {each.letter: each.first for each in self.leased[name].blocks} == lease.first, name
        self.board.follow(seen.events, self.model)
        for branch, said in seen.counts.items():
            flows = self.ledger.flows[branch]
            assert {name: said.get(name, 0) for name in COUNTERS} == {name: flows[name] for name in COUNTERS}

    async def _look(self) -> Seen:
        """All there is, in one pipeline; a dying primary is waited for."""
        writer = self.queues[0].store.writer
        while True:
            try:
                snapshot, entries, *counts = await asyncio.gather(
                    self.log.snapshot(),
                    writer.command("XRANGE", self.keys.events, f"({self.ledger.offset}-0", "+", writes=False),
                    *(writer.command("HGETALL", self.keys.counts + each, writes=False) for each in BRANCHES),
                )
            except StoreUnavailable:
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            events = [_EVENT.decode(fields[1]) for _, fields in entries]
            return Seen(snapshot, events, dict(zip(BRANCHES, map(_counts, counts), strict=True)))

    def _compare_answer(self, caller: Caller, said: Answer, events: Sequence[Event]) -> None:
        """What the caller heard is what now is, and the log says that it was he."""
        assert said.offset == self.ledger.offset, f"the answer's offset is {said.offset}"
        assert not events or said.at == self.ledger.at, f"the answer is of {said.at}"
        assert all(event.actor == caller.actor for event in events), [event.actor for event in events]
        if said.ticket is not None:
            assert said.ticket == self.ledger.tickets[said.ticket.id]
        if said.desk is not None:
            logged = self.ledger.desks.get((said.desk.branch, said.desk.desk))
            assert said.desk == logged or (logged is None and said.desk.version == 1), "a desk never opened"
        if said.facts is not None:
            assert said.facts == self.ledger.branches[said.facts.branch]
        if said.ahead is not None and said.ticket is not None:
            assert said.ahead == self.model.ahead(said.ticket.id), (
                f"{said.ahead} ahead of {said.ticket.number}"
            )

    def _compare_tickets(self, shown: dict[str, TicketState]) -> None:
        for ticket in self.model.tickets.values():
            if ticket.state in ACTIVE:
                assert ticket.id in shown, f"{ticket} is not in the snapshot"
            ours, theirs = _ours(ticket), _theirs(self.ledger.tickets[ticket.id])
            other = {name: (theirs[name], value) for name, value in ours.items() if theirs[name] != value}
            assert not other, f"{ticket.number} (core, model): {other}"
        waiting = sorted(
            (t for t in shown.values() if t.state == "waiting"), key=lambda t: (t.order, t.placed, t.tie)
        )
        for branch, order in self.model.waiting_order().items():
            assert [t.id for t in waiting if t.branch == branch] == order, f"the line of {branch}"

    def _compare_places(self) -> None:
        for (branch, desk), expected in self.model.desks.items():
            real = self.ledger.desks.get((branch, desk))
            held = self.model.hand(branch, desk)
            assert (real.state if real else "closed") == expected.state, f"desk {branch}/{desk}"
            assert (real.ticket if real else None) == (held.id if held else None), f"desk {branch}/{desk}"
            assert real is None or real.version == expected.version, f"desk {branch}/{desk}"
            skills = tuple(real.queues) if real and real.queues is not None else None
            assert skills == expected.queues, f"desk {branch}/{desk} calls from {skills}"
        for branch, facts in self.model.branches.items():
            seen = self.ledger.branches.get(branch)
            if seen is None:
                assert facts.phase == "closed"
                continue
            said = {name: getattr(seen, name) for name in facts.__slots__} | {
                "suspended": tuple(seen.suspended)
            }
            assert said == {name: getattr(facts, name) for name in facts.__slots__}, f"branch {branch}"


def _counts(raw: list[bytes]) -> dict[str, int]:
    """A branch's counters, named as the ledger names its flows."""
    return {key.decode().replace("_", " "): int(n) for key, n in zip(raw[::2], raw[1::2], strict=True)}


def _with_writer(store: Store, writer: LossyWriter) -> Any:
    """The store as TicketQueue sees it, with another writer."""

    class Seen:
        pass

    seen = Seen()
    seen.writer = writer  # type: ignore[attr-defined]
    return seen


def _orders_by_offset(letters: Sequence[Sent], before: int) -> Any:
    """Orders in which the commands may have run: those that changed something by their offsets, others
    anywhere."""
    for order in itertools.permutations(range(len(letters))):
        last = before
        for i in order:
            said = letters[i].said
            offset = said.offset if isinstance(said, Answer) else last
            if offset < last:
                break
            last = offset
        else:
            yield order


def _heard(said: Answer | BalancerError) -> Heard:
    if isinstance(said, BalancerError):
        return Heard(said.code)
    return Heard(None, said.ticket.id if said.ticket is not None else None)


def words(said: Answer | BalancerError) -> bytes:
    """All that an answer or refusal says."""
    if isinstance(said, BalancerError):
        return msgspec.json.encode([said.code, said.params, said.state])
    return msgspec.json.encode(said)


def _subject(event: Any) -> str:
    if event.ticket is not None:
        return str(event.ticket.id)
    if event.desk is not None and event.facts is None:
        return f"{event.desk.branch}/{event.desk.desk}"
    return str(event.branch or "city")


def _ours(ticket: Ticket) -> dict[str, Any]:
    """What the model says of a ticket, in the words of the wire."""
    told = {name: getattr(ticket, name) for name in COMPARED} | {"state": ticket.state}
    come_back = ticket.sender[0] if ticket.sender else None
    return told | {"head_start": ticket.head_start, "legs": list(ticket.legs), "come_back": come_back}


def _theirs(ticket: TicketState) -> dict[str, Any]:
    told = {name: getattr(ticket, name) for name in COMPARED} | {"state": str(ticket.state)}
    legs = [leg.service for leg in ticket.legs]
    return told | {"head_start": ticket.head_start_ms, "legs": legs, "come_back": ticket.come_back}


def quick_repeats() -> None:
    """Repeats after a lost reply need not wait in a test: the line is bad on purpose."""
    commands.REPEAT_PAUSE_SECONDS = 0.0


__all__ = ["TIMER", "Player", "Sent", "Town", "quick_repeats"]
