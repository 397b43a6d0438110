"""Figures calibrated from a record: their sense on a small file, and that the kept ones can be made again."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from loadtest.calibrate import LONG_DAYS, SHORT_DAYS, as_toml, dispersion, figures, half_hour_shares
from predictors.traces import Trace

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests/data/warsaw_small.csv"
WARSAW = ROOT / "../shared/data/warsaw/queues_2020-01-02_to_14.csv.gz"


def busy_trace(calls: list[int]) -> Trace:
    """A queue that always has somebody waiting and calls `calls[i]` tickets in its i-th hour, evenly."""
    called = np.concatenate([[0], np.cumsum(np.repeat(np.array(calls) / 12, 12))]).round().astype(np.int64)
    count = len(called)
    return Trace(480 + 5 * np.arange(count), np.full(count, 5), called, np.ones(count, dtype=np.int64))


def test_dispersion_of_busy_hours() -> None:
    """Even hours have none, uneven ones have some; a slow drift hardly counts; too few hours say nothing."""
    assert dispersion(busy_trace([12, 12, 12, 12])) == pytest.approx(0.0)
    uneven = dispersion(busy_trace([6, 18, 6, 18, 6, 18]))
    drifting = dispersion(busy_trace([6, 8, 10, 12, 14, 16, 18]))
    assert uneven is not None and drifting is not None
    assert uneven == pytest.approx(6.0)
    assert drifting < 0.2
    assert dispersion(busy_trace([12, 12])) is None


def test_arrivals_by_half_hour() -> None:
    """Shares sum to 1 and stand where the tickets were issued."""
    waiting = np.array([0, 6, 6, 6, 6, 6, 6, 6, 8])
    trace = Trace(480 + 5 * np.arange(9), waiting, np.zeros(9, dtype=np.int64), np.ones(9, dtype=np.int64))
    shares = half_hour_shares([trace], 16 * 60)
    assert shares[:2].tolist() == [0.75, 0.25]
    assert shares.sum() == pytest.approx(1.0)


def test_figures_are_written_as_toml() -> None:
    """What is printed can be read back."""
    day = [date(2020, 1, 8)]
    tables = tomllib.loads(as_toml(figures(SMALL, day, day)))
    assert sum(tables["arrivals"]["short_day"]) == pytest.approx(1.0, abs=0.002)
    assert tables["leaving"]["share"] == pytest.approx(6 / 83, abs=0.01)


@pytest.mark.skipif(not WARSAW.exists(), reason="the Warsaw record is not on this machine")
def test_the_kept_figures_can_be_made_again() -> None:
    """The repository's figures are what this code makes of the record."""
    kept = (ROOT / "predictors/calibrated/warsaw.toml").read_text("utf-8")
    assert as_toml(figures(WARSAW, LONG_DAYS, SHORT_DAYS)) == kept
