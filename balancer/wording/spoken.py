"""The words of each language, found by its tag."""

from __future__ import annotations

from balancer.wording.en import EN
from balancer.wording.languages import Language
from balancer.wording.uk import UK
from balancer.wording.words import Words

WORDS: dict[Language, Words] = {"uk": UK, "en": EN}


def words_of(language: Language) -> Words:
    """The words of a language."""
    return WORDS[language]


def language_of(tag: str | None) -> Language | None:
    """The language that a tag asks for ("en-GB" → "en"); None for none of ours."""
    asked = (tag or "").lower().partition("-")[0]
    return asked if asked in WORDS else None
