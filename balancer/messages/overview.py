"""Every branch of the city beside the others, by the same measures: `GET …/overview`."""

from __future__ import annotations

from typing import Literal

import msgspec

from balancer.messages.state import Alarm, Power
from balancer.messages.supervisor import BranchMeasures, StandardShare


class BranchOverview(msgspec.Struct):
    """One branch. `measures` are the supervisor's, without those of single desks and queues. `alerts`: how
    many decisions wait for its supervisor. `mode`: only "live" branches count in the city's sums.
    """

    branch: str
    name: dict[str, str]
    mode: Literal["live", "test", "training"]
    alarm: Alarm
    power: Power
    alerts: int
    measures: BranchMeasures


class CitySums(msgspec.Struct):
    """All live branches together; the median and the shares are those of all their waits and services."""

    waiting: int
    longest_minutes: float | None
    issued: int
    called: int
    served: int
    missed: int
    median_minutes: float | None
    mean_service_minutes: float | None
    desks_open: int
    desks_total: int
    over_red: int
    alerts: int
    standards: list[StandardShare]


class OverviewView(msgspec.Struct):
    """The whole city; `offset`: the last event that it covers."""

    city: str
    branches: list[BranchOverview]
    sums: CitySums
    offset: int
    city_time: str
