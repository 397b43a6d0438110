"""What a command brings with it: its body, its idempotency key, the version it expects, its fingerprint.

Everything wrong is refused by a code of its own, and a wrong field by its name.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from typing import TypeVar

import msgspec
from starlette.requests import ClientDisconnect, Request

from balancer.errors import BalancerError, wrong_field
from balancer.wording import reasons
from balancer.wording.languages import Language

BODY_LIMIT = 16 * 1024
BODY_SECONDS = 20.0
IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{8,128}")
VERSION = re.compile(r'"?(\d{1,15})"?')

_AT = re.compile(r"^(?P<what>.*?)(?: - at `\$(?P<path>[^`]*)`)?$", re.S)
_NAMED = re.compile(r"^Object (?P<kind>missing required|contains unknown) field `(?P<field>.*)`$", re.S)
_EXPECTED = re.compile(r"^Expected (?P<expected>.*?)(?:, got (?P<got>.*))?$", re.S)
_WHY_NAMED = {"missing required": reasons.NEEDED, "contains unknown": reasons.UNKNOWN_FIELD}

Body = TypeVar("Body", bound=msgspec.Struct)


async def read_bytes(request: Request) -> bytes:
    """The raw body; `body_too_large` as soon as it is clear, whatever the length header claims."""
    claimed = request.headers.get("content-length", "0")
    if claimed.isdigit() and int(claimed) > BODY_LIMIT:
        raise BalancerError("body_too_large", limit=BODY_LIMIT)
    body = b""
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > BODY_LIMIT:
                    raise BalancerError("body_too_large", limit=BODY_LIMIT)
    except TimeoutError:
        raise BalancerError("body_too_slow") from None
    except ClientDisconnect:
        raise BalancerError("malformed_json", why="disconnected") from None
    if (
        body
        and request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json"
    ):
        raise BalancerError("unsupported_media_type")
    return body


def decode(raw: bytes, decoder: msgspec.json.Decoder[Body]) -> Body:
    """The body as its type; an absent one counts as {}. `malformed_json` or `invalid_field` with the field's
    name.
    """
    try:
        body = decoder.decode(raw or b"{}")
    except msgspec.ValidationError as error:
        raise invalid_field(str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BalancerError("malformed_json", why=str(error)) from None
    for name, text in _texts(body):
        if any(unicodedata.category(c) in ("Cc", "Cs") for c in text):
            raise wrong_field(name, reasons.CONTROL)
    return body


def invalid_field(message: str) -> BalancerError:
    """msgspec's message ("Expected `str`, got `int` - at `$.service`") as a refusal that names the field."""
    found = _AT.match(message)
    what, path = (found["what"], found["path"] or "") if found else (message, "")
    field = path.lstrip(".")
    named = _NAMED.match(what)
    if named:
        inner = named["field"]
        return wrong_field(f"{field}.{inner}" if field else inner, _WHY_NAMED[named["kind"]])
    expected = _EXPECTED.match(what)
    if not expected:
        return BalancerError("invalid_field", field=field or "body", why=what)
    why = reasons.EXPECTED_GOT if expected["got"] else reasons.EXPECTED
    return wrong_field(field or "body", why, expected=_expected(expected["expected"]), got=expected["got"])


def _expected(what: str) -> dict[Language, str]:
    """msgspec's name of a type in every language."""
    length, alternative = reasons.OF_LENGTH.everywhere(), reasons.OR.everywhere()
    return {
        language: what.replace(" of length ", f" {length[language]} ").replace(" or ", f" {word} ")
        for language, word in alternative.items()
        if language in length
    }


def _texts(body: msgspec.Struct) -> Iterator[tuple[str, str]]:
    for name in body.__struct_fields__:
        value = getattr(body, name)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, str):
                yield name, each


def idempotency_key(request: Request) -> str:
    """The key that every command needs: 8–128 visible ASCII characters."""
    key = request.headers.get("idempotency-key")
    if key is None:
        raise BalancerError("idempotency_key_missing")
    if not IDEMPOTENCY_KEY.fullmatch(key):
        raise BalancerError("idempotency_key_invalid")
    return key


def expected_version(request: Request) -> int | None:
    """The version in If-Match, with or without quotes; None without the header."""
    header = request.headers.get("if-match")
    if header is None:
        return None
    found = VERSION.fullmatch(header.strip())
    if not found:
        raise BalancerError("if_match_invalid")
    return int(found[1])


def fingerprint(caller: str, method: str, path: str, body: bytes) -> str:
    """What a repeat under the same key must share with the first request: caller, method, path and body."""
    digest = hashlib.sha256()
    for part in (caller.encode(), method.encode(), path.encode("utf-8", "surrogateescape"), body):
        digest.update(len(part).to_bytes(4, "big") + part)
    return digest.hexdigest()
