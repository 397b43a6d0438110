"""The made-up weeks before a demo: first come first served, no desk twice at once, nothing of an estimate."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from balancer.archive.intake import LATER
from balancer.archive.tables import LEGS
from loadtest.demo_past import Line, days_before, first_come_first_served, made_up_past
from loadtest.demo_plan import Demand
from predictors.profiles import load_profile
from tests.city_files import small_city

SEED = 8
TUESDAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def visits() -> pa.Table:
    rng = np.random.default_rng(SEED)
    return made_up_past(small_city(), TUESDAY, Demand(visitors_a_desk=25), load_profile(), rng)


def test_six_weeks_of_working_days(visits: pa.Table) -> None:
    """Every day on which some branch is open, with the archive's columns and the demo's mark."""
    days = days_before(small_city(), TUESDAY)
    assert len(days) == 36 and days[-1] == date(2026, 11, 23) and all(day.weekday() < 6 for day in days)
    assert sorted(set(visits["day"].to_pylist())) == [day.isoformat() for day in days]
    assert set(visits.column_names) == {column.name for column in LEGS.c} - LATER
    assert set(visits["channel"].to_pylist()) == {"demo"}
    assert visits["first_p50"].null_count == visits["last_p90"].null_count == len(visits)


def test_nobody_is_at_a_desk_together_with_another(visits: pa.Table) -> None:
    """Who is called at a desk finds it free; who came is called later, and some wait."""
    ordered = visits.sort_by([(name, "ascending") for name in ("branch", "desk", "called")])
    desk = np.array(
        [f"{a}/{b}" for a, b in zip(*(ordered[each].to_pylist() for each in ("branch", "desk")), strict=True)]
    )
    called, finished = (ordered[name].cast(pa.int64()).to_numpy() for name in ("called", "finished"))
    same = desk[1:] == desk[:-1]
    assert (called[1:][same] >= finished[:-1][same] - 1).all(), f"seed {SEED}"
    waits = visits["wait_ms"].to_numpy()
    assert waits.min() >= 0 and 0 < np.mean(waits > 60_000) < 0.9, f"seed {SEED}"


def test_who_is_gone_is_a_no_show(visits: pa.Table) -> None:
    """Called, waited for as long as the policy says, never served."""
    gone = visits.filter(pc.equal(visits["outcome"], "no_show"))
    assert 0 < len(gone) < len(visits) / 4, f"seed {SEED}"
    assert gone["service_ms"].null_count == len(gone) and set(gone["state"].to_pylist()) == {"no_show"}


def test_the_line_by_hand() -> None:
    """Two desks, of which the second serves another queue and has lunch; one finds too long a line."""
    line = Line(
        come=np.array([[0.0, 1.0, 2.0, 3.0, np.inf]]),
        queue=np.array([[0, 0, 1, 0, 0]]),
        hold=np.full((1, 5), 10.0),
        patience=np.array([[60.0, 60.0, 60.0, 5.0, 60.0]]),
    )
    can = np.array([[True, False], [False, True]])
    lunch = np.array([[100.0, 130.0], [0.0, 30.0]])
    called, desks = first_come_first_served(line, can, np.zeros((1, 2)), lunch)
    assert called.tolist() == [[0.0, 10.0, 30.0, np.inf, np.inf]]
    assert desks[0, :3].tolist() == [0, 0, 1]
