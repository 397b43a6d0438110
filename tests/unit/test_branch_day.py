"""What-if days of one branch: against Erlang, by hand, and with every kind of nonsense."""

from __future__ import annotations

import math

import numpy as np
import pytest

from predictors.branch_day import BranchDay, Lognormal, simulate_branch_day
from predictors.erlang import mean_wait

SEED = 20261122


class Exponential:
    """Service times of the textbook."""

    def sample(self, rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
        """Mean 10 minutes."""
        return rng.exponential(10.0, shape)


def day(arrivals: object, desks: object, **more: float) -> BranchDay:
    """A branch with service times of 10 minutes each, exactly."""
    rng = np.random.default_rng(SEED)
    return simulate_branch_day(arrivals, desks, Lognormal(10.0, 0.0), rng, **more)  # type: ignore[arg-type]


def test_a_long_day_meets_erlang() -> None:
    """M/M/4 at load 3.2 over 200 days of 40 hours: the mean wait is Erlang-C's."""
    rng = np.random.default_rng(SEED)
    long = simulate_branch_day(np.full(80, 9.6), np.full(80, 4), Exponential(), rng, samples=200)
    assert long.mean_by_slot()[10:].mean() == pytest.approx(mean_wait(4, 3.2, 10.0), rel=0.05), SEED


def test_a_desk_opens_later() -> None:
    """Nobody is called in the slot without a desk; whoever came then waits until it opens."""
    late = day([30, 0], [0, 3], samples=20)
    called = late.arrived + late.waits
    real = ~np.isnan(called)
    assert called[real].min() == pytest.approx(30.0)
    assert late.unserved == 0.0
    assert np.allclose(np.nanmin(called, axis=1), 30.0)


def test_a_desk_that_closes_finishes_its_visitor() -> None:
    """With two desks and then one, no more than one starts every ten minutes after the change."""
    fewer = day([12, 12], [2, 1], samples=10)
    for arrived, waits in zip(fewer.arrived, fewer.waits, strict=True):
        starts = np.sort((arrived + waits)[~np.isnan(waits)])
        after = starts[starts >= 40.0]
        assert (np.diff(after) > 10.0 - 1e-9).all()


def test_more_desks_never_hurt() -> None:
    """The same chance, one desk more: every wait at most as long, the standard better met."""
    few, many = day([10, 14, 9], [3, 3, 3]), day([10, 14, 9], [4, 4, 4])
    real = ~np.isnan(few.waits)
    assert np.array_equal(few.arrived[real], many.arrived[real])
    assert (many.waits[real] <= few.waits[real] + 1e-9).all()
    assert many.share_within(20.0) > few.share_within(20.0)
    assert (np.nan_to_num(many.share_within_by_slot(20.0)) >= few.share_within_by_slot(20.0)).all()


def test_figures_by_slot() -> None:
    """Slots keep their order; a slot without visitors has no figure; quantiles rise."""
    busy = day([0, 20, 5], [2, 2, 2])
    assert math.isnan(busy.mean_by_slot()[0]) and busy.mean_by_slot()[1] > 0.0
    low, mid, high = busy.quantiles_by_slot()[:, 1]
    assert low <= mid <= high
    assert busy.mean_wait == pytest.approx(np.nanmean(busy.waits))


def test_nobody_there_or_nobody_comes() -> None:
    """Without desks nobody is served and all are counted; without visitors there are no figures."""
    shut = day([5, 5], [0, 0])
    assert shut.unserved == pytest.approx(10, abs=2) and shut.share_within(1e9) == 0.0
    assert math.isnan(shut.mean_wait) and np.isinf(shut.quantiles_by_slot()).all()
    quiet = day([0, 0], [1, 1])
    assert math.isnan(quiet.share_within(10.0)) and quiet.unserved == 0.0


def test_a_missed_call_costs_little() -> None:
    """Half of them missing, the line is much shorter; days differ where the day factor says so."""
    assert day([12, 12], [2, 2], no_show=0.5).mean_wait < day([12, 12], [2, 2]).mean_wait / 2
    counts = (~np.isnan(day([50.0], [9], samples=400, day_cv=0.3).waits)).sum(axis=1)
    assert counts.std() / counts.mean() == pytest.approx(math.hypot(0.3, 50**-0.5), rel=0.15), SEED


@pytest.mark.parametrize(
    ("arrivals", "desks", "more"),
    [
        ([], [], {}),
        ([1.0], [1, 1], {}),
        ([-1.0], [1], {}),
        ([math.nan], [1], {}),
        ([1e9], [1], {}),
        ([1.0], [1.5], {}),
        ([1.0], [-1], {}),
        ([1.0], [1], {"slot_minutes": 0.0}),
        ([1.0], [1], {"no_show": 1.1}),
        ([1.0], [1], {"day_cv": -0.1}),
    ],
)
def test_what_makes_no_day(arrivals: object, desks: object, more: dict[str, float]) -> None:
    """Refused by name."""
    with pytest.raises(ValueError):
        day(arrivals, desks, **more)
    with pytest.raises(ValueError, match="mean above 0"):
        Lognormal(0.0)
