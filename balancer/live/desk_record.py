"""What one city's desks did: when they opened and paused, and since when they are free. Pure.

Teaches `predictors.desk_plan` and asks it when a desk will call. A plan is kept for a minute of city time: it
does not change as long as the desk stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from balancer.live.wall_time import DayMinute, day_minute
from balancer.messages import DeskState
from predictors.desk_plan import DeskPlan

Place = tuple[str, str]
Spans = tuple[tuple[float, float], ...]
Change = tuple[str, str, int, bool]
"""Branch, desk, city ms, and whether it began to call or ceased to."""

MOST_TOLD = 20_000


class DeskRecord:
    """Desks by branch and id."""

    def __init__(self) -> None:
        self.plan = DeskPlan()
        self._zones: Mapping[str, str] = {}
        self._open: dict[Place, bool] = {}
        self._opened: dict[Place, int] = {}
        self._freed: dict[Place, int] = {}
        self._kept: dict[Place, tuple[tuple[object, ...], Spans]] = {}
        self._told: list[Change] = []

    def refit(self, zones: Mapping[str, str]) -> None:
        """The time zones of the branches there are."""
        self._zones = zones
        self._kept = {}

    def see(self, desk: DeskState, at: int) -> None:
        """Take in that a desk is in this state at city ms `at`; the same again teaches nothing."""
        is_open, place = desk.state == "open", (desk.branch, desk.desk)
        if desk.branch not in self._zones or self._open.get(place, False) == is_open:
            return
        when = day_minute(self._zones[desk.branch], at)
        self.plan.observe(*place, when.day, when.minute, is_open)
        if len(self._told) < MOST_TOLD:
            self._told.append((*place, at, is_open))
        self._open[place] = is_open
        self._freed.pop(place, None)
        if is_open:
            self._opened[place] = when.day

    def recall(self, former: Iterable[Change]) -> Iterator[int]:
        """Learn from changes before all that was seen yet, in order of time; yields after each. Once it is
        through, the plan knows the former days and then what this process has seen.
        """
        plan, count = DeskPlan(), 0
        for change in former:
            self._tell(plan, change)
            count += 1
            yield count
        for change in self._told:
            self._tell(plan, change)
        self.plan, self._kept = plan, {}

    def _tell(self, plan: DeskPlan, change: Change) -> None:
        branch, desk, at, is_open = change
        if branch in self._zones:
            when = day_minute(self._zones[branch], at)
            plan.observe(branch, desk, when.day, when.minute, is_open)

    def free(self, desk: DeskState, here: int) -> None:
        """A desk has nothing in hand any more since `here` (branch ms)."""
        if desk.state == "open":
            self._freed[desk.branch, desk.desk] = here

    def freed(self, branch: str, desk: str) -> int | None:
        """Since when (branch ms) a desk had nothing in hand before its latest call; None if nobody knows."""
        return self._freed.get((branch, desk))

    def spans(
        self, branch: str, desk: str, state: DeskState | None, when: DayMinute, closes: float | None
    ) -> Spans:
        """When a desk will call from `when` on: as it usually does, but one that was closed today (not
        paused) is done. `closes`: minute of day.
        """
        place = (branch, desk)
        told = state.state if state is not None else "closed"
        if told == "closed" and self._opened.get(place) == when.day:
            return ()
        key = (told, when.day, int(when.minute), closes)
        kept = self._kept.get(place)
        if kept is None or kept[0] != key:
            found = self.plan.spans(branch, desk, when.minute, closes, told == "open", when.day)
            kept = self._kept[place] = (key, found)
        spans = kept[1]
        if spans and spans[0][0] < when.minute <= spans[0][1]:
            return ((when.minute, spans[0][1]), *spans[1:])
        return spans
