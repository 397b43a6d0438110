"""Where a planning command finds its past, city and day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from balancer.commands.planning import open_bench
from balancer.errors import BalancerError

ROWS = "day,branch,queue,slot,count\n2026-11-02,kyivskyi,passports,9:00,4\n2026-11-03,a,q,9:00,3\n"


def test_a_file_needs_no_city(tmp_path: Path) -> None:
    """Branches and queues are those of the file; the day asked for is the one after it."""
    path = tmp_path / "history.csv"
    path.write_text(ROWS, "utf-8")
    bench = open_bench(None, None, path, tmp_path, None)
    assert [branch.branch for branch in bench.known.city.branches] == ["a", "kyivskyi"]
    assert (bench.next_day, bench.known.today, bench.known.hours) == (date(2026, 11, 4),) * 2 + (False,)
    again = open_bench("kharkiv", None, path, tmp_path, "2026-11-03")
    assert (again.next_day, again.known.hours) == (date(2026, 11, 3), True)


def test_an_empty_archive_and_none_are_told_apart(tmp_path: Path) -> None:
    """Nothing recorded yet; nothing kept at all."""
    for archive, code in ((None, "history_empty"), ("off", "archive_off")):
        with pytest.raises(BalancerError) as refused:
            open_bench("kharkiv", archive, None, tmp_path, None)
        assert refused.value.code == code
