"""A past day on one page, for the morning meeting: `GET …/briefing`. The measures are those of the live day
(`messages.supervisor`), taken from the archive. Minutes throughout; nobody of the staff is named.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from balancer.messages.supervisor import StandardShare


class DayFigures(msgspec.Struct, kw_only=True):
    """A day. `visitors`: tickets issued; `usual`: the median of the same weekday in the weeks before, null
    where fewer than three of them are known. `median_minutes`, `p90_minutes`: waits of those `called`.
    `over_red`: of the services `served`, those longer than the branch's policy allows. `missed`: who did not
    come to any call. `desks_mean`, `desks_most`: open desks while the branch was open. `alarm_minutes`,
    `pause_minutes`: an air-raid alarm, other pauses.
    """

    visitors: int
    usual: float | None
    called: int
    median_minutes: float | None
    p90_minutes: float | None
    served: int
    mean_service_minutes: float | None
    over_red: int
    missed: int
    desks_mean: float | None
    desks_most: int
    alarm_minutes: int
    pause_minutes: int
    standards: list[StandardShare]


class BranchFigures(DayFigures, kw_only=True):
    """The day of one branch."""

    branch: str


class QueueFigures(msgspec.Struct):
    """A queue's day: how many were called and after which waits."""

    branch: str
    queue: str
    called: int
    median_minutes: float
    p90_minutes: float


class HalfHour(msgspec.Struct):
    """One half-hour from `at` ("HH:MM"): who came, and the median wait of those called in it."""

    at: str
    visitors: int
    median_minutes: float | None


class IncidentCount(msgspec.Struct):
    """How many incidents of a category were put on record."""

    category: str
    count: int


class BriefingView(msgspec.Struct):
    """`state` "no_data": the archive knows nothing of that day; `last_day` is then the last one before it of
    which it does. `branch` null: the whole city without branches in training; then `figures` are its sums and
    `branches` the parts. `peak`: the half-hour in which most came; `worst`: the queue with the longest median
    wait.
    """

    city: str
    branch: str | None
    day: str
    state: Literal["ready", "no_data"]
    last_day: str | None
    figures: DayFigures | None
    branches: list[BranchFigures]
    peak: HalfHour | None
    worst: QueueFigures | None
    queues: list[QueueFigures]
    strip: list[HalfHour]
    incidents: list[IncidentCount]
