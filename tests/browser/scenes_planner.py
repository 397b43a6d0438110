"""The planner's page with five weeks of history behind it."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from tests.browser.scenes import Look, Room, Scene
from tests.planner_history import fill_archive
from tests.server import running_server

TODAY = date(2026, 11, 23)
DRAWN = (
    "() => document.querySelector('section .head h2') && !document.querySelector('section[aria-busy=true]')"
    " && [...document.querySelectorAll('.plot img')].every((image) => image.complete && image.naturalWidth)"
)
WORKED_OUT_WITHIN_MS = 60_000


class Stage(NamedTuple):
    """The server's address and a planner's token."""

    base: str
    token: str


@contextlib.contextmanager
def stage() -> Iterator[Stage]:
    """A server whose archive knows thirty-six days."""
    with tempfile.TemporaryDirectory() as folder:
        url = fill_archive(Path(folder), "dolyna", TODAY, days=36, people=90, knowing=True)
        with running_server(Path(folder), archive=url, device_commands="1000") as server:
            yield Stage(server.base_url, server.token("planner"))


def door(page: Any, staged: Stage, look: Look) -> None:
    """Nobody has signed in."""
    page.goto(f"{staged.base}/planner?lang={look.language}")
    page.locator(".sign-in").wait_for()


def tomorrow(page: Any, staged: Stage, look: Look, query: str = "") -> None:
    """The next working day as it is expected."""
    page.set_default_timeout(WORKED_OUT_WITHIN_MS)
    page.goto(f"{staged.base}/planner?branch=center&lang={look.language}{query}#token={staged.token}")
    page.wait_for_function(DRAWN)


def what_if(page: Any, staged: Stage, look: Look) -> None:
    """More visitors than planned."""
    tomorrow(page, staged, look, "&arrivals=40")
    page.locator(".outcomes td.worse").first.wait_for()
    page.wait_for_function(DRAWN)


def accuracy(page: Any, staged: Stage, look: Look) -> None:
    """How right the waits were, for everybody."""
    page.goto(f"{staged.base}/accuracy?lang={look.language}")
    page.locator("main table").first.wait_for()


ROOM = Room(
    "planner",
    stage,
    (
        Scene("door", door),
        Scene("tomorrow", tomorrow),
        Scene("what-if", what_if),
        Scene("accuracy", accuracy),
    ),
)
