"""Pictures of every page in every size, language and theme: `python -m tests.browser.look`.

They go into test-output/look. The board shows Kharkiv with invented loads, every state at once; the desk and
the planner's page work on real servers. With `--server` (and a desk's `--token`) a running city is pictured
instead; `--only` narrows by name.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from balancer.city.definition import load_city
from balancer.city.public import public_definition
from tests.browser.cities import CLOSES, NOON, wait
from tests.browser.engine import OUTPUT, running_chromium
from tests.browser.scripted_city import Json, ScriptedCity
from tests.planner_history import fill_archive
from tests.server import running_server

FOLDER = OUTPUT / "look"
SIZES = {360: 780, 768: 1024, 1440: 900}
SEED = 20261123
BRANCH, DESK = "shevchenk", "7"
SERVICE = "id-card-exchange"
TODAY = date(2026, 11, 23)
TOMORROW = "2026-11-24T09:00:00+02:00"
STATES: dict[str, Json] = {
    "nemyshl": {"state": "paused", "reason": "alarm"},
    "rcp": {"state": "shelter"},
    "slobid": {"power": "off"},
    "vrm-rohan": {"state": "closed", "opens_at": TOMORROW, "closes_at": None, "waiting": 0, "desks_open": 0},
    "saltiv": {"state": "tickets_closed", "opens_at": TOMORROW},
    "vrm-oleksiivka": {"closes_at": "2026-11-23T14:30:00+02:00"},
}


def kharkiv() -> tuple[Json, dict[str, Json]]:
    """Kharkiv's definition and invented loads, the same every time."""
    dice = random.Random(SEED)
    definition = public_definition(load_city("kharkiv"))
    return definition, {each["branch"]: _load(each, dice) for each in definition["branches"]}


