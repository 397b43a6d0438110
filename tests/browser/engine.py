"""Debian's Chromium under Playwright: where it is and how it is started. Nothing is ever downloaded."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

import pytest

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "test-output"
SHELL = "chromium-headless-shell"
"""Draws the same pages at half the cost of the whole browser, and shows no notices."""
WHOLE = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
NAMES = (SHELL, *WHOLE)
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --force-color-profile=srgb"
)


class NoBrowser(Exception):
    """What is missing, in words."""


def missing(what: str) -> NoReturn:
    """Skip where a developer may do without, fail where nothing may be left out."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing; `make setup-dev` installs it")
    pytest.skip(f"{what} is missing; `make setup-dev` installs it")


@contextlib.contextmanager
def running_chromium(names: Sequence[str] = NAMES) -> Iterator[Any]:
    """A browser with a fresh profile, the first of `names` that there is. While it lives, Playwright's event
    loop occupies this thread.
    """
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not program:
        raise NoBrowser("Chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise NoBrowser("playwright") from None
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=FLAGS.split())
        yield browser
        browser.close()
