"""What a hall display shows."""

from __future__ import annotations

from typing import Literal

import msgspec

from balancer.messages.state import Alarm, BranchStatus, Power, Wait
from balancer.messages.supervisor import HallLoad, Level

CallState = Literal["called", "serving", "held"]


class HallCall(msgspec.Struct):
    """A row of the display, newest call first. It leaves by an event, never by time.

    `called`: come to the desk; `serving`: the visitor has come; `held`: called before the pause, keeps its
    place and is called again (the desk may be another one). `at` is RFC 3339.
    """

    number: str
    desk: str
    desk_name: dict[str, str]
    zone: str | None
    floor: str | None
    at: str
    recalled: bool
    state: CallState


class HallQueue(msgspec.Struct):
    """A queue: the wait of one who joins now (minutes, null where nobody knows), and what it is called."""

    queue: str
    letter: str
    name: dict[str, str]
    waiting: int
    wait: Wait | None
    level: Level | None


class HallNotice(msgspec.Struct):
    """A poster: heading and one or two sentences."""

    title: dict[str, str]
    text: dict[str, str]


class HallView(msgspec.Struct):
    """All that a hall display shows of its branch; `next` is in calling order.

    `reason`: "alarm" or the words of a hold; `since`: since when it is paused; `resumes_at`: when service
    goes on, known once the all-clear has sounded. `shelter`: the building has one; `shelter_way`: how to get
    there, or to one near by. `suspended`: names of services that are stopped for now. Instants are RFC 3339.
    """

    branch: str
    name: dict[str, str]
    city_name: dict[str, str]
    time_zone: str
    state: BranchStatus
    alarm: Alarm
    power: Power
    reason: str | None
    since: str | None
    resumes_at: str | None
    opens_at: str | None
    closes_at: str | None
    shelter: bool
    shelter_way: dict[str, str] | None
    called: list[HallCall]
    next: list[str]
    queues: list[HallQueue]
    notices: list[HallNotice]
    hall: HallLoad
    offset: int
    city_time: str
    suspended: list[dict[str, str]] = []
