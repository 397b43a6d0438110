"""Random histories of visitors on their way, in two processes, against a model that fits on a page.

After every step: the model's live intents are those of the snapshot, of the fold over the log and of the live
board; an intent ends once, by one event; the offsets have no gap.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from balancer.core.caller import Caller
from balancer.core.connect import connect
from balancer.core.ticket_queue import TicketQueue
from balancer.core.transitions import ALL_ROLES, INTENT_VERBS, refusal
from balancer.errors import BalancerError
from balancer.live.board import Board
from balancer.messages import IntentState
from tests.stores import Server, redis_server, valkey_program
from tests.town import CITIZEN, KIOSK, MINUTE, Town

SEED = int(os.environ.get("SEED", "20261124"))
HISTORIES = 12
STEPS = 40
KEPT_MINUTES = 20
MOST = 3


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A store that need not survive anything."""
    folder: Path = tmp_path_factory.mktemp("intents")
    with redis_server(folder, valkey_program(), appendonly="no") as server:
        yield server


class Model:
    """Every intent there ever was: where, whose, until when, and how it stands."""

    def __init__(self) -> None:
        self.made: list[dict[str, object]] = []

    def live(self) -> list[dict[str, object]]:
        return [each for each in self.made if each["state"] == "on_the_way"]

    def may_announce(self, sender: str) -> bool:
        return sum(each["sender"] == sender for each in self.live()) < MOST

    def expire(self, now: int) -> None:
        for each in self.live():
            if int(str(each["expires"])) <= now:
                each["state"] = "expired"


class History:
    """One city, two processes, one model."""

    def __init__(self, town: Town, second: TicketQueue, chance: random.Random) -> None:
        self.town, self.queues, self.chance = town, (town.queue, second), chance
        self.model, self.board = Model(), Board(town.city)
        self.folded: dict[str, IntentState] = {}
        self.keys = 0

    async def step(self) -> None:
        """Something happens; then everything is compared."""
        await self.chance.choice([self.announce, self.announce, self.cancel, self.arrive, self.wait])()
        await self.compare()

    def caller(self, who: Caller) -> Caller:
        self.keys += 1
        return Caller(who.actor, f"key-{self.keys:08}", "mark")

    async def announce(self) -> None:
        sender, minutes = self.chance.choice("ab"), self.chance.randrange(30)
        branch = self.chance.choice(["centre", "harbour"])
        arrives = self.town.clock.now + minutes * MINUTE
        caller, name = self.caller(CITIZEN), f"intent-{self.keys}"
        for queue in self.queues:  # the second is the repeat after a lost reply
            try:
                await queue.announce(
                    caller, branch, "address", arrives, sender=sender, most=MOST, intent_id=name
                )
            except BalancerError as error:
                assert error.code == "too_many_intents" and not self.model.may_announce(sender)
                return
        spared = KEPT_MINUTES if branch == "centre" else 30
        self.model.made.append(
            dict(id=name, branch=branch, sender=sender, expires=arrives + spared * MINUTE, state="on_the_way")
        )

    async def cancel(self) -> None:
        await self._end("cancelled", lambda queue, name: queue.cancel_intent(self.caller(CITIZEN), name))

    async def arrive(self) -> None:
        branch = self.chance.choice(["centre", "harbour"])
        await self._end(
            branch, lambda queue, name: queue.issue(self.caller(KIOSK), branch, "address", intent=name)
        )

    async def _end(self, how: str, command) -> None:  # type: ignore[no-untyped-def]
        """Both processes try at once, under keys of their own: at most one of them does it."""
        if not self.model.made:
            return
        intent = self.chance.choice(self.model.made)
        name = str(intent["id"])
        tries = (command(queue, name) for queue in self.queues)
        done = await asyncio.gather(*tries, return_exceptions=True)
        refused = [each for each in done if isinstance(each, BaseException)]
        codes = {each.code if isinstance(each, BalancerError) else str(each) for each in refused}
        assert codes <= {"intent_ended"}
        assert len(refused) == (1 if intent["state"] == "on_the_way" else 2)
        if intent["state"] == "on_the_way":
            at_home = how == intent["branch"]
            intent["state"] = "kept" if at_home else "cancelled"

    async def wait(self) -> None:
        self.town.clock.forward(self.chance.randrange(1, 25) * MINUTE)
        await asyncio.gather(*(queue.expire_intents() for queue in self.queues))
        self.model.expire(self.town.clock.now)

    async def compare(self) -> None:
        for event in await self.town.new_events():
            self.board.apply(event)
            if event.intent is not None:
                before = self.folded.get(event.intent.id)
                assert before is None or before.state == "on_the_way", "an intent ended twice"
                assert event.intent.version == (before.version if before else 0) + 1
                self.folded[event.intent.id] = event.intent
        live = {str(each["id"]) for each in self.model.live()}
        snapshot = await self.town.log.snapshot()
        assert {each.id for each in snapshot.intents} == live
        assert {each.id: each.state for each in self.folded.values()} == {
            str(each["id"]): each["state"] for each in self.model.made
        }
        shown = {load.branch.branch: set(load.coming) for load in self.board.branches()}
        assert set.union(*shown.values()) == live
        for each in snapshot.intents:
            assert each == self.folded[each.id] and each.id in shown[each.branch]
        for branch in ("centre", "harbour"):
            here, balance = await self.town.books(branch)
            assert here == balance


