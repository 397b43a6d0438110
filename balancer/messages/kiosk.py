"""What a kiosk shows: the branch's state, its lines, where else to go, and what does not change."""

from __future__ import annotations

from typing import Literal

import msgspec

from balancer.messages.kiosk_help import HelpView
from balancer.messages.state import BranchStatus, Power, Wait

LocalText = dict[str, str]
Purpose = Literal["advice", "submit", "collect"]


class KioskQueue(msgspec.Struct):
    """One line now. `full`: who joins it now will probably not be called before the branch closes."""

    queue: str
    waiting: int
    wait: Wait | None
    full: bool


class KioskAlternative(msgspec.Struct):
    """Another branch where one could go now. `wait` is that of one who joins there when he arrives."""

    branch: str
    name: LocalText
    address: LocalText
    wait: Wait | None
    travel_minutes: float


class KioskFaster(msgspec.Struct):
    """A group of services for which another branch takes less time, the way there counted."""

    category: str
    there: KioskAlternative


class KioskField(msgspec.Struct):
    """A group of services as the kiosk offers it; `purposes`: the service for each reason to come."""

    category: str
    name: LocalText
    words: list[str]
    purposes: dict[Purpose, str]


class KioskService(msgspec.Struct):
    """A service of this branch and its line."""

    service: str
    name: LocalText
    category: str
    words: list[str]
    needs_power: bool
    online_url: str | None
    queue: str


class KioskLine(msgspec.Struct):
    """A line as it stands in the city file."""

    queue: str
    letter: str
    name: LocalText
    zone: str | None
    floor: str | None


class KioskCatalogue(msgspec.Struct):
    """What changes only with the city's definition, whose `version` it is."""

    version: int
    city: str
    city_name: LocalText
    branch_name: LocalText
    address: LocalText
    contact: str
    shelter_way: LocalText | None
    time_zone: str
    languages: list[str]
    moderate_minutes: float
    busy_minutes: float
    no_show_after_seconds: int
    no_show_chances: int
    no_show_back: int
    fields: list[KioskField]
    services: list[KioskService]
    lines: list[KioskLine]


class KioskView(msgspec.Struct):
    """All that `/kiosk` shows. `full`: every line is. `alternatives`: open branches, soonest first, while
    this one gives out no tickets. `help`: what this very kiosk asked for, while it lasts. `catalogue` is left
    out for who already has that version. Instants are RFC 3339.
    """

    branch: str
    state: BranchStatus
    power: Power
    reason: str | None
    suspended: list[str]
    opens_at: str | None
    closes_at: str | None
    resumes_at: str | None
    queues: list[KioskQueue]
    full: bool
    alternatives: list[KioskAlternative]
    faster: list[KioskFaster]
    help: HelpView | None
    catalogue: KioskCatalogue | None
    version: int
    day: str
    speed: float
    epoch: str
    offset: int
    city_time: str
