"""Later today: the line as it is, those who are expected, and the desks until closing."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from balancer.live import day_ahead as module
from balancer.live.board import Board
from balancer.live.branch_load import BranchLoad
from balancer.live.day_ahead import Ahead, DayAhead, answer, question
from balancer.live.learning import Learning
from balancer.live.wall_time import DayMinute
from balancer.messages import IntentState
from predictors.conformal import Quantiles
from tests.happenings import Happenings
from tests.town import MINUTE


def on_its_way(name: str, now: int) -> IntentState:
    """Somebody who means to be there in forty minutes."""
    return IntentState(
        id=name,
        branch="harbour",
        queue="all",
        service="address",
        state="on_the_way",
        version=1,
        announced=now,
        arrives=now + 40 * MINUTE,
        expires=now + 90 * MINUTE,
    )


class Morning:
    """The harbour at ten: two desks, services of about ten minutes, a line of `waiting`."""

    def __init__(self, waiting: int = 12, known: bool = True) -> None:
        self.town = Happenings()
        self.learning = Learning(self.town.city)
        for desk in self.town.desks.values():
            self.learning.desks.see(desk, self.town.at)
        self.town.forward(60)
        if known:
            for minutes in range(5, 16):
                for _ in range(10):
                    self.learning.learn_leg(
                        "address", "harbour", self.town.at, float(minutes), 0.0, missed=False
                    )
        for _ in range(waiting):
            self.town.issue("harbour", "all")

    def comers(self, days: int, each_day: int) -> None:
        """On former days of this weekday so many came between ten and five."""
        for week in range(1, days + 1):
            for number in range(each_day):
                at = self.town.at - 7 * week * 24 * 60 * MINUTE + round(number * 420 / each_day) * MINUTE
                self.learning.learn_arrival("harbour", "all", "address", at, 0.0)

    def load(self) -> tuple[BranchLoad, Board]:
        board = Board(self.town.city)
        board.load(self.town.snapshot())
        return board.branch("harbour"), board

    def ahead(self, intents: int = 0) -> Ahead:
        load, board = self.load()
        for number in range(intents):
            load.coming[str(number)] = on_its_way(str(number), self.town.at)
        return answer(question(load, board.tickets, self.learning, self.town.at))


def test_a_line_that_nobody_joins_is_served_and_gone() -> None:
    ahead = Morning().ahead()
    waits = [ahead.at("all", minute) for minute in (600, 630, 690)]
    assert all(wait is not None for wait in waits)
    now, soon, later = (wait.p50 for wait in waits if wait)
    assert 45 < now < 75 and soon == pytest.approx(now - 30, abs=8) and later < 2


def test_where_more_come_than_are_served_it_grows() -> None:
    morning = Morning()
    morning.comers(3, 98)
    ahead = morning.ahead()
    early, late = ahead.at("all", 610), ahead.at("all", 900)
    assert early and late and late.p50 > early.p50 + 15


def test_those_on_the_way_are_there_before_one_who_comes_after_them() -> None:
    alone, together = Morning().ahead().at("all", 645), Morning().ahead(intents=6).at("all", 645)
    assert alone and together and together.p50 > alone.p50 + 10


def test_it_ends_when_the_branch_closes() -> None:
    ahead = Morning().ahead()
    assert ahead.minutes[0] == 600 and ahead.minutes[-1] < 18 * 60
    assert ahead.at("all", 18 * 60 + 30) is None
    assert ahead.at("nowhere", 700) is None


def test_nothing_is_said_while_services_are_unknown() -> None:
    ahead = Morning(known=False).ahead()
    assert ahead.at("all", 630) is None


def test_before_the_morning_desks_are_expected_as_on_other_days() -> None:
    """At seven nobody is there; at half past nine two desks are."""
    morning = Morning(waiting=0)
    town, learning = morning.town, morning.learning
    former = []
    for day in range(1, 6):
        for hour, is_open in ((-1, True), (8, False)):
            at = town.at - day * 24 * 60 * MINUTE + hour * 60 * MINUTE
            former += [("harbour", desk, at, is_open) for desk in ("1", "2")]
    list(learning.desks.recall(sorted(former, key=lambda each: each[2])))
    for desk in ("1", "2"):
        town.set_desk("harbour", desk, "closed")
    town.set_facts("harbour", "branch_closed", phase="closed")
    town.forward(24 * 60 - 3 * 60)
    wait = morning.ahead().at("all", 9 * 60 + 30)
    assert wait is not None and wait.p50 < 2


async def test_a_crowd_that_asks_costs_one_replay(monkeypatch: pytest.MonkeyPatch) -> None:
    worked = []
    sound = module.answer

    def counted(asked: Any) -> Ahead:
        worked.append(asked)
        return sound(asked)

    monkeypatch.setattr(module, "answer", counted)
    morning, keeper = Morning(), DayAhead()
    load, board = morning.load()
    ask = (load, board.tickets, morning.learning)
    found = await asyncio.gather(*(keeper.of(*ask, morning.town.at) for _ in range(20)))
    assert len(worked) == 1 and all(each is found[0] for each in found)
    await keeper.of(*ask, morning.town.at + 11 * MINUTE)
    assert len(worked) == 2, "ten minutes later it is another day ahead"


async def test_a_fault_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    morning, keeper = Morning(), DayAhead()
    load, board = morning.load()
    with monkeypatch.context() as patch:
        patch.setattr(module, "answer", lambda asked: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await keeper.of(load, board.tickets, morning.learning, morning.town.at)
    assert (await keeper.of(load, board.tickets, morning.learning, morning.town.at)).minutes


def test_the_nearest_quarter_of_an_hour_answers() -> None:
    ahead = Ahead(DayMinute(1, 595.0), (600, 615), {("all", 600.0): Quantiles(1, 2, 3), ("all", 615.0): None})
    assert ahead.at("all", 595) == ahead.at("all", 607) == Quantiles(1, 2, 3)
    assert ahead.at("all", 609) is None and ahead.at("all", 700) is None
