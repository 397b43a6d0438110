"""Reception: its door, a new ticket, the stub, a ticket in the hall, an incident, a sheet, an alarm."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.browser.scenes import Look, Room, Scene
from tests.server import RunningServer, running_server

BRANCH = "shevchenk"
SERVICES = ("id-card-exchange", "id-card-exchange", "foreign-passport", "passport-photo")


class Stage(NamedTuple):
    """The server and reception's token."""

    server: RunningServer
    token: str


@contextlib.contextmanager
def stage() -> Iterator[Stage]:
    """One is being served, the others wait."""
    with running_server(city="kharkiv") as server:
        for service in SERVICES:
            server.issue(BRANCH, service)
        for verb in ("open", "call-next", "start"):
            server.desk(BRANCH, "7", verb)
        yield Stage(server, server.token("reception", BRANCH))


def door(page: Any, staged: Stage, look: Look) -> None:
    """Nobody has signed in."""
    page.goto(f"{staged.server.base_url}/reception?lang={look.language}")
    page.locator(".sign-in").wait_for()


def fresh(page: Any, staged: Stage, look: Look) -> None:
    """Ready for the next visitor."""
    page.goto(f"{staged.server.base_url}/reception?lang={look.language}#token={staged.token}")
    page.locator(".issue [role=option]").first.wait_for()


def chosen(page: Any, staged: Stage, look: Look) -> None:
    """A service is chosen, with a priority and a number written by hand."""
    fresh(page, staged, look)
    page.locator("#service").fill("паспорт")
    page.keyboard.press("Enter")
    page.locator("#priority").select_option(index=1)
    page.locator(".issue > .tick input").check()
    page.locator(".wait:not(:empty)").wait_for()


def opened(page: Any, staged: Stage, look: Look) -> None:
    """Somebody who waits, and where he may be sent."""
    fresh(page, staged, look)
    page.locator("ol.line button").first.click()
    page.locator("[data-verb=transfer]").click()
    page.locator("#to").wait_for()


def incident(page: Any, staged: Stage, look: Look) -> None:
    """What happened?"""
    fresh(page, staged, look)
    page.keyboard.press("F9")
    page.locator("#happened").wait_for()


ROOM = Room(
    "reception",
    stage,
    (
        Scene("door", door),
        Scene("new", fresh),
        Scene("chosen", chosen),
        Scene("ticket", opened),
        Scene("incident", incident),
    ),
)
