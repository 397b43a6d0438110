"""A recorded day of Warsaw as a city file: a branch per office; per recorded group a queue, a service and a
desk.

The record rules alone in this city: branches open once and never close, no timer touches a ticket, an air
raid changes nothing.
"""

from __future__ import annotations

import json
import string
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from loadtest.warsaw import WarsawDay, WarsawQueue

CITY = "warsaw"
TIME_ZONE = "Europe/Warsaw"
CENTRE = (52.2297, 21.0122)
LETTERS = string.ascii_uppercase + string.digits
LONGEST_NAME = 200
OPEN_DAYS = 7

Toml = str | int | float | bool | list["Toml"] | Mapping[str, "Toml"]


def city_file(day: WarsawDay) -> str:
    """The TOML text of the city."""
    services: list[Toml] = [
        {"service": queue.service, "name": shown_name(queue), "category": "all"} for queue in day.queues()
    ]
    city: dict[str, Toml] = {
        "city": CITY,
        "name": {"uk": "Варшава", "en": "Warsaw"},
        "time_zone": TIME_ZONE,
        "demo": True,
        "policy": {
            "no_show_after_seconds": 0,
            "desk_silent_after_seconds": 0,
            "carry_over": True,
            "air_raid": "continue",
        },
        "hours": {"exceptions": [_one_long_day(day.date)]},
        "categories": [{"category": "all", "name": {"uk": "Усі послуги", "en": "All services"}}],
        "services": services,
        "branches": [_branch(office, queues) for office, queues in day.offices.items()],
    }
    return f"# {CITY} as recorded on {day.date}; made by `balancer replay`.\n" + "".join(
        f"{key} = {to_toml(value)}\n" for key, value in city.items()
    )


def _one_long_day(first: date) -> Toml:
    """Opening hours from the record's midnight on without a break, so that no day ends while the replay
    lasts.
    """
    return {
        "date": first.isoformat(),
        "until": (first + timedelta(days=OPEN_DAYS - 1)).isoformat(),
        "hours": "00:00-24:00",
        "reason": {"uk": "Відтворення запису", "en": "Replay of a record"},
    }


def _branch(office: str, queues: list[WarsawQueue]) -> Toml:
    letters = letters_for(queue.letter for queue in queues)
    return {
        "branch": office,
        "name": office.replace("_", " ").title(),
        "address": "Warszawa",
        "lat": CENTRE[0],
        "lon": CENTRE[1],
        "demo": True,
        "queues": [
            {"queue": queue.queue, "letter": letter, "name": shown_name(queue), "services": [queue.service]}
            for queue, letter in zip(queues, letters, strict=True)
        ],
        "desks": [{"ids": queue.queue, "queues": [queue.queue]} for queue in queues],
    }


def letters_for(recorded: Iterable[str]) -> list[str]:
    """A letter for each queue, unique in the office: the recorded one where it is free, else the next free
    one.

    >>> letters_for(["B", "A", "B", " "])
    ['B', 'A', 'C', 'D']
    """
    wanted = list(recorded)
    free = [letter for letter in LETTERS if letter not in wanted]
    given: list[str] = []
    for letter in wanted:
        if letter in LETTERS and letter not in given:
            given.append(letter)
        elif free:
            given.append(free.pop(0))
        else:
            raise ValueError(f"an office with {len(wanted)} queues: letters end at {len(LETTERS)}")
    return given


def shown_name(queue: WarsawQueue) -> str:
    """The recorded service name on one line; the group's number where it has none."""
    name = " ".join("".join(c if c.isprintable() else " " for c in queue.name).split())
    return name[:LONGEST_NAME] or f"Grupa {queue.group}"


def to_toml(value: Toml) -> str:
    """A value as inline TOML; strings of printable characters are written alike in JSON and TOML."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {to_toml(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[\n" + "".join(f"  {to_toml(each)},\n" for each in value) + "]"
    return json.dumps(value, ensure_ascii=False)
