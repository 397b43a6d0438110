"""The public page that says how the waits are known: the city's own error, from its archive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from tests.browser.axe import check
from tests.planner_history import fill_archive
from tests.server import running_server

Open = Callable[..., Any]
TODAY = date(2026, 11, 23)


def test_the_board_leads_to_the_error(open_page: Open, tmp_path: Path) -> None:
    """From the board's foot to figures by branch, in both languages, and back."""
    url = fill_archive(tmp_path, "dolyna", TODAY, days=15, people=40)
    with running_server(tmp_path, archive=url) as server:
        page = open_page(f"{server.base_url}/?lang=uk", width=390)
        page.get_by_role("link", name="Звідки ми знаємо").click()
        page.locator(".sum dd").first.wait_for()
        assert page.locator(".sum dd").first.inner_text().startswith("±")
        rows = page.locator("table").first.locator("tbody tr")
        assert rows.count() >= 1
        told = server.ask("GET", f"{server.city_url}/accuracy").json["overall"]
        assert f"{told['n']}" in page.locator(".sum").inner_text()
        check(page, "the error")
        page.get_by_role("link", name="ENG").click()
        page.get_by_role("heading", name="How we know how long you will wait").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.get_by_role("link", name="← To the queues").click()
        page.locator("queue-board").wait_for()


def test_a_server_without_history_says_so(open_page: Open, tmp_path: Path) -> None:
    """A young archive has too little to tell; no archive has nothing."""
    with running_server(tmp_path / "young") as server:
        page = open_page(f"{server.base_url}/accuracy")
        page.get_by_text("Ще замало візитів").wait_for()
        check(page, "too little")
    with running_server(tmp_path / "off", archive="off") as server:
        page = open_page(f"{server.base_url}/accuracy")
        page.get_by_text("не веде архіву").wait_for()
