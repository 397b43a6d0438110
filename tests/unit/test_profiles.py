"""Traffic drawn from the calibrated profile looks like the profile."""

from __future__ import annotations

import numpy as np
import pytest

from predictors.profiles import LONGEST_FACTOR, arrivals, day_factor, load_profile, service_minutes

SEED = 20260917
PROFILE = load_profile()


def test_the_figures_are_shares() -> None:
    """Each list of shares sums to 1; ratios are sane."""
    for shares in (PROFILE.short_day, PROFILE.long_day, PROFILE.queue_ranks):
        assert shares.sum() == pytest.approx(1.0)
        assert (shares > 0).all()
    assert 0 < PROFILE.leaving_share < 0.2
    assert 0.5 < PROFILE.service_spread < 1.5


@pytest.mark.parametrize(("opens", "closes"), [(540, 1080), (540, 1200)], ids=["nine hours", "eleven hours"])
def test_arrivals_follow_the_shape(opens: int, closes: int) -> None:
    """In order, within the hours, about as many as asked, spread as the profile says."""
    rng = np.random.default_rng(SEED)
    moments = arrivals(PROFILE, opens, closes, 40_000, rng)
    assert (np.diff(moments) >= 0).all()
    assert opens <= moments[0] and moments[-1] < closes
    assert len(moments) == pytest.approx(40_000, rel=0.02)
    wanted = PROFILE.long_day if closes - opens >= 600 else PROFILE.short_day
    found, _ = np.histogram(moments, bins=len(wanted), range=(opens, closes))
    assert found / len(moments) == pytest.approx(wanted, abs=0.005), f"seed {SEED}"


def test_service_times_have_mean_and_spread() -> None:
    """Close to the asked mean; never longer than the cut."""
    rng = np.random.default_rng(SEED)
    times = service_minutes(PROFILE, np.full(20_000, 15.0), rng)
    assert times.mean() == pytest.approx(14.3, rel=0.04), f"seed {SEED}"
    assert 0 < times.min() and times.max() <= 15.0 * LONGEST_FACTOR


def test_days_differ_around_one() -> None:
    """A day is busier or quieter than usual, within reason."""
    rng = np.random.default_rng(SEED)
    factors = [day_factor(PROFILE, rng) for _ in range(2_000)]
    assert np.mean(factors) == pytest.approx(1.0, abs=0.02)
    assert np.std(factors) == pytest.approx(PROFILE.day_spread, rel=0.1)


def test_an_unknown_profile() -> None:
    """A name without figures."""
    with pytest.raises(FileNotFoundError):
        load_profile("atlantis")
