"""Search in names typed by hand: prefixes and parts of words, blind to case, apostrophes and look-alikes;
where nothing fits, the same keys on the other layout, then words with slips of the hand.

An index of n names answers in one pass over n short strings: 400 services in two languages take one to
three milliseconds, so nothing cleverer is needed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from balancer.city.typos import other_layout, slips, slips_allowed

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
        self._letters = {word: frozenset(word) for *_, name in self._rows for word in name.split()}

    def find(self, text: str, language: str) -> list[str]:
        """Ids whose name fits, best first: the whole name, its start, a word's start, anywhere, words apart.

        What fits by another word for it comes later, by its group alone last. Ties go to the given language,
        then to the index's order. No text finds nothing. Slips count only where nothing fits without them.
        """
        typed, slipped = fold(text), fold(other_layout(text))
        if not typed:
            return []
        return (
            self._fitting(typed, language)
            or self._fitting(slipped, language)
            or self._near(typed, language)
            or self._near(slipped, language)
        )

    def _fitting(self, wanted: str, language: str) -> list[str]:
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

    def _near(self, wanted: str, language: str) -> list[str]:
        """The same with slips: every word begins one of the name, those with the fewest slips first."""
        meant = [self._meant(word) for word in wanted.split()]
        if not meant or not all(meant):
            return []
        best: dict[str, tuple[int, int, bool, int]] = {}
        for base, place, found, spoken, name in self._rows:
            own = name.split()
            fewest = [min((near[word] for word in own if word in near), default=None) for near in meant]
            if None not in fewest:
                score = (sum(filter(None, fewest)), base, spoken != language, place)
                best[found] = min(score, best.get(found, score))
        return sorted(best, key=best.__getitem__)

    def _meant(self, typed: str) -> dict[str, int]:
        """The index's words that may be meant, with the slips that lie between."""
        most, letters = slips_allowed(typed), frozenset(typed)
        if not most:
            return {word: 0 for word in self._letters if word.startswith(typed)}
        near = (word for word, own in self._letters.items() if len(letters - own) <= most)
        counted = ((word, slips(typed, word, most)) for word in near)
        return {word: count for word, count in counted if count is not None}


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
