"""What a kiosk shows: full lines, shorter ways elsewhere, only what its branch has."""

from __future__ import annotations

from datetime import datetime

import pytest

from balancer.city.definition import load_city
from balancer.city.model import City
from balancer.live.branch_load import BranchLoad
from balancer.live.kiosk_view import (
    Around,
    alternatives,
    faster_elsewhere,
    kiosk_catalogue,
    kiosk_queues,
    minutes_left,
)
from balancer.messages import BranchState, Wait

MONDAY_NOON = round(datetime.fromisoformat("2026-11-23T12:00:00+02:00").timestamp() * 1000)
HERE = "shevchenk"


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("kharkiv")


def open_load(city: City, branch: str) -> BranchLoad:
    load = BranchLoad(city.branch(branch))
    load.facts = BranchState(branch, phase="open", alarm="none", power="on", version=1)
    return load


def around(city: City, waits: dict[str, float], now: int = MONDAY_NOON) -> Around:
    """The named branches are open, each with one wait (p50) in all lines."""

    def quote(branch: str, queue: str) -> Wait | None:
        return Wait(waits[branch] / 2, waits[branch], waits[branch] * 2) if branch in waits else None

    here = city.branch(HERE)
    return Around(
        city=city,
        others=[open_load(city, branch) for branch in waits if branch != HERE],
        trips=city.trips("transit", here.lat, here.lon),
        quote=quote,
        wait_at=lambda branch, queue, at: quote(branch, queue),
        now=now,
    )


def test_a_line_is_full_when_it_would_outlast_the_day(city: City) -> None:
    """At noon six hours are left; the branch's own margin comes off."""
    assert minutes_left(city.branch(HERE), MONDAY_NOON) == 360
    load = open_load(city, HERE)
    assert not any(each.full for each in kiosk_queues(load, around(city, {HERE: 359}).quote, MONDAY_NOON))
    assert all(each.full for each in kiosk_queues(load, around(city, {HERE: 361}).quote, MONDAY_NOON))
    assert not any(each.full for each in kiosk_queues(load, around(city, {}).quote, MONDAY_NOON))


def test_elsewhere_is_named_only_when_it_saves_ten_minutes(city: City) -> None:
    """The way there counts."""
    way = around(city, {HERE: 60, "city": 5}).trips["city"].minutes
    hints = faster_elsewhere(around(city, {HERE: way + 25, "city": 5}), open_load(city, HERE))
    assert 0 < len(hints) <= 2
    assert {hint.there.branch for hint in hints} == {"city"}
    assert hints[0].there.travel_minutes == way
    assert faster_elsewhere(around(city, {HERE: way + 14, "city": 5}), open_load(city, HERE)) == []
    assert faster_elsewhere(around(city, {HERE: 14, "city": 0}), open_load(city, HERE)) == []


def test_alternatives_come_soonest_first_and_only_where_one_is_taken(city: City) -> None:
    """Closed and unknown branches are no alternatives."""
    others = [each.branch for each in city.branches if each.branch != HERE and each.is_public][:3]
    known = around(city, {HERE: 400, **dict(zip(others, (90.0, 0.0, 240.0), strict=True))})
    known.others[1].facts = BranchState(others[1], phase="closed", alarm="none", power="on", version=1)
    found = alternatives(known, city.branch(HERE))
    assert {each.branch for each in found} == {others[0], others[2]}
    totals = [each.travel_minutes + (each.wait.p50 if each.wait else 0) for each in found]
    assert totals == sorted(totals)


def test_the_catalogue_holds_what_the_branch_offers(city: City) -> None:
    """Each purpose leads to a service with a line here; groups without one are left out."""
    for branch in city.branches:
        found = kiosk_catalogue(city, branch)
        services = {each.service: each for each in found.services}
        lines = {each.queue for each in found.lines}
        assert all(each.queue in lines for each in found.services)
        assert all(service in services for field in found.fields for service in field.purposes.values())
        assert found.fields and found.languages[:2] == ["uk", "en"]
        assert (found.shelter_way is not None) == ("shelter" in branch.facilities)
