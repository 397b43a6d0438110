"""The table and the JSON of a backtest."""

from __future__ import annotations

import json
from datetime import date

from balancer.commands.backtest_report import as_json, bars_held, table
from balancer.commands.backtest_request import Days, Request, Source
from predictors.outcome import Outcome
from tests.unit.test_outcome import OUTCOME, answers

DAYS = Days(date(2026, 1, 1), date(2026, 1, 20))
MADE = Request(Source.SYNTHETIC, None, DAYS, DAYS.after(DAYS), 7, ("skills",))
REAL = Request(Source.WARSAW, "x.csv", DAYS, DAYS.after(DAYS), 7, ())


def test_the_best_method_stands_first_and_bars_are_told() -> None:
    """1.5 times the oracle's error misses the bar of 1.06; so does a p90 that covers everything."""
    lines = list(table(MADE, {"skills": OUTCOME}))
    assert "seed 7" in lines[0]
    methods = [line.split()[0] for line in lines[4:7]]
    assert methods == ["oracle", "replay", "ql"]
    assert any("1.500, bar 1.06: MISSED" in line for line in lines)
    assert any("p90 covers 1.000" in line and "MISSED" in line for line in lines)
    assert not bars_held({"skills": OUTCOME})


def test_synthetic_json_holds_scenarios() -> None:
    """By name, with the seed and the days."""
    found = json.loads(json.dumps(as_json(MADE, {"skills": OUTCOME, "rush": OUTCOME}), allow_nan=False))
    assert (found["seed"], found["shipped"], found["train"]["days"]) == (7, "replay", 20)
    assert set(found["scenarios"]) == {"skills", "rush"}
    assert found["scenarios"]["rush"]["methods"]["ql"]["mae"] == 10.0


def test_recorded_json_holds_methods() -> None:
    """At the top, without a ratio where there is no oracle."""
    outcome = Outcome({"learned": answers(1, 2, 3, 4), "throughput": answers(9, 19, 31, 41)}, "throughput")
    found = as_json(REAL, {"warsaw": outcome})
    assert found["shipped"] == "throughput" and "ratio_to_oracle" not in found
    assert any("no answer" in line for line in table(REAL, {"warsaw": _silent()}))


def _silent() -> Outcome:
    nothing = answers(*[float("nan")] * 4)
    return Outcome({"learned": answers(1, 2, 3, 4), "published": nothing}, "learned")
