"""A real Chromium for pages and widget; on a machine without one its tests are skipped, in CI they fail."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.cities import small_city
from tests.browser.engine import NAMES, OUTPUT, NoBrowser, missing, running_chromium
from tests.browser.scripted_city import ScriptedCity


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def chromium(request: pytest.FixtureRequest) -> Iterator[Any]:
    """One browser a module: while it lives its event loop occupies this thread, so no longer than that. A
    module that says `BROWSERS = WHOLE` gets the whole browser.
    """
    with contextlib.ExitStack() as stack:
        try:
            browser = stack.enter_context(running_chromium(getattr(request.module, "BROWSERS", NAMES)))
        except NoBrowser as error:
            missing(str(error))
        yield browser


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page: `open_page(url, width=360, dark=True)`. A script that fails or breaks the content policy
    fails the test.
    """
    contexts: list[Any] = []
    faults: list[str] = []

    def open_one(url: str, *, width: int = 1280, height: int = 900, dark: bool = False, **more: Any) -> Any:
        more.setdefault("locale", "uk-UA")
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", **more
        )
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if _is_fault(said) else None)
        if url:
            page.goto(url)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not faults, faults


def _is_fault(said: Any) -> bool:
    """Errors of scripts and of the content policy; a request that fails is often what is being tested."""
    expected = ("Failed to load resource", "WebSocket connection to", "net::ERR")
    return said.type == "error" and not any(each in said.text for each in expected)


@pytest.fixture
def city() -> Iterator[ScriptedCity]:
    """A small city that does what the test says."""
    definition, loads = small_city()
    with ScriptedCity(definition, loads) as running:
        yield running


@pytest.fixture
def screenshot() -> Callable[[Any, str], None]:
    """Keeps a picture of the page in test-output/."""

    def take(page: Any, name: str) -> None:
        OUTPUT.mkdir(exist_ok=True)
        page.screenshot(path=OUTPUT / f"{name}.png", full_page=True)

    return take
