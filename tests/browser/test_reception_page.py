"""Reception's page beside its story: numbers written by hand, an incident, a key of another role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.server import RunningServer, running_server
from tests.waiting import wait_until_sync

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    with running_server() as running:
        yield running


def come(server: RunningServer, open_page: Open) -> Any:
    page = open_page("")
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1 }")
    page.goto(f"{server.base_url}/reception#token={server.token('reception', 'center')}")
    page.locator(".issue [role=option]").first.wait_for()
    return page


def test_numbers_written_by_hand(server: RunningServer, open_page: Open) -> None:
    """A sheet of numbers is printed beforehand; later one is entered with its arrival, and goes first."""
    page = come(server, open_page)
    server.issue("center", "extract")
    page.get_by_role("button", name="Аркуш номерів").click()
    page.get_by_role("button", name="Взяти й надрукувати").click()
    wait_until_sync(lambda: page.evaluate("window.printed") == 1, what="the sheet")
    number = page.locator(".sheet tbody th").evaluate_all("cells => cells.map((each) => each.textContent)")[0]
    page.keyboard.press("F2")
    page.keyboard.type("витяг" if number.startswith("P") else "info")
    page.keyboard.press("Enter")
    page.get_by_label("Номер виписано від руки").check()
    page.get_by_label("Номер на аркуші").fill(number)
    page.get_by_label("Час приходу").fill("09:30")
    page.get_by_role("button", name="Видати талон").click()
    page.locator(".stub .no", has_text=number).wait_for()
    first = page.locator("ol.line button").first
    wait_until_sync(lambda: number in first.inner_text(), what="the earlier arrival in front")


def test_an_incident_is_put_on_record(server: RunningServer, open_page: Open) -> None:
    """By one key, with a category; the page says that it is done."""
    page = come(server, open_page)
    page.keyboard.press("F9")
    page.get_by_label("Конфлікт").check()
    page.get_by_label("Що сталося").fill("через чергу")
    page.get_by_role("button", name="Записати подію").last.click()
    page.get_by_text("Подію записано.").wait_for()


def test_another_role_is_refused_clearly(server: RunningServer, open_page: Open) -> None:
    """A kiosk's key opens nothing here; what is looked for and is not there is said."""
    page = open_page(f"{server.base_url}/reception#token={server.token('kiosk', 'center')}")
    page.get_by_role("alert").filter(has_text="не для рецепції (роль: kiosk)").wait_for()
    page = come(server, open_page)
    page.keyboard.press("F4")
    page.keyboard.type("P999")
    page.keyboard.press("Enter")
    page.get_by_role("alert").filter(has_text="Такого талона тут зараз немає").wait_for()
