"""What a process knows of a city: counts at once, estimates once a second, and how fresh all of it is."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from balancer.city.definition import City
from balancer.live import picture as module
from balancer.live.estimates import FREE_DESK
from balancer.live.picture import CityPicture
from balancer.messages import IntentState
from tests.happenings import Happenings
from tests.town import HOUR, MINUTE, FrozenClock, small_town


class Told:
    """A picture, the town that it shows, and what it said had changed. Real seconds stand in `seconds`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.town = Happenings()
        self.seconds = 100.0
        monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: self.seconds))
        self.clock = FrozenClock(now=self.town.at)
        self.changed: list[list[str]] = []
        self.next_city: City | None = None
        clock: Any = self.clock
        self.picture = CityPicture(self.town.city, clock, self._definition, self.changed.append)

    async def _definition(self) -> City | None:
        return self.next_city

    async def begin(self) -> None:
        await self.picture.begin(self.town.snapshot())
        self.picture.hear()

    async def serve(self, count: int) -> None:
        """Both desks of the harbour call, one call every five minutes, with a line that only grows."""
        for number in range(count):
            first, second = self.town.issue("harbour", "all"), self.town.issue("harbour", "all")
            called = self.town.call("harbour", str(1 + number % 2))
            self.town.forward(5)
            self.clock.now = self.town.at
            await self.picture.fold([first, second, called])

    def review(self, *, everything: bool = False) -> None:
        """All turns of a review at once."""
        for _ in self.picture.review(everything=everything):
            pass

    def wait(self) -> Any:
        return self.picture.frame("harbour").queues[0].wait


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    return Told(monkeypatch)


async def test_counts_are_there_at_once_and_estimates_once_a_second(told: Told) -> None:
    await told.begin()
    await told.serve(20)
    assert told.picture.frame("harbour").waiting == 20
    assert told.wait() == FREE_DESK, "worked out when it began, due again in a second"
    told.changed.clear()
    told.review()
    assert told.changed == []
    told.seconds += 1.0
    told.review()
    assert told.changed == [["harbour"]]
    assert told.wait().p50 > 5
    told.review()
    assert told.changed == [["harbour"]], "nothing is due any more"


async def test_the_last_change_of_a_second_is_not_lost(told: Told) -> None:
    await told.begin()
    await told.serve(20)
    told.seconds += 1.0
    told.review()
    told.picture.show("harbour")
    before = told.wait()
    await told.serve(10)
    assert told.wait() == before
    told.seconds += 1.0
    told.review()
    assert told.wait().p50 > before.p50


async def test_a_review_tells_of_nothing_where_only_time_has_passed(told: Told) -> None:
    await told.begin()
    for branch in told.town.city.branches:
        told.picture.show(branch.branch)
    told.changed.clear()
    told.seconds += 60
    told.clock.forward(HOUR)
    told.review(everything=True)
    assert told.changed == []
    told.clock.forward(9 * HOUR)
    told.review(everything=True)
    assert told.changed == [["centre"], ["harbour"]], "closing time: the next opening is another one"


async def test_while_the_store_is_away_the_picture_stands_still(told: Told) -> None:
    await told.begin()
    told.picture.lose()
    told.clock.forward(HOUR)
    told.seconds += 7
    told.picture.lose()
    frame = told.picture.frame("centre")
    assert frame.as_of == "2026-11-23T09:00:00+02:00"
    assert (told.picture.is_fresh, told.picture.lost_seconds) == (False, 7.0)
    told.picture.hear()
    assert told.picture.frame("centre").as_of == "2026-11-23T10:00:00+02:00"
    assert (told.picture.is_fresh, told.picture.lost_seconds) == (True, 0.0)


async def test_a_changed_city_is_loaded_and_told_to_everybody(told: Told) -> None:
    await told.begin()
    bigger = small_town("town")
    desk = msgspec.structs.replace(bigger.branches[1].desks[0], desk="9")
    harbour = msgspec.structs.replace(bigger.branches[1], desks=[*bigger.branches[1].desks, desk])
    told.next_city = msgspec.structs.replace(bigger, branches=[bigger.branches[0], harbour], version=2)
    told.changed.clear()
    await told.picture.fold([told.town.tell("city_applied", detail={"version": 2})])
    assert told.changed == [["centre", "harbour"]]
    assert told.picture.city.version == 2
    frame = told.picture.frame("harbour")
    assert (frame.desks_total, frame.desks_open, frame.seq) == (3, 2, told.town.offset)


async def test_a_fresh_snapshot_tells_of_every_branch(told: Told) -> None:
    await told.begin()
    told.town.issue()
    told.changed.clear()
    await told.picture.begin(told.town.snapshot(epoch="epoch-2"))
    assert told.changed == [["centre", "harbour"]]
    assert told.picture.frame("centre").epoch == "epoch-2"
    assert told.picture.frame("centre").waiting == 1


async def test_a_branch_that_is_no_more_is_not_shown(told: Told) -> None:
    await told.begin()
    told.next_city = msgspec.structs.replace(told.town.city, branches=told.town.city.branches[:1], version=2)
    late = told.town.issue("harbour", "all")
    await told.picture.fold([told.town.tell("city_applied", detail={"version": 2})])
    await told.picture.fold([late])
    told.seconds += 2
    told.review()
    assert told.picture.show("harbour") is None
    assert told.picture.show("centre") is not None


async def test_the_wait_at_a_later_moment(told: Told) -> None:
    """That of now for one who is there now; longer for one who comes after a crowd on its way; nobody knows
    once the branch stands still.
    """
    await told.begin()
    await told.serve(30)
    told.seconds += 2
    told.review(everything=True)
    now, soon = told.clock.now, told.clock.now + 10 * MINUTE
    assert told.picture.wait_at("harbour", "all", now) == told.wait()
    before = told.picture.wait_at("harbour", "all", soon)
    assert before is not None
    crowd = [
        IntentState(f"i{number}", "harbour", "all", "address", "on_the_way", 1, now, now + MINUTE, soon)
        for number in range(20)
    ]
    told_of = [told.town.tell("intent_announced", branch="harbour", intent=each) for each in crowd]
    await told.picture.fold(told_of)
    after = told.picture.wait_at("harbour", "all", soon)
    assert after is not None and after.p50 > before.p50
    assert told.picture.frame("harbour").on_the_way == 20
    await told.picture.fold([told.town.set_facts("harbour", "branch_held", hold="no water")])
    assert told.picture.wait_at("harbour", "all", soon) is None
