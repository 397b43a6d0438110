"""Ranges of days and the defaults of each source."""

from __future__ import annotations

from datetime import date

import pytest

from balancer.commands.backtest_request import Days, Source, days_of


def test_a_range_includes_both_ends() -> None:
    """2 to 10 January are nine days."""
    days = days_of("2020-01-02..2020-01-10")
    assert days.count == 9 and list(days)[-1] == date(2020, 1, 10)
    assert days.report() == {"from": "2020-01-02", "to": "2020-01-10", "days": 9}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2020-01-02", "no range"),
        ("2020-01-02..soon", "no range"),
        ("2020-02-30..2020-03-01", "no range"),
        ("2020-01-10..2020-01-02", "2020-01-10 is after 2020-01-02"),
    ],
)
def test_what_is_no_range(text: str, why: str) -> None:
    """Each says what is wrong."""
    with pytest.raises(ValueError, match=why):
        days_of(text)


def test_the_usual_days_are_enough_for_the_bars() -> None:
    """40 to learn from and 60 to score at least; scored days come later."""
    usual = Source.SYNTHETIC
    assert usual.training.count >= 40 and usual.scored.count >= 60
    for source in Source:
        assert source.training.last < source.scored.first


def test_moved_days() -> None:
    """As many days, just before or after others."""
    days = Days(date(2026, 3, 1), date(2026, 3, 5))
    assert days.lasting(2).last == date(2026, 3, 2)
    assert days.before(days).last == date(2026, 2, 28) and days.before(days).count == 5
    assert days.after(days).first == date(2026, 3, 6)
