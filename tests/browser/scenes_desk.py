"""The desk: its door, somebody being served, a choice in the pad's place."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.browser.scenes import Look, Room, Scene
from tests.server import running_server

BRANCH, DESK = "shevchenk", "7"
SERVICES = (
    "id-card-exchange",
    "id-card-exchange",
    "foreign-passport",
    "passport-photo",
    "child-foreign-passport",
)


class Stage(NamedTuple):
    """The server's address and the desk's token."""

    base: str
    token: str


@contextlib.contextmanager
def stage() -> Iterator[Stage]:
    """A desk that has parked one and serves another."""
    with running_server(city="kharkiv") as server:
        for service in SERVICES:
            server.issue(BRANCH, service)
        for verb in ("open", "call-next", "start", "park", "call-next", "start"):
            server.desk(BRANCH, DESK, verb, {"reason": "Копія документа"} if verb == "park" else None)
        yield Stage(server.base_url, server.token("desk", BRANCH, DESK))


def door(page: Any, staged: Stage, look: Look) -> None:
    """Nobody has signed in."""
    page.goto(f"{staged.base}/desk?lang={look.language}")
    page.locator(".sign-in").wait_for()


def serving(page: Any, staged: Stage, look: Look) -> None:
    """Somebody is being served."""
    page.goto(f"{staged.base}/desk?lang={look.language}#token={staged.token}")
    page.locator(".pad .key.transfer:enabled").wait_for()


def transfer(page: Any, staged: Stage, look: Look) -> None:
    """Where to?"""
    serving(page, staged, look)
    page.keyboard.press("Numpad2")
    page.locator(".chooser").wait_for()


ROOM = Room("desk", stage, (Scene("door", door), Scene("serving", serving), Scene("transfer", transfer)))
