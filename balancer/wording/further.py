"""Languages beyond Ukrainian and English, as this process has read them from their files at its start.

`speak` is called once a language, before anything is served.
"""

from __future__ import annotations

from typing import Any

from balancer.wording.languages import LOCALES, Language
from balancer.wording.spoken import WORDS
from balancer.wording.words import Words

ROOMS: dict[Language, dict[str, Any]] = {}
"""Further language → room → its words, complete."""


def speak(language: Language, locale: str, rooms: dict[str, Any]) -> None:
    """From now on the server says its words in this language too; TypeError where words are missing."""
    WORDS[language] = Words(**rooms["said"])
    LOCALES[language] = locale.replace("-", "_")
    ROOMS[language] = rooms


def in_every_language(room: str, name: str, home: dict[Language, str]) -> dict[Language, str]:
    """A text of the server's own, in Ukrainian and English as given and in whatever else is spoken."""
    return {**home, **{language: rooms[room][name] for language, rooms in ROOMS.items()}}
