"""What is said of the waits that were shown, counted by hand and against a plain recount."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine

from balancer.archive.database import open_archive
from balancer.archive.reports import FEWEST, accuracy
from balancer.archive.tables import LEGS
from tests.archives import fill, leg, sqlite_at
from tests.town import HOUR, KYIV, MINUTE, NINE

TODAY = date(2026, 11, 23)


@pytest.fixture
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_archive(sqlite_at(tmp_path_factory.mktemp("reports")))
    yield engine
    engine.dispose()


def visit(name: str, shown: tuple[float, float, float], waited: float, **parts: Any) -> dict[str, Any]:
    """A leg with the range it was shown and the minutes it waited."""
    levels = dict(zip(("first_p10", "first_p50", "first_p90"), shown, strict=True))
    return leg(name, wait_ms=round(waited * MINUTE), **levels, **parts)


def test_by_hand(engine: Engine) -> None:
    """Five visits foretold 10 (5 to 15) minutes that waited 4, 8, 10, 14 and 20."""
    waits = (4.0, 8.0, 10.0, 14.0, 20.0)
    fill(engine, LEGS, [visit(f"t{n}", (5, 10, 15), waited) for n, waited in enumerate(waits)])
    report = accuracy(engine, "town", TODAY, 4, KYIV)
    whole = report.overall
    assert (whole.n, whole.median_error, whole.mae, whole.bias) == (5, 4.0, 4.4, -1.2)
    assert (whole.coverage_p90, whole.coverage_p10_p90) == (0.8, 0.6)
    assert [(each.level, each.observed) for each in report.calibration] == [
        (0.1, 0.2),
        (0.5, 0.6),
        (0.9, 0.8),
    ]
    assert [(each.branch, each.queue, each.n) for each in report.queues] == [
        ("centre", None, 5),
        ("centre", "papers", 5),
    ]
    assert [(h.from_minutes, h.to_minutes) for h in report.by_horizon if h.n] == [(10.0, 20.0)]
    assert [(each.hour, each.n) for each in report.by_hour] == [(9, 5)]
    assert (report.since, report.until) == ("2026-10-27", "2026-11-23")


def test_what_is_not_scored(engine: Engine) -> None:
    """An alarm in the wait, no range shown, never called, a further leg, another week, another city."""
    good = [visit(f"t{n}", (1, 2, 3), 2) for n in range(FEWEST)]
    shown: Any = (1, 2, 3)
    nothing: Any = (None, None, None)
    fill(engine, LEGS, good)
    fill(
        engine,
        LEGS,
        [
            visit("alarm", shown, 200, alarmed=True),
            visit("nothing shown", nothing, 200),
            visit("further leg", shown, 200, leg=1),
            visit("long ago", shown, 200, day="2026-01-01"),
            visit("elsewhere", shown, 200, city="other"),
            {**visit("left", shown, 0), "wait_ms": None, "state": "left"},
        ],
    )
    report = accuracy(engine, "town", TODAY, 4, KYIV)
    assert (report.overall.n, report.overall.mae, report.left_out) == (FEWEST, 0.0, 1)


def test_too_few_to_tell(engine: Engine) -> None:
    """One row, or none: counted, and no figure where there is no evidence."""
    empty = accuracy(engine, "town", TODAY, 1, KYIV)
    assert (empty.overall.n, empty.overall.mae, empty.queues) == (0, None, [])
    fill(engine, LEGS, [visit("t", (1, 2, 3), 2)])
    report = accuracy(engine, "town", TODAY, 1, KYIV)
    assert (report.overall.n, report.overall.median_error, report.overall.coverage_p90) == (1, None, None)
    assert [each.observed for each in report.calibration] == [None, None, None]


def test_absurd_waits_are_told_as_they_are(engine: Engine) -> None:
    """Zeros everywhere and a wait of three days do not break the report; the median stays where most are."""
    rows = [visit(f"t{n}", (0, 0, 0), 0) for n in range(9)]
    fill(engine, LEGS, [*rows, visit("days", (0, 0, 0), 3 * 24 * 60)])
    whole = accuracy(engine, "town", TODAY, 1, KYIV).overall
    assert (whole.median_error, whole.mae, whole.coverage_p10_p90) == (0.0, 432.0, 0.9)


def test_against_a_recount(engine: Engine) -> None:
    """Random visits in several queues and hours: every part of the report adds up to the same visits."""
    seed = 5
    rng = np.random.default_rng(seed)
    rows, known = [], []
    for n in range(400):
        middle = float(np.round(rng.gamma(2, 12), 1))
        waited = float(np.round(middle * rng.lognormal(0, 0.4), 2))
        queue, hour = str(rng.choice(["papers", "social"])), int(rng.integers(0, 8))
        known.append((queue, hour, middle, waited))
        shown = (middle * 0.6, middle, middle * 1.67)
        rows.append(visit(f"t{n}", shown, waited, queue=queue, joined=NINE + hour * HOUR))
    fill(engine, LEGS, rows)
    report = accuracy(engine, "town", TODAY, 2, KYIV)
    for each in report.queues[1:]:
        mine = [(m, w) for queue, _, m, w in known if queue == each.queue]
        errors = [abs(m - w) for m, w in mine]
        assert each.n == len(mine)
        assert each.median_error == pytest.approx(np.median(errors), abs=0.002), f"seed {seed}"
        assert each.mae == pytest.approx(np.mean(errors), abs=0.002), f"seed {seed}"
        inside = np.mean([m * 0.6 <= w <= m * 1.67 for m, w in mine])
        assert each.coverage_p10_p90 == pytest.approx(inside, abs=0.01), f"seed {seed}"
    parts = (report.queues[1:], report.by_horizon, report.by_hour)
    assert [sum(each.n for each in part) for part in parts] == [400, 400, 400]
