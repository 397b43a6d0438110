"""The past from a file, and the hours of a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from balancer.errors import BalancerError
from balancer.planning.past import from_csv, open_share
from tests.city_files import small_city

HEAD = "day,branch,queue,slot,count\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "history.csv"
    path.write_text(text, "utf-8")
    return path


def test_rows_become_days(tmp_path: Path) -> None:
    """Half-hours by time or number, days between are zeros, a branch that began later is unknown before."""
    rows = "2026-11-02,a,q,9:30,3\n2026-11-04,a,q,19,2\n2026-11-04,a,q,09:45,1\n2026-11-03,b,q,20,5\n"
    past = from_csv(written(tmp_path, HEAD + rows))
    assert past.days == [date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)]
    assert past.counts["a", "q"][:, 19].tolist() == [3, 0, 3]
    assert np.isnan(past.counts["b", "q"][0]).all() and past.counts["b", "q"][1, 20] == 5
    assert past.upto(date(2026, 11, 3)).days == [date(2026, 11, 2)]
    assert past.on(date(2026, 11, 9)) == {} and past.of_branch("nowhere").sum() == 0


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("day,branch,queue,slot\n", "count"),
        (HEAD + "soon,a,q,9:00,1\n", "day"),
        (HEAD + "2026-11-02,,q,9:00,1\n", "branch"),
        (HEAD + "2026-11-02,a,q,48,1\n", "slot"),
        (HEAD + "2026-11-02,a,q,9:00,-1\n", "count"),
        (HEAD + "2026-11-02,a,q,9:00,nan\n", "count"),
        (HEAD + "2026-11-02,a,q,9:00\n", "count"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, text: str, field: str) -> None:
    """The column and the line."""
    with pytest.raises(BalancerError) as refused:
        from_csv(written(tmp_path, text))
    assert refused.value.params["field"] == field
    assert "line" in str(refused.value)


def test_an_empty_file_is_no_history(tmp_path: Path) -> None:
    """A heading alone says nothing."""
    with pytest.raises(BalancerError) as refused:
        from_csv(written(tmp_path, HEAD))
    assert refused.value.code == "history_empty"


def test_hours_become_shares() -> None:
    """Open from nine to six on a Monday, to eight on a Thursday, not on New Year's Day."""
    branch = small_city().branch("center")
    monday, thursday, new_year = (
        open_share(branch, day) for day in (date(2026, 11, 23), date(2026, 11, 26), date(2027, 1, 1))
    )
    assert np.flatnonzero(monday).tolist() == list(range(18, 36))
    assert np.flatnonzero(thursday).tolist() == list(range(18, 40))
    assert not new_year.any()
