"""Outcomes as scores, curves and JSON."""

from __future__ import annotations

import json

import numpy as np
import pytest

from predictors.outcome import Answers, Outcome

ACTUAL = np.array([10.0, 20.0, 30.0, 40.0])
HOURS = np.array([9.0, 9.5, 14.0, 14.5])


def answers(*middles: float) -> Answers:
    middle = np.array(middles)
    return Answers(np.column_stack([middle / 2, middle, middle * 2]), ACTUAL, HOURS)


OUTCOME = Outcome(
    {"oracle": answers(12, 22, 28, 38), "replay": answers(13, 23, np.nan, 43), "ql": answers(20, 30, 40, 50)},
    "replay",
    answers(13, 23, np.nan, 43),
)


def test_the_oracle_is_asked_about_the_same_pairs() -> None:
    """A method without an answer is compared where it has one."""
    assert OUTCOME.ratio("replay") == pytest.approx(3.0 / 2.0)
    assert OUTCOME.ratio("ql") == pytest.approx(10.0 / 2.0)
    assert Outcome({"ql": answers(1, 2, 3, 4)}, "ql").ratio("ql") is None


def test_the_report_is_json() -> None:
    """Methods by name with their figures; what is shipped; the oracle's own coverage."""
    report = json.loads(json.dumps(OUTCOME.report(), allow_nan=False))
    assert report["shipped"] == "replay" and report["ratio_to_oracle"] == 1.5
    assert set(report["methods"]) == {"oracle", "replay", "ql"}
    for row in report["methods"].values():
        assert {"mae", "rmse", "bias", "coverage_p90", "pinball", "n", "ratio_to_oracle"} <= set(row)
    assert report["methods"]["replay"]["n"] == 3
    assert report["oracle_coverage_p90"] == 1.0 and report["coverage_p90_before_conformal"] == 1.0


def test_curves() -> None:
    """By hour only hours with answers; by predicted wait all intervals, the last one open."""
    report = OUTCOME.report()
    assert [row["hour"] for row in report["by_hour"]] == [9, 14]  # type: ignore[attr-defined]
    horizons = report["by_horizon"]
    assert isinstance(horizons, list) and horizons[-1]["to"] is None
    assert sum(row["n"] for row in horizons) == 3
    assert len(OUTCOME.answers["replay"].answered().actual) == 3
