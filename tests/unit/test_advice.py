"""Who is advised, in which order and why: a city of four branches whose waits the test sets."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec
import pytest

from balancer.city.definition import Branch, City
from balancer.city.travel import Trip
from balancer.live.advice import Asked, advise
from balancer.live.board import Board
from balancer.messages import Wait
from balancer.messages.advice import AdviceView
from tests.happenings import Happenings
from tests.town import CENTRE, HARBOUR, HOUR, MINUTE, NINE, small_town, words

SHORT, LONG = Wait(3.0, 5.0, 9.0), Wait(40.0, 60.0, 90.0)


def renamed(branch: Branch, name: str, **more: Any) -> Branch:
    """The same branch under another name."""
    return msgspec.structs.replace(branch, branch=name, name=words(name.title()), **more)


class Country:
    """Four branches a, b, c, d like the small town's centre, and the harbour, which has no land service."""

    def __init__(self, **facilities: list[str]) -> None:
        four = [renamed(CENTRE, name, facilities=facilities.get(name, [])) for name in "abcd"]
        self.city: City = msgspec.structs.replace(small_town("town"), branches=[*four, HARBOUR])
        self.town = Happenings(self.city)

    def advice(
        self,
        travel: dict[str, float],
        waits: dict[str, Wait | None],
        *,
        service: str = "land",
        needs: str = "",
        now: int = NINE,
        seed: int | None = None,
    ) -> AdviceView:
        """What is said to one with these ways; a branch without a way is a day's walk off."""
        board = Board(self.city)
        board.load(self.town.snapshot())
        trips = {each.branch: Trip(travel.get(each.branch, 1440.0), 1.0, None) for each in self.city.branches}
        asked = Asked(self.city.service(service), "transit", now, frozenset(needs.split()))
        return advise(
            self.city,
            board.branches(),
            asked,
            trips,
            lambda branch, queue, at: waits.get(branch),
            now=now,
            seed=seed,
        )


def order(view: AdviceView) -> list[str]:
    return [each.branch for each in view.branches]


def reasons(view: AdviceView) -> dict[str, str]:
    return {each.branch: each.reason for each in view.left_out}


def test_travel_and_wait_together_decide() -> None:
    """Near and crowded loses against farther and empty, and the sentence says by how much."""
    view = Country().advice({"a": 5, "b": 15, "c": 30}, {"a": LONG, "b": SHORT, "c": SHORT})
    assert order(view) == ["b", "c", "a"]
    first = view.branches[0]
    assert first.door_to_desk == pytest.approx(15 + 0.3 * 3 + 0.4 * 5 + 0.3 * 9, abs=0.06)
    assert first.arrives == "2026-11-23T09:15:00+02:00" and first.closes_at == "2026-11-23T18:00:00+02:00"
    assert first.why["uk"] == "На 10 хв далі, ніж A, зате чекати на 57 хв менше"
    assert [each.why["en"] for each in view.branches[1:]] == [
        "15 min longer: it is farther",
        "47 min longer: the line is longer",
    ]


def test_nearest_and_short() -> None:
    """The sentence everybody understands."""
    view = Country().advice({"a": 5, "b": 15}, {"a": SHORT, "b": SHORT})
    assert view.branches[0].why["uk"] == "Ближче за інші, і черга коротка"
    assert (view.note, view.spread) == (None, False)


def test_near_but_crowded_may_still_be_best() -> None:
    """Said as it is: the line is long, the way to the others is longer."""
    view = Country().advice({"a": 5, "b": 90}, {"a": LONG, "b": SHORT})
    assert order(view) == ["a", "b"]
    assert view.branches[0].why["en"].startswith("Nearer than the others: the way to them")


def test_everybody_left_out_has_a_reason() -> None:
    """Nearest closed by hand, paused, out of tickets, too far before closing, without the service."""
    country = Country()
    country.town.set_facts("a", "branch_closed", phase="closed")
    country.town.set_facts("b", "alarm_sounded", alarm="pause")
    country.town.set_facts("c", "tickets_closed", phase="tickets_closed")
    view = country.advice({"a": 1, "b": 2, "c": 3, "d": 10, "harbour": 1}, {"d": SHORT})
    assert order(view) == ["d"]
    assert view.branches[0].why["en"] == "The only branch that will take you"
    assert reasons(view) == {
        "a": "closed",
        "b": "paused",
        "c": "tickets_closed",
        "harbour": "service_not_offered",
    }
    assert all(each.why["uk"] and each.why["en"] for each in view.left_out)


