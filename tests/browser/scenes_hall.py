"""The hall display: calls, more calls than rows, alarm, pauses, a closed door, no server, not let in yet."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from tests.browser.hall_town import HallTown, hall_town
from tests.browser.scenes import Look, Room, Scene

FULL = ("hall_capacity = 40\nqueues", "hall_capacity = 3\nqueues")
ROWS = ".calls li"
PEOPLE = ["register-residence", "id-card-exchange", "advice", "register-residence", "foreign-passport"]


@contextlib.contextmanager
def stage() -> Iterator[HallTown]:
    """A branch in each state."""
    with hall_town(changes=dict([FULL])) as town:
        busy(town)
        crowded(town)
        alarmed(town)
        resuming(town)
        quiet(town)
        dark(town)
        town.open("industr", ["1"])
        town.chief("industr", "hold", {"reason": "прорив труби"})
        town.chief("osnova", "close")
        yield town


def busy(town: HallTown) -> None:
    """Six rows, one of them called twice, and a line behind."""
    town.open("shevchenk", ["1", "2", "5", "6", "7", "8"])
    town.come("shevchenk", PEOPLE * 6)
    for desk in ("5", "1", "6"):
        town.call("shevchenk", desk)
        town.desk("shevchenk", desk, "start")
    for desk in ("2", "7"):
        town.call("shevchenk", desk)
    town.desk("shevchenk", "2", "recall")
    town.call("shevchenk", "8")


def crowded(town: HallTown) -> None:
    """Nine are called at the same time."""
    desks = [str(number) for number in (1, 2, 3, 4, 5, 6, 7, 23, 24)]
    town.open("city", desks)
    town.come("city", PEOPLE * 5)
    for desk in desks:
        town.call("city", desk)


def alarmed(town: HallTown) -> None:
    """Called, then an alarm."""
    town.open("kyivskyi", ["1", "2"])
    town.come("kyivskyi", PEOPLE)
    town.call("kyivskyi", "1")
    town.chief("kyivskyi", "alarm")


def resuming(town: HallTown) -> None:
    """The all-clear was given; service goes on some minutes later, with the calls that were cut."""
    town.open("kholodnohir", ["1", "2"])
    town.come("kholodnohir", PEOPLE)
    for desk in ("1", "2"):
        town.call("kholodnohir", desk)
    town.chief("kholodnohir", "alarm")
    town.chief("kholodnohir", "all-clear")


def quiet(town: HallTown) -> None:
    """Open, nobody there."""
    town.open("saltiv", ["1", "2"])


def dark(town: HallTown) -> None:
    """No power, and the hall is full."""
    town.open("novobavar", ["1", "2"])
    town.come("novobavar", ["advice"] * 6)
    town.call("novobavar", "1")
    town.chief("novobavar", "power-off")


def show(branch: str, drawn: str) -> Any:
    """A scene of one branch, drawn once `drawn` is visible."""

    def at(page: Any, town: HallTown, look: Look) -> None:
        query = f"lang={look.language}&theme={look.theme}"
        page.goto(town.address(branch, query))
        page.locator(drawn).first.wait_for()

    return at


def offline(page: Any, town: HallTown, look: Look) -> None:
    """It starts anew while the server is away: the last calls are there."""
    show("shevchenk", ROWS)(page, town, look)
    page.route("**/api/**", lambda route: route.abort())
    page.reload()
    page.locator(".strip.warn").wait_for()
    page.locator(ROWS).first.wait_for()


def settings(page: Any, town: HallTown, look: Look) -> None:
    """Somebody stands before it with a keyboard."""
    show("shevchenk", ROWS)(page, town, look)
    page.keyboard.press("Tab")
    page.locator(".controls.awake").wait_for()


def enrolling(page: Any, town: HallTown, look: Look) -> None:
    """Nobody has let it in yet."""
    page.goto(f"{town.base}/hall/shevchenk?lang={look.language}&theme={look.theme}")
    page.wait_for_function("() => document.querySelector('.qr')?.naturalWidth > 0")


def stranger(page: Any, town: HallTown, look: Look) -> None:
    """An address of no branch."""
    page.goto(f"{town.base}/hall/atlantis?lang={look.language}&theme={look.theme}")
    page.locator(".branches a").first.wait_for()


def starting(page: Any, town: HallTown, look: Look) -> None:
    """A first start, the server does not answer yet."""
    page.route("**/branches/**", lambda route: route.abort())
    page.goto(town.address("shevchenk", f"lang={look.language}&theme={look.theme}"))
    page.locator(".calm h1").wait_for()


ROOM = Room(
    "hall",
    stage,
    (
        Scene("calls", show("shevchenk", ROWS)),
        Scene("crowd", show("city", ".calls[data-room=pairs] li")),
        Scene("alarm", show("kyivskyi", ".alarm h1")),
        Scene("resuming", show("kholodnohir", ".strip.info")),
        Scene("empty", show("saltiv", ".nobody")),
        Scene("no-power", show("novobavar", ".note.full")),
        Scene("hold", show("industr", ".strip.warn")),
        Scene("closed", show("osnova", ".calm h1")),
        Scene("offline", offline),
        Scene("settings", settings),
        Scene("enrolling", enrolling),
        Scene("stranger", stranger),
        Scene("starting", starting),
    ),
    sizes=((1280, 720), (1080, 1920), (1920, 1080)),
)
