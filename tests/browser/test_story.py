"""One ticket through the whole house: issued over the API, called on /desk, seen on / without a reload.

In both languages, at the size of a phone and of a desktop, and through a restart of the server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.server import RunningServer, running_server

Open = Callable[..., Any]
SIZES = {"phone": (360, 740), "desktop": (1440, 900)}
VERBS = {
    "uk": ["Відкрити", "Викликати", "Почати", "Завершити"],
    "en": ["Open", "Call next", "Start", "Finish"],
}
WAITING = {"uk": "У черзі", "en": "Waiting"}


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """The small city, at ten on a Monday."""
    with running_server() as running:
        yield running


def waiting(page: Any, count: int) -> None:
    """Wait until the centre's row counts so many in the queue."""
    page.locator(
        "queue-board [data-branch=center] .counts div:first-child dd", has_text=str(count)
    ).wait_for()


def press(page: Any, label: str) -> None:
    """Enter, once it does this and is awake."""
    page.locator(".key.main:enabled", has_text=label).wait_for()
    page.wait_for_timeout(720)
    page.keyboard.press("NumpadEnter")


def open_board(open_page: Open, server: RunningServer, lang: str, size: str) -> Any:
    """The board in that language and size, with a mark that a reload would wipe out."""
    width, height = SIZES[size]
    page = open_page(f"{server.base_url}/?service=extract&lang={lang}", width=width, height=height)
    page.evaluate("window.neverReloaded = true")
    waiting(page, 0)
    assert WAITING[lang] in page.locator("queue-board [data-branch=center]").inner_text()
    return page


def open_desk(open_page: Open, server: RunningServer, number: str, lang: str, size: str) -> Any:
    """That desk, signed in and open."""
    width, height = SIZES[size]
    token = server.token("desk", "center", number)
    page = open_page(f"{server.base_url}/desk?lang={lang}#token={token}", width=width, height=height)
    press(page, VERBS[lang][0])
    return page


def test_a_ticket_is_seen_everywhere(
    server: RunningServer, open_page: Open, screenshot: Callable[[Any, str], None]
) -> None:
    """Every board counts it when it is issued and when it is called, through a restart in between."""
    boards = {(lang, size): open_board(open_page, server, lang, size) for lang in VERBS for size in SIZES}
    desks = {
        ("uk", "desktop"): open_desk(open_page, server, "1", "uk", "desktop"),
        ("en", "phone"): open_desk(open_page, server, "2", "en", "phone"),
    }
    numbers = [server.issue("center", "extract").json["ticket"]["number"] for _ in desks]
    for board in boards.values():
        waiting(board, 2)

    server.kill()
    for desk in desks.values():
        desk.locator(".banner.warn").filter(visible=True).wait_for()
    server.start()

    for left, number, ((lang, size), desk) in zip([1, 0], numbers, desks.items(), strict=True):
        press(desk, VERBS[lang][1])
        desk.locator("h1", has_text=number).wait_for()
        screenshot(desk, f"story-desk-called-{size}-{lang}")
        for board in boards.values():
            waiting(board, left)
        press(desk, VERBS[lang][2])
        press(desk, VERBS[lang][3])
        desk.locator(".ticket.empty").wait_for()
    for (lang, size), board in boards.items():
        screenshot(board, f"story-board-{size}-{lang}")
        assert board.evaluate("window.neverReloaded"), "the board was never loaded again"
