"""The kiosk from its greeting to the ticket, and every reason why there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.browser.scenes import Look, Room, Scene
from tests.browser.told_kiosk import ELSEWHERE, ToldKiosk, told_kiosk

Step = Callable[[Any], None]
TO_ONLINE = ("begin", "field:business", "services", "take:sole-trader-registration")
TO_TICKET = ("begin", "field:passport", "take:submit-passport")


def press(*acts: str) -> Step:
    """Presses these one after the other."""

    def step(page: Any) -> None:
        for act in acts:
            page.locator(f"[data-act='{act}']").first.click()

    return step


def scene(
    name: str, wait_for: str, step: Step = lambda page: None, *, slips: bool = False, **view: Any
) -> Scene[ToldKiosk]:
    """A view of the branch and what the visitor pressed."""

    def show(page: Any, kiosk: ToldKiosk, look: Look) -> None:
        kiosk.open(page, language=look.language, slips=slips, **view)
        step(page)
        page.locator(wait_for).first.wait_for()

    return Scene(name, show)


def offline(page: Any) -> None:
    """The server is away while somebody takes a ticket."""
    page.route("**/branches/**", lambda route: route.abort())
    press(*TO_TICKET)(page)


def piled(step: Step) -> Step:
    """Once there are slips with their pictures."""

    def then(page: Any) -> None:
        with page.expect_response("**/qr.svg"):
            pass
        step(page)

    return then


NEAR = [{"category": "passport", "there": ELSEWHERE}]
NO_TICKETS = {"alternatives": [ELSEWHERE]}
ROOM = Room(
    "kiosk",
    told_kiosk,
    (
        scene("start", "main.start .is-busy, main.start .is-moderate"),
        scene("field", ".near", press("begin"), faster=NEAR),
        scene("search", ".typed", press("begin", "search")),
        scene("purpose", "[data-key=purpose]", press("begin", "field:passport")),
        scene("services", "[data-key=services]", press("begin", "field:passport", "services")),
        scene("online", ".online img", press(*TO_ONLINE)),
        scene("ticket", ".tk", piled(press(*TO_TICKET)), slips=True),
        scene("ticket-offline", ".tk", piled(offline), slips=True),
        scene("larger", "html.larger .tk", press(*TO_TICKET, "larger")),
        scene("lower", "html.lower [data-key=field]", press("begin", "lower")),
        scene("help", "[data-key=help]", press("help")),
        scene("no-power", "[aria-disabled=true]", press("begin", "field:passport"), power="off"),
        scene("full", ".elsewhere li", full=True, **NO_TICKETS),
        scene("closed", ".elsewhere li", state="closed", opens_at="2026-11-24T09:00:00+02:00", **NO_TICKETS),
        scene("paused", ".elsewhere", state="paused", reason="Прорвало трубу"),
        scene("alarm", "main.alarm", state="paused", reason="alarm"),
    ),
    sizes=((360, 780), (768, 1024), (1920, 1080), (1080, 1920)),
)
