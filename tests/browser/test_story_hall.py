"""The hall through an alarm: everybody goes to the shelter, nobody loses his place, the rows come back.

With its failure branch: the server dies in the middle of the alarm and is started again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.hall_town import HallTown, hall_town
from tests.browser.test_hall_page import assert_covered, rows, show, three_called

Open = Callable[..., Any]
AT_ONCE = {"resume_delay_minutes = 5": "resume_delay_minutes = 0"}


@pytest.fixture(scope="module")
def town() -> Iterator[HallTown]:
    """Kharkiv on a Monday afternoon; service goes on with the all-clear."""
    with hall_town(changes=AT_ONCE) as running:
        yield running


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
