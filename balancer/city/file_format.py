"""The keys of a city file, as types: what may stand in the TOML, what may be left out, within which limits.

`docs/guides/city-file.md` documents every key here (a test holds the two together); `reading.py` turns a
parsed file into these types, `building.py` makes a `City` of them. A field of None was left out.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from balancer.city.model import ID_PATTERN, PRIOR_MINUTES, AirRaid, BranchKind, BranchMode, Facility, Purpose

Text = Annotated[str | dict[str, Any], Meta(title="text")]
ID_WORDS = "an id: up to 40 lower-case Latin letters, digits, - and _, a letter or digit first"
Id = Annotated[str, Meta(pattern=f"^{ID_PATTERN}$", description=ID_WORDS)]
Ref = str  # an id defined elsewhere in the file
Letter = Annotated[str, Meta(pattern="^[A-Z0-9]$", description="one capital Latin letter or digit")]
Link = Annotated[
    str, Meta(pattern=r"^https://[^\s/]+\.\S+$", description="an address that begins with https://")
]
Count = Annotated[int, Meta(ge=0, le=1000)]
Seconds = Annotated[int, Meta(ge=0, le=86_400)]
Minutes = Annotated[int, Meta(ge=0, le=1440)]
DayHours = str | list[str]
Word = Annotated[str, Meta(min_length=2, max_length=40, description="a word or two, up to 40 characters")]
Sign = Annotated[str, Meta(min_length=1, max_length=8, description="what the sign says, up to 8 characters")]
Tongue = Annotated[str, Meta(pattern="^[a-z]{2,3}$", description='a language as "uk", "en" or "crh"')]


class FilePolicy(msgspec.Struct, kw_only=True):
    """`[policy]` of the city, `[branches.policy]` of a branch. Units as the names say."""

    recalls_max: Annotated[int, Meta(ge=0, le=20)] | None = None
    recall_gap_seconds: Annotated[int, Meta(ge=0, le=3600)] | None = None
    no_show_after_seconds: Seconds | None = None
    no_show_chances: Annotated[int, Meta(ge=0, le=20)] | None = None
    no_show_back: Count | None = None
    reinstate_within_minutes: Minutes | None = None
    park_default_minutes: Annotated[int, Meta(ge=1, le=1440)] | None = None
    desk_silent_after_seconds: Seconds | None = None
    device_silent_after_seconds: Seconds | None = None
    carry_over: bool | None = None
    close_day_after_minutes: Minutes | None = None
    air_raid: AirRaid | None = None
    resume_delay_minutes: Minutes | None = None
    intent_expires_minutes: Annotated[int, Meta(ge=1, le=1440)] | None = None
    intent_horizon_minutes: Annotated[int, Meta(ge=1, le=1440)] | None = None
    service_amber_minutes: Annotated[int, Meta(ge=1, le=480)] | None = None
    service_red_minutes: Annotated[int, Meta(ge=1, le=480)] | None = None
    rest_after_minutes: Minutes | None = None
    help_answer_minutes: Minutes | None = None
    full_day_margin_minutes: Minutes | None = None


class FileLevels(msgspec.Struct, kw_only=True):
    """`[levels]`: when a wait is called moderate, when busy."""

    moderate_minutes: Annotated[float, Meta(gt=0, le=1440)] | None = None
    busy_minutes: Annotated[float, Meta(gt=0, le=1440)] | None = None


Speed = Annotated[float, Meta(gt=0, le=200)]
Detour = Annotated[float, Meta(ge=1, le=5)]
Extra = Annotated[float, Meta(ge=0, le=120)]


class FileTravel(msgspec.Struct, kw_only=True):
    """`[travel]`: how fast visitors get about."""

    walk_kmh: Speed | None = None
    transit_kmh: Speed | None = None
    car_kmh: Speed | None = None
    walk_detour: Detour | None = None
    transit_detour: Detour | None = None
    car_detour: Detour | None = None
    transit_extra_minutes: Extra | None = None
    car_extra_minutes: Extra | None = None
    matrix_reach_km: Annotated[float, Meta(gt=0, le=50)] | None = None


class FilePriorityClass(msgspec.Struct, kw_only=True):
    """`[[priority_classes]]`."""

    priority: Id
    name: Text
    head_start_minutes: Annotated[int, Meta(ge=0, le=1440)]


class FilePurposes(msgspec.Struct, kw_only=True):
    """`[categories.purposes]`: the service for those who know only the group and why they come."""

    advice: Ref | None = None
    submit: Ref | None = None
    collect: Ref | None = None


class FileCategory(msgspec.Struct, kw_only=True):
    """`[[categories]]`."""

    category: Id
    name: Text
    words: list[Word] = []
    purposes: FilePurposes | None = None


class FileAgency(msgspec.Struct, kw_only=True):
    """`[[agencies]]`."""

    agency: Id
    name: Text


class FileDocument(msgspec.Struct, kw_only=True):
    """`[[services.documents]]`."""

    name: Text
    note: Text | None = None
    needed: bool = True


class FileStandard(msgspec.Struct, kw_only=True):
    """`[[standards]]`."""

    standard: Id
    metric: Literal["wait", "service"]
    name: Text
    target_minutes: Annotated[float, Meta(gt=0, le=1440)]
    guaranteed_minutes: Annotated[float, Meta(gt=0, le=1440)]
    share: Annotated[float, Meta(gt=0, le=1)] = 0.9


class FileNotice(msgspec.Struct, kw_only=True):
    """`[[notices]]` and `[[branches.notices]]`."""

    title: Text
    text: Text


class FileMapTiles(msgspec.Struct, kw_only=True):
    """`[map_tiles]`: a real map in the widget."""

    url: Link
    attribution: str
    library: Link


class FileService(msgspec.Struct, kw_only=True):
    """`[[services]]`."""

    service: Id
    name: Text
    category: Ref
    official_id: str | None = None
    minutes: Annotated[float, Meta(gt=0, le=480)] = PRIOR_MINUTES
    fee: Text | None = None
    needs_power: bool = False
    online_url: Link | None = None
    words: list[Word] = []
    purpose: Purpose | None = None
    documents: list[FileDocument] = []


class FileQueue(msgspec.Struct, kw_only=True):
    """`[[queues]]`, the city's catalogue, and `[[branches.queues]]`, which may leave out what that says."""

    queue: Id
    letter: Letter | None = None
    name: Text | None = None
    categories: list[Ref] | None = None
    services: list[Ref] | None = None
    without: list[Ref] = []
    zone: Sign | None = None
    floor: Sign | None = None


