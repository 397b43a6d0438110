"""What the server says: complete in both languages, and one way for a further one to come in."""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest
from starlette.datastructures import Headers

from balancer.errors import BalancerError, title_of
from balancer.languages.template import SERVER_ROOMS, template
from balancer.live.advice_words import FARTHER_BUT_SHORTER, ONLY
from balancer.routes.problems import language_of as language_by_header
from balancer.wording import rooms
from balancer.wording.languages import (
    FALLBACKS,
    LANGUAGES,
    LOCALES,
    Borrowed,
    language_in,
    language_of,
    local,
    plural,
)
from balancer.wording.rooms import FurtherLanguage, take_up
from balancer.wording.said import SAID
from balancer.wording.words import Words


def blanks(text: str | dict[str, str]) -> set[str]:
    """The names in braces."""
    texts = [text] if isinstance(text, str) else [*text.values()]
    return {name for each in texts for _, name, _, _ in string.Formatter().parse(each) if name}


@pytest.fixture
def polish() -> Iterator[Any]:
    """Takes up some Polish, which borrows the rest from English; forgets it afterwards."""
    own = {
        "advice": {"only": "Jedyny oddział, który pana przyjmie"},
        "said": {"skip": "Do kolejek", "minutes": "{low}–{high} min"},
        "problems": {"unknown_branch": "Nieznany oddział: {branch}"},
    }
    take_up(FurtherLanguage("pl", "Polski", "pl", "en", own))
    yield own
    for held in (rooms.FURTHER, LOCALES, FALLBACKS):
        del held["pl"]  # type: ignore[attr-defined]
    for room in rooms.ROOMS.values():
        room.forget("pl")


@pytest.mark.parametrize("name", [field.name for field in fields(Words)])
def test_no_word_is_missing(name: str) -> None:
    """A word stands in both languages and fills in the same things."""
    said = [getattr(SAID.of(language), name) for language in LANGUAGES]
    assert all(said)
    assert blanks(said[0]) == blanks(said[1])


@pytest.mark.parametrize("room", SERVER_ROOMS, ids=lambda room: room.name)
def test_every_room_says_the_same_in_both_languages(room: rooms.Room[Any]) -> None:
    """The same names, none empty, and each text with the same blanks to fill."""
    uk, en = (room.own(language) for language in LANGUAGES)
    assert uk.keys() == en.keys() and uk
    for name in uk:
        if isinstance(uk[name], str):
            assert uk[name].strip() and en[name].strip(), name
            assert blanks(uk[name]) == blanks(en[name]), name


def test_every_room_of_the_server_is_in_the_one_file() -> None:
    """A room that nobody can translate would be a hole."""
    assert set(rooms.ROOMS) == {room.name for room in SERVER_ROOMS} <= template().keys()


def test_a_language_that_lacks_a_word_cannot_be_built() -> None:
    """So a missing key fails the import of everything above it."""
    with pytest.raises(TypeError, match="missing"):
        Words(title="Де найшвидше?")  # type: ignore[call-arg]


def test_plural_forms_are_those_of_the_language() -> None:
    """Counted, with what else they name."""
    words = SAID.of("uk")
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


def test_a_further_language_borrows_what_it_lacks(polish: Any) -> None:
    """Text by text, from the language that its file names; what is borrowed knows its language."""
    words = SAID.of("pl")
    assert (words.skip, language_in(words.skip, "pl")) == ("Do kolejek", "pl")
    assert (words.title, language_in(words.title, "pl")) == ("Where is it fastest?", "en")
    filled = words.caption.format(time="9:00")
    assert filled == "Queues at 9:00" and language_in(filled, "pl") == "en"


def test_borrowed_forms_follow_their_own_plurals(polish: Any) -> None:
    """Polish has a form for five that English has not."""
    forms = SAID.of("pl").people
    assert [plural("pl", n, **forms).format(n=n) for n in (1, 5)] == ["1 branch", "5 branches"]


def test_a_sentence_is_said_in_the_languages_that_have_it(polish: Any) -> None:
    """Readers of others find their stand-in in the same answer."""
    assert ONLY.everywhere()["pl"] == "Jedyny oddział, który pana przyjmie"
    name = {"uk": "Центр", "en": "Centre", "pl": "Centrum"}
    said = FARTHER_BUT_SHORTER.everywhere(name=name, far=8, less=3)
    assert said.keys() == {"uk", "en"} and "Centre" in said["en"]
    assert FARTHER_BUT_SHORTER.of("pl", name=name, far=8, less=3) == said["en"]


def test_a_refusal_is_read_in_it(polish: Any) -> None:
    """By Accept-Language; one that it lacks is whole in the other language, its values too."""
    error = BalancerError("unknown_branch", branch="mars")
    assert error.text("pl") == "Nieznany oddział: mars"
    assert title_of("unknown_branch", "pl") == "Nieznany oddział"
    assert language_by_header(Headers({"accept-language": "pl,en;q=0.5"})) == "pl"
    wrong = BalancerError("invalid_field", field="x", why={"uk": "ні", "en": "no", "pl": "nie"})
    assert wrong.text("pl") == "Field x: no" and language_in(wrong.text("pl"), "pl") == "en"


def test_a_name_of_the_city_is_borrowed_too(polish: Any) -> None:
    """From the same language, else from Ukrainian."""
    assert local({"uk": "Паспорт", "en": "Passport"}, "pl") == "Passport"
    only = local({"uk": "Паспорт"}, "pl")
    assert isinstance(only, Borrowed) and only.language == "uk"
    assert local(None, "pl") == ""
