"""Learned service times: what wins when, what barely matters, what is kept."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from predictors.laws import Law
from predictors.service_times import FEWEST_IN_CITY, ServiceTimes

SEED = 20260203


def taught(
    count: int,
    mean: float = 8.0,
    *,
    service: str = "s",
    branch: str = "b",
    hour: float = 10.0,
    into: ServiceTimes | None = None,
    day: int = 0,
    seed: int = SEED,
) -> ServiceTimes:
    times = into or ServiceTimes({"s": 15.0, "t": 30.0})
    for minutes in Law.of_mean(mean, 0.8).sample(np.random.default_rng(seed), count).tolist():
        times.observe(service, branch, hour, minutes, day=day)
    return times


def test_no_evidence_is_the_prior_with_much_doubt() -> None:
    law = ServiceTimes({"s": 12.0}).law("s", "b", 10.0)
    assert law.mean == pytest.approx(12.0)
    assert law.doubt > 0.4
    assert ServiceTimes({}, 9.0).law("unheard", "b", 10.0).mean == pytest.approx(9.0)


def test_much_evidence_wins_over_the_prior_and_leaves_little_doubt() -> None:
    law = taught(2000).law("s", "b", 10.0)
    assert law.mean == pytest.approx(8.0, rel=0.05)
    assert law.sigma == pytest.approx(Law.of_mean(8.0, 0.8).sigma, rel=0.1)
    assert law.doubt < 0.1
    assert law.evidence == 2000


def test_a_little_evidence_lies_between() -> None:
    times = ServiceTimes({"s": 15.0})
    for _ in range(5):
        times.observe("s", "b", 10.0, 8.0)
    assert 9.0 < times.law("s", "b", 10.0).mean < 13.0


def test_a_new_branch_takes_over_what_the_city_knows() -> None:
    """The service's mean at other branches, not the prior; with more doubt than where it was seen."""
    times = taught(2000)
    there, here = times.law("s", "new", 10.0), times.law("s", "b", 10.0)
    assert there.mean == pytest.approx(8.0, rel=0.08)
    assert there.doubt > 2 * here.doubt
    assert there.evidence == 0


def test_a_new_service_takes_over_the_citys_ratio() -> None:
    """All that was seen took half of its prior: so will what was not seen."""
    assert taught(2000, 7.5).law("t", "b", 10.0).mean == pytest.approx(15.0, rel=0.1)


def test_a_slow_branch_is_told_from_a_fast_one() -> None:
    times = taught(800, 8.0, branch="fast")
    taught(800, 16.0, branch="slow", into=times)
    assert times.law("s", "slow", 10.0).mean > 1.7 * times.law("s", "fast", 10.0).mean


def test_a_slow_hour_is_learned_and_no_other_touched() -> None:
    times = ServiceTimes({"s": 10.0})
    for lot in range(40):
        taught(40, 9.0, hour=10.0, into=times, seed=lot, day=lot)
        taught(40, 15.0, hour=15.5, into=times, seed=1000 + lot, day=lot)
    ratio = times.law("s", "b", 15.0).mean / times.law("s", "b", 10.9).mean
    assert ratio == pytest.approx(15.0 / 9.0, rel=0.12)


def test_hours_that_do_not_differ_hardly_scatter() -> None:
    """Eight hours of the same law: no hour is off the others by more than a tenth."""
    times = ServiceTimes({"s": 10.0})
    rng = np.random.default_rng(SEED)
    for day in range(40):
        for minutes, hour in zip(
            Law.of_mean(10.0, 0.8).sample(rng, 40).tolist(), range(400, 440), strict=True
        ):
            times.observe("s", "b", 9.0 + hour % 8, minutes, day=day)
    means = [times.law("s", "b", float(hour)).mean for hour in range(9, 17)]
    assert max(abs(mean / np.mean(means) - 1.0) for mean in means) < 0.1, means


