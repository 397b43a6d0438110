"""What a language file has to say, in Ukrainian: the words of every room that visitors see."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from balancer.drawn.uk import UK as DRAWN
from balancer.languages.page_texts import read_texts
from balancer.live.hall_notices import POSTERS
from balancer.wording.uk import UK as SAID

PAGES = Path(__file__).parents[1] / "pages"
PAGE_ROOMS = {
    "days": "assets/days-uk.js",
    "enrolment": "assets/enrolment-words-uk.js",
    "kiosk": "kiosk/words-uk.js",
    "hall": "hall/words-uk.js",
    "ticket": "ticket/words-uk.js",
    "board": "board/words-uk.js",
}
"""Room → where its Ukrainian words stand below `pages`."""

SERVER_ROOMS = ("drawn", "said", "posters")
"""Rooms whose words the server says: the board's rows; first paint, calendar, notices; hall posters."""


@cache
def template() -> dict[str, Any]:
    """Room → its words in Ukrainian."""
    pages = {room: read_texts(PAGES / path) for room, path in PAGE_ROOMS.items()}
    posters = {name: text["uk"] for name, text in POSTERS.items()}
    return {**pages, "drawn": asdict(DRAWN), "said": asdict(SAID), "posters": posters}
