"""Search in names typed by hand: prefixes and parts of words, blind to case, apostrophes and look-alikes.

An index of n names answers in one pass over n short strings: 400 services in two languages take one to
three milliseconds, so nothing cleverer is needed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

# Cyrillic letters that people swap, or type on the wrong layout, with the Latin ones that look the same.
LOOK_ALIKE = str.maketrans("іїийыеєэёавснкмортхуґ", "iiiiieeeeabchkmoptxyг")
APOSTROPHES = re.compile("[’'ʼ`´‘\"«»“”]")
NO_WORD = re.compile(r"[\W_]+")
SHORTEST_PART = 3

WHOLE, START, WORD_START, WITHIN, ALL_WORD_STARTS, ALL_WITHIN = range(6)
BY_WORD = 5
BY_GROUP = 10


def fold(text: str) -> str:
    """The text as search compares it: lower case, one space between words, no accents or apostrophes.

    >>> fold("  Посвідчення багатодітної СІМʼЇ ") == fold("посвідчення багатодітної сім'ї")
    True
    """
    lower = APOSTROPHES.sub("", text.casefold()).translate(LOOK_ALIKE)
    bare = "".join(c for c in unicodedata.normalize("NFD", lower) if not unicodedata.combining(c))
    return NO_WORD.sub(" ", bare).strip()


class Searched(NamedTuple):
    """Something to be found: its id, its names by language, the names of the group it belongs to, what people
    also call it and its group.
    """

    found: str
    names: Mapping[str, str]
    group: Mapping[str, str]
    words: Sequence[str] = ()
    group_words: Sequence[str] = ()


class SearchIndex:
    """Names in several languages, each under an id; built once, read only."""

    def __init__(self, things: Iterable[Searched]) -> None:
        things = list(things)
        self._rows = [
            (base, place, thing.found, language, f" {fold(name)}")
            for place, thing in enumerate(things)
            for base, names in ((0, thing.names), (BY_GROUP, thing.group))
            for language, name in names.items()
        ] + [
            (base, place, thing.found, "", f" {fold(word)}")
            for place, thing in enumerate(things)
            for base, words in ((BY_WORD, thing.words), (BY_GROUP, thing.group_words))
            for word in words
        ]

    def find(self, text: str, language: str) -> list[str]:
        """Ids whose name fits, best first: the whole name, its start, a word's start, anywhere, words apart.

        What fits by another word for it comes later, by its group alone last. Ties go to the given language,
        then to the index's order. No text finds nothing.
        """
        wanted = fold(text)
        if not wanted:
            return []
        words = sorted(wanted.split(), key=len, reverse=True)
        best: dict[str, tuple[int, bool, int]] = {}
        for base, place, found, spoken, name in self._rows:
            rank = _rank(wanted, words, name)
            if rank is not None:
                score = (base + rank, spoken != language, place)
                best[found] = min(score, best.get(found, score))
        return sorted(best, key=best.__getitem__)


def _rank(wanted: str, words: list[str], name: str) -> int | None:
    """How well a folded name (with a leading space) fits: lower is better, None = not at all.

    `words`: those of `wanted`, the longest first, for it rules out most names at once.
    """
    if words[0] not in name:
        return None
    if name == f" {wanted}":
        return WHOLE
    if name.startswith(f" {wanted}"):
        return START
    if f" {wanted}" in name:
        return WORD_START
    if wanted in name and len(wanted) >= SHORTEST_PART:
        return WITHIN
    if len(words) > 1 and all(f" {word}" in name for word in words):
        return ALL_WORD_STARTS
    if len(words) > 1 and all(word in name for word in words if len(word) >= SHORTEST_PART):
        return ALL_WITHIN if len(words[0]) >= SHORTEST_PART else None
    return None
