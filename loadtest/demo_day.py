"""One day of the demo against a running server: its visitors, its clerks, an air-raid alarm and a power
cut.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np

from balancer.city.definition import Branch, City
from balancer.messages import BranchFrame
from loadtest.clerk import Clerk, Lunch
from loadtest.demo_plan import OPENING_MINUTE, Demand, Visitor, opening_of, visitors_of_day
from loadtest.driver import CityClient, CommandRefused
from loadtest.hall import PAUSED, Hall
from loadtest.pace import CityPace
from predictors.profiles import Profile

log = logging.getLogger("balancer.demo")

ALARM_MINUTE, ALARM_MINUTES = 10 * 60 + 45, 25
POWER_CUT_MINUTE, POWER_CUT_MINUTES = 15 * 60 + 10, 20
LATEST_AFTER_CLOSING = 90
LUNCH_SHIFTS = 3


@dataclass
class DemoDay:
    """All that moves on one day. `free_desk`: (branch, desk) that is left to whoever tries the desk's
    page.
    """

    city: City
    day: date
    demand: Demand
    profile: Profile
    client: CityClient
    pace: CityPace
    rng: np.random.Generator
    free_desk: tuple[str, str] | None = None
    halls: dict[str, Hall] = field(default_factory=dict)
    tickets: dict[str, Visitor] = field(default_factory=dict)

    async def run(self) -> None:
        """Live through the day until every clerk has gone home, or long after the last branch has closed."""
        open_today = [branch for branch in self.city.branches if opening_of(branch, self.day)]
        self.halls = {branch.branch: Hall() for branch in open_today}
        watching = asyncio.create_task(self.client.watch(self._show))
        try:
            for hall in self.halls.values():
                await hall.until(lambda hall: hall.frame is not None)
            await asyncio.wait_for(self._live(open_today), self._seconds_left(open_today))
        except TimeoutError:
            log.info("the day is over, though somebody is still at a desk")
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)

    async def _live(self, branches: list[Branch]) -> None:
        async with asyncio.TaskGroup() as town:
            others = [
                town.create_task(self._arrive()),
                town.create_task(self._alarm(branches)),
                town.create_task(self._power_cut(branches)),
            ]
            async with asyncio.TaskGroup() as clerks:
                for branch in branches:
                    for place, desk in enumerate(branch.desks):
                        if (branch.branch, desk.desk) != self.free_desk:
                            clerks.create_task(self._clerk(branch, place).work())
            for task in others:
                task.cancel()

    def _clerk(self, branch: Branch, place: int) -> Clerk:
        shift = place % LUNCH_SHIFTS
        minute = self.demand.lunch_minute + shift * self.demand.lunch_minutes + self.rng.uniform(0, 5)
        return Clerk(
            branch.branch,
            branch.desks[place],
            self.halls[branch.branch],
            self.client,
            self.pace,
            self.tickets,
            Lunch(minute, self.demand.lunch_minutes),
            np.random.default_rng(self.rng.integers(2**63)),
            frozenset(each.service for each in self.city.services if each.fee is not None),
        )

    async def _arrive(self) -> None:
        """Issue a ticket for every visitor when he comes; the early crowd stands there already."""
        async with asyncio.TaskGroup() as coming:
            for visitor in visitors_of_day(self.city, self.day, self.demand, self.profile, self.rng):
                if visitor.minute >= OPENING_MINUTE:
                    await self.pace.until(self.instant(visitor.minute))
                coming.create_task(self._take_ticket(visitor))

    async def _take_ticket(self, visitor: Visitor) -> None:
        """Who finds the line too long or is refused goes home; who meets a pause waits for its end."""
        hall = self.halls[visitor.branch]
        queue = self.city.branch(visitor.branch).queue_of(visitor.service)
        if queue is None or hall.expected_wait(queue.queue) > visitor.patience_minutes:
            return
        for _ in range(2):
            try:
                answer = await self.client.issue(visitor.branch, visitor.service)
            except CommandRefused as refusal:
                if refusal.code != "branch_paused":
                    return
                await hall.until(lambda hall: hall.state != PAUSED)
            else:
                self.tickets[answer.ticket.id] = visitor
                return

    async def _alarm(self, branches: list[Branch]) -> None:
        """One air-raid alarm over the whole city; what a branch then does is its own policy."""
        await self._spell(ALARM_MINUTE, ALARM_MINUTES, branches, "alarm", "all-clear")

    async def _power_cut(self, branches: list[Branch]) -> None:
        """The power fails where there is no generator, in one unit."""
        dark = [each for each in branches if "generator" not in each.facilities and each.kind == "unit"][:1]
        await self._spell(POWER_CUT_MINUTE, POWER_CUT_MINUTES, dark, "power-off", "power-on")

    async def _spell(self, minute: int, minutes: int, where: list[Branch], begin: str, end: str) -> None:
        for at, verb in ((minute, begin), (minute + minutes, end)):
            await self.pace.until(self.instant(at))
            moment = f"{at // 60:02}:{at % 60:02}"
            log.info("%s %s: %s", moment, verb, ", ".join(each.branch for each in where))
            for branch in where:
                with contextlib.suppress(CommandRefused):
                    await self.client.branch(branch.branch, verb)

    def _show(self, frame: BranchFrame) -> None:
        hall = self.halls.get(frame.branch)
        if hall is not None:
            hall.show(frame)

    def instant(self, minute: float) -> float:
        """City seconds since the epoch of a minute of this day."""
        midnight = datetime(self.day.year, self.day.month, self.day.day, tzinfo=ZoneInfo(self.city.time_zone))
        return midnight.timestamp() + 60 * minute

    def _seconds_left(self, branches: list[Branch]) -> float:
        """Real seconds until the day is over even where somebody keeps a branch from closing."""
        closings = [hours[1] for branch in branches if (hours := opening_of(branch, self.day))]
        end = self.instant(max(closings) + LATEST_AFTER_CLOSING)
        return max(0.0, end - self.pace.timestamp()) / self.pace.speed
