"""Search in names typed by hand: prefixes and parts of words, blind to case, apostrophes and look-alike letters.

An index of n names answers in one pass over n short strings: 400 services take well under a millisecond each way, so
nothing cleverer is needed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

# Cyrillic letters that people swap, or type on the wrong layout, with the Latin ones that look the same.
LOOK_ALIKE = str.maketrans({
    "і": "i", "ї": "i", "и": "i", "й": "i", "ы": "i", "а": "a", "в": "b", "с": "c", "е": "e", "є": "e", "э": "e",
    "ё": "e", "н": "h", "к": "k", "м": "m", "о": "o", "р": "p", "т": "t", "х": "x", "у": "y", "ґ": "г",
})  # fmt: skip
APOSTROPHES = re.compile("[’'ʼ`´‘\"«»“”]")
NO_WORD = re.compile(r"[\W_]+")

WHOLE, START, WORD_START, WITHIN, ALL_WORD_STARTS, ALL_WITHIN = range(6)


def fold(text: str) -> str:
    """The text as search compares it: lower case, words one space apart, accents, apostrophes and look-alikes gone.

    >>> fold("  Посвідчення багатодітної СІМʼЇ ") == fold("посвідчення багатодітної сім'ї")
    True
    """
    lower = APOSTROPHES.sub("", text.casefold()).translate(LOOK_ALIKE)
    bare = "".join(c for c in unicodedata.normalize("NFD", lower) if not unicodedata.combining(c))
    return NO_WORD.sub(" ", bare).strip()


class SearchIndex:
    """Names in several languages, each under an id; built once, read only."""

    def __init__(self, names: Iterable[tuple[str, Mapping[str, str]]]) -> None:
        self._rows = [
            (place, found, language, f" {fold(name)}")
            for place, (found, texts) in enumerate(names)
            for language, name in texts.items()
        ]

    def find(self, text: str, language: str) -> list[str]:
        """Ids whose name fits `text`, best first: whole name, its start, a word's start, anywhere, words apart.

        Ties go to the given language, then to the shorter name, then to the order of the index. No text, no result.
        """
        wanted = fold(text)
        if not wanted:
            return []
        words = wanted.split()
        best: dict[str, tuple[int, bool, int, int]] = {}
        for place, found, spoken, name in self._rows:
            rank = _rank(wanted, words, name)
            if rank is not None:
                score = (rank, spoken != language, len(name), place)
                best[found] = min(score, best.get(found, score))
        return sorted(best, key=best.__getitem__)


def _rank(wanted: str, words: list[str], name: str) -> int | None:
    """How well a folded name (with a leading space) fits: lower is better, None = not at all."""
    if name == f" {wanted}":
        return WHOLE
    if name.startswith(f" {wanted}"):
        return START
    if f" {wanted}" in name:
        return WORD_START
    if wanted in name:
        return WITHIN
    if len(words) > 1 and all(f" {word}" in name for word in words):
        return ALL_WORD_STARTS
    if len(words) > 1 and all(word in name for word in words):
        return ALL_WITHIN
    return None
