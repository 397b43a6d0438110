"""The system's own work on a city's data: what is due, signs of life, forgetting what nobody needs any
more."""

from __future__ import annotations

import msgspec

from balancer.core.caller import TIMER
from balancer.core.commands import CityCommands
from balancer.messages import Answer, BranchState

BEATS_AT_ONCE = 200
_HOURS_MS = 60 * 60 * 1000
KEEP_ENDED_MS = 72 * _HOURS_MS  # real time (design §4)
KEEP_SERIES_MS = 72 * _HOURS_MS  # city time


class Due(msgspec.Struct):
    """What the timers must know of a city, in one look.

    `due`: branches where a ticket's timer has run out. `overdue`: how many intents have expired. `idle`:
    branches that give no tickets any more and whose desks are all closed. `plans`: flat pairs branch →
    opening-hours instant last applied ("<branch>:day": of close_day).
    `beats`: flat pairs branch/desk → real ms of its last sign of life, the longest silent first.
    """

    definition: int
    facts: list[BranchState]
    due: list[str]
    overdue: int
    idle: list[str]
    plans: list[str]
    beats: list[str]

    def plan_of(self, branch: str, part: str = "") -> int | None:
        """The instant of the branch's hours that was applied last."""
        marks = dict(zip(self.plans[::2], self.plans[1::2], strict=True))
        found = marks.get(branch + part)
        return None if found is None else int(found)

    def silences(self) -> list[tuple[str, str, int]]:
        """(branch, desk, real ms of the last sign of life), the longest silent first."""
        pairs = zip(self.beats[::2], self.beats[1::2], strict=True)
        return [(*_place(name), int(float(score))) for name, score in pairs]


_DUE = msgspec.json.Decoder(Due)


class Chores(CityCommands):
    """Safe in several processes at once: each is one script, and doing it twice does nothing more."""

    async def due(self) -> Due:
        """What there is to do now."""
        return _DUE.decode(await self._read("due", now=self.clock.now_ms(), limit=BEATS_AT_ONCE))

    async def run_timers(self, branch: str, limit: int = 100) -> Answer:
        """Wake parked tickets and count missed calls that are due, at most `limit` of them."""
        return await self._command("run_timers", TIMER, branch=branch, limit=limit)

    async def expire_intents(self, limit: int = 100) -> Answer:
        """End the intents of visitors who should have come by now, at most `limit` of them."""
        return await self._command("expire_intents", TIMER, limit=limit)

    async def see_plan(self, branch: str, day_end: int) -> None:
        """Note, for a branch whose hours were never applied, that this end of a day is none of its own."""
        await self.store.writer.command("HSETNX", self.keys.plans, f"{branch}:day", day_end)

    async def heartbeat(self, branch: str, desk: str) -> None:
        """A desk's sign of life in real time; one that never gave any is never released for silence."""
        await self._read("heartbeat", branch=branch, desk=desk, real=self.clock.real_ms())

    async def sweep(self, limit: int = 500) -> int:
        """Forget tickets that ended 72 real hours ago and number series of days long past; how many it
        were."""
        ended, day = self.clock.real_ms() - KEEP_ENDED_MS, self.clock.now_ms() - KEEP_SERIES_MS
        return int(await self._read("sweep", ended_before=ended, day_before=day, limit=limit))


def _place(name: str) -> tuple[str, str]:
    branch, _, desk = name.partition("/")
    return branch, desk
