"""What a city's processes share about its alarm feed: who asks it, what was passed on, whether it answers.

One process at a time asks (`lead`), because a feed counts the requests of a key. What was passed on to a
branch outlives restarts, so that only a change of the feed is ever passed on and nothing that a supervisor
did by hand since is undone. Times are real.
"""

from __future__ import annotations

import msgspec

from balancer.core.keys import Keys
from balancer.core.tokens import Commander


class Passed(msgspec.Struct, frozen=True):
    """What was last passed on to a branch; `count`: how many changes that makes, ever."""

    count: int
    alarm: bool


class FeedState(msgspec.Struct, frozen=True):
    """How the feed fares. `good_at`: real ms of its last good answer; `fault` and its detail: what came of
    the last reading, "" if that was good; `since`: real ms of the first of these faults, or of the start.
    """

    feed: str
    since: int
    good_at: int | None = None
    fault: str = ""


_state = msgspec.json.Decoder(FeedState)
_passed = msgspec.json.Decoder(Passed)


class AlarmMemory:
    """The memory of one city."""

    def __init__(self, store: Commander, city: str) -> None:
        self._store = store
        keys = Keys.of(city)
        self._asker, self._passed, self._state = keys.alarm_asker, keys.alarm_passed, keys.alarm_state

    async def lead(self, process: str, lease_ms: int) -> bool:
        """Whether this process is the one that asks, for the next `lease_ms`."""
        got = await self._store.command("SET", self._asker, process, "NX", "PX", lease_ms)
        if got is not None:
            return True
        if await self._asking() != process:
            return False
        return bool(await self._store.command("PEXPIRE", self._asker, lease_ms))

    async def step_down(self, process: str) -> None:
        """Let another process ask at once."""
        if await self._asking() == process:
            await self._store.command("DEL", self._asker)

    async def _asking(self) -> str:
        found = await self._store.command("GET", self._asker, writes=False)
        return found.decode() if found else ""

    async def passed(self) -> dict[str, Passed]:
        """What was passed on, by branch."""
        flat = await self._store.command("HGETALL", self._passed, writes=False)
        pairs = flat.items() if isinstance(flat, dict) else zip(flat[::2], flat[1::2], strict=True)
        return {branch.decode(): _passed.decode(raw) for branch, raw in pairs}

    async def note(self, branch: str, passed: Passed) -> None:
        """Remember what was passed on."""
        await self._store.command("HSET", self._passed, branch, msgspec.json.encode(passed))

    async def state(self) -> FeedState | None:
        """How the feed fares, as the process that asks has told; None before it ever did."""
        raw = await self._store.command("GET", self._state, writes=False)
        return _state.decode(raw) if raw else None

    async def tell(self, state: FeedState) -> None:
        """Tell the other processes how the feed fares."""
        await self._store.command("SET", self._state, msgspec.json.encode(state))
