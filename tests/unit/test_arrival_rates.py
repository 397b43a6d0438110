"""Whom to expect: by former days, by today, and who may overtake."""

from __future__ import annotations

import numpy as np
import pytest

from balancer.live.arrival_rates import DAYS_KEPT, ArrivalRates

MONDAY = 739_943
NINE, NOON = 540.0, 720.0


def day(rates: ArrivalRates, ordinal: int, many: int, begins: float = NINE, ends: float = NOON) -> None:
    """`many` visitors, evenly spread."""
    for minute in np.linspace(begins, ends, many, endpoint=False):
        rates.observe("centre", "papers", "address", ordinal, float(minute), 0.0)


def test_nobody_is_expected_where_nobody_ever_came() -> None:
    rates = ArrivalRates()
    assert rates.rate("centre", "papers", MONDAY, NINE, NINE) == 0.0
    assert rates.coming("centre", ["papers"], MONDAY, NINE, NOON) == []


def test_on_the_first_day_it_is_the_days_own_pace() -> None:
    rates = ArrivalRates()
    day(rates, MONDAY, 60, ends=NINE + 60)
    assert rates.rate("centre", "papers", MONDAY, NINE + 60, NOON) == pytest.approx(1.0)


def test_former_days_of_that_weekday_say_when_people_come() -> None:
    rates = ArrivalRates()
    for week in (1, 2, 3):
        day(rates, MONDAY - 7 * week, 60)
        day(rates, MONDAY - 7 * week + 1, 600)
    assert rates.rate("centre", "papers", MONDAY, 480.0, 600.0) == pytest.approx(60 / 180, rel=0.1)
    assert rates.rate("centre", "papers", MONDAY, 480.0, 800.0) == 0.0


def test_a_busy_morning_makes_a_busy_noon() -> None:
    rates = ArrivalRates()
    for week in (1, 2, 3):
        day(rates, MONDAY - 7 * week, 180)
    usual = rates.rate("centre", "papers", MONDAY, NINE, 700.0)
    day(rates, MONDAY, 180, ends=NINE + 90)
    assert 1.5 * usual < rates.rate("centre", "papers", MONDAY, NINE + 90, 700.0) < 2 * usual


def test_those_who_come_are_as_many_as_the_rate_says() -> None:
    rates = ArrivalRates()
    for week in (1, 2, 3):
        day(rates, MONDAY - 7 * week, 90)
    found = rates.coming("centre", ["papers"], MONDAY, NINE, NOON)
    assert sum(each.probability for each in found) == pytest.approx(90, rel=0.02)
    assert all(NINE < each.at < NOON and 0 < each.probability <= 1 for each in found)


def test_only_those_with_a_head_start_overtake_and_few_at_that() -> None:
    rates = ArrivalRates()
    day(rates, MONDAY, 60, ends=NINE + 60)
    assert rates.early("centre", ["papers"], MONDAY, NINE + 60, 60.0) == []
    for _ in range(20):
        rates.observe("centre", "papers", "passport", MONDAY, NINE + 59, 15.0)
    found = rates.early("centre", ["papers"], MONDAY, NINE + 60, 60.0)
    assert 1 <= len(found) <= 6
    assert {each.head_start for each in found} == {15.0}


def test_absurd_minutes_do_no_harm_and_old_days_are_forgotten() -> None:
    rates = ArrivalRates()
    for ordinal in range(100):
        rates.observe("centre", "papers", "address", ordinal, -5.0 if ordinal % 2 else 5000.0, 0.0)
    assert rates.rate("centre", "papers", 100, 0.0, 1439.0) >= 0.0
    assert len(rates._lines["centre", "papers"].days) == DAYS_KEPT
