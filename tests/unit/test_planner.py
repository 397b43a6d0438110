"""The planner's pictures say what the figures say, also where there is nothing to show."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from balancer.plots.look import Look
from balancer.plots.planner import calibration_svg, draw, forecast_svg, staffing_svg

SLOTS = [
    {"at": f"{9 + n // 2:02d}:{n % 2 * 30:02d}", "mean": 10.0 + n, "p10": 5.0, "p90": 30.0} for n in range(18)
]
PAST = [{"slots": [{"at": slot["at"], "count": 12} for slot in SLOTS]}] * 4


def words(picture: bytes) -> list[str]:
    ElementTree.fromstring(picture)
    return re.findall(r">([^<>\n]+)</text>", picture.decode())


def desks(need: list[int], plan: int) -> list[dict[str, object]]:
    rows = zip(SLOTS, need, strict=False)
    return [{"at": slot["at"], "need": n, "plan": plan, "what_if": None} for slot, n in rows]


def test_a_forecast_has_the_hours_of_the_day() -> None:
    """The axis runs over the opening hours, in both themes."""
    so_far = {"slots": [{"at": "09:00", "count": 9}]}
    light = forecast_svg(SLOTS, PAST, so_far, 30, Look("light"))
    dark = forecast_svg(SLOTS, PAST, so_far, 30, Look("dark"))
    assert words(light) == words(dark)
    assert [word for word in words(light) if ":" in word][::9] == ["9:00", "18:00"]
    assert light.count(b"<use") >= 4 * 18, "every day before is there"
    assert light != dark


@pytest.mark.parametrize(
    ("need", "said"),
    [([3, 3, 3], None), ([3, 6, 7], "бракує 1–2"), ([6, 6, 1], "бракує 1"), ([9, 1, 6, 6], "бракує 1")],
)
def test_what_is_short_is_said(need: list[int], said: str | None) -> None:
    """The longest run that lacks desks gets a word; enough desks get none."""
    found = [word for word in words(staffing_svg(desks(need, 5), 30, Look())) if "бракує" in word]
    assert found == ([said] if said else [])
    if said:
        assert any("short" in w for w in words(staffing_svg(desks(need, 5), 30, Look(language="en"))))


def test_a_changed_plan_is_drawn_beside() -> None:
    """Another plan is another picture."""
    same = desks([3, 6, 7], 5)
    changed = [{**slot, "what_if": 8} for slot in same]
    assert staffing_svg(same, 30, Look()) != staffing_svg(changed, 30, Look())


def test_bins_of_few_people_are_no_evidence() -> None:
    """Four people do not make a point."""
    full = {"predicted": 10.0, "p10": 4.0, "p50": 11.0, "p90": 19.0, "n": 50}
    thin = {"predicted": 40.0, "p10": 1.0, "p50": 2.0, "p90": 90.0, "n": 4}
    assert calibration_svg([full, thin], Look()) == calibration_svg([full], Look())


def test_nothing_to_show_is_an_empty_picture_not_a_fault() -> None:
    """A closed day, no tickets."""
    for picture in (
        forecast_svg([], [], None, 30, Look()),
        staffing_svg([], 30, Look()),
        calibration_svg([], Look()),
    ):
        assert picture.startswith(b"<?xml")


def test_today_is_not_drawn_into_another_day() -> None:
    """What has come so far stands in today's picture only."""
    view = {"days": [{"date": "2026-11-24", "slots": SLOTS}], "past": PAST, "slot_minutes": 30}
    today = {"date": "2026-11-24", "slots": [{"at": "09:00", "count": 9}]}
    without, other, same = (
        draw("forecast", {**view, "so_far": so_far}, Look("light"))
        for so_far in (None, {**today, "date": "2026-11-23"}, today)
    )
    assert without == other != same
