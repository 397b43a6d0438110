"""A clerk's morning by keyboard alone, and the morning on which the network is lost in mid-service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.clerk import events, issue, key_lives, main_says, room
from tests.browser.lossy_line import LossyLine, lossy_line
from tests.server import RunningServer, running_server
from tests.waiting import wait_until_sync

Open = Callable[..., Any]


@pytest.fixture
def server() -> Iterator[RunningServer]:
    """The small city, at ten on a Monday."""
    with running_server() as running:
        yield running


@pytest.fixture
def line(server: RunningServer) -> Iterator[LossyLine]:
    """The line between this clerk and the server."""
    with lossy_line(urlsplit(server.base_url).port or 0) as laid:
        yield laid


def enter(page: Any, text: str) -> None:
    """Enter, once it does this."""
    main_says(page, text)
    page.keyboard.press("NumpadEnter")


def happened(server: RunningServer, *types: str) -> list[str]:
    """The numbers of the tickets to which these things happened, in order."""
    return [each.ticket.number for each in events(server, *types) if each.ticket is not None]


def serve_and_take_payment(page: Any) -> None:
    """Call, start, payment, finish."""
    enter(page, "Викликати наступного")
    enter(page, "Почати")
    key_lives(page, "payment")
    page.keyboard.press("Numpad1")
    page.locator(".facts .paying").wait_for()
    enter(page, "Завершити")


def serve_and_hand_on(page: Any, note: str) -> None:
    """Call, start, a note, then to the village, whose wait stands beside it."""
    enter(page, "Викликати наступного")
    enter(page, "Почати")
    key_lives(page, "note")
    page.keyboard.press("NumpadDecimal")
    page.get_by_label("Записка для колеги").wait_for()
    page.keyboard.insert_text(note)
    page.keyboard.press("Enter")
    page.locator(".ticket .note", has_text=note).wait_for()
    page.keyboard.press("Numpad2")
    page.get_by_role("combobox").wait_for()
    page.keyboard.insert_text("Село")
    told = page.get_by_role("option", name="Село").locator(".told")
    told.filter(has_text="хв").or_(told.filter(has_text="черг")).or_(told.filter(has_text="невід")).wait_for()
    page.keyboard.press("Enter")
    page.locator(".ticket.empty").wait_for()


def confirm_priority(page: Any, number: str) -> None:
    """Whom, by which class, the document."""
    page.locator("ol.line li", has_text=number).wait_for()
    page.keyboard.press("NumpadMultiply")
    page.get_by_role("combobox").wait_for()
    page.keyboard.insert_text(number)
    page.keyboard.press("Enter")
    page.get_by_role("combobox", name="Категорія пільги").wait_for()
    page.keyboard.press("Enter")
    page.get_by_text("Документ показано?").wait_for()
    page.keyboard.press("Enter")
    page.locator("ol.line li:first-child", has_text=number).wait_for()


def rest_and_close(page: Any) -> None:
    """A break for lunch, back again, and the end of the morning."""
    key_lives(page, "break")
    page.keyboard.press("Numpad9")
    page.get_by_role("combobox").wait_for()
    page.keyboard.press("Enter")
    page.locator(".state", has_text="Перерва: Обід").wait_for()
    enter(page, "Відновити")
    page.locator(".state", has_text="Відкрито").wait_for()
    while page.evaluate("document.activeElement.textContent") != "Закрити місце":
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.locator(".state", has_text="Зачинено").wait_for()


def test_a_morning(server: RunningServer, open_page: Open) -> None:
    """Sign in, open, call, pay, note, hand on to another branch, priority, a break, close. No mouse."""
    first, second, third = (issue(server) for _ in range(3))
    page = open_page(f"{server.base_url}/desk", width=1280, height=800)
    page.get_by_label("Ключ доступу").wait_for()
    page.keyboard.insert_text(server.token("desk", "center", "1"))
    page.keyboard.press("Enter")
    enter(page, "Відкрити місце")
    serve_and_take_payment(page)
    serve_and_hand_on(page, "Бракує довідки")
    fourth = issue(server)
    confirm_priority(page, fourth)
    for what in ("Викликати наступного", "Почати", "Завершити"):
        enter(page, what)
    page.locator(".ticket.empty").wait_for()
    rest_and_close(page)
    assert happened(server, "ticket_called") == [first, second, fourth]
    assert happened(server, "ticket_finished") == [first, fourth]
    assert [each["number"] for each in room(server)["line"]] == [third]
    (moved,) = room(server, "1", "village")["line"]
    assert moved["note"] == "Бракує довідки"


def test_the_network_is_lost_in_mid_service(
    server: RunningServer,
    line: LossyLine,
    open_page: Open,
    screenshot: Callable[[Any, str], None],
) -> None:
    """The reply to "finish" is lost, then the server is gone: the ticket stays, nothing happens twice."""
    first, second = issue(server), issue(server)
    token = server.token("desk", "center", "1")
    page = open_page(f"{line.base_url}/desk#token={token}", width=1280, height=800)
    enter(page, "Відкрити місце")
    line.lose_next_reply("/call-next ")
    enter(page, "Викликати наступного")
    page.locator("h1", has_text=first).wait_for()
    assert line.lost == 1 and happened(server, "ticket_called") == [first]

    enter(page, "Почати")
    main_says(page, "Завершити")
    server.kill()
    page.locator(".banner.warn", has_text=f"{first} лишається за вами, таймер іде").wait_for()
    assert page.locator(".key:enabled").count() == 0
    page.keyboard.press("NumpadEnter")
    screenshot(page, "story-clerk-no-network")
    server.start()
    main_says(page, "Завершити")
    assert room(server)["ticket"]["state"] == "serving", (
        "a key without a connection does nothing, later either"
    )

    line.lose_next_reply("/finish ")
    page.keyboard.press("NumpadEnter")
    enter(page, "Викликати наступного")
    page.locator("h1", has_text=second).wait_for()
    wait_until_sync(lambda: room(server)["ticket"]["number"] == second, what="the second ticket in hand")
    assert line.lost == 2
    assert happened(server, "ticket_finished") == [first]
    assert happened(server, "ticket_called") == [first, second]
