"""The head of the city before the morning meeting: every branch today, yesterday on one sheet of paper, who
did what. The failure branch: a day without data, a server without an archive, a server that goes away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.server import RunningServer, running_server
from tests.waiting import wait_until_sync

Open = Callable[..., Any]
DAY = "2026-11-23"


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """A Monday morning in the centre: two came, one was served, one conflict was put on record."""
    with running_server() as running:
        for _ in range(2):
            running.issue("center", "extract")
        for verb in ("open", "call-next", "start", "finish"):
            running.desk("center", "1", verb)
        chief = running.token("supervisor", "center")
        running.command(f"{running.branch_url('center')}/incidents", {"category": "conflict"}, token=chief)
        path, admin = f"{running.city_url}/briefing?day={DAY}", running.token("admin")
        wait_until_sync(
            lambda: running.ask("GET", path, token=admin).json.get("incidents"), what="the day in the archive"
        )
        yield running


def come(server: RunningServer, open_page: Open, role: str = "admin", **more: Any) -> Any:
    page = open_page(f"{server.base_url}/city#token={server.token(role)}", **more)
    page.locator("tfoot tr").wait_for()
    return page


def test_every_branch_by_the_same_measures(server: RunningServer, open_page: Open) -> None:
    """A row each, the sums below, a link to its supervisor; planners see no audit."""
    page = come(server, open_page, "planner")
    row = page.locator("tbody tr", has_text="Центр")
    assert row.locator("a").get_attribute("href") == "/supervisor?branch=center"
    assert page.locator("tbody tr").count() == 2
    wait_until_sync(lambda: "1/4" in row.inner_text(), what="one open desk of four")
    assert "1/5" in page.locator("tfoot").inner_text()
    assert page.locator("[data-part=audit]").count() == 0


def test_an_admin_goes_from_a_branch_to_its_desks(server: RunningServer, open_page: Open) -> None:
    """The link opens that branch and asks for no key again; a branch chosen there is there after a reload."""
    page = come(server, open_page)
    page.get_by_role("link", name="Село").click()
    page.locator(".desks tbody tr").first.wait_for()
    choice = page.locator("header h1 select")
    assert choice.input_value() == "village"
    choice.select_option("center")
    page.reload()
    page.locator(".desks tbody tr").first.wait_for()
    assert choice.input_value() == "center"


def test_the_briefing_on_one_sheet(server: RunningServer, open_page: Open) -> None:
    """The day's figures, what to decide, the incident; printed it is exactly one page of A4."""
    page = come(server, open_page)
    page.locator("[data-part=briefing]").click()
    page.locator(".briefing .banner", has_text="21 листопада").wait_for()
    page.locator("#day").fill(DAY)
    sheet = page.locator(".sheet")
    sheet.wait_for()
    for told in ("понеділок, 23 листопада", "Усе місто", "Конфлікт: 1", "Що вирішити сьогодні"):
        assert told in sheet.inner_text(), told
    assert sheet.locator(".key b").first.inner_text() == "2"
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1
    page.get_by_role("link", name="ENG").click()
    page.locator(".sheet", has_text="To decide today").wait_for()
    page.locator("#briefing-branch").select_option("center")
    page.locator(".sheet h2", has_text="Centre").wait_for()


def test_a_day_without_data_says_so(server: RunningServer, open_page: Open) -> None:
    """And leads to the last day that is known, if there is one."""
    page = come(server, open_page)
    page.locator("[data-part=briefing]").click()
    page.locator(".briefing .banner", has_text="в архіві нічого немає").wait_for()
    assert page.locator(".sheet").count() == 0
    assert page.get_by_role("button", name="Надрукувати").is_disabled()


def test_who_did_what(server: RunningServer, open_page: Open) -> None:
    """Newest first, narrowed by role and by deed."""
    page = come(server, open_page)
    page.locator("[data-part=audit]").click()
    page.locator(".audit tbody tr", has_text="Завершено").wait_for()
    page.locator("#audit-role").select_option("supervisor")
    page.locator(".audit tbody tr", has_text="Завершено").wait_for(state="detached")
    assert page.locator(".audit tbody tr").count() == 1
    assert "Подія" in page.locator(".audit tbody tr").inner_text()


def test_without_an_archive(open_page: Open) -> None:
    """No briefing, in words; the day's table works."""
    with running_server(archive="off") as server:
        page = come(server, open_page)
        page.locator("[data-part=briefing]").click()
        page.locator(".briefing .banner", has_text="не веде архіву").wait_for()


def test_the_server_goes_away(open_page: Open) -> None:
    """The last table stays with its age, and the page mends itself."""
    with running_server() as server:
        page = come(server, open_page)
        server.stop()
        page.locator(".banner.warn:visible", has_text="Немає зв’язку").wait_for()
        assert page.locator("tbody tr").count() == 2
        server.start()
        page.locator(".link", has_text="Зв’язок є").wait_for()
