"""A citizen compares and goes: from an everyday word with a typo to his ticket; while he looks the sirens
sound; the answer of his ticket is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.axe import check
from tests.browser.lossy_line import lossy_line
from tests.server import RunningServer, running_server
from tests.waiting import wait_until_sync

Open = Callable[..., Any]
SERVICE, NEAR, FAR = "id-card-exchange", "kyivskyi", "rcp"
TAKES = f"POST /api/v1/cities/kharkiv/branches/{NEAR}/tickets"


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """Kharkiv at ten on a Monday; passports are made at two branches, and at the far one people wait."""
    with running_server(city="kharkiv") as running:
        running.desk(NEAR, "5", "open")
        running.desk(FAR, "10", "open")
        for _ in range(3):
            assert running.issue(FAR, SERVICE).status == 201
        yield running


def row(page: Any, branch: str) -> Any:
    """A branch's row."""
    return page.locator(f"queue-board [data-branch={branch}]")


def opened(open_page: Open, base: str) -> Any:
    """The board for his service, the near branch's row open."""
    page = open_page(f"{base}/?service={SERVICE}", width=360, height=780)
    row(page, NEAR).locator(".when").wait_for()
    if "opened" not in str(row(page, NEAR).get_attribute("class")):
        row(page, NEAR).locator(".name").click()
    row(page, NEAR).locator(".acts").wait_for()
    return page


def waiting(server: RunningServer, branch: str) -> int:
    """How many wait there."""
    branches = server.ask("GET", f"{server.city_url}/board").json["branches"]
    return next(int(each["waiting"]) for each in branches if each["branch"] == branch)


def test_he_compares_and_goes(
    server: RunningServer, open_page: Open, screenshot: Callable[[Any, str], None]
) -> None:
    """A word as people say it, mistyped; a touch on the map; the way and the wait; the ticket's own page."""
    page = open_page(server.base_url, width=1440, height=900)
    page.locator("queue-board #service").fill("замінити пасопрт")
    page.get_by_role("option", name="Обмін на ID-картку").click()
    row(page, NEAR).locator(".counts").wait_for()

    page.locator("queue-board figure svg").click(position={"x": 120, "y": 200})
    page.get_by_role("radio", name="Пішки").check(force=True)
    page.locator("queue-board .orders").wait_for()
    page.locator("queue-board svg text", has_text="Ви").wait_for()
    assert "place" not in page.url, "where he is stays in his browser"
    screenshot(page, "story-citizen-compares")

    page.get_by_label("Має бути на місці").select_option("sign_language")
    row(page, NEAR).wait_for(state="detached")
    page.locator("queue-board .lacking", has_text="«Жестова мова»").wait_for()
    page.get_by_label("Має бути на місці").select_option("card_payment")
    if "opened" not in str(row(page, NEAR).get_attribute("class")):
        row(page, NEAR).locator(".name").click()
    row(page, NEAR).get_by_role("button", name="Я вже їду").click()
    noted = page.locator("queue-board .banner", has_text="Враховано: чекаємо вас")
    noted.get_by_text(str(row(page, NEAR).locator(".name").inner_text())).wait_for()
    row(page, NEAR).locator(".counts", has_text="У дорозі1").wait_for()
    check(page, "a citizen on his way")

    before = waiting(server, NEAR)
    row(page, NEAR).get_by_role("button", name="Взяти талон").click()
    page.wait_for_url("**/t#*")
    page.locator(".tk .now").first.wait_for()
    assert waiting(server, NEAR) == before + 1
    screenshot(page, "story-citizen-ticket")


def test_the_answer_of_his_ticket_is_lost(server: RunningServer, open_page: Open) -> None:
    """It is asked for again under the same key: one ticket, and its page."""
    with lossy_line(urlsplit(server.base_url).port or 0) as line:
        page = opened(open_page, line.base_url)
        before = waiting(server, NEAR)
        line.lose_next_reply(TAKES)
        row(page, NEAR).get_by_role("button", name="Взяти талон").click()
        page.wait_for_url("**/t#*")
        assert line.lost == 1
        wait_until_sync(lambda: waiting(server, NEAR) > before, what="his ticket")
        assert waiting(server, NEAR) == before + 1, "one ticket, not two"
        page.close()


def test_the_sirens_sound_while_he_looks(server: RunningServer, open_page: Open) -> None:
    """The branch says why it does not serve, and has no number any more; once he asks for the new order, it
    stands apart.
    """
    page = opened(open_page, server.base_url)
    supervisor = server.token("supervisor", NEAR)
    try:
        assert server.command(f"{server.branch_url(NEAR)}/alarm", token=supervisor).status == 200
        row(page, NEAR).locator(".when", has_text="після відбою").wait_for()
        page.get_by_role("alert").filter(has_text="Повітряна тривога! Пройдіть до укриття").wait_for()
        said = row(page, NEAR).inner_text()
        assert "Пауза: тривога" in said and "Прийом відновиться після відбою" in said
        assert row(page, NEAR).get_by_role("button", name="Взяти талон").count() == 0
        page.locator("queue-board .order").get_by_role("button", name="Оновити").click()
        page.locator(f"queue-board [data-slot=off] [data-branch={NEAR}]").wait_for()
    finally:
        assert server.command(f"{server.branch_url(NEAR)}/all-clear", token=supervisor).status == 200
