"""How a command reaches its script and how its reply becomes an Answer or an exception; the base of
TicketQueue."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from secrets import token_hex
from time import monotonic
from typing import Any, Protocol

import msgspec

from balancer.city.definition import Branch, City, decode_city
from balancer.city.hours import local_day
from balancer.core.caller import Caller
from balancer.core.connect import Store
from balancer.core.keys import Keys
from balancer.core.scripts import CityScript, city_script
from balancer.errors import Refused, StaleVersion, StoreUnavailable, Unconfirmed
from balancer.messages import Answer, Wait

KEEP_ANSWER_S = 24 * 60 * 60  # design §9: one ticket per idempotency key for 24 h
KEEP_OWN_ANSWER_S = 60  # the system's own commands are repeated at once or never
REPEATS = 3
REPEAT_WITHIN_SECONDS = 2.0
REPEAT_PAUSE_SECONDS = 0.05

Value = str | int | bytes | bool | Wait | None


class Clock(Protocol):
    """What a command needs of the city clock."""

    def now_ms(self) -> int:
        """City time."""

    def real_ms(self) -> int:
        """Real time."""


class _Problem(msgspec.Struct):
    code: str
    params: dict[str, Any] = {}
    state: dict[str, Any] | None = None


class _Refusal(msgspec.Struct):
    error: _Problem


_ANSWER = msgspec.json.Decoder(Answer)
_REFUSAL = msgspec.json.Decoder(_Refusal)


class CityCommands:
    """Runs scripts for one city. The definition is kept here only to know each branch's time zone."""

    def __init__(self, store: Store, city_id: str, clock: Clock) -> None:
        self.store = store
        self.city_id = city_id
        self.clock = clock
        self.keys = Keys.of(city_id)
        self._city: City | None = None

    async def definition(self) -> City | None:
        """The city as it was last applied, with its version; None before the first time."""
        self._city = await read_definition(self.store, self.city_id)
        return self._city

    async def city_key(self) -> bytes:
        """32 bytes born with the city's data; a ticket's secret is the HMAC of its id under it."""
        secret = await self.store.writer.command("HGET", self.keys.city, "secret", writes=False)
        if secret is None:
            raise Refused("unknown_city", city=self.city_id)
        return bytes.fromhex(secret.decode())

    async def counts(self, branch: str) -> dict[str, int]:
        """A branch's book of tickets (invariant 5): issued, moved_in, carried_in, reinstated, ended,
        moved_out, carried_out; what never happened is missing."""
        flat = await self.store.writer.command("HGETALL", self.keys.counts + branch, writes=False)
        pairs = flat.items() if isinstance(flat, dict) else zip(flat[::2], flat[1::2], strict=True)
        return {name.decode(): int(value) for name, value in pairs}

    async def _branch(self, branch: str) -> Branch | None:
        """A branch as it was last applied, None where there is none: the script refuses it."""
        if self._city is None or branch not in self._city.branch_by_id:
            await self.definition()
        return self._city.branch_by_id.get(branch) if self._city is not None else None

    async def _day(self, branch: str) -> str:
        """Today's date at a branch, "" where there is no such branch."""
        here = await self._branch(branch)
        return local_day(here.time_zone, self.clock.now_ms()) if here else ""

    async def _command(self, verb: str, caller: Caller, **values: Value) -> Answer:
        """Run the verb's script under the caller's key; while the outcome is unknown, repeat it under that
        key. A store that then cannot be reached leaves it unknown."""
        plan = city_script(verb)
        own = caller.key is None
        call: dict[str, Value] = {
            "idem_key": f"own:{token_hex(12)}" if own else f"key:{caller.key}",
            "fingerprint": caller.fingerprint,
            "keep_s": KEEP_OWN_ANSWER_S if own else KEEP_ANSWER_S,
            "actor": caller.actor,
            "role": caller.role,
            "now": self.clock.now_ms(),
            "real": self.clock.real_ms(),
            "expected": caller.version,
            **values,
        }
        deadline = monotonic() + REPEAT_WITHIN_SECONDS
        for attempt in range(1, REPEATS + 1):
            try:
                return read_answer(await self._run(plan, call))
            except StoreUnavailable as error:
                if attempt == 1:
                    raise
                raise Unconfirmed("unconfirmed") from error
            except Unconfirmed:
                if attempt == REPEATS or monotonic() > deadline:
                    raise
                await asyncio.sleep(REPEAT_PAUSE_SECONDS * attempt)
        raise AssertionError("unreachable")

    async def _read(self, name: str, **values: Value) -> Any:
        """The raw reply of a script that only reads, or of a chore that may be done twice."""
        return await self._run(city_script(name), values)

    async def _run(self, plan: CityScript, values: Mapping[str, Value]) -> Any:
        args = [_argument(values[name.rstrip("?#")]) for name in plan.args]
        if len(args) != len(values):
            raise TypeError(f"{plan.script.name} takes {plan.args}, given {sorted(values)}")
        return await self.store.writer.call(plan.script, self.keys.named(plan.keys), args)


async def read_definition(store: Store, city_id: str) -> City | None:
    """The definition that was last applied to a city, with its version; None where there is none."""
    plan = city_script("read_definition")
    reply = await store.writer.call(plan.script, Keys.of(city_id).named(plan.keys), [])
    if reply is None:
        return None
    version, text = reply
    return msgspec.structs.replace(decode_city(text), version=int(version))


def read_answer(reply: bytes) -> Answer:
    """The answer in a script's reply, or the refusal in it as an exception."""
    if not reply.startswith(b'{"error"'):
        return _ANSWER.decode(reply)
    problem = _REFUSAL.decode(reply).error
    kind = StaleVersion if problem.code == "stale_version" else Refused
    error = kind(problem.code, state=problem.state)
    # "state" is also a word in the text of some refusals, so that it cannot go through the constructor.
    error.params = problem.params
    error.args = (error.text("en"),)
    raise error


def _argument(value: Value) -> str | int | bytes:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, Wait):
        return msgspec.json.encode(value)
    return value
