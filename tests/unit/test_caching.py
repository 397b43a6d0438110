"""Validators of what is sent again and again."""

from __future__ import annotations

import json

import pytest
from starlette.datastructures import Headers

from balancer.routes.caching import PublicDefinition, etag_of, is_known
from tests.city_files import small_city


def test_an_etag_follows_the_body() -> None:
    """The same bytes, the same tag; quoted, as HTTP wants it."""
    assert etag_of(b"a") == etag_of(b"a") != etag_of(b"b")
    assert etag_of(b"a").startswith('"') and etag_of(b"a").endswith('"')


@pytest.mark.parametrize(
    ("header", "known"),
    [
        ('"x"', True),
        ('W/"x"', True),
        ('"y", "x"', True),
        ("*", True),
        ('"y"', False),
        ("", False),
        ("x", False),
    ],
)
def test_what_the_client_says_it_has(header: str, known: bool) -> None:
    """If-None-Match compares weakly, in a list too."""
    assert is_known(Headers({"if-none-match": header}), '"x"') is known
    assert is_known(Headers({"if-none-match": header}), 'W/"x"') is known


def test_a_definition_is_made_once_for_each_that_is_applied() -> None:
    """The same bytes object until the city changes."""
    public, city = PublicDefinition(), small_city()
    first = public.of(city)
    assert public.of(city) is first
    assert json.loads(first)["city"] == "dolyna"
    other = small_city(('contact = "0 800 000 000"', 'contact = "0 800 111 111"'))
    assert json.loads(public.of(other))["contact"] == "0 800 111 111"
