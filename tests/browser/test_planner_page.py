"""A planner's day in Chromium: forecast, desks, what if, kept variants, files; empty and refused states."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.browser.axe import check
from tests.planner_history import fill_archive
from tests.server import RunningServer, running_server

Open = Callable[..., Any]
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A Monday at ten with five weeks of history."""
    folder = tmp_path_factory.mktemp("planner-page")
    url = fill_archive(folder, "dolyna", TODAY, days=36, people=150)
    with running_server(folder, archive=url, device_commands="1000") as running:
        yield running


def enter(server: RunningServer, open_page: Open, query: str = "", **more: Any) -> Any:
    """The page of somebody who has signed in, with its plan worked out."""
    token = server.token("planner")
    page = open_page(f"{server.base_url}/planner?branch=center{query}#token={token}", **more)
    page.locator("section[aria-busy=false] .head h2").first.wait_for()
    return page


def drawn(page: Any, count: int) -> None:
    """Wait until so many pictures are there."""
    there = "[...document.querySelectorAll('.plot img')].filter(i => i.complete && i.naturalWidth).length"
    page.wait_for_function(f"n => {there} === n", arg=count)


@pytest.mark.parametrize(
    ("language", "dark", "said"),
    [("uk", False, ("Прихід людей", "Робочі місця")), ("en", True, ("Visitors", "Desks"))],
)
def test_tomorrow(
    server: RunningServer,
    open_page: Open,
    screenshot: Callable[[Any, str], None],
    language: str,
    dark: bool,
    said: tuple[str, str],
) -> None:
    """Both plots with their data as tables, nothing for axe to find, the token gone from the address."""
    page = enter(server, open_page, f"&lang={language}", dark=dark, width=1440)
    for words in said:
        page.get_by_role("heading", name=words).wait_for()
    drawn(page, 3)
    assert "token" not in page.url
    page.locator("summary").first.click()
    assert page.locator("details[open] tbody tr").count() == 18, "half-hours from nine to six"
    check(page, f"tomorrow, {language}")
    screenshot(page, f"planner-{language}")


def test_what_if_is_worked_out_kept_and_taken_back(server: RunningServer, open_page: Open) -> None:
    """More visitors: the table gets its second column, the address says so; the variant survives a reload."""
    page = enter(server, open_page)
    page.locator(".outcomes tbody tr").first.wait_for()
    assert page.get_by_role("button", name="Зберегти як варіант").is_disabled()
    comers = page.get_by_role("slider", name="Прихід людей")
    comers.focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    page.locator(".outcomes td.worse").first.wait_for()
    assert "arrivals=40" in page.url
    page.get_by_role("button", name="Зберегти як варіант").click()
    page.get_by_role("button", name="Скинути").click()
    page.wait_for_function("() => !document.querySelector('.outcomes td.worse')")
    assert "arrivals" not in page.url
    page.reload()
    page.get_by_role("button", name="Показати", exact=True).click()
    page.locator(".outcomes td.worse").first.wait_for()
    assert comers.input_value() == "40"
    check(page, "a variant shown")


def test_a_week_leads_to_a_day(server: RunningServer, open_page: Open) -> None:
    """The week is a table; a day of it opens its hours; Saturday is closed."""
    page = enter(server, open_page)
    page.get_by_role("button", name="Тиждень").click()
    page.get_by_role("button", name="сб, 28 лист.").wait_for()
    check(page, "a week")
    page.get_by_role("button", name="сб, 28 лист.").click()
    page.get_by_text("Цього дня підрозділ зачинено.").first.wait_for()
    assert "day=2026-11-28" in page.url
    check(page, "a closed day")


def test_the_plan_can_be_taken_away(server: RunningServer, open_page: Open, tmp_path: Path) -> None:
    """One button gives a spreadsheet named after branch and day."""
    page = enter(server, open_page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Завантажити дані", exact=True).click()
    assert waiting.value.suggested_filename == "center-2026-11-24.xlsx"
    file = tmp_path / "plan.xlsx"
    waiting.value.save_as(file)
    assert file.read_bytes()[:2] == b"PK"


def test_a_phone_shows_it_all_in_one_column(server: RunningServer, open_page: Open) -> None:
    """Nothing sticks out at 360 pixels; the plots have fewer hours on their axis."""
    page = enter(server, open_page, width=360, height=780)
    drawn(page, 3)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    check(page, "a phone")


def test_a_branch_without_history_says_so(server: RunningServer, open_page: Open) -> None:
    """No invented numbers: the reason, and nothing to slide."""
    page = open_page(f"{server.base_url}/planner?branch=village#token={server.token('planner')}")
    page.locator(".empty").first.wait_for()
    page.wait_for_function("() => !document.querySelector('section[aria-busy=true]')")
    assert page.locator(".slider").count() == 0
    check(page, "no history")


def test_other_roles_stay_outside(server: RunningServer, open_page: Open) -> None:
    """A desk's token is told what is missing; a wrong one too; a planner may leave."""
    page = open_page(f"{server.base_url}/planner#token={server.token('desk', 'center', '1')}")
    page.get_by_role("alert").filter(visible=True).wait_for()
    assert "роль: desk" in page.get_by_role("alert").inner_text()
    page.get_by_label("Ключ доступу").fill(server.token("planner"))
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Вийти").click()
    page.get_by_label("Ключ доступу").wait_for()
    assert page.evaluate("sessionStorage.length") == 0
