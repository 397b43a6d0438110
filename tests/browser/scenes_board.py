"""The public board: Kharkiv with every state of a branch at once."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from tests.browser.cities import NOON, wait
from tests.browser.kharkiv_loads import kharkiv
from tests.browser.scenes import Look, Room, Scene
from tests.browser.scripted_city import Json, ScriptedCity

SERVICE = "id-card-exchange"
BOARD = "queue-board"
LATER = (6.0, 4.0, 9.0, 18.0, 30.0, 22.0, 12.0, 7.0)
TICKET: Json = {
    "ticket": {"id": "t" * 20, "number": "А-217", "state": "waiting"},
    "secret": "s" * 32,
}


@contextlib.contextmanager
def stage() -> Iterator[str]:
    """The address of the scripted city, which knows the rest of the day."""
    with ScriptedCity(*kharkiv()) as city:
        city.ahead = {branch: _ahead(load["queues"][0]["queue"]) for branch, load in city.loads.items()}
        yield city.url


def _ahead(queue: str) -> Json:
    start = datetime.fromisoformat(NOON).replace(minute=30, second=0) + timedelta(minutes=30)
    times = [(start + timedelta(minutes=30 * step)).isoformat() for step in range(len(LATER))]
    slots = [{"at": at, "open": True, "wait": wait(p50)} for at, p50 in zip(times, LATER, strict=True)]
    quieter = [{"begins": times[0], "ends": times[2], "p50": 6.0}]
    return {"queue": queue, "wait": None, "method": None, "at": slots, "quieter": quieter}


def rows(page: Any, base: str, look: Look, query: str = "") -> None:
    """No service is chosen."""
    page.goto(f"{base}/?lang={look.language}{query}")
    page.locator(f"{BOARD} .row .when").first.wait_for()


def service(page: Any, base: str, look: Look) -> None:
    """A service is chosen: waits, strips, the first row open."""
    rows(page, base, look, f"&service={SERVICE}")
    page.locator(f"{BOARD} .strip").first.wait_for()


def place(page: Any, base: str, look: Look) -> None:
    """From door to desk: the reader has said where he is."""
    service(page, base, look)
    page.locator(f"{BOARD} #place").select_option(index=4)
    page.locator(f"{BOARD} .orders").wait_for()
    page.locator(f"{BOARD} .mode").wait_for()


def queues(page: Any, base: str, look: Look) -> None:
    """A row opened without a service: its lines."""
    rows(page, base, look)
    page.locator(f"{BOARD} .name").first.click()
    page.locator(f"{BOARD} .queues").wait_for()


def alarm(page: Any, base: str, look: Look) -> None:
    """The branch that is paused by the alarm is opened."""
    service(page, base, look)
    page.locator(f"{BOARD} #row-nemyshl .name").click()
    page.locator(f"{BOARD} #row-nemyshl.opened").wait_for()


def on_map(page: Any, base: str, look: Look) -> None:
    """The map; beside the list where it is wide enough."""
    service(page, base, look)
    switch = page.locator(f"{BOARD} .views [data-ask='view=map']")
    if switch.is_visible():
        switch.click()
    page.locator(f"{BOARD} figure svg").wait_for()


def stale(page: Any, base: str, look: Look) -> None:
    """The line is lost for half a minute."""
    _aged(page, base, look, 30, "stale")


def gone(page: Any, base: str, look: Look) -> None:
    """Nothing has come for two minutes."""
    _aged(page, base, look, 120, "gone")


def _aged(page: Any, base: str, look: Look, seconds: int, state: str) -> None:
    page.clock.install()
    page.route_web_socket("**/live", lambda line: line.close())
    service(page, base, look)
    page.route("**/api/**", lambda route: route.abort())
    page.context.set_offline(True)
    page.clock.run_for(seconds * 1000)
    page.locator(f"{BOARD} .frame.{state}").wait_for()


def choosing(page: Any, base: str, look: Look) -> None:
    """The list of services."""
    rows(page, base, look)
    page.get_by_role("combobox").first.click()
    page.get_by_role("option").first.wait_for()


def nothing(page: Any, base: str, look: Look) -> None:
    """A word that no service has."""
    rows(page, base, look)
    page.get_by_role("combobox").first.fill("абракадабра")
    page.locator(f"{BOARD} .nothing").wait_for()


def ticket(page: Any, base: str, look: Look) -> None:
    """The reader has a ticket: it stands above the list."""
    page.add_init_script(f"localStorage.setItem('queue-board kharkiv', JSON.stringify({TICKET!r}))")
    service(page, base, look)
    page.locator(f"{BOARD} .mine").wait_for()


SHOWN = (rows, queues, service, place, on_map, alarm, stale, gone, choosing, nothing, ticket)
ROOM = Room("board", stage, tuple(Scene(each.__name__, each) for each in SHOWN))
