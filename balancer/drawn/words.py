"""Everything that the board says, as one type: a language that lacks a word cannot be built.

`{…}` are filled in by `str.format`; a dict of plural forms goes through `languages.plural`. `live` goes to
the widget, which says these by itself, each second or while no server answers.
"""

from __future__ import annotations

from dataclasses import dataclass

Forms = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class BoardWords:
    """The board's words in one language."""

    live: dict[str, str]

    # what is asked
    service: str
    choose: str
    clear: str
    not_found: str
    found: Forms
    online: str
    online_first: str
    place: str
    nowhere: str
    here: str
    point: str
    near: str
    need: str
    anything: str
    mode: str
    walk: str
    transit: str
    car: str

    # the list
    view: str
    list: str
    map: str
    map_says: str
    you: str
    fastest: str
    branches: str
    hint: str
    by_door: str
    by_wait: str
    wait_column: str
    door_column: str
    branch_column: str
    waiting: str
    coming: str
    desks: str
    of: str
    minutes: str
    up_to: str
    wait_spoken: str
    up_to_spoken: str
    door_spoken: str
    minutes_spoken: Forms
    called_at: str
    way_and_wait: str
    quiet: str
    moderate: str
    busy: str
    best: str
    best_for_you: str
    tie: str
    unknown: str
    few_data: str
    no_desks: str
    demo: str
    more_people: str

    # who does not serve now
    off: str
    off_any: str
    absent: str
    lacking: str
    after: str
    all_clear: str
    paused: str
    from_time: str
    alarm: str
    hold: str
    no_power: str
    suspended: str
    tickets_closed: str
    closed: str
    kept: Forms
    after_all_clear: str
    resumes_at: str
    places_kept: str
    power_why: str
    suspended_why: str
    others_served: Forms
    power_part: str
    all_served: str
    faster: str
    closed_until: str
    until: str
    shelter: str
    goes_on: str
    siren: str
    siren_text: str
    nobody: str
    nowhere_now: str
    earliest: str

    # an opened row
    if_you_come: str
    earlier: str
    later: str
    slot: str
    slot_leave: str
    slot_unknown: str
    today: str
    today_until: str
    quieter: str
    no_quieter: str
    take: str
    take_at: str
    come: str
    come_at: str
    come_why: str
    late: str
    late_lost: str
    late_moved: Forms
    late_chances: Forms
    directions: str
    directions_to: str
    queues_here: str
    facilities: dict[str, str]
