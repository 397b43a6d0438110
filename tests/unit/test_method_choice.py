"""The method with the better record speaks, queue by queue, and little evidence moves little."""

from __future__ import annotations

from balancer.live.method_choice import FIRST_RATIO, MethodChoice
from predictors.conformal import Quantiles

GOOD, BAD = Quantiles(8, 10, 12), Quantiles(20, 30, 40)


def test_the_replay_speaks_once_it_has_shown_that_it_knows_better() -> None:
    choice = MethodChoice()
    assert choice.ratio("centre", "papers") == FIRST_RATIO
    assert not choice.prefers_replay("centre", "papers")
    for _ in range(80):
        choice.observe("centre", "papers", Quantiles(5, 8, 12), Quantiles(4, 6, 12), 10.0)
    assert choice.prefers_replay("centre", "papers")
    assert choice.prefers_replay("harbour", "all"), "and in queues that were never seen"


def test_a_worse_record_in_one_queue_turns_that_queue() -> None:
    choice = MethodChoice()
    for _ in range(150):
        choice.observe("centre", "papers", BAD, GOOD, 10.0)
        choice.observe("centre", "social", GOOD, BAD, 10.0)
    assert not choice.prefers_replay("centre", "papers")
    assert choice.prefers_replay("centre", "social")


def test_a_queue_never_seen_follows_its_city() -> None:
    choice = MethodChoice()
    for _ in range(200):
        choice.observe("centre", "papers", BAD, GOOD, 10.0)
    assert not choice.prefers_replay("harbour", "all")


def test_one_bad_call_turns_nothing() -> None:
    """In a queue that has done well a two hundred times."""
    choice = MethodChoice()
    for _ in range(200):
        choice.observe("centre", "papers", Quantiles(5, 8, 12), Quantiles(4, 7, 12), 10.0)
    choice.observe("centre", "papers", BAD, GOOD, 10.0)
    assert choice.prefers_replay("centre", "papers")


def test_what_was_true_last_month_fades() -> None:
    choice = MethodChoice()
    for _ in range(1000):
        choice.observe("centre", "papers", GOOD, BAD, 10.0)
    for _ in range(1000):
        choice.observe("centre", "papers", BAD, GOOD, 10.0)
    assert not choice.prefers_replay("centre", "papers")


def test_two_methods_that_are_both_right_are_alike() -> None:
    choice = MethodChoice()
    for _ in range(300):
        choice.observe("centre", "papers", GOOD, GOOD, 10.0)
    assert 0.9 < choice.ratio("centre", "papers") <= FIRST_RATIO
