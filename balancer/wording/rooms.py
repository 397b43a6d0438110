"""The one way in which the server comes by a sentence: a room of words, asked for a language.

Every text for people stands in a room, in Ukrainian and English: `Room` holds a table of words as one type,
so that a missing one cannot be built; `Sentences` holds single sentences, each declared with both its texts.
A further language brings its own texts by the same names (`take_up`, once at the start of a process); what it
lacks is borrowed, sentence by sentence, from the language that its file names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any, Generic, TypeVar

from balancer.wording.languages import FALLBACKS, LANGUAGES, LOCALES, Borrowed, Language, language_in, local

W = TypeVar("W")


@dataclass(frozen=True)
class FurtherLanguage:
    """A language beyond the two. `locale`: whose plurals and dates (BCP 47); `fallback`: one of LANGUAGES;
    `rooms`: room → name → text, only what the language says itself.
    """

    language: Language
    name: str
    locale: str
    fallback: Language
    rooms: Mapping[str, Any]


FURTHER: dict[Language, FurtherLanguage] = {}
ROOMS: dict[str, Room[Any]] = {}


def take_up(further: FurtherLanguage) -> None:
    """From now on this process speaks the language."""
    language = further.language
    FURTHER[language] = further
    LOCALES[language] = further.locale.replace("-", "_")
    FALLBACKS[language] = further.fallback
    for room in ROOMS.values():
        room.forget(language)


class Room(Generic[W]):
    """A table of words (a dataclass, or a dict) in every language that is spoken."""

    def __init__(self, name: str, uk: W, en: W) -> None:
        self.name = name
        self._home = {"uk": uk, "en": en}
        self._made: dict[Language, W] = {}
        ROOMS[name] = self

    def of(self, language: Language) -> W:
        """The words of a language, what it lacks being `Borrowed`; Ukrainian for one that is not spoken."""
        if language in self._home:
            return self._home[language]
        if language not in FURTHER:
            return self._home["uk"]
        if language not in self._made:
            fallback = FURTHER[language].fallback
            made = complete(self.own(language), _tree(self._home[fallback]), fallback)
            self._made[language] = type(self._home["uk"])(**made)
        return self._made[language]

    def own(self, language: Language) -> Mapping[str, Any]:
        """Name → text of what a spoken language says itself."""
        if language in self._home:
            return _tree(self._home[language])
        found: Mapping[str, Any] = FURTHER[language].rooms.get(self.name) or {}
        return found

    def forget(self, language: Language) -> None:
        """The language's words have changed."""
        self._made.pop(language, None)


class Sentences(Room[dict[str, str]]):
    """A room of single sentences."""

    def __init__(self, name: str) -> None:
        super().__init__(name, {}, {})

    def add(self, name: str, uk: str, en: str) -> Sentence:
        """A sentence of this room, in both languages."""
        self._home["uk"][name], self._home["en"][name] = uk, en
        return Sentence(self, name)


@dataclass(frozen=True)
class Sentence:
    """A sentence with blanks `{…}`, which `values` fill in; a value may be a text in several languages."""

    room: Sentences
    name: str

    def of(self, language: Language, **values: object) -> str:
        """In one language, `Borrowed` where that lacks it."""
        text = self.room.of(language)[self.name]
        spoken = language_in(text, language)
        told = values.items()
        return text.format(
            **{name: local(each, spoken) if isinstance(each, dict) else each for name, each in told}
        )

    def everywhere(self, **values: object) -> dict[Language, str]:
        """In every language that has it."""
        return {language: self.of(language, **values) for language in self._spoken()}

    def _spoken(self) -> Iterator[Language]:
        yield from LANGUAGES
        yield from (each for each in FURTHER if self.name in self.room.own(each))


def complete(own: Any, home: Any, fallback: Language) -> Any:
    """`own` with what it lacks borrowed from `home`, the same words in the language `fallback`. Plural forms
    (a dict with `other`) and lists are borrowed as a whole.
    """
    if isinstance(home, str):
        return own if own is not None else Borrowed(home, fallback)
    if isinstance(home, list):
        return own if own is not None else [Borrowed(each, fallback) for each in home]
    if "other" in home and own is not None:
        return own
    return {name: complete((own or {}).get(name), text, fallback) for name, text in home.items()}


def _tree(words: Any) -> dict[str, Any]:
    return asdict(words) if is_dataclass(words) and not isinstance(words, type) else words
