"""The desk: its door, its states, every choice in the pad's place, an alarm, no network."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from tests.browser.scenes import Look, Room, Scene
from tests.server import RunningServer, running_server

BRANCH, ALARMED = "shevchenk", "nemyshl"
SERVICES = (
    "id-card-exchange",
    "id-card-exchange",
    "foreign-passport",
    "passport-photo",
    "child-foreign-passport",
    "id-card-exchange",
    "foreign-passport",
    "passport-photo",
)
READY, BUSY, CALLED, RESTING, CLOSED = "5", "7", "8", "9", "10"
NOTE = "Документи перевірено. Бракує фото у 25 років, вклеїти до подання."


@contextlib.contextmanager
def stage() -> Iterator[RunningServer]:
    """Desks of one branch, each in a state of its own, and a branch in an air raid."""
    with running_server(city="kharkiv") as server:
        for service in SERVICES:
            server.issue(BRANCH, service)
        for desk in (READY, BUSY, CALLED, RESTING):
            server.desk(BRANCH, desk, "open")
        server.desk(BRANCH, RESTING, "pause", {"reason": "Обід"})
        serve(server)
        server.desk(BRANCH, BUSY, "park", {"reason": "Копія документа"})
        serve(server)
        server.desk(ALARMED, "4", "open")
        server.issue(ALARMED, "id-card-exchange")
        server.command(f"{server.branch_url(ALARMED)}/alarm", token=server.token("supervisor", ALARMED))
        yield server


def serve(server: RunningServer) -> None:
    """The busy desk has somebody in hand; again where it was released, because no page was open for long."""
    room = server.ask("GET", server.desk_url(BRANCH, BUSY), token=server.token("desk", BRANCH, BUSY)).json
    if room["ticket"] is None:
        for verb in ("open", "call-next", "start"):
            server.desk(BRANCH, BUSY, verb)
        server.desk(BRANCH, BUSY, "note", {"text": NOTE})
    elif room["ticket"]["paying_since"]:
        server.desk(BRANCH, BUSY, "paid")


def door(page: Any, server: RunningServer, look: Look) -> None:
    """Nobody has signed in."""
    page.goto(f"{server.base_url}/desk?lang={look.language}")
    page.locator(".sign-in").wait_for()


def sit(page: Any, server: RunningServer, look: Look, desk: str, branch: str = BRANCH) -> None:
    """Signed in at that desk."""
    token = server.token("desk", branch, desk)
    page.goto(f"{server.base_url}/desk?lang={look.language}#token={token}")
    page.locator(".pad").wait_for()


def at(desk: str, *verbs: str) -> Callable[[Any, RunningServer, Look], None]:
    """That desk as it stands, after these verbs."""

    def show(page: Any, server: RunningServer, look: Look) -> None:
        for verb in verbs:
            server.desk(BRANCH, desk, verb)
        sit(page, server, look, desk)

    return show


def serving(page: Any, server: RunningServer, look: Look) -> None:
    """Somebody is being served."""
    serve(server)
    sit(page, server, look, BUSY)
    page.locator(".pad .key.transfer:enabled").wait_for()


def paying(page: Any, server: RunningServer, look: Look) -> None:
    """The visitor pays."""
    serve(server)
    server.desk(BRANCH, BUSY, "pay")
    sit(page, server, look, BUSY)
    page.locator(".facts .paying").wait_for()


def long_day(page: Any, server: RunningServer, look: Look) -> None:
    """Twenty-six minutes with one visitor, after half a day at the desk without a break."""
    page.route(f"**/desks/{BUSY}", lambda route: route.fulfill(json=_hours_later(route.fetch().json())))
    serving(page, server, look)
    page.locator("[data-tone=red]").wait_for()


def _hours_later(room: Any) -> Any:
    now = datetime.fromisoformat(room["city_time"])

    def ago(minutes: float) -> str:
        return (now - timedelta(minutes=minutes)).isoformat()

    told = json.loads(json.dumps(room))
    told["ticket"]["called_at"], told["ticket"]["started_at"] = ago(27), ago(26)
    spans: list[dict[str, str]] = []
    for place, (begins, ends) in enumerate(
        ((178, 150), (149, 131), (128, 104), (104, 74), (70, 45), (44, 27), (26, 0))
    ):
        spans += [{"begins": ago(begins), "ends": ago(ends), "kind": "busy" if place != 3 else "paused"}]
    told["day"] |= {
        "busy_minutes": 138,
        "idle_minutes": 10,
        "paused_minutes": 30,
        "done": 6,
        "mean_service_minutes": 19.4,
        "over_red": 2,
        "nonstop_minutes": 126,
        "spans": spans,
    }
    return told


def choosing(key: str, *more: str) -> Callable[[Any, RunningServer, Look], None]:
    """What stands in the pad's place after that key, and what comes after it."""

    def show(page: Any, server: RunningServer, look: Look) -> None:
        serving(page, server, look)
        page.keyboard.press(key)
        page.locator(".chooser").wait_for()
        for each in more:
            page.keyboard.press(each)

    return show


def transfer(page: Any, server: RunningServer, look: Look) -> None:
    """Where to? With the waits there."""
    choosing("Numpad2")(page, server, look)
    page.locator(".told").filter(has_text="хв" if look.language == "uk" else "min").or_(
        page.locator(".told").filter(has_text="невід" if look.language == "uk" else "unknown")
    ).first.wait_for()


def why_a_break(page: Any, server: RunningServer, look: Look) -> None:
    """Lunch, rest, or another reason."""
    sit(page, server, look, READY)
    page.locator(".key.break:enabled").wait_for()
    page.keyboard.press("Numpad9")
    page.locator(".chooser").wait_for()


def alarm(page: Any, server: RunningServer, look: Look) -> None:
    """An air raid: nobody is called."""
    sit(page, server, look, "4", ALARMED)
    page.locator(".banners .alarm").wait_for()


def offline(page: Any, server: RunningServer, look: Look) -> None:
    """The server is away; the ticket stays."""
    serving(page, server, look)
    page.route("**/api/**", lambda route: route.abort())
    page.keyboard.press("Numpad1")
    page.locator(".banner.warn").wait_for()


ROOM = Room(
    "desk",
    stage,
    (
        Scene("door", door),
        Scene("closed", at(CLOSED)),
        Scene("ready", at(READY)),
        Scene("break-reason", why_a_break),
        Scene("called", at(CALLED, "call-next")),
        Scene("break", at(RESTING)),
        Scene("serving", serving),
        Scene("paying", paying),
        Scene("long-day", long_day),
        Scene("transfer", transfer),
        Scene("park", choosing("Numpad3")),
        Scene("note", choosing("NumpadDecimal")),
        Scene("incident", choosing("Numpad8")),
        Scene("priority", choosing("NumpadMultiply")),
        Scene("priority-document", choosing("NumpadMultiply", "Enter", "Enter")),
        Scene("alarm", alarm),
        Scene("offline", offline),
    ),
)
