"""A citizen without a phone: a stub at reception, lost and printed again, a call missed, back in the line.

The failure branch: an alarm refuses with its words, and a server that is lost in mid-issue gives one ticket.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.server import RunningServer, running_server
from tests.waiting import wait_until_sync

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """The small city, at ten on a Monday; who misses one call is out."""
    with running_server() as running:
        yield running


@pytest.fixture
def reception(server: RunningServer, open_page: Open) -> Any:
    """The page of reception in the centre; printing is counted, not done."""
    page = open_page("")
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1 }")
    page.goto(f"{server.base_url}/reception#token={server.token('reception', 'center')}")
    page.locator(".issue [role=option]").first.wait_for()
    return page


def room(server: RunningServer) -> Any:
    token = server.token("reception", "center")
    return server.ask("GET", server.branch_url("center"), token=token).json


def tickets(server: RunningServer, state: str) -> list[str]:
    return [each["number"] for each in room(server)["tickets"] if each["state"] == state]


def give(page: Any, word: str) -> str:
    """A ticket for the service that is found by that word, by keyboard alone."""
    page.keyboard.press("F2")
    page.keyboard.type(word)
    page.keyboard.press("Enter")
    page.locator(".chosen li").wait_for()
    page.keyboard.press("Enter")
    page.locator(".stub .no:visible").wait_for()
    return str(page.locator(".stub .no").inner_text())


def test_without_a_phone(server: RunningServer, reception: Any) -> None:
    """From the stub to the desk, by way of a lost stub and a missed call."""
    page = reception
    number = give(page, "витяг")
    assert tickets(server, "waiting") == [number]
    page.locator(".stub .qr:visible").wait_for()
    code = page.locator(".stub .qr").get_attribute("src")
    page.keyboard.press("F8")
    assert page.evaluate("window.printed") == 1

    page.keyboard.press("F2")
    page.keyboard.press("F4")
    page.keyboard.type(number.lower())
    page.keyboard.press("Enter")
    page.locator(".one h2", has_text=number).wait_for()
    page.get_by_role("button", name="Надрукувати знову").click()
    page.locator(".stub .qr:visible").wait_for()
    assert page.locator(".stub .qr").get_attribute("src") == code, "the same secret as before"
    assert page.locator(".stub .no").inner_text() == number

    server.desk("center", "1", "open")
    for _ in range(3):
        if tickets(server, "no_show"):
            break
        assert server.desk("center", "1", "call-next").status == 200
        assert server.desk("center", "1", "no-show").status == 200
        wait_until_sync(lambda: not tickets(server, "called"), what="the call's end")
    assert tickets(server, "no_show") == [number]
    page.locator(".line button", has_text=number).click()
    page.get_by_role("button", name="Повернути в чергу").click()
    wait_until_sync(lambda: tickets(server, "waiting") == [number], what="the ticket in the line again")
    page.get_by_text(f"Талон {number} знову в черзі.").wait_for()
    for verb in ("call-next", "start", "finish", "close"):
        assert server.desk("center", "1", verb).status == 200


def test_priority_asks_for_the_document(server: RunningServer, reception: Any) -> None:
    """No priority without the document; with it the class stands on the ticket."""
    page = reception
    page.locator("#service").fill("паспорт")
    page.keyboard.press("Enter")
    page.locator("#priority").select_option("disability")
    button = page.get_by_role("button", name="Видати талон")
    assert button.is_disabled() and page.get_by_text("Спершу відвідувач показує документ.").is_visible()
    page.get_by_label("Документ показано").check()
    button.click()
    page.locator(".stub .no:visible").wait_for()
    number = page.locator(".stub .no").inner_text()
    (mine,) = [each for each in room(server)["tickets"] if each["number"] == number]
    assert mine["priority"] == "disability"
    page.keyboard.press("F2")
    page.locator(".line button", has_text=number).click()
    page.get_by_role("button", name="Відвідувач пішов").click()
    wait_until_sync(lambda: number not in tickets(server, "waiting"), what="the visitor's leaving")


def test_somebody_at_the_kiosk_needs_help(server: RunningServer, reception: Any, open_page: Open) -> None:
    """Asked, taken, helped; then without the network, when the kiosk says that nobody knows."""
    token = server.token("kiosk", "center")
    kiosk = open_page(f"{server.base_url}/kiosk/center#token={token}", service_workers="block")
    kiosk.locator("main.start").wait_for()
    kiosk.locator("[data-act=help]").click()
    kiosk.locator("main [role=status]", has_text="Рецепція знає").wait_for()
    told = reception.locator(".asked li", has_text="людині потрібна допомога")
    told.get_by_role("button", name="Іду").click()
    kiosk.locator("h1", has_text="До вас ідуть").wait_for()
    told.get_by_text("Іде рецепція.").wait_for()
    told.get_by_role("button", name="Допомогли").click()
    told.wait_for(state="detached")
    again = kiosk.locator("main [data-act=help]")
    again.wait_for()
    kiosk.context.route("**/help", lambda route: route.abort())
    again.click()
    kiosk.locator("main [role=status]", has_text="Немає зв’язку").wait_for()
    kiosk.get_by_text("Підійдіть до рецепції біля входу").wait_for()
    kiosk.context.unroute("**/help")
    told.wait_for()
    kiosk.locator("main [data-act=home]").click()
    told.wait_for(state="detached")


def test_an_alarm_refuses_in_words(server: RunningServer, reception: Any) -> None:
    """The banner says what happens, a new ticket is refused with the reason, nothing is lost on the page."""
    page = reception
    chief = server.token("supervisor", "center")
    assert server.command(f"{server.branch_url('center')}/alarm", token=chief).status == 200
    try:
        page.locator(".banner.alarm", has_text="Повітряна тривога").wait_for()
        page.locator("#service").fill("витяг")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.get_by_role("alert").wait_for()
        assert page.get_by_role("alert").inner_text()
        assert page.locator(".chosen li").count() == 1 and tickets(server, "waiting") == []
    finally:
        assert server.command(f"{server.branch_url('center')}/all-clear", token=chief).status == 200
    page.locator(".banner.alarm").wait_for(state="hidden")


def test_a_server_lost_in_mid_issue_gives_one_ticket(server: RunningServer, reception: Any) -> None:
    """The answer is lost; the page says so, its buttons are off, and the repeat brings the same ticket."""
    page = reception
    lost: list[int] = []

    def swallow(route: Any) -> None:
        if not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/branches/center/tickets", swallow)
    page.locator("#service").fill("витяг")
    page.keyboard.press("Enter")
    page.locator(".chosen li").wait_for()
    page.keyboard.press("Enter")
    page.locator(".stub .no:visible").wait_for()
    assert lost == [201]
    wait_until_sync(lambda: len(tickets(server, "waiting")) == 1, what="one ticket")
    assert tickets(server, "waiting") == [page.locator(".stub .no").inner_text()]
