"""The citizen's ticket: on the way, called, halted, moved, missed, over, and a link that opens nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from tests.browser.scenes import Look, Room, Scene
from tests.browser.scripted_ticket import SECRET, TICKET_ID, ScriptedTicket, after

Show = Callable[[Any, ScriptedTicket, Look], None]
ALARM = {"state": "paused", "reason": "alarm"}
CALM = {"state": "open", "reason": None, "power": "on", "resumes_at": None}
MISSED = {
    "recalls_max": 2,
    "no_show_after_seconds": 120,
    "no_show_chances": 1,
    "no_show_back": 3,
    "reinstate_within_minutes": 30,
    "misses": 1,
}


@contextlib.contextmanager
def stage() -> Iterator[ScriptedTicket]:
    """A city with one ticket, which each scene turns as it likes."""
    with ScriptedTicket() as city:
        yield city


def opened(page: Any, city: ScriptedTicket, look: Look) -> None:
    """The ticket's page, its number drawn."""
    page.goto(city.page_url.replace("lang=uk", f"lang={look.language}"))
    page.locator(".tk .number:not(:empty)").wait_for(state="attached")


def turned(name: str, wait_for: str, state: str = "waiting", **more: Any) -> Scene[ScriptedTicket]:
    """A scene: the ticket in a state, until that is drawn."""

    def show(page: Any, city: ScriptedTicket, look: Look) -> None:
        city.problem = None
        city.turn(state, **{"facts": CALM, **more})
        opened(page, city, look)
        page.locator(wait_for).first.wait_for()

    return Scene(name, show)


def leaving(page: Any, city: ScriptedTicket, look: Look) -> None:
    """The way is known: when to leave."""
    city.problem = None
    city.turn(facts=CALM)
    opened(page, city, look)
    page.locator("#travel-minutes").fill("13")
    page.keyboard.press("Enter")
    page.locator(".stops .way:visible").wait_for()


def giving_up(page: Any, city: ScriptedTicket, look: Look) -> None:
    """The question before the ticket is given back, and the code for the entrance."""
    leaving(page, city, look)
    page.locator(".tiles button").last.click()
    page.locator(".qr-panel img:visible").wait_for()
    page.locator(".give").click()
    page.locator(".confirm:visible").wait_for()


def offline(page: Any, city: ScriptedTicket, look: Look) -> None:
    """The server is away: the last known state with its age."""
    page.clock.install()
    leaving(page, city, look)
    page.route("**/api/**", lambda route: route.abort())
    page.evaluate("dispatchEvent(new Event('online'))")
    city.cut()
    page.clock.run_for(20_000)
    page.locator(".banner.warn:visible").wait_for()


def bad_link(page: Any, city: ScriptedTicket, look: Look) -> None:
    """A secret that opens nothing."""
    city.problem = (403, "secret_invalid")
    page.goto(f"{city.url}/t?lang={look.language}#city=kharkiv&ticket={TICKET_ID}&secret={SECRET}")
    page.locator(".fault h1:not(:empty)").wait_for()


def empty(page: Any, city: ScriptedTicket, look: Look) -> None:
    """No ticket at all."""
    page.goto(f"{city.url}/t?lang={look.language}")
    page.locator("main.empty h1").wait_for()


ROOM = Room(
    "ticket",
    stage,
    (
        turned("waiting", ".stops .call:visible"),
        Scene("leaving", leaving),
        Scene("giving-up", giving_up),
        turned("unknown", ".tk .text:visible", wait=None),
        turned("called", ".called:visible", "called", told={"waits_until": after(2)}),
        turned("serving", ".tk .big:visible", "serving"),
        turned("parked", ".tk .text:visible", "parked"),
        turned("alarm", ".banner.alarm:visible", facts={**CALM, **ALARM}),
        turned("no-power", ".tk .text:visible", facts={**CALM, "power": "off"}),
        turned("missed-once", ".banner.warn:visible", told={"lateness": MISSED}),
        turned("missed", ".tk .text:visible", "no_show", told={"reinstate_until": after(20)}),
        turned("done", ".ways:visible", "done"),
        Scene("offline", offline),
        Scene("bad-link", bad_link),
        Scene("empty", empty),
    ),
)
