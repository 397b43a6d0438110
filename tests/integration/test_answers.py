"""Answers straight from an archive: what rests on how much history, and what a broken database is called."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from balancer.city.definition import encode_city
from balancer.errors import BalancerError
from balancer.planning.answers import answer, decode_view, without_archive
from balancer.planning.questions import read_question
from tests.city_files import small_city
from tests.planner_history import fill_archive

CITY = small_city()
TODAY = date(2026, 11, 23)
TOMORROW = {"date": "2026-11-24"}
NOON = int(datetime(2026, 11, 23, 10, tzinfo=UTC).timestamp() * 1000)  # twelve in Kyiv


def told(url: str, topic: Any, **given: str) -> Any:
    question = read_question(topic, given.pop("branch", "center"), TODAY, given)
    return decode_view(question, answer(encode_city(CITY), url, question, NOON))


def test_thin_history_says_so_and_is_wide(tmp_path: Path) -> None:
    """After three days: a number, a wide range, and the reason to take it with care."""
    thin = told(
        fill_archive(tmp_path, CITY.city, date(2026, 11, 20), days=3, people=60), "forecast", **TOMORROW
    )
    (tmp_path / "long").mkdir()
    long = told(
        fill_archive(tmp_path / "long", CITY.city, date(2026, 11, 20), days=60, people=60),
        "forecast",
        **TOMORROW,
    )
    assert (thin.state, thin.reason.code, thin.history.days) == ("ready", "history_thin", 3)
    assert long.reason is None
    width = [view.days[0].total.p90 - view.days[0].total.p10 for view in (thin, long)]
    assert width[0] > 1.3 * width[1]


def test_nothing_is_invented(tmp_path: Path) -> None:
    """An empty archive: empty answers with their reason, for every topic."""
    url = fill_archive(tmp_path, CITY.city, TODAY, days=0, people=0)
    for topic in ("forecast", "staffing", "backtest"):
        view = told(url, topic)
        assert (view.state, view.reason.code) == ("empty", "history_empty"), topic
        off = without_archive(CITY, read_question(topic, "center", TODAY, {}), NOON)
        assert (off.state, off.reason and off.reason.code) == ("empty", "archive_off"), topic


def test_a_closed_day(tmp_path: Path) -> None:
    """Sunday: zeros, no desks, and why."""
    url = fill_archive(tmp_path, CITY.city, date(2026, 11, 20), days=30, people=60)
    sunday = told(url, "forecast", date="2026-11-29").days[0]
    assert sunday.closed and sunday.total.p90 == 0
    staffing = told(url, "staffing", date="2026-11-29")
    assert (staffing.reason.code, staffing.slots, staffing.plan) == ("closed_day", [], None)


def test_desks_moved_to_a_branch_of_which_nothing_is_known(tmp_path: Path) -> None:
    """The change is told here; there nothing can be said."""
    url = fill_archive(tmp_path, CITY.city, date(2026, 11, 20), days=30, people=60)
    view = told(url, "staffing", date="2026-11-24", move_to="village", repeats="20")
    assert view.what_if.desk_hours < view.plan.desk_hours
    assert view.others == []


def test_a_broken_database_has_a_name(tmp_path: Path) -> None:
    """A file that is no database is told as what it is."""
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(b"no database at all" * 400)
    with pytest.raises(BalancerError) as refused:
        told(f"sqlite:///{broken}", "forecast")
    assert refused.value.code in ("archive_unavailable", "archive_schema")
