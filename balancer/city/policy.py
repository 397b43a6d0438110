"""A city's rules as types: how tickets are treated, what is called busy, who is served sooner."""

from __future__ import annotations

from typing import Literal

import msgspec

from balancer.city.catalogue import LocalText

AirRaid = Literal["pause", "shelter", "continue"]


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """How a branch treats tickets and desks. `no_show_chances`: misses that only put it `no_show_back` places
    back.

    0 turns off `no_show_after_seconds`, `desk_silent_after_seconds`, `device_silent_after_seconds`,
    `rest_after_minutes` and `help_answer_minutes`. `close_day_after_minutes`: how long after the closing hour
    the day ends even where desks are still open. `help_answer_minutes`: how long a request for help at a
    kiosk may wait for somebody to take it before it is told louder. `intent_expires_minutes`: how long after
    the announced arrival a visitor is still expected; `intent_horizon_minutes`: how far ahead he may announce
    it. `resume_delay_minutes`: from the all-clear until service goes on. `service_amber_minutes`,
    `service_red_minutes`: when a service takes long, and too long. `full_day_margin_minutes`: tickets end
    when the wait reaches closing time less this.
    """

    recalls_max: int = 2
    recall_gap_seconds: int = 30
    no_show_after_seconds: int = 180
    no_show_chances: int = 1
    no_show_back: int = 5
    reinstate_within_minutes: int = 30
    park_default_minutes: int = 15
    desk_silent_after_seconds: int = 90
    device_silent_after_seconds: int = 120
    carry_over: bool = False
    close_day_after_minutes: int = 60
    air_raid: AirRaid = "pause"
    resume_delay_minutes: int = 0
    intent_expires_minutes: int = 30
    intent_horizon_minutes: int = 180
    service_amber_minutes: int = 20
    service_red_minutes: int = 25
    rest_after_minutes: int = 120
    help_answer_minutes: int = 3
    full_day_margin_minutes: int = 0


class Levels(msgspec.Struct, frozen=True, kw_only=True):
    """Where a wait starts to be called moderate and busy (minutes of p50); below both it is quiet."""

    moderate_minutes: float = 15.0
    busy_minutes: float = 40.0


class PriorityClass(msgspec.Struct, frozen=True, kw_only=True):
    """A group that is served sooner, as if it had come `head_start_minutes` earlier. Never shown to the
    public.
    """

    priority: str
    name: LocalText
    head_start_minutes: int
