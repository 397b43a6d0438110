"""The head of a centre: the afternoon of a busy day, what may be done about it, and when nothing goes."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from balancer.city.definition import load_city
from tests.browser.scenes import Look, Room, Scene
from tests.lived_day import live_through
from tests.server import RunningServer, running_server
from tests.stores import redis_server, valkey_program

BRANCH = "shevchenk"
CROWD = {
    "residence": 9.0,
    "passport": 27.0,
    "war": 9.0,
    "family": 6.0,
    "social": 12.0,
    "business": 8.0,
    "property": 7.0,
    "advice": 7.0,
    "transport": 5.0,
    "results": 4.0,
}
SHUT = {"4", "25", "29", "30"}
MINUTES = 353


class Stage(NamedTuple):
    """The server, and its tokens."""

    server: RunningServer
    head: str
    admin: str


@contextlib.contextmanager
def stage() -> Iterator[Stage]:
    """Seven minutes to three, in the biggest rush."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with redis_server(folder / "store", valkey_program(), appendonly="no") as store:
            with ThreadPoolExecutor(1) as thread:  # the browser's event loop occupies this one
                city = load_city("kharkiv")
                day = thread.submit(live_through, store.url, city, BRANCH, CROWD, minutes=MINUTES, shut=SHUT)
                day.result()
            clock = "2026-11-23T14:53:00"
            with running_server(folder, city="kharkiv", clock=clock, redis=store.url) as server:
                yield Stage(server, server.token("supervisor", BRANCH), server.token("admin"))


def door(page: Any, staged: Stage, look: Look) -> None:
    """Nobody has signed in."""
    page.goto(f"{staged.server.base_url}/supervisor?lang={look.language}")
    page.locator(".sign-in").wait_for()


def rush(page: Any, staged: Stage, look: Look) -> None:
    """The whole branch at work."""
    page.goto(f"{staged.server.base_url}/supervisor?lang={look.language}#token={staged.head}")
    page.locator(".desks tbody tr").first.wait_for()


def desk(page: Any, staged: Stage, look: Look) -> None:
    """What may be done with one desk."""
    rush(page, staged, look)
    page.locator(".desks tbody button").nth(15).click()
    page.locator(".panel fieldset").wait_for()


def confirm(page: Any, staged: Stage, look: Look) -> None:
    """Really an air raid?"""
    rush(page, staged, look)
    page.locator("header .b.stop").first.click()
    page.locator("header .question").wait_for()


def paused(page: Any, staged: Stage, look: Look) -> None:
    """Everything stands still until the all-clear, then goes on for the other scenes."""
    rush(page, staged, look)
    alarm(staged, "alarm")
    page.locator(".banner.alarm").wait_for()


def alarm(staged: Stage, verb: str) -> None:
    """Somebody else presses it."""
    staged.server.command(f"{staged.server.branch_url(BRANCH)}/{verb}", token=staged.head)


def calm(page: Any, staged: Stage, look: Look) -> None:
    """A branch whose day has not begun; an admin looks at it."""
    alarm(staged, "all-clear")
    page.goto(f"{staged.server.base_url}/supervisor?lang={look.language}#token={staged.admin}")
    page.locator("header h1 select").wait_for()
    page.locator("header h1 select").select_option("vrm-rohan")
    page.locator(".desks tbody tr").first.wait_for()


def lost(page: Any, staged: Stage, look: Look) -> None:
    """The server does not answer."""
    rush(page, staged, look)
    page.route("**/api/**", lambda route: route.abort())
    page.locator("header .decide .b").first.click()
    page.locator(".banner.warn", has_text="зв’язку" if look.language == "uk" else "Offline").wait_for()


ROOM = Room(
    "supervisor",
    stage,
    (
        Scene("door", door),
        Scene("rush", rush),
        Scene("desk", desk),
        Scene("confirm", confirm),
        Scene("paused", paused),
        Scene("calm", calm),
        Scene("lost", lost),
    ),
)
