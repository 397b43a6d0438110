"""Who asked for help at a kiosk, who goes there, and whether it is over.

Kept beside the queue state and apart from it: nothing here moves a ticket. Every fact is written once and
never changed (HSETNX): a repeated command changes nothing, and of two who take a request one is the first. A
request is named after its device and idempotency key, so that a late repeat does not open it again. All
instants are city ms.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b

import msgspec

from balancer.core.caller import Caller
from balancer.core.keys import Keys
from balancer.core.tokens import Commander
from balancer.errors import Refused

KEPT_MS = 48 * 3_600_000
"""Longer than answers of commands are kept: so long a repeat finds what it began."""
GOING, OVER = ":going", ":over"


class Asked(msgspec.Struct, frozen=True):
    """A device of a branch asks; `name`: what people call it, "" where nobody gave it a name."""

    id: str
    branch: str
    device: str
    name: str
    at: int


class Word(msgspec.Struct, frozen=True):
    """What a person or the device itself said of it: its role, its command's key, when."""

    role: str
    key: str | None
    at: int


class HelpRequest(msgspec.Struct, frozen=True):
    """A request with all that was said of it. `going`: somebody is on the way."""

    asked: Asked
    going: Word | None = None
    over: Word | None = None


_asked = msgspec.json.Decoder(Asked).decode
_word = msgspec.json.Decoder(Word).decode


class HelpBook:
    """The requests of one city."""

    def __init__(self, store: Commander, city: str) -> None:
        self._store = store
        self._key = Keys.of(city).help

    async def ask(self, branch: str, device: str, name: str, caller: Caller, at: int) -> HelpRequest:
        """The request of this command; where the device has asked before and it lasts, that one."""
        identity = request_id(device, caller.key or "")
        known = await self._all()
        lasting = [each for each in known if each.asked.device == device and each.over is None]
        if lasting and identity not in {each.asked.id for each in known}:
            return lasting[0]
        old = [each.asked.id for each in known if at - each.asked.at > KEPT_MS]
        if old:
            names = (name for each in old for name in (each, each + GOING, each + OVER))
            await self._store.command("HDEL", self._key, *names)
        await self._note(identity, Asked(identity, branch, device, name, at))
        return await self._find(identity)

    async def answer(self, branch: str, device: str, caller: Caller, at: int) -> HelpRequest:
        """Somebody goes there: the caller, or who was faster; `help_over` where nobody waits any more."""
        return await self._say(GOING, branch, device, caller, at)

    async def end(self, branch: str, device: str, caller: Caller, at: int) -> HelpRequest:
        """The person was helped, or went away; `help_over` where it was over before."""
        return await self._say(OVER, branch, device, caller, at)

    async def open_in(self, branch: str, since: int) -> list[HelpRequest]:
        """Who waits for help in a branch, oldest first, one a device; those before `since` are forgotten."""
        found: dict[str, HelpRequest] = {}
        for each in await self._all():
            if each.asked.branch == branch and each.over is None and each.asked.at >= since:
                found.setdefault(each.asked.device, each)
        return list(found.values())

    async def _say(self, what: str, branch: str, device: str, caller: Caller, at: int) -> HelpRequest:
        place = (branch, device)
        mine = [each for each in await self._all() if (each.asked.branch, each.asked.device) == place]
        for each in mine:  # a repeat of the command that said it
            said = each.going if what == GOING else each.over
            if said is not None and caller.key is not None and said.key == caller.key:
                return each
        lasting = [each.asked.id for each in mine if each.over is None]
        if not lasting:
            raise Refused("help_over")
        for identity in lasting:
            await self._note(identity + what, Word(caller.role, caller.key, at))
        return await self._find(lasting[0])

    async def _note(self, field: str, fact: Asked | Word) -> None:
        await self._store.command("HSETNX", self._key, field, msgspec.json.encode(fact))

    async def _find(self, identity: str) -> HelpRequest:
        names = (identity, identity + GOING, identity + OVER)
        facts = await self._store.command("HMGET", self._key, *names, writes=False)
        return _request(dict(zip(names, facts, strict=True)), identity)

    async def _all(self) -> list[HelpRequest]:
        flat = await self._store.command("HGETALL", self._key, writes=False)
        pairs = flat.items() if isinstance(flat, dict) else zip(flat[::2], flat[1::2], strict=True)
        facts = {name.decode(): fact for name, fact in pairs}
        found = [_request(facts, name) for name in facts if ":" not in name]
        return sorted(found, key=lambda each: (each.asked.at, each.asked.id))


def request_id(device: str, key: str) -> str:
    """The name of the request that a device began under that idempotency key."""
    return blake2b(f"{device}:{key}".encode(), digest_size=8).hexdigest()


def _request(facts: Mapping[str, bytes | None], identity: str) -> HelpRequest:
    asked, going, over = (facts.get(identity + end) for end in ("", GOING, OVER))
    assert asked is not None
    return HelpRequest(
        _asked(asked),
        None if going is None else _word(going),
        None if over is None else _word(over),
    )
