"""What is sent again and again: a body's ETag, whether the client has that body already, bodies made once."""

from __future__ import annotations

import hashlib

import msgspec
from starlette.datastructures import Headers

from balancer.city.definition import City, public_definition


def etag_of(body: bytes) -> str:
    """A strong validator of a body."""
    return f'"{hashlib.sha256(body).hexdigest()[:24]}"'


def is_known(headers: Headers, etag: str) -> bool:
    """Whether If-None-Match names this ETag, weakly or strongly, or anything at all."""
    known = [tag.strip().removeprefix("W/") for tag in headers.get("if-none-match", "").split(",")]
    return etag.removeprefix("W/") in known or "*" in known


class PublicDefinition:
    """A city's public definition as JSON, made once for each definition that is applied."""

    def __init__(self) -> None:
        self._city: City | None = None
        self._body = b""

    def of(self, city: City) -> bytes:
        """The definition's bytes."""
        if self._city is not city:
            self._city, self._body = city, msgspec.json.encode(public_definition(city))
        return self._body
