"""What the server says to visitors: complete in both languages, each with the same blanks to fill."""

from __future__ import annotations

import string
from dataclasses import fields

import pytest

from balancer.wording.languages import LANGUAGES
from balancer.wording.spoken import language_of, words_of
from balancer.wording.words import Words


def blanks(text: str | dict[str, str]) -> set[str]:
    """The names in braces."""
    texts = [text] if isinstance(text, str) else [*text.values()]
    return {name for each in texts for _, name, _, _ in string.Formatter().parse(each) if name}


@pytest.mark.parametrize("name", [field.name for field in fields(Words)])
def test_no_word_is_missing(name: str) -> None:
    """A word stands in both languages and fills in the same things."""
    said = [getattr(words_of(language), name) for language in LANGUAGES]
    assert all(said)
    assert blanks(said[0]) == blanks(said[1])


def test_a_language_that_lacks_a_word_cannot_be_built() -> None:
    """So a missing key fails the import of everything above it."""
    with pytest.raises(TypeError, match="missing"):
        Words(title="Де найшвидше?")  # type: ignore[call-arg]


def test_plural_forms_are_those_of_the_language() -> None:
    """Counted, with what else they name."""
    words = words_of("uk")
    assert [words.counted("uk", words.people, n) for n in (1, 3, 12)] == [
        "1 підрозділ",
        "3 підрозділи",
        "12 підрозділів",
    ]


def test_a_tag_finds_its_language() -> None:
    """Regions do not matter; what is not spoken here is none."""
    assert (language_of("en-GB"), language_of("UK"), language_of("pl"), language_of(None)) == (
        "en",
        "uk",
        None,
        None,
    )
