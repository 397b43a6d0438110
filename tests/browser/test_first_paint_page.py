"""The city page as the server paints it: read and used without scripts, gone once the board draws itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.server import RunningServer, running_server

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """The small city at ten on a Monday, three people in the centre's line."""
    with running_server() as running:
        for _ in range(3):
            running.issue("center", "extract")
        yield running


def test_a_reader_without_scripts_chooses_a_service(server: RunningServer, open_page: Open) -> None:
    """A table of branches, a choice, and the table of that choice."""
    page = open_page(f"{server.base_url}/", java_script_enabled=False)
    rows = page.locator(".first-paint tbody tr")
    assert rows.count() == 2 and page.locator("caption", has_text="Черги о 10:").is_visible()
    assert page.locator("html").get_attribute("lang") == "uk"
    page.get_by_label("Послуга").select_option(label="Паспорт")
    page.get_by_role("button", name="Показати").click()
    page.wait_for_url("**service=passport**")
    assert rows.count() == 1 and rows.first.locator("td").nth(1).inner_text() == "3"
    assert "Послуга тут недоступна: Село" in page.locator(".first-paint").inner_text()
    assert page.title().startswith("Паспорт: де найшвидше?")
    page.get_by_role("link", name="ENG").click()
    page.locator("caption", has_text="Queues at 10:").wait_for()


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_the_table_fits_every_width(server: RunningServer, open_page: Open, width: int) -> None:
    """Nothing scrolls sideways; a browser that asks for English gets it."""
    page = open_page(
        f"{server.base_url}/?service=extract", width=width, java_script_enabled=False, locale="en-GB"
    )
    assert page.locator("h1", has_text="Where is it fastest?").is_visible()
    box = page.locator(".first-paint table").bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width


def test_the_board_takes_the_table_s_place(server: RunningServer, open_page: Open) -> None:
    """Once it can draw; the language that the server chose is the page's."""
    page = open_page(f"{server.base_url}/?service=extract", locale="en-GB")
    page.locator("queue-board .row").first.wait_for()
    page.locator(".first-paint").wait_for(state="hidden")
    assert page.locator("queue-board").count() == 1
    assert page.evaluate("document.documentElement.lang") == "en"