def _load(branch: Json, dice: random.Random) -> Json:
    crowd = dice.choice([0.3, 0.6, 1.0, 1.5, 2.5])
    queues = []
    for queue in branch["queues"]:
        waiting = int(dice.expovariate(1 / (4 * crowd)))
        estimate = (
            None if branch["branch"] == "industr" else wait(round(1 + waiting * dice.uniform(1.5, 5), 1))
        )
        queues.append(
            {"queue": queue["queue"], "waiting": waiting, "serving": dice.randint(0, 3), "wait": estimate}
        )
    desks = len(branch["desks"])
    return {
        "branch": branch["branch"],
        "seq": 1,
        "as_of": NOON,
        "state": "open",
        "power": "on",
        "reason": None,
        "opens_at": None,
        "closes_at": CLOSES,
        "waiting": sum(each["waiting"] for each in queues),
        "serving": sum(each["serving"] for each in queues),
        "desks_open": dice.randint(desks // 3 + 1, desks),
        "desks_total": desks,
        "queues": queues,
        "last_called": [],
        **STATES.get(branch["branch"], {}),
    }


@contextlib.contextmanager
def board_server(url: str | None) -> Iterator[str]:
    """The address of the board to picture."""
    if url:
        yield url
        return
    with ScriptedCity(*kharkiv()) as city:
        yield city.url


@contextlib.contextmanager
def desk_server(url: str | None, token: str | None) -> Iterator[tuple[str, str]]:
    """The address of a desk that is serving somebody, and its token."""
    if url and token:
        yield url, token
        return
    with running_server(city="kharkiv") as server:
        for service in (
            SERVICE,
            SERVICE,
            "foreign-passport",
            "passport-photo",
            "child-foreign-passport",
            SERVICE,
        ):
            server.issue(BRANCH, service)
        for verb in ("open", "call-next", "start", "park", "call-next", "start"):
            server.desk(BRANCH, DESK, verb, {"reason": "Оплата"} if verb == "park" else None)
        yield server.base_url, server.token("desk", BRANCH, DESK)


@contextlib.contextmanager
def planner_server() -> Iterator[tuple[str, str]]:
    """The address of a server with five weeks of history, and a planner's token."""
    with tempfile.TemporaryDirectory() as folder:
        url = fill_archive(Path(folder), "dolyna", TODAY, days=36, people=90, knowing=True)
        with running_server(Path(folder), archive=url, device_commands="1000") as server:
            yield server.base_url, server.token("planner")


def board_scenes(base: str) -> dict[str, Callable[[Any, str], None]]:
    """The board's pictures by name."""

    def rows(page: Any) -> None:
        page.locator("queue-board .row .when").first.wait_for()
        page.wait_for_timeout(250)

    def plain(page: Any, lang: str) -> None:
        page.goto(f"{base}/?lang={lang}")
        rows(page)

    def service(page: Any, lang: str) -> None:
        page.goto(f"{base}/?lang={lang}&service={SERVICE}")
        rows(page)

    def choosing(page: Any, lang: str) -> None:
        plain(page, lang)
        page.get_by_role("combobox").click()

    return {"board": plain, "board-service": service, "board-choosing": choosing}


def desk_scenes(base: str, token: str) -> dict[str, Callable[[Any, str], None]]:
    """The desk's pictures by name."""

    def door(page: Any, lang: str) -> None:
        page.goto(f"{base}/desk?lang={lang}")
        page.locator(".sign-in").wait_for()

    def desk(page: Any, lang: str) -> None:
        page.goto(f"{base}/desk?lang={lang}#token={token}")
        page.locator(".pad").wait_for()
        page.wait_for_timeout(250)

    def transfer(page: Any, lang: str) -> None:
        desk(page, lang)
        page.keyboard.press("Numpad2")

    return {"desk-door": door, "desk": desk, "desk-transfer": transfer}


def planner_scenes(base: str, token: str) -> dict[str, Callable[[Any, str], None]]:
    """The planner's pictures by name."""

    def day(page: Any, lang: str, query: str = "") -> None:
        page.set_default_timeout(60_000)
        page.goto(f"{base}/planner?branch=center&lang={lang}{query}#token={token}")
        page.wait_for_function("() => document.querySelector('section .head h2')")
        page.wait_for_function(
            "() => !document.querySelector('section[aria-busy=true]')"
            " && [...document.querySelectorAll('.plot img')].every(i => i.complete && i.naturalWidth)"
        )
        page.wait_for_timeout(250)

    def what_if(page: Any, lang: str) -> None:
        day(page, lang, "&arrivals=40")
        page.locator(".outcomes td.worse").first.wait_for()

    return {"planner": day, "planner-what-if": what_if}


def picture(browser: Any, scenes: dict[str, Callable[[Any, str], None]], only: str) -> None:
    """Every scene in every size, language and theme."""
    for name, scene in scenes.items():
        if only not in name:
            continue
        for width, height in SIZES.items():
            for lang in ("uk", "en"):
                for theme in ("light", "dark"):
                    context = browser.new_context(
                        viewport={"width": width, "height": height}, color_scheme=theme
                    )
                    page = context.new_page()
                    scene(page, lang)
                    page.screenshot(path=FOLDER / f"{name}-{width}-{lang}-{theme}.png", full_page=True)
                    context.close()
        print(f"{name}: {len(SIZES) * 4} pictures")


def main() -> None:
    """Take the pictures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--server", help="address of a running server")
    asked.add_argument("--token", help="a desk's token on that server")
    asked.add_argument("--only", default="", help="part of a scene's name")
    options = asked.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running_chromium() as browser:
        if options.only in "board-service board-choosing":
            with board_server(options.server) as base:
                picture(browser, board_scenes(base), options.only)
        if options.only in "desk-door desk-transfer" and not (options.server and not options.token):
            with desk_server(options.server, options.token) as (base, token):
                picture(browser, desk_scenes(base, token), options.only)
        if options.only in "planner-what-if" and not options.server:
            with planner_server() as (base, token):
                picture(browser, planner_scenes(base, token), options.only)
    print(f"in {FOLDER}")


if __name__ == "__main__":
    main()
