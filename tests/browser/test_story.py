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


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["uk", "en"])
def test_a_ticket_is_seen_everywhere(
    server: RunningServer, open_page: Open, screenshot: Callable[[Any, str], None], lang: str, size: str
) -> None:
    """The board counts it when it is issued and when it is called; the restart in between changes nothing."""
    width, height = SIZES[size]
    board = open_page(f"{server.base_url}/?service=extract&lang={lang}", width=width, height=height)
    board.evaluate("window.neverReloaded = true")
    waiting(board, 0)
    number = server.issue("center", "extract").json["ticket"]["number"]
    waiting(board, 1)
    assert WAITING[lang] in board.locator("queue-board [data-branch=center]").inner_text()
    token = server.token("desk", "center", "1")
    desk = open_page(f"{server.base_url}/desk?lang={lang}#token={token}", width=width, height=height)
    verbs = {
        "uk": ["Відкрити", "Викликати", "Почати", "Завершити"],
        "en": ["Open", "Call next", "Start", "Finish"],
    }[lang]
    press(desk, verbs[0])
    desk.locator("ol.line li", has_text=number).wait_for()
    screenshot(board, f"story-board-waiting-{size}-{lang}")

    server.kill()
    desk.locator(".banner.warn").filter(visible=True).wait_for()
    server.start()

    press(desk, verbs[1])
    desk.locator("h1", has_text=number).wait_for()
    waiting(board, 0)
    screenshot(desk, f"story-desk-called-{size}-{lang}")
    screenshot(board, f"story-board-called-{size}-{lang}")
    press(desk, verbs[2])
    press(desk, verbs[3])
    desk.locator(".ticket.empty").wait_for()
    assert board.evaluate("window.neverReloaded"), "the board was never loaded again"
    server.desk("center", "1", "close")
