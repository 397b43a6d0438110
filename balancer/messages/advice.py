"""Where to go, and "I am on my way": what the doors of advice and intents take and give.

Nothing here says who somebody is. A place goes in and is never kept; minutes are floats, instants RFC 3339.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from balancer.messages.bodies import Id, Moment
from balancer.messages.state import IntentStatus, Wait

TravelMode = Literal["walk", "transit", "car"]
LeftOutReason = Literal[
    "service_not_offered",
    "closed",
    "tickets_closed",
    "paused",
    "no_power",
    "service_suspended",
    "closing_too_soon",
    "facility_missing",
    "too_far",
]
Latitude = Annotated[float, msgspec.Meta(ge=-90, le=90)]
Longitude = Annotated[float, msgspec.Meta(ge=-180, le=180)]


class AdvisedBranch(msgspec.Struct):
    """A branch that one could go to. `wait` is that of one who arrives at `arrives`, null where nobody knows.

    `door_to_desk`: travel and expected wait together. `near_tie`: it takes about as long as the best.
    `by_matrix`: the way was read from the city's matrix, not reckoned from the distance. `why`: uk and en.
    """

    branch: str
    name: dict[str, str]
    address: dict[str, str]
    kind: str
    demo: bool
    lat: float
    lon: float
    facilities: list[str]
    travel_minutes: float
    distance_km: float
    by_matrix: bool
    arrives: str
    wait: Wait | None
    door_to_desk: float | None
    closes_at: str | None
    waiting: int
    on_the_way: int
    near_tie: bool
    why: dict[str, str]


class LeftOutBranch(msgspec.Struct):
    """A branch that is not advised, and why. `opens_at`: its next opening, where it is closed."""

    branch: str
    name: dict[str, str]
    demo: bool
    reason: LeftOutReason
    why: dict[str, str]
    opens_at: str | None


class AdviceView(msgspec.Struct):
    """`GET …/advice`: branches best first, then those left out.

    `spread`: near ties were put in an order by chance, so that not everybody is sent to one branch. `note`: a
    sentence about them in both languages, null where one branch is clearly best.
    """

    city: str
    service: str
    mode: TravelMode
    leaves: str
    as_of: str
    spread: bool
    note: dict[str, str] | None
    branches: list[AdvisedBranch]
    left_out: list[LeftOutBranch]


class IntentBody(msgspec.Struct, forbid_unknown_fields=True):
    """On the way to `branch` for `service`. When: in `minutes`, at `arrival`, or from `lat`, `lon` by `mode`.

    The place is used to reckon the way and is not kept.
    """

    service: Id
    branch: Id
    minutes: Annotated[float, msgspec.Meta(ge=0, le=1440)] | None = None
    arrival: Moment | None = None
    mode: TravelMode = "transit"
    lat: Latitude | None = None
    lon: Longitude | None = None


class IntentView(msgspec.Struct):
    """An intent as its holder sees it. `wait`: the wait at arrival that was expected when it was announced.

    `ticket`: the ticket that it became.
    """

    id: str
    state: IntentStatus
    branch: str
    service: str
    queue: str
    version: int
    announced: str
    arrives: str
    expires: str
    wait: Wait | None
    ticket: str | None


class IntentAnswer(msgspec.Struct):
    """201 of a new intent; `secret` opens it and goes only into headers and URL fragments."""

    intent: IntentView
    secret: str
    offset: int


class IntentStatusAnswer(msgspec.Struct):
    """An intent as it is now; once it is kept, `ticket_secret` opens the ticket that it became."""

    intent: IntentView
    ticket_secret: str | None
    offset: int
