"""Robust moments of spans: forgotten clicks barely move them, cut-off ones count as "at least"."""

from __future__ import annotations

import json

import numpy as np
import pytest

from predictors.laws import Law
from predictors.spans import MEMORY, Moments, SpanRecord

SEED = 20260202


def record(minutes: np.ndarray, censored: np.ndarray | None = None) -> SpanRecord:
    kept = SpanRecord()
    cut = np.zeros(len(minutes), bool) if censored is None else censored
    for each, off in zip(minutes.tolist(), cut.tolist(), strict=True):
        kept.add(each, off)
    return kept


def drawn(count: int, mean: float = 12.0, cv: float = 0.8) -> np.ndarray:
    return Law.of_mean(mean, cv).sample(np.random.default_rng(SEED), count)


def test_moments_are_those_of_the_spans() -> None:
    minutes = drawn(3000)
    found = record(minutes).moments(15.0)
    assert found.evidence == pytest.approx(3000, rel=0.01)
    assert found.mean == pytest.approx(12.0, rel=0.04)
    assert found.cv == pytest.approx(0.8, rel=0.12)


def test_equal_spans_have_their_own_mean_and_no_spread() -> None:
    found = record(np.full(50, 7.3)).moments(15.0)
    assert (found.mean, found.cv) == pytest.approx((7.3, 0.0), abs=1e-9)


def test_one_in_ten_forgotten_finishes_barely_moves_the_law() -> None:
    """Every tenth span goes on for two to four hours; the mean moves by less than a twentieth."""
    minutes = drawn(3000)
    clean = record(minutes).moments(15.0)
    rng = np.random.default_rng(SEED + 1)
    forgotten = np.where(rng.random(3000) < 0.1, rng.uniform(120.0, 240.0, 3000), minutes)
    found = record(forgotten).moments(15.0)
    assert found.mean == pytest.approx(clean.mean, rel=0.05), found
    assert found.cv == pytest.approx(clean.cv, rel=0.15), found
    assert forgotten.mean() > 2.2 * clean.mean, "the plain mean would have been far off"


def test_two_kinds_of_visits_in_one_service_are_not_taken_for_forgotten_ones() -> None:
    """Six in ten fetch a paper (3 minutes), four apply for one (40): the mean is that of all."""
    rng = np.random.default_rng(SEED)
    both = np.where(rng.random(2000) < 0.6, rng.normal(3.0, 0.4, 2000), rng.normal(40.0, 4.0, 2000))
    assert record(both).moments(15.0).mean == pytest.approx(both.mean(), rel=0.02)


def test_cut_off_spans_count_as_at_least_so_long() -> None:
    """A third of the services was cut off at random: the mean is still the true one, not the shorter."""
    minutes = drawn(4000)
    ends = np.random.default_rng(SEED + 2).exponential(25.0, 4000)
    seen, cut = np.minimum(minutes, ends), ends < minutes
    assert 0.2 < cut.mean() < 0.5
    assert record(seen, cut).moments(15.0).mean == pytest.approx(12.0, rel=0.08)
    assert record(seen[~cut]).moments(15.0).mean < 10.0


def test_nothing_seen_is_the_prior() -> None:
    assert SpanRecord().moments(15.0) == Moments(0.0, 15.0, 0.0)
    only_cut = SpanRecord()
    only_cut.add(5.0, censored=True)
    assert only_cut.moments(15.0) == Moments(0.0, 15.0, 0.0)


def test_old_spans_fade() -> None:
    kept = record(np.full(int(MEMORY), 30.0))
    for _ in range(int(2 * MEMORY)):
        kept.add(10.0)
    assert kept.count == pytest.approx(MEMORY, rel=0.01)
    assert kept.moments(15.0).mean < 13.0


def test_a_record_survives_being_written_down() -> None:
    kept = record(drawn(200), np.arange(200) % 7 == 0)
    again = SpanRecord.from_state(json.loads(json.dumps(kept.to_state())))
    assert again.moments(15.0) == pytest.approx(kept.moments(15.0))
    assert again.count == pytest.approx(kept.count)


@pytest.mark.parametrize("row", [[999, 1.0, 1.0, 0.0], [3, -1.0, 1.0, 0.0], [3, float("nan"), 1.0, 0.0], [3]])
def test_what_is_no_record_is_refused(row: list[float]) -> None:
    with pytest.raises(ValueError):
        SpanRecord.from_state([row])
