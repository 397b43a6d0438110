"""What is sent again and again: bodies made and packed once, their ETags, 304 for who has them already."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.datastructures import Headers
from starlette.responses import Response

from balancer.city.definition import City, public_definition

WORTH_PACKING = 1000


class Held:
    """A body that is kept, plain and (where that is shorter) as gzip, each with its own strong ETag. `ready`:
    whole answers with it, for who gives the same ones often.
    """

    __slots__ = ("body", "etag", "packed", "packed_etag", "ready")

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.etag = etag_of(body)
        packed = gzip.compress(body, 9, mtime=0) if len(body) > WORTH_PACKING else body
        self.packed = packed if len(packed) < len(body) else None
        self.packed_etag = f'{self.etag[:-1]}-gzip"'
        self.ready: dict[tuple[bool, bool], Any] = {}

    def reply(self, asked: Headers, kind: str, sent: Mapping[str, str]) -> Response:
        """The body as media type `kind` with the headers `sent`, packed if the client takes that; or 304."""
        vary = ", ".join(filter(None, ("Accept-Encoding", sent.get("vary"))))
        named = {**sent, "vary": vary, "etag": self.etag}
        body = self.body
        if self.packed is not None and takes_gzip(asked):
            body, named["etag"] = self.packed, self.packed_etag
        if is_known(asked, named["etag"]):
            return Response(status_code=304, headers=named)
        if body is self.packed:
            named["content-encoding"] = "gzip"
        return Response(body, 200, {**named, "content-type": kind})


def takes_gzip(headers: Headers) -> bool:
    """Whether Accept-Encoding names gzip with a quality above nothing."""
    for part in headers.get("accept-encoding", "").lower().split(","):
        name, _, parameters = part.partition(";")
        if name.strip() == "gzip":
            return parameters.replace(" ", "").rstrip("0.") != "q="
    return False


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
        self._held = Held(b"")

    def of(self, city: City) -> Held:
        """The definition, ready to be sent."""
        if self._city is not city:
            self._city, self._held = city, Held(msgspec.json.encode(public_definition(city)))
        return self._held