class FileDesks(msgspec.Struct, kw_only=True):
    """`[[branches.desks]]`: one desk or a row of like desks."""

    ids: str
    queues: list[Ref]
    name: Text | None = None
    agency: Ref | None = None
    zone: Sign | None = None
    floor: Sign | None = None


class FileException(msgspec.Struct, kw_only=True):
    """`[[hours.exceptions]]`: a day, or `date` to `until`."""

    date: str
    until: str | None = None
    hours: DayHours = "closed"
    reason: Text


class FileHours(msgspec.Struct, kw_only=True):
    """`[hours]` of the city, `[branches.hours]` of a branch, whose days take the place of the city's."""

    weekdays: DayHours | None = None
    mon: DayHours | None = None
    tue: DayHours | None = None
    wed: DayHours | None = None
    thu: DayHours | None = None
    fri: DayHours | None = None
    sat: DayHours | None = None
    sun: DayHours | None = None
    exceptions: list[FileException] = []


class FileBranch(msgspec.Struct, kw_only=True):
    """`[[branches]]`."""

    branch: Id
    name: Text
    kind: BranchKind = "unit"
    address: Text
    lat: Annotated[float, Meta(ge=-90, le=90)]
    lon: Annotated[float, Meta(ge=-180, le=180)]
    time_zone: str | None = None
    hours: FileHours | None = None
    facilities: list[Facility] = []
    shelter: Text | None = None
    demo: bool = False
    mode: BranchMode = "live"
    hall_capacity: Annotated[int, Meta(ge=1, le=10_000)] | None = None
    notices: list[FileNotice] = []
    policy: FilePolicy | None = None
    without: list[Ref] = []
    queues: list[Ref | FileQueue]
    desks: list[FileDesks]


class FileCity(msgspec.Struct, kw_only=True):
    """The whole file."""

    city: Id
    name: Text
    time_zone: str
    contact: str = ""
    remote_tickets: bool = False
    demo: bool = False
    policy: FilePolicy | None = None
    levels: FileLevels | None = None
    travel: FileTravel | None = None
    travel_matrix: str | None = None
    hours: FileHours | None = None
    priority_classes: list[FilePriorityClass] = []
    categories: list[FileCategory] = []
    agencies: list[FileAgency] = []
    standards: list[FileStandard] = []
    notices: list[FileNotice] = []
    rights: list[Text] = []
    map_tiles: FileMapTiles | None = None
    languages: list[Tongue] | None = None
    services: list[FileService]
    queues: list[FileQueue] = []
    branches: list[FileBranch]
