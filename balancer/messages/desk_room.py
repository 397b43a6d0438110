"""All that the page of one desk shows."""

from __future__ import annotations

from typing import Any

import msgspec

from balancer.messages.supervisor import DeskDay
from balancer.messages.views import BranchView, DeskView, StaffTicket


class DeskPolicy(msgspec.Struct):
    """What the page of a desk must know of its branch's policy, in minutes. `rest_after_minutes` 0: never."""

    service_amber_minutes: float
    service_red_minutes: float
    rest_after_minutes: float


class PriorityChoice(msgspec.Struct):
    """A priority class by which a clerk may serve somebody out of turn."""

    priority: str
    name: dict[str, str]


class DeskRoom(msgspec.Struct):
    """All that `/desk` shows: the desk, the ticket in hand, its line in calling order, what it parked, and
    its own day, which no other desk sees.

    `definition`: the branch as the public definition would tell it, where that leaves the branch out (on
    trial, in training); else null.
    """

    desk: DeskView
    branch: BranchView
    ticket: StaffTicket | None
    line: list[StaffTicket]
    parked: list[StaffTicket]
    waiting: int
    offset: int
    city_time: str
    policy: DeskPolicy
    priorities: list[PriorityChoice]
    day: DeskDay | None = None
    definition: dict[str, Any] | None = None
