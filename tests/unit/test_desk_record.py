"""What desks did today and usually do."""

from __future__ import annotations

from balancer.live.desk_record import DeskRecord
from balancer.live.wall_time import DayMinute, day_minute
from balancer.messages import DeskState
from tests.town import HOUR, KYIV, MINUTE, NINE

DAY = 24 * HOUR


def state(told: str, at: int = NINE) -> DeskState:
    return DeskState("centre", "1", told, 1, at)  # type: ignore[arg-type]


def record() -> DeskRecord:
    made = DeskRecord()
    made.refit({"centre": KYIV})
    return made


def spans(seen: DeskRecord, told: str, at: int) -> tuple[tuple[float, float], ...]:
    return seen.spans("centre", "1", state(told), day_minute(KYIV, at), 1080.0)


def test_an_open_desk_calls_from_now_on() -> None:
    seen = record()
    seen.see(state("open"), NINE)
    assert spans(seen, "open", NINE + 5 * MINUTE)[0][0] == 545.0
    assert spans(seen, "open", NINE + 5 * MINUTE + 30_000)[0][0] == 545.5, "also within the kept minute"


def test_one_that_closed_today_is_done_and_one_on_a_break_comes_back() -> None:
    seen = record()
    seen.see(state("open"), NINE)
    seen.see(state("paused"), NINE + HOUR)
    back = spans(seen, "paused", NINE + HOUR + MINUTE)
    assert back and 601.0 < back[0][0] < 660.0
    assert spans(seen, "closed", NINE + HOUR + MINUTE) == ()


def test_in_the_morning_a_desk_is_expected_as_on_other_days() -> None:
    seen = record()
    for day in range(5):
        seen.see(state("open"), NINE + day * DAY)
        seen.see(state("closed"), NINE + day * DAY + 8 * HOUR)
    early = NINE + 5 * DAY - HOUR
    found = spans(seen, "closed", early)
    assert found and 535.0 <= found[0][0] <= 545.0


def test_since_when_a_desk_is_free() -> None:
    seen = record()
    assert seen.freed("centre", "1") is None
    seen.see(state("open"), NINE)
    seen.free(state("open"), 12_345)
    assert seen.freed("centre", "1") == 12_345
    seen.see(state("paused"), NINE + HOUR)
    assert seen.freed("centre", "1") is None, "a break that was told is no gap"


def test_what_is_of_no_branch_is_not_kept() -> None:
    seen = DeskRecord()
    seen.see(state("open"), NINE)
    assert seen.spans("centre", "1", None, DayMinute(1, 600.0), None) == ()