def test_closing_too_soon() -> None:
    """Ten minutes to six: who needs twenty is not sent, and told when it opens again."""
    view = Country().advice({"a": 2, "b": 20}, {"a": SHORT, "b": SHORT}, now=NINE + 9 * HOUR - 10 * MINUTE)
    assert order(view) == ["a"]
    closing = next(each for each in view.left_out if each.branch == "b")
    assert (closing.reason, closing.opens_at) == ("closing_too_soon", "2026-11-24T09:00:00+02:00")


def test_a_turn_after_closing_costs() -> None:
    """A line that may not be served by six ranks behind a farther one that will be."""
    late = NINE + 8 * HOUR + 20 * MINUTE
    view = Country().advice({"a": 2, "b": 30}, {"a": Wait(5.0, 15.0, 80.0), "b": SHORT}, now=late)
    assert order(view) == ["b", "a"]
    assert view.branches[0].why["en"] == "A, which is nearer, may close before your turn"
    assert view.branches[1].why["en"] == "May close before your turn"


def test_facilities() -> None:
    """Only where all of them are; the others say what they lack."""
    country = Country(a=["ramp"], b=["ramp", "shelter"], c=["shelter"])
    view = country.advice({"a": 1, "b": 20, "c": 2}, dict.fromkeys("abc", SHORT), needs="ramp shelter")
    assert order(view) == ["b"]
    lacking = {each.branch: each.why["en"] for each in view.left_out if each.reason == "facility_missing"}
    assert (lacking["a"], lacking["c"]) == ("Lacks: shelter", "Lacks: ramp")


def test_an_unknown_wait_comes_last() -> None:
    """And where none is known, the nearest comes first and says so."""
    country = Country()
    view = country.advice({"a": 1, "b": 40}, {"a": None, "b": LONG})
    assert order(view) == ["b", "a"]
    assert view.branches[0].why["en"] == "The only one whose wait is known"
    assert (view.branches[1].wait, view.branches[1].door_to_desk) == (None, None)
    blind = country.advice({"a": 4, "b": 3}, {})
    assert order(blind) == ["b", "a"]
    assert blind.branches[0].why["en"] == "Nearer than the others; the wait is not known"


def test_near_ties_are_shared_out() -> None:
    """Over a thousand who ask without announcing, each of three about equal branches is first often; a worse
    one never. One who announces himself always gets the best.
    """
    country = Country()
    travel = {"a": 10.0, "b": 10.5, "c": 11.0, "d": 25.0}
    waits: dict[str, Wait | None] = dict.fromkeys("abcd", SHORT)
    firsts = Counter(country.advice(travel, waits, seed=seed).branches[0].branch for seed in range(1000))
    assert set(firsts) == {"a", "b", "c"} and min(firsts.values()) > 150, firsts
    assert firsts["a"] > firsts["c"]
    view = country.advice(travel, waits, seed=1)
    assert view.spread and view.note is not None and view.note["en"].startswith("About equal: ")
    assert [each.near_tie for each in view.branches] == [True, True, True, False]
    assert country.advice(travel, waits, seed=1) == view
    certain = country.advice(travel, waits)
    assert (order(certain), certain.spread) == (["a", "b", "c", "d"], False)


def test_a_made_up_branch_is_marked() -> None:
    """Demo branches are advised, but nobody takes them for real ones."""
    country = Country()
    made_up = [msgspec.structs.replace(each, demo=each.branch == "a") for each in country.city.branches]
    country.city = msgspec.structs.replace(country.city, branches=made_up)
    view = country.advice({"a": 1, "b": 2}, {"a": SHORT, "b": SHORT})
    assert {each.branch: each.demo for each in view.branches} == {"a": True, "b": False}
