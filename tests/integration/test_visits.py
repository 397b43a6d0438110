"""History as numpy columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import numpy as np
import pytest
from sqlalchemy import Engine

from balancer.archive import visits as module
from balancer.archive.database import open_archive
from balancer.archive.tables import BRANCH_MINUTES, DESK_STATES, LEGS
from balancer.archive.visits import (
    DeskSpan,
    arrivals_by_slot,
    desk_spans,
    latest_day,
    leg_columns,
    local_minutes,
    minute_columns,
)
from tests.archives import fill, leg, usable
from tests.town import HOUR, KYIV, MINUTE, NINE

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
STANDS = {"waiting": 3, "desks_open": 2, "desks_busy": 1, "alarm": "none", "power": "on", "state": "open"}


@pytest.fixture
def engine(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Monday: seven legs of six visits; Tuesday: one that waits. Read in small pieces."""
    monkeypatch.setattr(module, "ROWS_AT_ONCE", 3)
    engine = open_archive(usable(database))
    legs = [leg(f"t{n}", joined=NINE + n * 20 * MINUTE) for n in range(5)]
    legs.append(leg("t0", leg=1, joined=NINE + HOUR, queue="social"))
    legs.append(leg("far", branch="harbour", queue="all", joined=NINE + 12 * HOUR))
    late = {"joined": NINE + 24 * HOUR, "day": "2026-11-24", "called": None, "wait_ms": None, "desk": None}
    fill(engine, LEGS, [*legs, leg("late", **late), leg("t0", city="other")])
    yield engine
    engine.dispose()


def test_columns_of_legs(engine: Engine) -> None:
    """In the order of joining; unknown instants are NaN, unknown texts empty."""
    found = leg_columns(engine, "town", MONDAY, TUESDAY)
    assert set(found) == set(LEGS.c.keys())
    assert found["ticket"].tolist() == ["t0", "t1", "t2", "t0", "t3", "t4", "far", "late"]
    assert found["wait_ms"].dtype == float and np.isnan(found["wait_ms"][-1])
    assert found["joined"].dtype == np.int64 and found["alarmed"].dtype == bool
    assert found["desk"][-1] == "" and found["first_p50"][0] == 9.0


def test_narrowed(engine: Engine) -> None:
    """By branch, by days, by column; nothing found gives empty columns of the same kinds."""
    few = leg_columns(engine, "town", MONDAY, MONDAY, "harbour", columns=("ticket", "wait_ms"))
    assert (few["ticket"].tolist(), set(few)) == (["far"], {"ticket", "wait_ms"})
    none = leg_columns(engine, "town", date(2020, 1, 1), date(2020, 1, 1))
    assert len(none["ticket"]) == 0 and none["wait_ms"].dtype == float


def test_arrivals_by_slot(engine: Engine) -> None:
    """First legs only, on the local day and half-hour in which they joined; other days are zeros."""
    found = arrivals_by_slot(engine, "town", MONDAY, date(2026, 11, 25), KYIV)
    assert found.days == [MONDAY, TUESDAY, date(2026, 11, 25)]
    papers = found.counts["centre", "papers"]
    assert papers.shape == (3, 48)
    assert papers[0, 18:21].tolist() == [2, 1, 2] and papers[0].sum() == 5
    assert papers[1, 18] == papers[1].sum() == 1 and papers[2].sum() == 0
    assert found.counts["harbour", "all"][0, 42] == 1
    assert ("centre", "social") not in found.counts


def test_an_empty_history(database: str) -> None:
    """No rows at all: no day, no counts, no error."""
    engine = open_archive(usable(database))
    assert latest_day(engine, "town") is None
    assert arrivals_by_slot(engine, "town", MONDAY, TUESDAY, KYIV).counts == {}
    assert desk_spans(engine, "town", 0, NINE) == []
    engine.dispose()


def test_the_latest_day(engine: Engine) -> None:
    """By the tickets' own day."""
    assert latest_day(engine, "town") == TUESDAY


def test_desk_spans(engine: Engine) -> None:
    """Each span ends where the next begins; the last has no end."""
    states = [("1", 0, "open"), ("1", 180, "paused"), ("1", 210, "open"), ("2", 5, "open")]
    rows = [
        {"city": "town", "branch": "centre", "desk": desk, "since": NINE + at * MINUTE, "state": state}
        for desk, at, state in states
    ]
    fill(engine, DESK_STATES, rows)
    assert desk_spans(engine, "town", NINE, NINE + 200 * MINUTE) == [
        DeskSpan("centre", "1", "open", NINE, NINE + 180 * MINUTE),
        DeskSpan("centre", "1", "paused", NINE + 180 * MINUTE, NINE + 210 * MINUTE),
        DeskSpan("centre", "2", "open", NINE + 5 * MINUTE, None),
    ]


def test_columns_of_minutes(engine: Engine) -> None:
    """In order, before the end."""
    rows = [{"city": "town", "minute": NINE + n * MINUTE, "branch": "centre", **STANDS} for n in range(4)]
    fill(engine, BRANCH_MINUTES, rows)
    found = minute_columns(engine, "town", NINE + MINUTE, NINE + 3 * MINUTE, "centre")
    assert ((found["minute"] - NINE) // MINUTE).tolist() == [1, 2]
    assert found["waiting"].tolist() == [3, 3] and found["state"].tolist() == ["open", "open"]


def test_wall_clock_over_a_change() -> None:
    """Both sides of the autumn change, and nothing at all."""
    before = round(datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp()) * 1000  # 03:30, twice in Kyiv
    after = before + HOUR
    days, minutes = local_minutes(KYIV, np.array([before - HOUR, before, after, after + HOUR]))
    assert (minutes - minutes[0]).tolist() == [0.0, 60.0, 60.0, 120.0]
    assert len(set(days.tolist())) == 1
    assert [len(part) for part in local_minutes(KYIV, np.array([], dtype=np.int64))] == [0, 0]
