"""Rooms and their states, once for all: `make look` pictures them, `test_scenes.py` holds axe against each.

A module `scenes_<room>.py` offers `ROOM`. Its `stage` starts what the room needs (a real server, a scripted
city) and yields whatever its scenes want to know of it; each scene brings a fresh page into its state and
returns once that state is drawn.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

Language = Literal["uk", "en"]
Theme = Literal["light", "dark"]
T = TypeVar("T")

SIZES = ((360, 780), (768, 1024), (1440, 900))
LANGUAGES: tuple[Language, ...] = ("uk", "en")
THEMES: tuple[Theme, ...] = ("light", "dark")


@dataclass(frozen=True)
class Look:
    """How a scene is looked at; sizes in CSS pixels."""

    width: int = 1440
    height: int = 900
    language: Language = "uk"
    theme: Theme = "light"

    def context(self) -> dict[str, Any]:
        """The browser context's arguments; nothing moves, so that two pictures of a scene are equal."""
        return {
            "viewport": {"width": self.width, "height": self.height},
            "color_scheme": self.theme,
            "reduced_motion": "reduce",
        }


@dataclass(frozen=True)
class Scene(Generic[T]):
    """One state of a room: `show(page, staged, look)` brings the fresh page there and waits until it is
    drawn.
    """

    name: str
    show: Callable[[Any, T, Look], None]


@dataclass(frozen=True)
class Room(Generic[T]):
    """A page with its states. `sizes`: where it differs from phone, tablet and desktop (a kiosk, a hall)."""

    name: str
    stage: Callable[[], AbstractContextManager[T]]
    scenes: tuple[Scene[T], ...]
    sizes: tuple[tuple[int, int], ...] = field(default=SIZES)
    themes: tuple[Theme, ...] = THEMES

    def looks(self) -> Iterator[Look]:
        """Every size, language and theme."""
        for width, height in self.sizes:
            for language in LANGUAGES:
                for theme in self.themes:
                    yield Look(width, height, language, theme)


def wear(page: Any, theme: Theme) -> None:
    """Put a page that stands into a theme: the system's, and its own choice where it has made one."""
    page.emulate_media(color_scheme=theme)
    page.evaluate(
        """(theme) => {
      const { dataset } = document.documentElement
      if ("theme" in dataset) dataset.theme = theme
    }""",
        theme,
    )


def all_rooms() -> list[Room[Any]]:
    """Every room that has a module here, by name."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("scenes_*.py"))
    return [importlib.import_module(f"tests.browser.{name}").ROOM for name in names]
