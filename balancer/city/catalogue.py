"""What a city offers and promises, as types: services and their papers, groups, standards, notices.

`model` takes these into the City; a file's keys for them stand in `file_format`.
"""

from __future__ import annotations

from typing import Literal

import msgspec

LocalText = dict[str, str]
Purpose = Literal["advice", "submit", "collect"]
"""Why somebody comes: to ask, to hand papers in, to fetch what is ready."""

PURPOSES: tuple[Purpose, ...] = ("advice", "submit", "collect")
Facility = Literal[
    "ramp",
    "lift",
    "children_room",
    "generator",
    "shelter",
    "card_payment",
    "payment_terminal",
    "cash",
    "sign_language",
]
PRIOR_MINUTES = 15.0


class Category(msgspec.Struct, frozen=True, kw_only=True):
    """A group of services as visitors choose among them. `words`: what people also call it. `purposes`: the
    service for those who know no more than the group and why they come.
    """

    category: str
    name: LocalText
    words: list[str] = []
    purposes: dict[Purpose, str] = {}


class Agency(msgspec.Struct, frozen=True, kw_only=True):
    """A body that has desks of its own in the hall (social protection, pension fund, migration service)."""

    agency: str
    name: LocalText


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A paper for a service. `needed` false: visitors bring it, but the clerk fetches it himself (5203-VI,
    art. 9).
    """

    name: LocalText
    note: LocalText | None = None
    needed: bool = True


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """What a visitor comes for. `minutes`: prior mean service time; `fee`: what it costs in words, null if
    free. `words`: everyday names by which people look for it. `purpose`: of one that stands for a group.
    """

    service: str
    name: LocalText
    category: str
    official_id: str | None = None
    minutes: float = PRIOR_MINUTES
    fee: LocalText | None = None
    needs_power: bool = False
    online_url: str | None = None
    words: list[str] = []
    purpose: Purpose | None = None
    documents: list[Document] = []


class Standard(msgspec.Struct, frozen=True, kw_only=True):
    """A promise on time: `share` of all stay within `target_minutes`, and within `guaranteed_minutes`.

    `wait`: from joining the queue to the first call; `service`: at the desk. Target and guarantee are
    measured apart.
    """

    standard: str
    metric: Literal["wait", "service"]
    name: LocalText
    target_minutes: float
    guaranteed_minutes: float
    share: float = 0.9


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A poster in the hall: a heading and one or two sentences."""

    title: LocalText
    text: LocalText


class MapTiles(msgspec.Struct, frozen=True, kw_only=True):
    """A map service of the city's choice: address of a tile with {z}, {x}, {y}; whom to credit; the map
    library's module, which the city serves itself.
    """

    url: str
    attribution: str
    library: str
