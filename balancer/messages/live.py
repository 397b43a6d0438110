"""What the public sees live: the board, the frames of a socket."""

from __future__ import annotations

import msgspec

from balancer.messages.state import BranchStatus, Method, Power, Wait


class QueueLoad(msgspec.Struct):
    """One queue of a branch on the board: tickets waiting and in hand, and the wait of one who joins now.

    `method` says how its waits are worked out; null where nobody knows.
    """

    queue: str
    waiting: int
    serving: int
    wait: Wait | None
    method: Method | None = None


class LastCalled(msgspec.Struct):
    """A call as a hall display shows it; `at` is RFC 3339."""

    number: str
    desk: str
    at: str


class BranchShown(msgspec.Struct):
    """What everybody may see of a branch as it is now; `BranchFrame` says what the fields mean."""

    branch: str
    seq: int
    as_of: str
    state: BranchStatus
    power: Power
    reason: str | None
    opens_at: str | None
    closes_at: str | None
    waiting: int
    serving: int
    on_the_way: int
    desks_open: int
    desks_total: int
    queues: list[QueueLoad]
    last_called: list[LastCalled]
    resumes_at: str | None = None
    suspended: list[str] = []


class BranchFrame(BranchShown, tag_field="type", tag="branch", kw_only=True):
    """One branch's whole small state: equal or newer `seq` replaces, within one `epoch`.

    `reason` says why a branch is paused: "alarm" or the hold's reason; "alarm" also where service goes on
    during one. `resumes_at`: when an alarm's pause ends, once the all-clear was given. `suspended`: services
    stopped for now. `opens_at` and `closes_at` are RFC 3339 or null. `spread_ms`: over how many real ms a
    reader who wants a new drawing puts off his question, at random.
    """

    epoch: str
    spread_ms: int = 1000

    @property
    def has_break(self) -> bool:
        """Whether tickets are given again later this same day, as after a lunch break."""
        again = self.opens_at is not None and self.opens_at[:10] == self.as_of[:10]
        return self.state == "tickets_closed" and again


class Hello(msgspec.Struct, tag_field="type", tag="hello"):
    """First frame on a socket. City time at sending and how many times faster than real time it runs."""

    protocol: int
    city: str
    epoch: str
    offset: int
    city_time: str
    speed: float
    beat_seconds: float


class Beat(msgspec.Struct, tag_field="type", tag="beat"):
    """A sign of life every `beat_seconds` real seconds, with the city time."""

    city_time: str
    offset: int


class Reconnect(msgspec.Struct, tag_field="type", tag="reconnect"):
    """The server is about to stop: come back after `reconnect_in` real seconds."""

    reconnect_in: float


class BoardBranch(BranchShown, kw_only=True):
    """A branch on `GET …/board`: the frame's fields and what does not change (name, kind, place)."""

    name: dict[str, str]
    kind: str
    lat: float
    lon: float
    demo: bool


class BoardView(msgspec.Struct):
    """The whole public picture; `offset` is the last event it covers."""

    city: str
    epoch: str
    offset: int
    as_of: str
    branches: list[BoardBranch]
