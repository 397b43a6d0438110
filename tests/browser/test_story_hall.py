"""The hall through an alarm: everybody goes to the shelter, nobody loses his place, the rows come back.

With its failure branch: the server dies in the middle of the alarm and is started again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.hall_town import HallTown, hall_town
from tests.browser.test_hall_page import HD, rows, show

Open = Callable[..., Any]
RESUMES = "resume_delay_minutes = 5"
AT_ONCE = {RESUMES: "resume_delay_minutes = 0"}


@pytest.fixture(scope="module")
def town() -> Iterator[HallTown]:
    """Kharkiv on a Monday afternoon; service goes on with the all-clear."""
    with hall_town(changes=AT_ONCE) as running:
        yield running


def three_called(town: HallTown, branch: str) -> list[str]:
    """One is served, two are called, three wait; the rows as they must stand, newest first."""
    town.open(branch, ["1", "2", "5"])
    town.come(branch, ["advice"] * 4 + ["id-card-exchange"] * 2)
    numbers = [town.call(branch, desk) for desk in ("5", "1", "2")]
    town.desk(branch, "5", "start")
    return numbers[::-1]


def assert_covered(page: Any) -> None:
    """The alarm is all there is to see."""
    page.locator(".alarm h1", has_text="Пройдіть до укриття").wait_for()
    assert not page.locator(".calls").is_visible()
    box = page.locator(".alarm").bounding_box()
    assert (box["width"], box["height"]) == (HD["width"], HD["height"])
    said = page.locator(".alarm footer").inner_text()
    assert "Ваше місце в черзі збережено" in said and "Прийом відновиться після відбою" in said


@pytest.mark.parametrize(
    ("branch", "server_dies"), [("kyivskyi", False), ("kholodnohir", True)], ids=["alarm", "server-dies"]
)
def test_the_hall_through_an_alarm(open_page: Open, town: HallTown, branch: str, server_dies: bool) -> None:
    """Covered, spoken, uncovered with the same rows in the same order; then the desks call them again."""
    before = three_called(town, branch)
    page = show(open_page, town, branch)
    page.wait_for_function("(count) => document.querySelectorAll('.calls li').length === count", arg=3)
    assert rows(page) == before
    town.chief(branch, "alarm")
    assert_covered(page)
    page.wait_for_function("() => window.spoken.some((said) => said.includes('Пройдіть до укриття'))")
    assert page.locator("[aria-live=assertive]").inner_text() == "Повітряна тривога! Пройдіть до укриття"
    if server_dies:
        town.server.kill()
        page.locator(".alarm .lost", has_text="Немає зв’язку").wait_for()
        assert_covered(page)
        town.server.start()
    town.chief(branch, "all-clear")
    page.locator(".calls").wait_for()
    assert rows(page) == before, "the same rows in the same order"
    held = page.locator(".calls li[data-state=held]")
    assert held.count() == 2 and held.first.inner_text().endswith("Викличемо знову")
    again = [town.call(branch, desk) for desk in ("1", "2")]
    assert sorted(again) == sorted(before[:2])
    page.wait_for_function("() => document.querySelectorAll('.calls li[data-state=called]').length === 2")
    assert rows(page) == [*again[::-1], before[2]]
    assert page.locator(".calls li[data-state=held]").count() == 0


def test_service_resumes_some_time_after_the_all_clear(open_page: Open) -> None:
    """The hall comes back at once and says when; the rows wait for it."""
    with hall_town() as town:
        before = three_called(town, "kyivskyi")
        page = show(open_page, town, "kyivskyi")
        page.wait_for_function("(count) => document.querySelectorAll('.calls li').length === count", arg=3)
        town.chief("kyivskyi", "alarm")
        assert_covered(page)
        resumes = town.chief("kyivskyi", "all-clear").json["branch"]["resumes_at"]
        page.locator(".strip", has_text=f"Прийом відновиться о {resumes[11:16]}").wait_for()
        assert rows(page) == before
        page.wait_for_function("() => window.spoken.some((said) => said.includes('Відбій тривоги'))")
