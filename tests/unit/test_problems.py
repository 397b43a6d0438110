"""Problems: the reader's language, the right headers, nothing that stops a refusal on its way out."""

from __future__ import annotations

import json

import pytest
from starlette.datastructures import Headers

from balancer.errors import BalancerError, StaleVersion
from balancer.routes.problems import language_of, problem, unexpected


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "uk"),
        ("", "uk"),
        ("uk", "uk"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("uk-UA,uk;q=0.9,en-US;q=0.8,en;q=0.7", "uk"),
        ("en;q=0.8,uk;q=0.9", "uk"),
        ("en;q=0.9, uk;q=0.8", "en"),
        ("ru,en;q=0.5", "en"),
        ("de", "uk"),
        ("*", "uk"),
        ("en;q=0.1,*;q=0.5", "uk"),
        ("uk;q=0,en;q=0.1", "en"),
        ("EN", "en"),
        ("en;q=banana", "uk"),
        ("en;q=nan", "uk"),
        ("en;level=1", "uk"),
        (";;;,,,=", "uk"),
        ("x" * 100_000, "uk"),
    ],
)
def test_language_by_accept_language(header: str | None, language: str) -> None:
    """Ukrainian unless English is wished for more."""
    assert language_of(Headers({"accept-language": header} if header is not None else {})) == language


def test_a_problem_in_both_languages() -> None:
    """RFC 9457 with our stable code; the language is in the headers too, for caches."""
    error = BalancerError("unknown_branch", branch="atlantis")
    ukrainian = problem(error, Headers({}))
    english = problem(error, Headers({"accept-language": "en"}))
    assert ukrainian.headers["content-type"] == "application/problem+json"
    assert ukrainian.headers["content-language"] == "uk"
    assert english.headers["vary"] == "Accept-Language"
    assert json.loads(bytes(english.body)) == {
        "type": "/docs#unknown_branch",
        "title": "Unknown branch",
        "status": 404,
        "code": "unknown_branch",
        "detail": "Unknown branch: atlantis",
    }
    assert json.loads(bytes(ukrainian.body))["detail"] == "Невідомий підрозділ: atlantis"


def test_a_field_and_a_state_are_shown() -> None:
    """A client marks the field; a stale version shows what is there now."""
    wrong = problem(BalancerError("invalid_field", field="service", why="x"), Headers({}))
    assert json.loads(bytes(wrong.body))["field"] == "service"
    stale = problem(StaleVersion("stale_version", state={"ticket": {"version": 4}}), Headers({}))
    assert stale.status_code == 409
    assert json.loads(bytes(stale.body))["state"] == {"ticket": {"version": 4}}


def test_when_to_come_back_and_how_to_prove_oneself() -> None:
    """Retry-After with 429 and 503, WWW-Authenticate with 401."""
    assert problem(BalancerError("rate_limited", seconds=7), Headers({})).headers["retry-after"] == "7"
    assert problem(BalancerError("store_unavailable"), Headers({})).headers["retry-after"] == "1"
    assert problem(BalancerError("token_missing"), Headers({})).headers["www-authenticate"] == "Bearer"


def test_a_defect_says_nothing_but_a_mark() -> None:
    """The mark leads to the log line; the message of the exception stays with us."""
    response, mark = unexpected(Headers({}))
    body = json.loads(bytes(response.body))
    assert (body["status"], body["code"], body["instance"]) == (500, "internal_error", f"urn:request:{mark}")
