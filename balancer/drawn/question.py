"""What a reader asks of the board. Every part stands in the address of the drawing, nothing is kept."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import get_args

from balancer.city.catalogue import Facility
from balancer.city.travel import MODES, Mode
from balancer.wording.languages import Language

NONE_OPEN = "-"


@dataclass(frozen=True, kw_only=True)
class Question:
    """`place`: (lat, lon) of the reader. `opened`: branches whose details are wanted, None = those of the
    first row.

    `at`: minute of the day at which the reader might come. `by_door`: the way counts in the order. `need`:
    what there must be at the branch.
    """

    language: Language = "uk"
    service: str | None = None
    branch: str | None = None
    place: tuple[float, float] | None = None
    mode: Mode = "transit"
    by_door: bool = True
    opened: tuple[str, ...] | None = None
    at: int | None = None
    on_map: bool = False
    need: Facility | None = None


def place_of(text: str | None) -> tuple[float, float] | None:
    """ "50.0,36.2" as degrees; None for nothing; ValueError for what is no place on Earth.

    >>> place_of("50.0,36.2")
    (50.0, 36.2)
    """
    if not text:
        return None
    lat, lon = (float(part) for part in text.split(","))
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError(text)
    return lat, lon


def mode_named(text: str | None) -> Mode:
    """The way of getting about; public transport for none or an unknown one."""
    return text if text in MODES else "transit"


def need_of(text: str | None) -> Facility | None:
    """A facility by its name; None for nothing; ValueError for an unknown one.

    >>> need_of("card_payment")
    'card_payment'
    """
    if not text:
        return None
    found: Facility | None = next((each for each in get_args(Facility) if each == text), None)
    if found is None:
        raise ValueError(text)
    return found


def opened_of(text: str | None) -> tuple[str, ...] | None:
    """Branches by commas; "-" for none of them, None where the reader has not said."""
    if not text:
        return None
    return () if text == NONE_OPEN else tuple(text.split(","))
