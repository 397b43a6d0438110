"""What a language file has to say, in Ukrainian: the words of every room that visitors see."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from balancer.city.leaflet import LEAFLET
from balancer.drawn.saying import DRAWN
from balancer.errors import DETAILS, TITLES
from balancer.languages.page_texts import read_texts
from balancer.live.advice_words import ADVICE
from balancer.live.hall_notices import POSTERS
from balancer.wording.reasons import REASONS
from balancer.wording.rooms import Room
from balancer.wording.said import SAID

PAGES = Path(__file__).parents[1] / "pages"
PAGE_ROOMS = {
    "days": "assets/days-uk.js",
    "enrolment": "assets/enrolment-words-uk.js",
    "kiosk": "kiosk/words-uk.js",
    "hall": "hall/words-uk.js",
    "ticket": "ticket/words-uk.js",
    "board": "board/words-uk.js",
    "accuracy": "accuracy/words-uk.js",
}
"""Room → where its Ukrainian words stand below `pages`."""

SERVER_ROOMS: tuple[Room[Any], ...] = (DRAWN, SAID, POSTERS, ADVICE, LEAFLET, DETAILS, TITLES, REASONS)
"""Rooms whose words the server says: the board's rows; first paint, calendar, notices; hall posters; advice;
the leaflet; refusals.
"""


@cache
def template() -> dict[str, Any]:
    """Room → its words in Ukrainian."""
    pages = {room: read_texts(PAGES / path) for room, path in PAGE_ROOMS.items()}
    return {**pages, **{room.name: dict(room.own("uk")) for room in SERVER_ROOMS}}
