"""Plurals, times, days and names by CLDR, through Babel: the same rules as the browser's Intl. Pure but for
the further languages, which `rooms.take_up` adds at the start of a process.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time

Language = str
"""One of LANGUAGES, or a further one whose file has been read (`balancer.wording.rooms`)."""

LANGUAGES: tuple[Language, ...] = ("uk", "en")
LOCALES: dict[Language, str] = {"uk": "uk_UA", "en": "en_GB"}
FALLBACKS: dict[Language, Language] = {}
"""Further language → which of LANGUAGES stands in for what it lacks; Ukrainian for those not named here."""

SECOND_MS = 1000


class Borrowed(str):
    """A text in another language than the one asked for; `language` is its own. Filling it in keeps that, so
    that a page can tell a screen reader how to read it.
    """

    language: Language

    def __new__(cls, text: str, language: Language) -> Borrowed:
        """The text, with its language."""
        made = super().__new__(cls, text)
        made.language = language
        return made

    def format(self, *args: object, **values: object) -> Borrowed:
        """As str.format."""
        return Borrowed(str.format(self, *args, **values), self.language)


def language_in(text: str, asked: Language) -> Language:
    """The language that a text really is in, when it was asked for in `asked`."""
    return text.language if isinstance(text, Borrowed) else asked


def language_of(tag: str | None) -> Language | None:
    """The spoken language that a tag asks for ("en-GB" → "en"); None for none of ours."""
    asked = (tag or "").lower().partition("-")[0]
    return asked if asked in LOCALES else None


@lru_cache(maxsize=32)
def _locale(name: str) -> Locale:
    return Locale.parse(name)


def plural(language: Language, count: int, **forms: str) -> str:
    """The form of a word that fits the count, by the CLDR category `one`, `few`, `many`, else `other`. Forms
    that are borrowed follow the rules of their own language.

    >>> plural("uk", 22, one="людина", few="людини", other="людей")
    'людини'
    """
    locale = _locale(LOCALES[language_in(forms["other"], language)])
    return forms.get(locale.plural_form(count), forms["other"])


def clock_time(language: Language, zone: str, at: int) -> str:
    """The wall time at city ms `at`.

    >>> clock_time("uk", "Europe/Kyiv", 1795420800000)
    '10:00'
    """
    return format_time(_wall(zone, at), "H:mm", locale=_locale(LOCALES[language]))


def day_and_time(language: Language, zone: str, at: int, now: int) -> str:
    """The same with its day where that is not today's.

    >>> day_and_time("uk", "Europe/Kyiv", 1795501800000, 1795420800000)
    '24 листопада, 8:30'
    """
    wall, time = _wall(zone, at), clock_time(language, zone, at)
    if wall.date() == _wall(zone, now).date():
        return time
    return f"{format_date(wall, 'd MMMM', locale=_locale(LOCALES[language]))}, {time}"


def day_names(language: Language) -> list[str]:
    """The days of the week, Monday first.

    >>> day_names("en")[0]
    'Monday'
    """
    names = _locale(LOCALES[language]).days["stand-alone"]["wide"]
    return [names[day] for day in range(7)]


def local(text: Mapping[str, str] | None, language: Language) -> str:
    """A text of the city's definition in that language, else borrowed from the one that stands in for it
    or from Ukrainian; "" for none.
    """
    found = text or {}
    if found.get(language):
        return found[language]
    for instead in (FALLBACKS.get(language, "uk"), "uk"):
        if found.get(instead):
            return Borrowed(found[instead], instead)
    return ""


def _wall(zone: str, at: int) -> datetime:
    return datetime.fromtimestamp(at / SECOND_MS, ZoneInfo(zone))
