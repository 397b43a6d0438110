"""Every room in every state: axe finds nothing in either theme, nothing scrolls sideways, no script fails.

Each state is reached once, every other one in English, and put into both themes where it stands; `make look`
pictures every size, language and theme.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.axe import COLOURS, violations
from tests.browser.scenes import LANGUAGES, Language, Look, Room, Scene, all_rooms, wear

WITHIN_MS = 30_000
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
PAPER = """() => {
  const probe = document.documentElement.appendChild(document.createElement("i"))
  probe.style.color = "var(--paper)"
  const seen = getComputedStyle(probe).color
  probe.remove()
  return seen
}"""
STATES = [
    pytest.param(room, scene, LANGUAGES[place % len(LANGUAGES)], id=f"{room.name}-{scene.name}")
    for room in all_rooms()
    for place, scene in enumerate(room.scenes)
]


class Stages:
    """The room's stage that stands now; another room's takes its place."""

    def __init__(self) -> None:
        self._room: Room[Any] | None = None
        self._standing: Any = None
        self._staged: Any = None

    def of(self, room: Room[Any]) -> Any:
        """What the room's scenes need to know."""
        if self._room is not room:
            self.clear()
            self._standing = room.stage()
            self._staged = self._standing.__enter__()
            self._room = room
        return self._staged

    def clear(self) -> None:
        """Take down what stands."""
        if self._room is not None:
            self._room = None
            self._standing.__exit__(None, None, None)


@pytest.fixture(scope="module")
def stages() -> Iterator[Stages]:
    """One stage at a time."""
    standing = Stages()
    yield standing
    standing.clear()


@pytest.mark.parametrize(("room", "scene", "language"), STATES)
def test_a_state_is_accessible(
    room: Room[Any], scene: Scene[Any], language: Language, stages: Stages, chromium: Any
) -> None:
    """At the room's largest size, in its themes one after the other."""
    staged = stages.of(room)
    width, height = room.sizes[-1]
    look = Look(width, height, language, room.themes[0])
    context = chromium.new_context(**look.context())
    context.set_default_timeout(WITHIN_MS)
    faults: list[str] = []
    try:
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        scene.show(page, staged, look)
        papers = set()
        for theme in room.themes:
            wear(page, theme)
            found = violations(page, COLOURS if papers else None)
            assert found == [], f"{theme}, {language}"
            papers.add(page.evaluate(PAPER))
            assert page.evaluate(SIDEWAYS) <= 0, f"{theme}, {language}: the page scrolls sideways"
        assert len(papers) == len(room.themes), f"a theme changes nothing: {papers}"
        assert faults == []
    finally:
        context.close()
