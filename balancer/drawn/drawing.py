"""The types of a drawing, and what it is drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from balancer.city.definition import City, LocalText
from balancer.drawn.standings import Trip
from balancer.drawn.tree import Node
from balancer.messages import BranchFrame
from balancer.messages.estimates import QueueAhead


class About(msgspec.Struct):
    """What a page around the board may want to say of the city."""

    city: str
    name: LocalText
    contact: str
    demo: bool


class DrawnRow(msgspec.Struct):
    """One row: its branch, the list in which it stands ("open" or "off"), and its element."""

    branch: str
    name: str
    group: str
    row: Node


class BoardDrawing(msgspec.Struct):
    """`GET …/board/drawing`: the board in elements (`[tag, attributes, *children]`), `rows` best first,
    which belong where `tree` has open places (`data-slot`). `words`: what the widget says by itself, `{0}`
    filled in. `best`: the branch to go to, where one stands out. `as_of` RFC 3339. `spread_ms`: as in the
    live frames, for readers without a socket.
    """

    about: About
    epoch: str
    offset: int
    as_of: str
    time_zone: str
    service: str | None
    best: str | None
    words: dict[str, str]
    tree: Node
    rows: list[DrawnRow]
    spread_ms: int = 1000


class FoundServices(msgspec.Struct):
    """`GET …/board/services`: list items to choose from; `says` names their number."""

    count: int
    says: str
    options: list[Node]


@dataclass(frozen=True)
class Seen:
    """The city as it is at city ms `now`; by branch the ways from the reader's place and later waits."""

    city: City
    frames: Mapping[str, BranchFrame]
    epoch: str
    offset: int
    now: int
    as_of: str
    trips: Mapping[str, Trip] = field(default_factory=dict)
    ahead: dict[str, QueueAhead] = field(default_factory=dict)
