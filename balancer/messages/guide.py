"""What the holder of a ticket needs to know beside its place in the line."""

from __future__ import annotations

import msgspec


class GuideDocument(msgspec.Struct):
    """What to bring; `needed` false: not needed, the administrator fetches it himself."""

    name: dict[str, str]
    note: dict[str, str] | None
    needed: bool


class LatenessRule(msgspec.Struct):
    """What happens to one who does not come when called (the branch's policy) and how often it has: `misses`.

    The first `no_show_chances` misses put a ticket `no_show_back` places back, the next one ends it; then
    reception may put it back within `reinstate_within_minutes`. `no_show_after_seconds` 0: the desk decides.
    """

    recalls_max: int
    no_show_after_seconds: int
    no_show_chances: int
    no_show_back: int
    reinstate_within_minutes: int
    misses: int


class GuideTrip(msgspec.Struct):
    """The way from the place that was asked with."""

    mode: str
    minutes: float
    km: float


class GuideView(msgspec.Struct):
    """A ticket's branch, desk, documents, rights and rules as of its `version`; texts in both languages.

    `desk_name`, `zone` and `floor` are those of the desk that called it, before a call of its queue.
    `waits_until`: a called visitor is expected until then; `reinstate_until`: a missed ticket may be put back
    until then (RFC 3339). `push_key`: the server's key for Web Push, null where it sends none. `shelter_way`:
    how to get from the hall to the shelter.
    """

    ticket: str
    number: str
    version: int
    city_name: dict[str, str]
    time_zone: str
    contact: str
    demo: bool
    branch: str
    branch_name: dict[str, str]
    address: dict[str, str]
    shelter_way: dict[str, str] | None
    lat: float
    lon: float
    service: str
    service_name: dict[str, str]
    needs_power: bool
    fee: dict[str, str] | None
    queue_name: dict[str, str]
    desk_name: dict[str, str] | None
    zone: str | None
    floor: str | None
    documents: list[GuideDocument]
    rights: list[dict[str, str]]
    lateness: LatenessRule
    waits_until: str | None
    reinstate_until: str | None
    trip: GuideTrip | None
    push_key: str | None
    offset: int
    city_time: str
