"""Validators of what is sent again and again."""

from __future__ import annotations

import gzip
import json
import random

import pytest
from starlette.datastructures import Headers

from balancer.routes.caching import Held, PublicDefinition, etag_of, is_known, takes_gzip
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
    """The same object until the city changes."""
    public, city = PublicDefinition(), small_city()
    first = public.of(city)
    assert public.of(city) is first
    assert json.loads(first.body)["city"] == "dolyna"
    other = small_city(('contact = "0 800 000 000"', 'contact = "0 800 111 111"'))
    assert json.loads(public.of(other).body)["contact"] == "0 800 111 111"


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("deflate, gzip", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("br", False),
        ("", False),
    ],
)
def test_who_takes_gzip(header: str, takes: bool) -> None:
    """By Accept-Encoding."""
    assert takes_gzip(Headers({"accept-encoding": header})) is takes


def test_a_long_text_is_packed_once_for_those_who_take_it() -> None:
    """Each form has its own ETag, so that a cache never mixes them up."""
    held = Held(b"words " * 1000)
    plain = held.reply(Headers({}), "text/plain", {"cache-control": "no-cache"})
    packed = held.reply(Headers({"accept-encoding": "gzip"}), "text/plain", {})
    assert bytes(plain.body) == gzip.decompress(bytes(packed.body)) == held.body
    assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert plain.headers["etag"] != packed.headers["etag"]
    for reply in (plain, packed):
        assert reply.headers["vary"] == "Accept-Encoding"
        asked = {"if-none-match": reply.headers["etag"]} | (
            {"accept-encoding": "gzip"} if reply is packed else {}
        )
        known = held.reply(Headers(asked), "text/plain", {})
        assert (known.status_code, bytes(known.body)) == (304, b"")
        assert "content-encoding" not in known.headers


def test_what_does_not_get_shorter_stays_plain() -> None:
    """Short texts and packed pictures."""
    for body in (b"short", random.Random(7).randbytes(5000)):
        reply = Held(body).reply(Headers({"accept-encoding": "gzip"}), "image/png", {})
        assert bytes(reply.body) == body and "content-encoding" not in reply.headers
