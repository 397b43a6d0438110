"""Erlang's formulas against closed forms, tables and each other."""

from __future__ import annotations

import math

import pytest

from predictors.erlang import desks_within, erlang_a, erlang_b, erlang_c, mean_wait, wait_over


def test_one_desk_has_closed_forms() -> None:
    """M/M/1: ρ/(1+ρ) turned away, ρ wait, ρ/(1−ρ)·S on average, an exponential tail."""
    assert erlang_b(1, 0.5) == pytest.approx(1 / 3)
    assert erlang_c(1, 0.8) == pytest.approx(0.8)
    assert mean_wait(1, 0.8, 10.0) == pytest.approx(40.0)
    assert wait_over(1, 0.8, 10.0, 50.0) == pytest.approx(0.8 * math.exp(-1.0))


def test_two_desks_have_a_closed_form() -> None:
    """M/M/2: C = 2ρ²/(1+ρ)."""
    rho = 0.9
    assert erlang_c(2, 2 * rho) == pytest.approx(2 * rho**2 / (1 + rho))


def test_known_table_values() -> None:
    """B(10, 5) and C(10, 8) as every table prints them; by the defining sums for many desks."""
    assert erlang_b(10, 5.0) == pytest.approx(0.018385, abs=1e-6)
    assert erlang_c(10, 8.0) == pytest.approx(0.409180, abs=1e-5)
    load, desks = 39.56, 43
    terms = [math.exp(k * math.log(load) - math.lgamma(k + 1)) for k in range(desks + 1)]
    tail = terms[-1] * desks / (desks - load)
    assert erlang_c(desks, load) == pytest.approx(tail / (sum(terms[:-1]) + tail))


def test_general_service_times_follow_pollaczek_khinchine() -> None:
    """One desk, CV 0: half of the exponential wait."""
    assert mean_wait(1, 0.8, 10.0, cv=0.0) == pytest.approx(20.0)


def test_a_line_that_cannot_keep_up_waits_for_ever() -> None:
    """Everybody waits, and without end, unless people give up."""
    assert erlang_c(3, 3.0) == 1.0 and mean_wait(3, 4.0, 10.0) == math.inf
    assert wait_over(3, 3.5, 10.0, 1e6) == 1.0
    assert erlang_a(3, 6.0, 10.0, 30.0).gives_up == pytest.approx(0.5, abs=0.05)
    crowd = erlang_a(5, 2000.0, 10.0, 10_000.0)
    assert crowd.gives_up == pytest.approx(1 - 5 / 2000, abs=1e-3) and math.isfinite(crowd.mean_wait)


def test_patience_between_none_and_endless() -> None:
    """Erlang-A lies between B (nobody waits) and C (nobody gives up); its flows balance."""
    endless = erlang_a(5, 4.0, 10.0, 1e7)
    assert endless.waits == pytest.approx(erlang_c(5, 4.0), rel=1e-3)
    assert endless.mean_wait == pytest.approx(mean_wait(5, 4.0, 10.0), rel=1e-3)
    none = erlang_a(5, 4.0, 10.0, 1e-6)
    assert none.gives_up == pytest.approx(erlang_b(5, 4.0), rel=1e-3)
    # With patience as long as service the number present is Poisson (M/M/∞).
    equal = erlang_a(5, 4.0, 10.0, 10.0)
    over = sum(math.exp(-4.0) * 4.0**k / math.factorial(k) for k in range(5, 60))
    assert equal.waits == pytest.approx(over)
    assert erlang_a(5, 0.0, 10.0, 10.0) == (0.0, 0.0, 0.0)


def test_fewest_desks_for_a_standard() -> None:
    """The answer meets the standard, one desk fewer does not."""
    desks = desks_within(20.0, 13.5, 20.0, 0.9)
    assert 1 - wait_over(desks, 20.0, 13.5, 20.0) >= 0.9 > 1 - wait_over(desks - 1, 20.0, 13.5, 20.0)
    assert desks_within(0.0, 13.5, 0.0, 0.9) == 1


@pytest.mark.parametrize(
    "call",
    [
        lambda: erlang_b(0, 1.0),
        lambda: erlang_c(2, -1.0),
        lambda: mean_wait(2, math.nan, 1.0),
        lambda: erlang_a(2, 1.0, 0.0, 1.0),
        lambda: desks_within(1.0, 1.0, 1.0, 1.0),
        lambda: desks_within(90.0, 1.0, 1.0, 0.9, most=10),
    ],
)
def test_numbers_that_no_line_can_have(call: object) -> None:
    """A named ValueError, never a wrong figure."""
    assert callable(call)
    with pytest.raises(ValueError):
        call()
