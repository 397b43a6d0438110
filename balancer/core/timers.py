"""All that happens by itself: opening hours, parked tickets waking, missed calls, visitors who never came,
silent desks, the end of the day, forgetting. Safe in several processes: each step is one script that asks
again whether it is still due.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Protocol

from balancer.city.definition import Branch, City
from balancer.city.hours import HoursNow, local_day, plan
from balancer.core.caller import TIMER
from balancer.core.chores import Due
from balancer.core.commands import Clock
from balancer.core.event_log import EventLog
from balancer.core.ticket_queue import TicketQueue
from balancer.errors import BalancerError, Refused
from balancer.messages import BranchState

log = logging.getLogger("balancer.timers")

TICK_SECONDS = 0.25
REFRESH_SECONDS = 1.0
SWEEP_SECONDS = 60.0
TRIM_SECONDS = 600.0


class SharedClock(Clock, Protocol):
    """A clock whose anchor other processes may move (CityClock)."""

    async def refresh(self) -> None:
        """Take over the anchor that holds now."""


class Timers:
    """`await run()` until cancelled, or `await tick()` for one pass. Pauses are real time."""

    def __init__(self, queue: TicketQueue, clock: SharedClock, events: EventLog) -> None:
        self.queue = queue
        self.clock = clock
        self.events = events
        self._city: City | None = None
        self._last: dict[str, int] = {}
        # A desk can give signs of life only while the server and the store are there to hear them.
        self._hearing_since = clock.real_ms()

    async def run(self) -> None:
        """One pass after the other; a store that is away is waited for."""
        while True:
            try:
                await self.tick()
            except BalancerError as error:
                self._hearing_since = self.clock.real_ms()
                log.warning("timers wait: %s", error)
            except Exception:
                log.exception("a pass of the timers failed")
            await asyncio.sleep(TICK_SECONDS)

    async def tick(self) -> None:
        """Everything that is due now."""
        if self._is_time("refresh", REFRESH_SECONDS):
            await self.clock.refresh()
        due = await self._apply_hours()
        for branch in due.due:
            await self.queue.run_timers(branch)
        for facts in due.facts:
            if self._past(facts.resumes) is not None:
                await self._end_alarm(facts.branch)
        if due.overdue:
            await self.queue.expire_intents()
        await self._release_silent(due)
        if self._is_time("sweep", SWEEP_SECONDS):
            while await self.queue.sweep():
                pass
        if self._is_time("trim", TRIM_SECONDS):
            await self.events.trim(self.clock.real_ms())

    async def apply_plan_now(self) -> None:
        """Bring every branch to what its opening hours say at this moment; before a server says it is
        ready."""
        await self._apply_hours()

    def _is_time(self, chore: str, seconds: float) -> bool:
        now, last = self.clock.real_ms(), self._last.get(chore)
        if last is not None and now - last < seconds * 1000:
            return False
        self._last[chore] = now
        return True

    # --- opening hours --------------------------------------------------------------------------------

    async def _apply_hours(self) -> Due:
        due = await self.queue.due()
        city = await self._definition(due.definition)
        for facts in due.facts:
            branch = city.branch_by_id.get(facts.branch) if city else None
            if branch is not None:
                await self._apply_plan(branch, facts, due)
        return due

    async def _definition(self, version: int) -> City | None:
        if self._city is None or self._city.version != version:
            self._city = await self.queue.definition()
        return self._city

    async def _apply_plan(self, branch: Branch, facts: BranchState, due: Due) -> None:
        """Carry out the instants of the plan that have come since the last one that was."""
        name, hours = branch.branch, plan(branch, self.clock.now_ms())
        done, day_done = due.plan_of(name), due.plan_of(name, ":day")
        if day_done is None:
            day_done = self._past(hours.close_day_at) or 0
            await self.queue.see_plan(name, day_done)
        if await self._close_day(branch, facts, hours, day_done, name in due.idle):
            facts.phase = "closed"
        if hours.open_now and hours.last_opened is not None and (done or 0) < hours.last_opened:
            await self._open(branch, facts, hours.last_opened, done or 0, day_done)
        elif not hours.open_now and hours.last_closed is not None and (done or 0) < hours.last_closed:
            await self._try("close_tickets", name, hours.last_closed)

    async def _close_day(
        self, branch: Branch, facts: BranchState, hours: HoursNow, done: int, idle: bool
    ) -> bool:
        """The day ends at its hour, or sooner once the last desk has closed after the last closing hour."""
        end = hours.close_day_at
        if end is None or done >= end or facts.day is None:
            return False
        over = not hours.open_now and not hours.more_today
        if self._past(end) is None and not (over and idle):
            return False
        return await self._try("close_day", branch.branch, end)

    async def _open(self, branch: Branch, facts: BranchState, opening: int, done: int, day_done: int) -> None:
        """Open for the day, or again after lunch; a day that nobody ended is ended first."""
        name = branch.branch
        same_day = facts.day == local_day(branch.time_zone, opening)
        if facts.phase == "tickets_closed" and same_day:
            await self._try("open_tickets", name, opening)
            return
        if done and not same_day and (facts.phase != "closed" or day_done < done):
            await self._try("close_day", name, opening)
        await self._try("open_branch", name, opening)

    async def _try(self, verb: str, branch: str, instant: int) -> bool:
        """Carry out one instant of the plan. Refused where a supervisor has already done it: the instant
        counts as carried out all the same."""
        try:
            await getattr(self.queue, verb)(TIMER, branch, plan=instant)
        except Refused as refusal:
            log.info("%s of %s by the opening hours: %s", verb, branch, refusal)
            return False
        return True

    def _past(self, instant: int | None) -> int | None:
        return instant if instant is not None and instant <= self.clock.now_ms() else None

    async def _end_alarm(self, branch: str) -> None:
        """The branch goes on after the all-clear, unless another process was faster or an alarm came anew."""
        try:
            await self.queue.end_alarm(TIMER, branch)
        except Refused as refusal:
            log.info("the alarm of %s is not ended: %s", branch, refusal)

    # --- desks ----------------------------------------------------------------------------------------

    async def _release_silent(self, due: Due) -> None:
        """Release desks that were heard once and then no more, for longer than their branch allows (real
        time)."""
        now = self.clock.real_ms()
        for name, desk, heard in due.silences():
            branch = self._city.branch_by_id.get(name) if self._city else None
            patience = branch.policy.desk_silent_after_seconds * 1000 if branch else 0
            if patience and now - max(heard, self._hearing_since) > patience:
                try:
                    await self.queue.release_desk(TIMER, name, desk, "silent", silent_since=heard)
                except Refused as refusal:
                    log.info("desk %s of %s is silent, not released: %s", desk, name, refusal)
