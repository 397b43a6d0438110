"""What a command brings: every fault has its own code, and a wrong field its name."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from starlette.requests import Request

from balancer.errors import BalancerError
from balancer.messages import IssueBody, NoFields, ParkBody, TransferBody
from balancer.routes.bodies import (
    BODY_LIMIT,
    decode,
    expected_version,
    fingerprint,
    idempotency_key,
    read_bytes,
)


def request(body: bytes = b"", **headers: str) -> Request:
    """A POST with these headers (underscores for dashes), its body in two pieces."""
    sent = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
    half = len(body) // 2
    pieces = [body[:half], body[half:]]

    async def receive() -> dict[str, Any]:
        piece = pieces.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

    return Request({"type": "http", "method": "POST", "path": "/", "headers": sent}, receive)


def fault(raw: bytes, kind: type[msgspec.Struct]) -> BalancerError:
    """The refusal of a body."""
    with pytest.raises(BalancerError) as caught:
        decode(raw, msgspec.json.Decoder(kind))
    return caught.value


async def code_of(made: Request) -> str:
    with pytest.raises(BalancerError) as caught:
        await read_bytes(made)
    return caught.value.code


async def test_a_body_is_read_up_to_its_limit() -> None:
    """Too long by its header or by its bytes: refused either way."""
    assert await read_bytes(request(b'{"a":1}', content_type="application/json; charset=utf-8")) == b'{"a":1}'
    assert await code_of(request(content_length=str(BODY_LIMIT + 1))) == "body_too_large"
    assert (
        await code_of(request(b" " * (BODY_LIMIT + 1), content_type="application/json")) == "body_too_large"
    )


async def test_only_json_is_taken() -> None:
    """A form is refused; no body needs no type."""
    assert (
        await code_of(request(b"a=1", content_type="application/x-www-form-urlencoded"))
        == "unsupported_media_type"
    )
    assert await code_of(request(b"{}")) == "unsupported_media_type"
    assert await read_bytes(request()) == b""


@pytest.mark.parametrize(
    "raw", [b"{", b"nonsense", b'{"service": "a"} tail', b'{"service": "\xff"}', b"\x00", b'{"service": NaN}']
)
def test_malformed_json(raw: bytes) -> None:
    """What is no JSON, or no UTF-8."""
    assert fault(raw, IssueBody).code == "malformed_json"


@pytest.mark.parametrize(
    ("raw", "kind", "field"),
    [
        (b"", IssueBody, "service"),
        (b"{}", IssueBody, "service"),
        (b"[]", IssueBody, "body"),
        (b"null", IssueBody, "body"),
        (b"[" * 8000, NoFields, "body"),
        (b'{"service": 1}', IssueBody, "service"),
        (b'{"service": {}}', IssueBody, "service"),
        (b'{"service": ""}', IssueBody, "service"),
        (b'{"service": "%s"}' % (b"x" * 101), IssueBody, "service"),
        (b'{"service": "a", "services": "b"}', IssueBody, "services"),
        (b'{"service": "a", "services": [1]}', IssueBody, "services[0]"),
        (b'{"service": "a", "colour": "b"}', IssueBody, "colour"),
        (b'{"service": "a\\u0000b"}', IssueBody, "service"),
        (b'{"service": "a\\nb"}', IssueBody, "service"),
        (b'{"service": "a", "services": ["\\u001b[2J"]}', IssueBody, "services"),
        (b'{"note": "\\u0085"}', TransferBody, "note"),
        (b'{"keep_place": "yes"}', TransferBody, "keep_place"),
        (b'{"until": "tomorrow"}', ParkBody, "until"),
        (b'{"until": "2026-11-23T10:00:00"}', ParkBody, "until"),
        (b'{"minutes": -1}', ParkBody, "minutes"),
        (b'{"minutes": 1e400}', ParkBody, "minutes"),
        (b'{"extra": 1}', NoFields, "extra"),
    ],
)
def test_a_wrong_field_is_named(raw: bytes, kind: type[msgspec.Struct], field: str) -> None:
    """Strict: nothing is guessed, and both languages say why."""
    error = fault(raw, kind)
    assert (error.code, error.params["field"]) == ("invalid_field", field)
    assert error.text("uk") != error.text("en")


def test_ordinary_words_pass() -> None:
    """Names, apostrophes, spaces, dashes and emoji are no control characters."""
    note = "Пані Мар'яна — з візком 🙂"
    body = decode(msgspec.json.encode({"note": note}), msgspec.json.Decoder(TransferBody))
    assert body.note == note


@pytest.mark.parametrize("key", ["12345678", "a" * 128, "6f1c…".replace("…", "-0000-4000"), "!~!~!~!~"])
def test_good_idempotency_keys(key: str) -> None:
    """8 to 128 visible ASCII characters."""
    assert idempotency_key(request(idempotency_key=key)) == key


@pytest.mark.parametrize(
    "key", ["", "1234567", "a" * 129, "with space", "tab\tinside", "ключ-ключ".encode().decode("latin-1")]
)
def test_bad_idempotency_keys(key: str) -> None:
    """Anything else is told apart from a missing one."""
    with pytest.raises(BalancerError) as caught:
        idempotency_key(request(idempotency_key=key))
    assert caught.value.code == "idempotency_key_invalid"
    with pytest.raises(BalancerError) as caught:
        idempotency_key(request())
    assert caught.value.code == "idempotency_key_missing"


def test_expected_versions() -> None:
    """A number, in quotes or not; nothing is nothing."""
    assert expected_version(request()) is None
    assert expected_version(request(if_match="7")) == 7
    assert expected_version(request(if_match='"7"')) == 7
    for wrong in ("*", "W/7", "-1", "seven", "9" * 16, ""):
        with pytest.raises(BalancerError) as caught:
            expected_version(request(if_match=wrong))
        assert caught.value.code == "if_match_invalid"


def test_a_fingerprint_covers_caller_method_path_and_body() -> None:
    """Another one of the four is another command; parts cannot run into one another."""
    parts = ("kiosk:1", "POST", "/a", b"{}")
    same = fingerprint(*parts)
    assert same == fingerprint(*parts)
    others = {
        fingerprint("kiosk:2", "POST", "/a", b"{}"),
        fingerprint("kiosk:1", "PUT", "/a", b"{}"),
        fingerprint("kiosk:1", "POST", "/b", b"{}"),
        fingerprint("kiosk:1", "POST", "/a", b"{ }"),
        fingerprint("kiosk:1P", "OST", "/a", b"{}"),
    }
    assert same not in others and len(others) == 5
