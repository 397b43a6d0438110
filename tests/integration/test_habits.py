"""What a branch's record says for staffing, and what is taken where it says nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from balancer.archive.database import open_archive
from balancer.planning.habits import USUAL_CV, all_desks, service_of, usual_desks
from tests.city_files import small_city
from tests.planner_history import fill_archive

CITY = small_city()
CENTER, VILLAGE = CITY.branch("center"), CITY.branch("village")
TODAY = date(2026, 11, 23)


def test_a_record_speaks_and_nothing_is_the_city_file_s(tmp_path: Path) -> None:
    """Lognormal minutes with median 10 (mean 12.8); three desks on working days, none recorded at night."""
    url = fill_archive(tmp_path, CITY.city, date(2026, 11, 20), days=21, people=60)
    engine = open_archive(url)
    try:
        seen = service_of(engine, CITY, CENTER, TODAY)
        assert seen.visits > 700 and seen.mean == pytest.approx(12.8, rel=0.1) and 0.6 < seen.cv < 1.0
        desks = usual_desks(engine, CITY, CENTER, TODAY, TODAY)
        assert desks is not None and desks[18:36].tolist() == [3] * 18 and desks.sum() == 54
        assert usual_desks(engine, CITY, VILLAGE, TODAY, TODAY) is None
        unknown = service_of(engine, CITY, VILLAGE, TODAY)
        assert (unknown.visits, unknown.cv) == (0, USUAL_CV)
        assert unknown == service_of(None, CITY, VILLAGE, TODAY)
    finally:
        engine.dispose()


def test_all_desks_only_while_open() -> None:
    """Every desk from nine to six, none on Sunday."""
    assert np.flatnonzero(all_desks(CENTER, TODAY)).tolist() == list(range(18, 36))
    assert not all_desks(CENTER, date(2026, 11, 22)).any()
