"""The city view: every branch today, the briefing of a day, a day without data, the audit."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.browser.scenes import Look, Room, Scene
from tests.server import running_server
from tests.waiting import wait_until_sync

BRANCH = "shevchenk"


class Stage(NamedTuple):
    """The server's address and an admin's token."""

    base: str
    token: str


@contextlib.contextmanager
def stage() -> Iterator[Stage]:
    """A morning in one branch, with an incident; all of it in the archive."""
    with running_server(city="kharkiv") as server:
        for service in ("id-card-exchange", "foreign-passport", "passport-photo"):
            server.issue(BRANCH, service)
        for verb in ("open", "call-next", "start", "finish", "call-next", "start"):
            server.desk(BRANCH, "7", verb)
        token = server.token("supervisor", BRANCH)
        server.command(f"{server.branch_url(BRANCH)}/incidents", {"category": "conflict"}, token=token)
        admin = server.token("admin")
        path = f"{server.city_url}/briefing?day=2026-11-23"
        wait_until_sync(
            lambda: (server.ask("GET", path, token=admin).json.get("figures") or {}).get("served") == 1,
            what="the morning in the archive",
        )
        yield Stage(server.base_url, admin)


def overview(page: Any, staged: Stage, look: Look) -> None:
    """Every branch beside the others."""
    page.goto(f"{staged.base}/city?lang={look.language}#token={staged.token}")
    page.locator("tfoot tr").wait_for()


def part(page: Any, staged: Stage, look: Look, name: str) -> None:
    overview(page, staged, look)
    page.locator(f"[data-part={name}]").click()


def briefing(page: Any, staged: Stage, look: Look) -> None:
    """A day on one sheet."""
    part(page, staged, look, "briefing")
    page.locator(".briefing .banner:visible").wait_for()
    page.locator("#day").fill("2026-11-23")
    page.locator(".sheet").wait_for()


def no_data(page: Any, staged: Stage, look: Look) -> None:
    """The last working day, of which nothing is known."""
    part(page, staged, look, "briefing")
    page.locator(".briefing .banner:visible").wait_for()


def audit(page: Any, staged: Stage, look: Look) -> None:
    """Who did what."""
    part(page, staged, look, "audit")
    page.locator(".audit tbody tr").first.wait_for()


ROOM = Room(
    "city",
    stage,
    (
        Scene("overview", overview),
        Scene("briefing", briefing),
        Scene("no-data", no_data),
        Scene("audit", audit),
    ),
)
