"""axe-core finds nothing on any page in any state, in light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.axe import check
from tests.browser.scripted_city import ScriptedCity
from tests.server import RunningServer, running_server

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """The small city, at ten on a Monday."""
    with running_server() as running:
        yield running


def test_board(city: ScriptedCity, open_page: Open) -> None:
    """Without a service, choosing one, with rows of every state, with old data."""
    page = open_page(f"{city.url}/")
    page.locator("queue-board .row .when").first.wait_for()
    check(page, "no service chosen")
    page.locator("queue-board #service").click()
    check(page, "the list of services")
    page.locator("queue-board #service").fill("щось")
    check(page, "no such service")
    page.locator("queue-board #service").fill("обмін")
    page.get_by_role("option", name="Обмін на ID-картку").wait_for()
    page.keyboard.press("Enter")
    page.locator("queue-board .strip").first.wait_for()
    check(page, "a service chosen")
    city.change("centre", state="paused", reason="alarm")
    city.change("kyivskyi", state="shelter", closes_at="2026-11-23T14:00:00+02:00")
    city.change("saltiv", power="off")
    page.locator("queue-board #siren").wait_for()
    check(page, "an alarm, no power, a new order")
    page.get_by_role("button", name="Зупинити").click()
    check(page, "stopped")


def test_desk(server: RunningServer, open_page: Open) -> None:
    """The door, an empty desk, a ticket called and served, the panels, a refusal."""
    page = open_page(f"{server.base_url}/desk")
    check(page, "the door")
    page.get_by_label("Ключ доступу").fill("wrong")
    page.keyboard.press("Enter")
    page.get_by_role("alert").filter(visible=True).wait_for()
    check(page, "a wrong key")
    page.get_by_label("Ключ доступу").fill(server.token("desk", "center", "1"))
    page.keyboard.press("Enter")
    page.locator(".pad").wait_for()
    check(page, "a closed desk")
    tickets = [
        server.issue("center", "extract", token=server.token("reception", "center")).json["ticket"]
        for _ in range(3)
    ]
    for verb in ("open", "call-next", "park", "call-next"):
        assert server.desk("center", "1", verb).status == 200
    page.locator("h1", has_text=tickets[1]["number"]).wait_for()
    check(page, "a called ticket")
    page.keyboard.press("NumpadAdd")
    page.get_by_role("alert").filter(visible=True).wait_for()
    check(page, "a refusal")
    server.desk("center", "1", "start")
    page.locator(".key.add-leg:enabled").wait_for()
    for key in ("Numpad2", "Numpad3", "Numpad5"):
        page.keyboard.press(key)
        page.locator(".chooser").wait_for()
        check(page, f"the panel of {key}")
        page.keyboard.press("Escape")
    for verb in ("finish", "close"):
        server.desk("center", "1", verb)
    for ticket in tickets:
        server.command(
            f"{server.city_url}/tickets/{ticket['id']}/left", token=server.token("supervisor", "center")
        )
