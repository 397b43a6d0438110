"""A small town's day for the head of a centre: the pure parts of the page, without store or server."""

from __future__ import annotations

from typing import Any

import msgspec

from balancer.city.definition import City
from balancer.city.model import Standard
from balancer.live.alerts import Watch, alerts
from balancer.live.board import Board
from balancer.live.day_measures import DayMeasures
from balancer.live.measures_view import DayNow, branch_measures
from balancer.messages.supervisor import Alert, BranchMeasures
from tests.happenings import Happenings
from tests.town import small_town

PROMISE = Standard(
    standard="wait",
    metric="wait",
    name={"uk": "Чекати", "en": "Wait"},
    target_minutes=15,
    guaranteed_minutes=40,
)


def promising_town(**policy: Any) -> City:
    """The small town with a promise about waiting, and room for ten in the centre's hall."""
    town = small_town("town", **policy)
    branches = [msgspec.structs.replace(each, hall_capacity=10) for each in town.branches]
    return msgspec.structs.replace(town, standards=[PROMISE], branches=branches)


class HeadRoom:
    """What happens in `town`, seen from the head's page; `opened`: doors and desks are open at nine."""

    def __init__(self, *, opened: bool = True, **policy: Any) -> None:
        self.city = promising_town(**policy)
        self.town = Happenings(self.city, opened=opened)
        self.board, self.measures = Board(self.city), DayMeasures(self.city)
        snapshot = self.town.snapshot()
        self.measures.begin(snapshot)
        self.board.load(snapshot)
        self.measures.settle(self.board)
        self._taken = 0

    def day(self, branch: str = "centre") -> DayNow:
        """The branch's day now, with all that was told."""
        fresh = self.town.told[self._taken :]
        self._taken = len(self.town.told)
        for event in fresh:
            self.board.apply(event)
        self.measures.learn(fresh)
        record = self.measures.record(branch, self.town.at)
        load = self.board.branch(branch)
        return DayNow(self.city, load, self.board.tickets, record, self.town.at, self.measures.known_from)

    def shown(self, branch: str = "centre") -> BranchMeasures:
        """All measures."""
        return branch_measures(self.day(branch), {}, None)

    def alerts(self, **more: Any) -> list[Alert]:
        """What needs a decision; `more`: further fields of `Watch`."""
        return alerts(Watch(self.day(), **more))

    def kinds(self, **more: Any) -> list[str]:
        """The kinds of it."""
        return [each.kind for each in self.alerts(**more)]
