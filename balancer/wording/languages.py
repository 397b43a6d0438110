"""Plurals, times and days by CLDR, through Babel: the same rules as the browser's Intl. Pure."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time

Language = str
"""One of LANGUAGES, or a further one whose file has been read (`balancer.wording.further`)."""

LANGUAGES: tuple[Language, ...] = ("uk", "en")
LOCALES: dict[Language, str] = {"uk": "uk_UA", "en": "en_GB"}
SECOND_MS = 1000


@lru_cache(maxsize=32)
def _locale(language: Language) -> Locale:
    return Locale.parse(LOCALES[language])


def plural(language: Language, count: int, **forms: str) -> str:
    """The form of a word that fits the count, by the CLDR category `one`, `few`, `many`, else `other`.

    >>> plural("uk", 22, one="людина", few="людини", other="людей")
    'людини'
    """
    return forms.get(_locale(language).plural_form(count), forms["other"])


def clock_time(language: Language, zone: str, at: int) -> str:
    """The wall time at city ms `at`.

    >>> clock_time("uk", "Europe/Kyiv", 1795420800000)
    '10:00'
    """
    return format_time(_wall(zone, at), "H:mm", locale=_locale(language))


def day_and_time(language: Language, zone: str, at: int, now: int) -> str:
    """The same with its day where that is not today's.

    >>> day_and_time("uk", "Europe/Kyiv", 1795501800000, 1795420800000)
    '24 листопада, 8:30'
    """
    wall, time = _wall(zone, at), clock_time(language, zone, at)
    if wall.date() == _wall(zone, now).date():
        return time
    return f"{format_date(wall, 'd MMMM', locale=_locale(language))}, {time}"


def local(text: dict[str, str] | None, language: Language) -> str:
    """A text of the city's definition in that language, else in Ukrainian, else nothing."""
    found = text or {}
    return found.get(language) or found.get("uk", "")


def _wall(zone: str, at: int) -> datetime:
    return datetime.fromtimestamp(at / SECOND_MS, ZoneInfo(zone))
