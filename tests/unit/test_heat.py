"""The day in half-hours: medians of what was, the foretold for what comes, words of the city's own levels."""

from __future__ import annotations

from balancer.city.definition import Levels
from balancer.live.heat import heat_row, level_of, past_cells, slots_of
from balancer.messages import Wait
from balancer.messages.estimates import WaitAt
from tests.head_room import HeadRoom
from tests.unit.test_branch_record import served

LEVELS = Levels(moderate_minutes=15, busy_minutes=40)


def test_levels() -> None:
    """As the public sees them; nothing for nobody."""
    assert [level_of(LEVELS, each) for each in (None, 14.9, 15.0, 40.0)] == [
        None,
        "quiet",
        "moderate",
        "busy",
    ]


def test_cells_from_opening_to_closing() -> None:
    """Eighteen half-hours from nine to six, those to come marked as forecast."""
    room = HeadRoom()
    room.town.forward(5)
    served(room, "land", "3", 16, 8)
    served(room, "land", "3", 12, 8)
    day = room.day()
    assert slots_of(day.load.branch, day.record, ["land"]) == range(18, 36)
    cells = past_cells(LEVELS, day.load.branch, day.record, ["land"], day.now)
    assert [(each.p50, each.n, each.level) for each in cells[:3]] == [
        (16.0, 1, "moderate"),
        (12.0, 1, "quiet"),
        (None, 0, None),
    ]
    assert [each.forecast for each in cells[:3]] == [False, False, True]


def test_what_is_foretold_fills_only_what_comes() -> None:
    """A forecast of a half-hour that has begun is not shown over what happened in it."""
    room = HeadRoom()
    room.town.forward(45)
    day = room.day()
    waits = [WaitAt(f"2026-11-23T{text}:00+02:00", True, Wait(1, 41, 50)) for text in ("09:30", "10:00")]
    row = heat_row(LEVELS, day.load.branch, day.record, "land", day.now, waits)
    assert [(each.p50, each.level) for each in row.cells[:4]] == [
        (None, None),
        (None, None),
        (41, "busy"),
        (None, None),
    ]
