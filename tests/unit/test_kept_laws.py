"""Laws are worked out once, and again as soon as they may be others."""

from __future__ import annotations

from balancer.live.kept_laws import RENEW, KeptLaws
from predictors.service_times import ServiceTimes


def taught(times: ServiceTimes, laws: KeptLaws, minutes: float, service: str = "passport") -> None:
    times.observe(service, "centre", 10.0, minutes)
    laws.forget(service, "centre")


def test_a_law_is_that_of_the_service_times_and_stays_the_same_object() -> None:
    times = ServiceTimes({"passport": 12.0})
    laws = KeptLaws(times)
    law = laws.law("passport", "centre", 10.2)
    assert law == times.law("passport", "centre", 10.2)
    assert laws.law("passport", "centre", 10.9) is law
    assert laws.law("passport", "centre", 11.0) is not law


def test_a_service_that_was_seen_has_another_law_at_once() -> None:
    times = ServiceTimes({"passport": 12.0})
    laws = KeptLaws(times)
    before = laws.law("passport", "centre", 10.0)
    taught(times, laws, 60.0)
    assert laws.law("passport", "centre", 10.0).mean > before.mean


def test_what_others_teach_comes_in_after_a_while() -> None:
    """The city's level is in every law."""
    times = ServiceTimes({"passport": 12.0})
    laws = KeptLaws(times)
    before = laws.law("pension", "centre", 10.0)
    for _ in range(RENEW):
        taught(times, laws, 30.0)
    assert laws.law("pension", "centre", 10.0).mean > 1.2 * before.mean


def test_the_rest_is_as_learned() -> None:
    times = ServiceTimes({})
    laws = KeptLaws(times)
    for _ in range(50):
        times.observe_call("passport", "centre", missed=True, minutes=2.0)
        times.observe_walk("centre", 1.5)
    assert laws.no_show("passport", "centre") == times.no_show("passport", "centre") > 0.3
    assert laws.walk_minutes("centre") == times.walk_minutes("centre") > 1.0
    assert laws.missed_minutes("centre") == times.missed_minutes("centre")
    assert laws.rests("centre") == times.rests("centre")
    assert laws.known("passport", "centre") is False