def test_a_slow_day_shows_within_it_and_is_forgotten_after() -> None:
    times = taught(1000, 10.0, day=1)
    usual = times.law("s", "b", 10.0).mean
    taught(150, 18.0, into=times, day=2)
    slow = times.law("s", "b", 10.0).mean
    times.begin_day("b", 3)
    assert slow > 1.15 * usual
    assert times.law("s", "b", 10.0).mean < 1.1 * usual


def test_one_in_ten_forgotten_finishes_barely_moves_a_law() -> None:
    clean, dirty = ServiceTimes({"s": 15.0}), ServiceTimes({"s": 15.0})
    rng = np.random.default_rng(SEED)
    for at, minutes in enumerate(Law.of_mean(12.0, 0.8).sample(rng, 1500).tolist()):
        clean.observe("s", "b", 10.0, minutes, day=at // 50)
        forgotten = minutes if rng.random() > 0.1 else minutes + rng.uniform(90.0, 600.0)
        dirty.observe("s", "b", 10.0, forgotten, day=at // 50)
    assert dirty.law("s", "b", 10.0).mean == pytest.approx(clean.law("s", "b", 10.0).mean, rel=0.06)


@pytest.mark.parametrize("minutes", [0.0, -5.0, math.nan, math.inf, -math.inf, 3 * 1440.0])
def test_absurd_spans_teach_nothing(minutes: float) -> None:
    """A ticket that was finished after three days, a clock that jumped back."""
    times = ServiceTimes({"s": 15.0})
    times.observe("s", "b", 10.0, minutes)
    assert times.law("s", "b", 10.0) == ServiceTimes({"s": 15.0}).law("s", "b", 10.0)
    assert not times.known("s", "b")


@pytest.mark.parametrize("hour", [math.nan, math.inf, -3.0, 99.0])
def test_absurd_hours_are_no_crash(hour: float) -> None:
    times = taught(100, hour=hour)
    assert times.law("s", "b", hour).mean == pytest.approx(8.0, rel=0.25)


@pytest.mark.parametrize("prior", [0.0, -1.0, math.nan, math.inf])
def test_a_prior_that_is_no_length_is_the_default(prior: float) -> None:
    assert ServiceTimes({"s": prior}, prior).law("s", "b", 9.0).mean == pytest.approx(15.0)


def test_a_service_is_known_after_three_and_all_after_thirty() -> None:
    times = taught(2)
    assert not times.known("s", "b")
    assert taught(1, into=times).known("s", "b")
    assert not times.known("t", "b")
    assert taught(int(FEWEST_IN_CITY), into=times).known("t", "elsewhere")


def test_new_priors_keep_what_was_learned() -> None:
    times = taught(2000)
    times.refit({"s": 40.0, "u": 5.0})
    assert times.law("s", "b", 10.0).mean == pytest.approx(8.0, rel=0.06)
    assert times.law("u", "b", 10.0).mean < 5.0


def test_laws_survive_being_written_down() -> None:
    times = taught(300, day=4)
    taught(50, 25.0, service="t", hour=15.0, into=times, day=5)
    for missed in (True, False, False):
        times.observe_call("s", "b", missed, 1.5)
    times.observe_rest("b", 12.0)
    again = ServiceTimes.from_state(json.loads(json.dumps(times.to_state())))
    for hour in (10.0, 15.0, 20.0):
        for service in ("s", "t", "unheard"):
            for branch in ("b", "new"):
                one, other = times.law(service, branch, hour), again.law(service, branch, hour)
                assert (one.mu, one.sigma, one.doubt) == pytest.approx(
                    (other.mu, other.sigma, other.doubt), abs=0.01
                )
    assert again.no_show("s", "b") == times.no_show("s", "b")
    assert again.walk_minutes("b") == times.walk_minutes("b")
    assert again.rests("b") == pytest.approx(times.rests("b"))


@pytest.mark.parametrize("state", [{}, {"priors": 3}, {"priors": {}, "default_prior": 15.0, "calls": 7}])
def test_what_is_no_state_is_refused(state: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        ServiceTimes.from_state(state)
