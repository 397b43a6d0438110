"""Asks the alarm feed and passes its changes on to the branches: alarm, all-clear.

Only a *change* of what the feed says of a branch is passed on, once, by whichever process asks; a branch
that a supervisor has alarmed or cleared by hand stays so until the feed changes. A feed that fails changes
nothing. Real time throughout; what an all-clear then means is the core's affair (policy, delay).
"""

from __future__ import annotations

import asyncio
import logging
import random
import secrets
import time
from collections.abc import Callable

from balancer.alarms.feed import AlarmFeed, FeedFault, Regions
from balancer.alarms.regions import BranchRegions
from balancer.city.definition import City
from balancer.core.alarm_memory import AlarmMemory, FeedState, Passed
from balancer.core.caller import Caller
from balancer.core.ticket_queue import TicketQueue
from balancer.errors import BalancerError, Refused
from balancer.telemetry import FEED_FAULTS

log = logging.getLogger("balancer.alarms")

READ_SECONDS = 15.0
LONGEST_PAUSE = 60.0
KEY_REFUSED_PAUSE = 120.0
STALE_SECONDS = 300.0
JITTER = 0.1
_NOTHING_PASSED = Passed(0, False)


class AlarmWatch:
    """`await run()` until cancelled, or `await tick()` for one look, which returns the pause after it."""

    def __init__(
        self,
        feed: AlarmFeed,
        regions: BranchRegions,
        queue: TicketQueue,
        memory: AlarmMemory,
        city: Callable[[], City],
        poll_seconds: float,
        real_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
    ) -> None:
        self.feed = feed
        self.state = FeedState(feed.name, real_ms())
        self._regions = regions
        self._queue = queue
        self._memory = memory
        self._city = city
        self._poll = poll_seconds
        self._real_ms = real_ms
        self._process = secrets.token_hex(8)
        self._dice = random.Random()
        self._failures = 0

    async def run(self) -> None:
        """One look after the other; a store that is away is waited for."""
        try:
            while True:
                try:
                    pause = await self.tick()
                except BalancerError as error:
                    log.warning("the alarm feed waits for the store: %s", error)
                    pause = self._poll
                except Exception:
                    log.exception("a look at the alarm feed failed")
                    pause = LONGEST_PAUSE
                await asyncio.sleep(pause)
        finally:
            await self._end()

    async def tick(self) -> float:
        """Ask, pass on what changed, tell how it went; or see how the process that asks fares."""
        if not await self._memory.lead(self._process, self._lease_ms(self._poll)):
            self.state = await self._memory.state() or self.state
            return self._spread(self._poll)
        try:
            active = await asyncio.wait_for(self.feed.read(), READ_SECONDS)
        except (FeedFault, TimeoutError) as error:
            fault = error if isinstance(error, FeedFault) else FeedFault("unreachable", "timeout")
            pause = await self._failed(fault)
        else:
            await self._pass_on(active)
            self._failures, pause = 0, self._poll
            now = self._real_ms()
            if self.state.fault or self.state.good_at is None:
                log.info("the alarm feed answers", extra={"feed": self.feed.name})
            await self._tell(FeedState(self.feed.name, now, now))
        pause = self._spread(pause)
        await self._memory.lead(self._process, self._lease_ms(pause))
        return pause

    def age_seconds(self) -> float:
        """Real seconds since the feed's last good answer, or since the start where there was none."""
        return max(0, self._real_ms() - (self.state.good_at or self.state.since)) / 1000

    def trouble(self) -> FeedState | None:
        """The feed's state where a person must know of it: a refused key, or no good answer for minutes."""
        stale = self.age_seconds() > STALE_SECONDS
        return self.state if stale or self.state.fault.startswith("key_refused") else None

    # --- one look -------------------------------------------------------------------------------------

    async def _pass_on(self, active: Regions) -> None:
        passed = await self._memory.passed()
        for branch in self._city().branches:
            before = passed.get(branch.branch)
            alarm = bool(self._regions.of(branch.branch) & active)
            if before is None or before.alarm != alarm:
                await self._change(branch.branch, before or _NOTHING_PASSED, alarm)

    async def _change(self, branch: str, before: Passed, alarm: bool) -> None:
        """The key makes one command of however many attempts, by however many processes."""
        now = Passed(before.count + 1, alarm)
        if before.alarm != alarm:
            key = f"alarm-feed:{branch}:{now.count}"
            caller = Caller(f"timer:{self.feed.name}", key=key, fingerprint=f"{alarm}")
            verb = self._queue.alarm if alarm else self._queue.all_clear
            try:
                await verb(caller, branch)
                log.info("alarm" if alarm else "all-clear", extra={"branch": branch, "feed": self.feed.name})
            except Refused as refusal:
                log.info("%s by the feed, already so: %s", branch, refusal)
        await self._memory.note(branch, now)

    async def _failed(self, fault: FeedFault) -> float:
        """Tell of it; how long to wait before the next attempt."""
        self._failures += 1
        FEED_FAULTS.labels(self.feed.name, fault.kind).inc()
        since = self.state.since if self.state.fault else self._real_ms()
        if str(fault) != self.state.fault:
            log.warning("the alarm feed fails: %s", fault, extra={"feed": self.feed.name})
        await self._tell(FeedState(self.feed.name, since, self.state.good_at, str(fault)))
        pause = min(LONGEST_PAUSE, self._poll * 2.0 ** min(self._failures, 10))
        if fault.kind == "key_refused":
            pause = max(pause, min(KEY_REFUSED_PAUSE, self._poll * 12))
        return max(pause, fault.retry_after or 0)

    async def _tell(self, state: FeedState) -> None:
        self.state = state
        await self._memory.tell(state)

    def _spread(self, pause: float) -> float:
        return pause * self._dice.uniform(1, 1 + 2 * JITTER)

    def _lease_ms(self, pause: float) -> int:
        return round((pause + self._poll + READ_SECONDS) * 1000)

    async def _end(self) -> None:
        await self.feed.close()
        try:
            await self._memory.step_down(self._process)
        except BalancerError as error:
            log.info("the alarm feed was not handed on: %s", error)
