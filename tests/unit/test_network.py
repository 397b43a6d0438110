"""The simulated city: sizes, travel, loads, and days that are the same for everybody who asks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from predictors.network import City, DeskSpec, default_network

SEED = 20261122


def test_it_is_the_city_of_the_study() -> None:
    """8 branches, 43 desks of 3–10 each, −15…+25 %, 13.5 minutes of CV 0.9, about 1,600 visitors."""
    network = default_network()
    assert len(network.branches) == 8 and network.desks.sum() == 43
    assert (network.desks.min(), network.desks.max()) == (3, 10)
    extra = [branch.mismatch for branch in network.branches]
    assert (min(extra), max(extra)) == (-0.15, 0.25)
    assert City(network, 0.92).visitors() == pytest.approx(1600, rel=0.02)


def test_days_are_drawn_as_described() -> None:
    """Mean and CV of service, travel to the nearest, load by branch and its shocks, over 200 days."""
    network = default_network()
    city = City(network, 0.92)
    days = [city.day(SEED, number) for number in range(200)]
    service = np.concatenate([day.service for day in days])
    assert service.mean() == pytest.approx(13.5, rel=0.01)
    assert service.std() / service.mean() == pytest.approx(0.9, abs=0.03)
    nearest = np.concatenate([day.travel.min(axis=1) for day in days])
    assert nearest.mean() == pytest.approx(8.0, rel=0.02)
    for day in days[:5]:
        assert np.array_equal(day.travel.argmin(axis=1), day.home)
        assert (np.diff(day.sets_out) >= 0).all() and day.sets_out[-1] <= network.day_minutes
    counts = np.array([np.bincount(day.home, minlength=8) for day in days])
    load = counts.mean(axis=0) * 13.5 / (network.desks * network.day_minutes)
    assert load[0] > 1.0 > load[1], load
    noise = counts[:, 7].std() / counts[:, 7].mean()
    assert 0.13 < noise < 0.25


def test_the_same_day_for_every_policy() -> None:
    """A seed and a number are one day; another number is another; travel scales and changes nothing else."""
    network = default_network()
    one, again = City(network, 0.92).day(SEED, 3), City(network, 0.92).day(SEED, 3)
    assert np.array_equal(one.sets_out, again.sets_out) and np.array_equal(one.luck, again.luck)
    assert len(City(network, 0.92).day(SEED, 4).home) != len(one.home)
    far = City(network, 0.92, travel_scale=2.0).day(SEED, 3)
    assert np.allclose(far.travel, 2.0 * one.travel) and np.array_equal(far.service, one.service)


def test_queues_priorities_and_missed_calls() -> None:
    """Shares of visitors as the network says."""
    network = replace(
        default_network(), queues={"A": 3.0, "B": 1.0}, priority=(0.1, 30.0), no_show=0.2, shock_cv=0.0
    )
    day = City(network, 0.92).day(SEED, 0)
    assert np.mean([queue == "B" for queue in day.queue]) == pytest.approx(0.25, abs=0.05)
    assert (day.head_start == 30.0).mean() == pytest.approx(0.1, abs=0.03)
    assert (day.service == 1.0).mean() == pytest.approx(0.2, abs=0.04)
    assert not network.plain and default_network().plain
    lame = replace(default_network().branches[0], desks=(DeskSpec(spans=((0.0, 60.0),)),))
    assert not replace(default_network(), branches=(lame,)).plain


@pytest.mark.parametrize(
    ("load", "scale"), [(0.0, 1.0), (-1.0, 1.0), (9.0, 1.0), (float("nan"), 1.0), (0.9, -1.0), (0.9, 1e9)]
)
def test_no_such_city(load: float, scale: float) -> None:
    """Absurd loads and scales are refused, by their name."""
    with pytest.raises(ValueError, match="load|scale"):
        City(default_network(), load, scale)
