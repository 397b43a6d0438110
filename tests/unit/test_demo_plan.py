"""The demo's day before it begins: who comes when, where and for what."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np
import pytest

from balancer.city.definition import City, load_city
from loadtest.demo_plan import (
    OPENING_MINUTE,
    Demand,
    Visitor,
    load_demand,
    next_working_day,
    opening_of,
    service_mix,
    visitors_of_day,
)
from predictors.profiles import load_profile

SEED = 2026
TUESDAY = date(2026, 11, 24)
PROFILE = load_profile()


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("kharkiv")


@pytest.fixture(scope="module")
def visitors(city: City) -> list[Visitor]:
    return visitors_of_day(city, TUESDAY, load_demand("kharkiv"), PROFILE, np.random.default_rng(SEED))


def test_as_many_as_the_anchors_say(city: City, visitors: list[Visitor]) -> None:
    """About 2,000 come to the regional centre; every branch has some; the early crowd comes on top."""
    counts = Counter(visitor.branch for visitor in visitors)
    assert set(counts) == {branch.branch for branch in city.branches}
    assert counts["rcp"] == pytest.approx(2_000 * 1.06, rel=0.3), f"seed {SEED}"
    assert counts["rcp"] > 1.5 * counts["shevchenk"] > 2 * counts["slobid"]


def test_services_take_as_long_as_in_the_city(visitors: list[Visitor]) -> None:
    """15 minutes on the mean over all, some much longer."""
    minutes = np.array([visitor.service_minutes for visitor in visitors])
    assert minutes.mean() == pytest.approx(14.5, rel=0.1), f"seed {SEED}"
    assert minutes.max() > 45


def test_everybody_comes_for_what_the_branch_offers(city: City, visitors: list[Visitor]) -> None:
    """No visitor asks for a service that is not offered there, and all come in order within the hours."""
    for visitor in visitors:
        branch = city.branch(visitor.branch)
        assert branch.queue_of(visitor.service) is not None
        hours = opening_of(branch, TUESDAY)
        assert hours is not None and hours[0] <= visitor.minute < hours[1]
    assert [each.minute for each in visitors] == sorted(each.minute for each in visitors)


def test_some_give_up_and_a_crowd_stands_there_at_opening(visitors: list[Visitor]) -> None:
    """The share that leaves is the recorded one; hundreds are there before half past nine."""
    gone = np.mean([visitor.gone for visitor in visitors])
    assert gone == pytest.approx(PROFILE.leaving_share, abs=0.015), f"seed {SEED}"
    early = sum(visitor.minute < OPENING_MINUTE for visitor in visitors)
    assert 0.06 < early / len(visitors) < 0.2


def test_the_same_seed_brings_the_same_people(city: City, visitors: list[Visitor]) -> None:
    """A demo can be repeated."""
    again = visitors_of_day(city, TUESDAY, load_demand("kharkiv"), PROFILE, np.random.default_rng(SEED))
    assert again == visitors


def test_the_mix_is_shares_of_what_is_offered(city: City) -> None:
    """Shares of all offered services, summing to 1."""
    branch = city.branch("osnova")
    mix = service_mix(city, branch, PROFILE, np.random.default_rng(SEED))
    assert sum(mix.values()) == pytest.approx(1.0)
    assert set(mix) == {service for queue in branch.queues for service in queue.services}


@pytest.mark.parametrize(
    ("first", "found"),
    [
        (TUESDAY, TUESDAY),
        (date(2026, 11, 28), date(2026, 11, 30)),
        (date(2026, 12, 25), date(2026, 12, 28)),
        (date(2026, 12, 31), date(2026, 12, 31)),
    ],
    ids=["working day", "Saturday", "Christmas before a weekend", "short day"],
)
def test_nights_and_days_off_are_skipped(city: City, first: date, found: date) -> None:
    """The next day on which somebody opens."""
    assert next_working_day(city, first) == found


def test_a_city_without_figures_has_the_usual_demand(city: City) -> None:
    """So many visitors a desk."""
    demand = load_demand("atlantis")
    assert demand == Demand()
    assert demand.visitors_of(city.branch("osnova")) == 16 * 10
    assert demand.lunch_minute == 12 * 60 + 30