async def test_random_histories(store: Server) -> None:
    """Announced, repeated, cancelled, kept here or elsewhere, expired: always as the model says."""
    print(f"SEED={SEED}")
    ends: set[object] = set()
    for number in range(HISTORIES):
        chance = random.Random(f"{SEED}/{number}")
        async with Town.found(store.url, f"way-{number}", intent_expires_minutes=KEPT_MINUTES) as town:
            other = await connect(store.url, town.city.city)
            history = History(town, TicketQueue(other, town.city.city, town.clock), chance)
            history.board.load(await town.log.snapshot())
            for _ in range(STEPS):
                await history.step()
            await other.close()
            ends |= {each["state"] for each in history.model.made}
    assert ends == {"on_the_way", "kept", "cancelled", "expired"}, f"SEED={SEED}"


async def test_every_state_verb_and_role(store: Server) -> None:
    """It moves as the table says, or is refused with the table's code and changes nothing."""
    async with Town.found(store.url, "walk-of-intents") as town:
        for role in ALL_ROLES:
            for state in ("on_the_way", "kept", "cancelled", "expired"):
                for verb in ("cancel_intent", "issue"):
                    name = await _intent_in(town, state)
                    offset = (await town.log.snapshot()).offset
                    code = await _tried(town, verb, Caller(role), name)
                    expected = refusal(verb, "intent", state, role)
                    if code == "remote_tickets_off":  # the citizen's, where the state allows a ticket
                        assert role == "citizen" and verb == "issue"
                        continue
                    assert code == expected, f"{role} {verb} from {state}"
                    moved = (await town.log.snapshot()).offset > offset
                    assert moved == (code is None)
    assert {row.verb for row in INTENT_VERBS} == {"announce", "cancel_intent", "expire_intents", "issue"}


async def _intent_in(town: Town, state: str) -> str:
    """An intent of the centre in that state."""
    answer = await town.queue.announce(CITIZEN, "centre", "address", town.clock.now)
    assert answer.intent is not None
    if state == "kept":
        await town.queue.issue(KIOSK, "centre", "address", intent=answer.intent.id)
    elif state == "cancelled":
        await town.queue.cancel_intent(CITIZEN, answer.intent.id)
    elif state == "expired":
        town.clock.forward(31 * MINUTE)
        await town.queue.expire_intents()
    return answer.intent.id


async def _tried(town: Town, verb: str, caller: Caller, name: str) -> str | None:
    """The code with which it was refused, None where it was done."""
    try:
        if verb == "issue":
            await town.queue.issue(caller, "centre", "address", intent=name)
        else:
            await town.queue.cancel_intent(caller, name)
    except BalancerError as error:
        return error.code
    return None
