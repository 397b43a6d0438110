"""The public board: Kharkiv with every state of a branch at once."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from tests.browser.kharkiv_loads import kharkiv
from tests.browser.scenes import Look, Room, Scene
from tests.browser.scripted_city import ScriptedCity

SERVICE = "id-card-exchange"


@contextlib.contextmanager
def stage() -> Iterator[str]:
    """The address of the scripted city."""
    with ScriptedCity(*kharkiv()) as city:
        yield city.url


def rows(page: Any, base: str, look: Look, query: str = "") -> None:
    """No service is chosen."""
    page.goto(f"{base}/?lang={look.language}{query}")
    page.locator("queue-board .row .when").first.wait_for()


def service(page: Any, base: str, look: Look) -> None:
    """A service is chosen: waits, strips, the first row open."""
    rows(page, base, look, f"&service={SERVICE}")
    page.locator("queue-board .strip").first.wait_for()


def place(page: Any, base: str, look: Look) -> None:
    """From door to desk: the reader has said where he is."""
    rows(page, base, look, f"&service={SERVICE}")
    page.locator("queue-board #place").select_option(index=4)
    page.locator("queue-board .orders").wait_for()
    page.locator("queue-board svg .mark").first.wait_for(state="attached")


def choosing(page: Any, base: str, look: Look) -> None:
    """The list of services."""
    rows(page, base, look)
    page.get_by_role("combobox").first.click()
    page.get_by_role("option").first.wait_for()


ROOM = Room("board", stage, (Scene("rows", rows), Scene("service", service), Scene("place", place), Scene("choosing", choosing)))
