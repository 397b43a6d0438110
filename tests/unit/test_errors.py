"""The table of refusals: every row speaks both languages, and no text can be abused."""

from __future__ import annotations

import re
import string

import pytest

from balancer.errors import PROBLEMS, SHOWN_MAX, BalancerError, Refused, StaleVersion, Unconfirmed, title_of

PLACES = string.Formatter()


@pytest.mark.parametrize("code", PROBLEMS)
def test_every_refusal_speaks_both_languages(code: str) -> None:
    """Both texts are there, with the same parameters, and the title stands without any."""
    row = PROBLEMS[code]
    named = [{name for _, name, _, _ in PLACES.parse(text) if name} for text in (row.uk, row.en)]
    assert named[0] == named[1]
    assert re.search("[а-яіїєґ]", row.uk, re.I) or code == "idempotency_key_invalid"
    for language in ("uk", "en"):
        title = title_of(code, language)
        assert title and "{" not in title and not title.endswith((":", ",", " "))


def test_codes_and_statuses_are_those_of_http() -> None:
    """Codes are stable words; a refusal is a client's (4xx) or the server's (5xx) matter."""
    for code, row in PROBLEMS.items():
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", code)
        assert 400 <= row.status < 600
        assert row.close is None or 1000 <= row.close < 5000


def test_close_codes_say_whether_to_come_back() -> None:
    """4000–4499: reconnect, 4500–4999: stop; a browser must not hammer a door that stays shut."""
    for code, row in PROBLEMS.items():
        if row.close is not None and row.close >= 4000:
            assert (row.close < 4500) == (row.status == 503), code


def test_parameters_are_filled_in() -> None:
    """A parameter may have a text for each language."""
    error = BalancerError("invalid_field", field="service", why={"uk": "обов'язкове", "en": "is required"})
    assert error.text("uk") == "Поле service: обов'язкове"
    assert error.text("en") == str(error) == "Field service: is required"


def test_a_missing_parameter_leaves_the_title() -> None:
    """A refusal never fails on its way out."""
    assert BalancerError("recall_too_soon").text("en") == "Too soon to recall"


def test_what_a_client_sent_is_shown_short_and_printable() -> None:
    """An id of 100,000 control characters cannot blow up an answer or a log."""
    text = Refused("unknown_branch", branch="a\n\x1b[2J" + "b" * 100_000).text("en")
    assert len(text) < SHOWN_MAX + 40
    assert text.isprintable()


def test_the_tree() -> None:
    """`except BalancerError` catches all; a stale version is a refusal, an unconfirmed command is none."""
    assert issubclass(StaleVersion, Refused)
    assert issubclass(Refused, BalancerError)
    assert not issubclass(Unconfirmed, Refused)
    assert StaleVersion("stale_version", state={"ticket": {"version": 3}}).state == {"ticket": {"version": 3}}
