"""What the public reads of other times: open or not, a wait or none, and the quieter hours."""

from __future__ import annotations

from balancer.live.ahead_view import AheadView
from balancer.live.board import Board
from balancer.live.day_ahead import Ahead
from balancer.live.estimates import BranchWaits
from balancer.live.wall_time import DayMinute
from balancer.messages import Method, Wait
from predictors.conformal import Quantiles
from tests.happenings import Happenings


def view(
    p50_by_minute: dict[int, float], *, method: Method | None = "replay", now: float = 40.0, **facts: str
) -> AheadView:
    """The harbour at 10:00, where one now waits `now` minutes; half as much rolled forward."""
    town = Happenings()
    town.forward(60)
    town.set_facts("harbour", "branch_changed", **facts)
    board = Board(town.city)
    board.load(town.snapshot())
    wait = Wait(now / 2, now, 2 * now)
    latest = BranchWaits(town.at, {"all": wait if method else None}, {"all": method})
    ranges = {
        ("all", float(minute)): Quantiles(p50 / 2, p50, 2 * p50) for minute, p50 in p50_by_minute.items()
    }
    return AheadView(
        board.branch("harbour"),
        latest,
        Ahead(DayMinute(0, 600.0), tuple(p50_by_minute), {**ranges}),
        town.at,
        lambda branch, found: Wait(*found),
        lambda branch, queue, at: Wait(1.0, now / 2, now),
    )


def test_each_moment_has_its_wait_and_says_whether_the_branch_is_open() -> None:
    found = view({600: 40.0, 690: 10.0}).queue("all", [600, 690, 19 * 60])
    assert [(each.at, each.open) for each in found.at] == [
        ("2026-11-23T10:00:00+02:00", True),
        ("2026-11-23T11:30:00+02:00", True),
        ("2026-11-23T19:00:00+02:00", False),
    ]
    assert [each.wait.p50 if each.wait else None for each in found.at] == [40.0, 10.0, None]
    assert found.method == "replay" and found.wait == Wait(20.0, 40.0, 80.0)


def test_without_times_every_half_hour_until_closing() -> None:
    found = view({600: 40.0}).queue("all", None)
    assert [each.at[11:16] for each in found.at[:2]] == ["10:30", "11:00"]
    assert found.at[-1].at[11:16] == "17:30"


def test_a_time_that_is_over_and_one_that_nobody_knows_have_no_wait() -> None:
    found = view({600: 40.0}).queue("all", [570, 720])
    assert [each.wait for each in found.at] == [None, None]


def test_an_air_raid_leaves_no_number_for_any_time() -> None:
    found = view({600: 40.0, 690: 10.0}, alarm="pause").queue("all", [690])
    assert [(each.open, each.wait) for each in found.at] == [(True, None)]


def test_closed_by_hand_it_stays_closed_today() -> None:
    found = view({600: 40.0, 690: 10.0}, phase="tickets_closed").queue("all", [690])
    assert [(each.open, each.wait) for each in found.at] == [(False, None)]


def test_where_only_the_pace_is_known_the_present_wait_is_rolled_forward() -> None:
    found = view({600: 99.0}, method="throughput").queue("all", [690])
    assert found.at[0].wait == Wait(1.0, 20.0, 40.0)


def test_quieter_hours_are_much_quieter_and_joined() -> None:
    rows = {600: 40.0, 615: 35.0, 630: 12.0, 645: 10.0, 660: 38.0, 900: 5.0}
    found = view(rows).queue("all", [])
    assert [(each.begins[11:16], each.ends[11:16], each.p50) for each in found.quieter] == [
        ("15:00", "15:15", 5.0),
        ("10:30", "11:00", 12.0),
    ]


def test_a_short_wait_has_no_quieter_hours() -> None:
    assert view({600: 6.0, 690: 2.0}, now=6.0).queue("all", []).quieter == []
    assert view({690: 2.0}, method=None).queue("all", []).quieter == []
