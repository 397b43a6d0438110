"""How right the shown waits were, from an archive: counted, binned, by hour; too few are no figure."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from balancer.archive.database import open_archive
from balancer.messages.planning import PlannerBacktestView
from balancer.planning.backtest_view import backtest_view
from balancer.planning.forecasting import learn
from balancer.planning.past import from_archive
from balancer.planning.questions import read_question
from tests.city_files import small_city
from tests.planner_history import fill_archive

CITY = small_city()
TODAY = date(2026, 11, 23)
NOW = int(datetime(2026, 11, 23, 18, tzinfo=UTC).timestamp() * 1000)


def view(folder: Path, people: int) -> PlannerBacktestView:
    engine = open_archive(fill_archive(folder, CITY.city, TODAY, days=15, people=people))
    try:
        known = learn(CITY, from_archive(engine, CITY, TODAY), NOW)
        return backtest_view(known, read_question("backtest", "center", TODAY, {"weeks": "2"}), engine)
    finally:
        engine.dispose()


def test_errors_by_queue_and_hour(tmp_path: Path) -> None:
    """Exponential waits of mean 6 told as 5: the bias is −1, the median error that of the law."""
    told = view(tmp_path, 120)
    assert told.overall is not None and told.overall.mae is not None
    assert told.overall.mae == pytest.approx(4.4, abs=0.8)
    assert sum(each.n for each in told.by_hour) == told.overall.n == told.queues[0].n
    assert [each.hour for each in told.by_hour] == list(range(9, 18))
    assert told.calibration[0].p10 < told.calibration[0].p50 < told.calibration[0].p90


def test_too_few_are_no_figure(tmp_path: Path) -> None:
    """A dozen tickets by hour: counted, without a figure where under five; nothing divides by zero."""
    told = view(tmp_path, 2)
    assert all(each.mae is None for each in told.by_hour if each.n < 5)
