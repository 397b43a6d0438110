"""Draws of a replay: their laws, their strata, and the doubt that all share."""

from __future__ import annotations

import numpy as np
import pytest

from predictors.known_times import KnownTimes, Rests
from predictors.laws import Law
from predictors.replay_draws import Draws

SEED = 20260207


def draws(times: KnownTimes, samples: int = 100) -> Draws:
    return Draws("b", 600.0, times, np.random.default_rng(SEED), samples)


def test_each_row_holds_every_part_of_its_law_once() -> None:
    law = Law.of_mean(12.0, 0.8)
    rows = draws(KnownTimes({"s": law})).lasting(["s"] * 5)
    first = np.sort(rows[0])
    assert rows.shape == (5, 100)
    assert all(np.allclose(np.sort(row), first) for row in rows)
    assert first[49:51].mean() == pytest.approx(np.exp(law.mu), rel=0.01)
    assert first.mean() == pytest.approx(12.0, rel=0.02)


def test_rows_are_in_orders_of_their_own_also_in_a_line_longer_than_there_are_orders() -> None:
    rows = draws(KnownTimes({"s": Law.of_mean(12.0, 0.8)})).lasting(["s"] * 1500)
    between = np.corrcoef(rows[:200])
    np.fill_diagonal(between, 0.0)
    assert np.abs(between).max() < 0.6
    assert abs(between.mean()) < 0.02


def test_services_keep_their_own_laws() -> None:
    times = KnownTimes({"s": Law.of_mean(5.0, 0.2), "t": Law.of_mean(50.0, 0.2)})
    assert draws(times).lasting(["t", "s", "t"]).mean(axis=1) == pytest.approx([50.0, 5.0, 50.0], rel=0.02)


def test_doubt_shifts_all_services_of_a_sample_together() -> None:
    """Sums of 50 scatter by the doubt, which would vanish if each were drawn apart."""
    rows = draws(KnownTimes({"s": Law.of_mean(10.0, 0.3, doubt=0.3)}), 400).lasting(["s"] * 50)
    sums = np.log(rows.sum(axis=0))
    assert sums.std() == pytest.approx(0.3, abs=0.05)


def test_no_shows_rests_and_walks_are_among_them() -> None:
    fixed = Law.of_mean(10.0, 0.0)
    times = KnownTimes(
        {"s": fixed}, no_show=0.2, missed=2.0, walk=1.0, rests=Rests(0.5, Law.of_mean(100.0, 0.0))
    )
    found = draws(times, 200).lasting(["s"] * 200)
    assert set(np.round(found.reshape(-1), 6).tolist()) == {2.0, 11.0, 111.0}
    assert (found < 3.0).mean() == pytest.approx(0.2, abs=0.02)
    assert (found > 100.0).mean() == pytest.approx(0.5, abs=0.02)


def test_what_is_in_hand_and_who_rests_are_residuals() -> None:
    fixed = Law.of_mean(10.0, 0.0)
    times = KnownTimes({"s": fixed}, rests=Rests(0.0, Law.of_mean(8.0, 0.0)))
    assert draws(times).started(["s", "s"], [4.0, 12.0])[:, 0] == pytest.approx([6.0, 0.0], abs=1e-6)
    assert draws(times).resting([3.0])[0, 0] == pytest.approx(5.0, abs=1e-6)


def test_a_desk_that_has_only_just_let_somebody_wait_is_mostly_about_to_call() -> None:
    times = KnownTimes({}, rests=Rests(0.25, Law.of_mean(8.0, 0.0)))
    found = draws(times, 1000).resting([0.0, 0.5])
    assert (found > 0.0).mean() == pytest.approx(0.25, abs=0.04)
    assert draws(times).resting([1.0]).min() > 0.0
