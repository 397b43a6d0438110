"""What a planner may ask, read from words: the same for the API and the commands.

Everything that cannot be raises BalancerError("invalid_field") with the name of the parameter.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, TypeVar

import msgspec

from balancer.errors import BalancerError

Topic = Literal["forecast", "staffing", "backtest"]
Number = TypeVar("Number", int, float)

USUAL_STANDARD = "90%/20min"
MOST_STANDARDS = 2
MOST_DAYS, MOST_WEEKS, USUAL_WEEKS = 14, 26, 4
FEWEST_REPEATS, MOST_REPEATS, USUAL_REPEATS = 20, 500, 200
MOST_EXTRA, MOST_DESKS = 50, 400
LONGEST_LIST = 12
DAY_MINUTES = 24 * 60
STEP_MINUTES = 5


class Window(msgspec.Struct, frozen=True):
    """From `begin` up to `end`, minutes after midnight by the branch's wall clock, steps of five."""

    begin: int
    end: int


class DeskWindow(msgspec.Struct, frozen=True):
    """So many desks are open in that window."""

    window: Window
    count: int


class WhatIf(msgspec.Struct, frozen=True, kw_only=True):
    """What is different from the plan. `rush` and `arrivals` are factors; `adoption` a share."""

    desks: tuple[DeskWindow, ...] = ()
    extra_desk: int = 0
    move_to: str | None = None
    move_count: int = 1
    rush: float = 1.0
    rush_window: Window | None = None
    arrivals: float = 1.0
    alarm: Window | None = None
    adoption: float | None = None

    @property
    def changes_anything(self) -> bool:
        """Whether it says anything at all."""
        return self != WhatIf(move_count=self.move_count, rush_window=self.rush_window)


class StandardWords(msgspec.Struct, frozen=True):
    """A share (0..1) called within minutes."""

    share: float
    minutes: float


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One question about one branch; what a topic does not use keeps its default."""

    topic: Topic
    branch: str
    day: date
    days: int = 1
    weeks: int = USUAL_WEEKS
    standards: tuple[StandardWords, ...] = ()
    what_if: WhatIf = WhatIf()
    repeats: int = USUAL_REPEATS
    seed: int = 42


def read_question(topic: Topic, branch: str, today: date, given: Mapping[str, str]) -> Question:
    """The question in these parameters, by the names of the API; a day that is not given is today."""
    standards = given.get("standard", USUAL_STANDARD).split(",")
    if len(standards) > MOST_STANDARDS:
        raise wrong("standard", "не більше двох", "at most two")
    return Question(
        topic=topic,
        branch=branch,
        day=_day(given.get("date"), today),
        days=_whole(given, "days", 1, 1, MOST_DAYS),
        weeks=_whole(given, "weeks", USUAL_WEEKS, 1, MOST_WEEKS),
        standards=tuple(_standard(each) for each in standards),
        what_if=_what_if(given),
        repeats=_whole(given, "repeats", USUAL_REPEATS, FEWEST_REPEATS, MOST_REPEATS),
        seed=_whole(given, "seed", 42, 0, 2**31),
    )


def wrong(field: str, uk: str, en: str) -> BalancerError:
    """The error for a parameter that cannot be, with what would be right."""
    return BalancerError("invalid_field", field=field, why={"uk": uk, "en": en})


def _what_if(given: Mapping[str, str]) -> WhatIf:
    rush, _, rush_window = given.get("rush", "1").partition("@")
    percent = _number("arrivals", given.get("arrivals", "0"), -90.0, 200.0)
    listed = [each for each in given.get("desks", "").split(",") if each]
    if len(listed) > LONGEST_LIST:
        raise wrong("desks", f"не більше {LONGEST_LIST} проміжків", f"at most {LONGEST_LIST} windows")
    return WhatIf(
        desks=tuple(_desk_window(each) for each in listed),
        extra_desk=_whole(given, "extra_desk", 0, -MOST_EXTRA, MOST_EXTRA),
        move_to=given.get("move_to") or None,
        move_count=_whole(given, "move_count", 1, 1, MOST_EXTRA),
        rush=_number("rush", rush, 0.0, 5.0),
        rush_window=_window("rush", rush_window) if rush_window else None,
        arrivals=1.0 + percent / 100.0,
        alarm=_window("alarm", given["alarm"]) if given.get("alarm") else None,
        adoption=_number("adoption", given["adoption"], 0.0, 1.0) if given.get("adoption") else None,
    )


def _day(text: str | None, today: date) -> date:
    if not text:
        return today
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise wrong("date", "потрібна дата РРРР-ММ-ДД", "a date YYYY-MM-DD is wanted") from None


def _whole(given: Mapping[str, str], field: str, usual: int, least: int, most: int) -> int:
    value = _number(field, given.get(field) or str(usual), least, most)
    if value != int(value):
        raise wrong(field, "потрібне ціле число", "a whole number is wanted")
    return int(value)


def _number(field: str, text: str, least: float, most: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not least <= value <= most:
        raise wrong(field, f"число від {least:g} до {most:g}", f"a number from {least:g} to {most:g}")
    return value


def _standard(text: str) -> StandardWords:
    share, _, minutes = text.strip().removesuffix("min").partition("/")
    percent = _number("standard", share.strip().rstrip("%"), 1.0, 99.0)
    return StandardWords(percent / 100.0, _number("standard", minutes.strip(), 1.0, 600.0))


def _desk_window(text: str) -> DeskWindow:
    """From "09:30-11:30:28"."""
    window, _, count = text.rpartition(":")
    return DeskWindow(_window("desks", window), int(_number("desks", count, 0, MOST_DESKS)))


def _window(field: str, text: str) -> Window:
    """From "10:00..12:00" or "10:00-12:00"."""
    begin, _, end = text.replace("..", "-").partition("-")
    window = Window(_minute(field, begin), _minute(field, end))
    if window.begin >= window.end:
        raise wrong(field, "кінець має бути пізніше за початок", "it must end after it begins")
    return window


def _minute(field: str, text: str) -> int:
    hours, _, minutes = text.strip().partition(":")
    if not (hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2 and len(hours) <= 2):
        raise wrong(field, "час ГГ:ХХ", "a time HH:MM is wanted")
    minute = int(hours) * 60 + int(minutes)
    if int(minutes) >= 60 or minute > DAY_MINUTES:
        raise wrong(field, "час ГГ:ХХ", "a time HH:MM is wanted")
    return minute // STEP_MINUTES * STEP_MINUTES


def words_of(options: Mapping[str, Any]) -> dict[str, str]:
    """Options of a command as parameters of the API: None left out, "_" kept."""
    return {name: str(value) for name, value in options.items() if value is not None}
