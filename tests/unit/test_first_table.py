"""The board as text: what each branch says, in which order."""

from __future__ import annotations

import doctest
from typing import Any

import msgspec
import pytest

from balancer.live import first_table as module
from balancer.live.first_table import Table, first_table, range_text
from balancer.messages import BranchFrame, QueueLoad, Wait
from tests.city_files import small_city

TEN = 1_795_420_800_000  # 2026-11-23 10:00 in Kyiv
CITY = small_city()
CENTRE, VILLAGE = CITY.branches
EXTRACT, PASSPORT = CITY.service("extract"), CITY.service("passport")


def frame(branch: str, wait: Wait | None = None, **facts: Any) -> BranchFrame:
    """An open branch, five people waiting for papers."""
    made = BranchFrame(
        branch=branch,
        epoch="e",
        seq=1,
        as_of="2026-11-23T10:00:00+02:00",
        state="open",
        power="on",
        reason=None,
        opens_at=None,
        closes_at=None,
        waiting=7,
        serving=2,
        on_the_way=0,
        desks_open=2,
        desks_total=4,
        queues=[QueueLoad("papers", 5, 2, wait)],
        last_called=[],
    )
    return msgspec.structs.replace(made, **facts)


def table(centre: BranchFrame, village: BranchFrame, service: Any = EXTRACT, language: Any = "uk") -> Table:
    return first_table([(CENTRE, centre), (VILLAGE, village)], service, language, TEN)


def test_the_shortest_wait_stands_first() -> None:
    """The range of that service's queue, as the live board rounds it, and who waits there."""
    made = table(frame("center", Wait(5, 20, 30)), frame("village", Wait(1, 3.6, 9)))
    assert [(row.name, row.wait, row.waiting, row.desks) for row in made.rows] == [
        ("Село", "4–9 хв", "5", "2 з 4"),
        ("Центр", "20–30 хв", "5", "2 з 4"),
    ]
    assert made.absent == []


def test_what_is_not_offered_stands_apart() -> None:
    """No row, but its name."""
    made = table(frame("center", Wait(1, 2, 3)), frame("village"), PASSPORT, "en")
    assert ([row.name for row in made.rows], made.absent) == (["Centre"], ["Village"])


def test_without_a_service_all_branches_stand_there() -> None:
    """With everybody who waits, the emptiest first."""
    made = table(frame("center"), frame("village", waiting=1), None)
    assert [(row.name, row.wait, row.waiting) for row in made.rows] == [
        ("Село", "приймає", "1"),
        ("Центр", "приймає", "7"),
    ]


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"state": "paused", "reason": "alarm"}, "Тривога: після відбою"),
        ({"state": "paused", "reason": "обід"}, "Прийом призупинено"),
        ({"state": "closed", "opens_at": "2026-11-24T09:00:00+02:00"}, "Зачинено до 24 листопада, 9:00"),
        ({"state": "closed", "opens_at": "2026-11-23T13:00:00+02:00"}, "Зачинено до 13:00"),
        ({"state": "closed"}, "Зачинено"),
        ({"state": "tickets_closed"}, "Талонів на сьогодні немає"),
        ({"state": "tickets_closed", "opens_at": "2026-11-23T14:00:00+02:00"}, "Зачинено до 14:00"),
        ({"power": "off"}, "Немає світла"),
        ({"state": "shelter"}, "невідомо"),
    ],
)
def test_a_reason_stands_instead_of_a_number(facts: dict[str, Any], text: str) -> None:
    """And such a branch stands below one whose wait is merely unknown."""
    made = first_table([(CENTRE, frame("center", **facts))], PASSPORT, "uk", TEN)
    assert made.rows[0].wait == text
    known = first_table(
        [(CENTRE, frame("center", **facts)), (CENTRE, frame("center", Wait(9, 90, 99)))], PASSPORT, "uk", TEN
    )
    assert known.rows[0].wait == "90–100 хв"


def test_ranges_are_those_of_the_live_board() -> None:
    """Halves up, in fives over an hour, never empty."""
    assert [range_text(wait, "en") for wait in (Wait(0, 0, 1), Wait(1, 4.5, 4.6), Wait(9, 52, 71))] == [
        "up to 1 min",
        "5–6 min",
        "50–70 min",
    ]
    assert doctest.testmod(module).failed == 0
