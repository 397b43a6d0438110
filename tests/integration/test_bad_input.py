"""Whatever is sent to a real server, it answers by its own code and lives on."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from tests.server import Reply, RunningServer, running_server

JSON = {"content-type": "application/json"}
KEY = {"idempotency-key": "a-good-key"}


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """The small city on a Sunday at ten: the village is closed all day, the centre was opened by hand."""
    with running_server(clock="2026-11-22T10:00:00", public_reads="10000") as running:
        chief = running.token("supervisor", "center")
        assert running.command(f"{running.branch_url('center')}/open", token=chief).status == 200
        yield running


@pytest.fixture(autouse=True)
def alive(server: RunningServer) -> Iterator[None]:
    """After every test the same process is there and ready."""
    pid = server.pid
    yield
    assert server.running and server.pid == pid
    assert server.ask("GET", "/readyz").status == 200


def post(server: RunningServer, body: Any, **headers: str) -> Reply:
    """A body to the kiosk's door."""
    sent = {**KEY, **{name.replace("_", "-"): value for name, value in headers.items()}}
    path = f"{server.branch_url('center')}/tickets"
    return server.ask("POST", path, body, token=server.token("kiosk", "center"), headers=sent)


def test_unknown_places(server: RunningServer) -> None:
    """City, branch, desk, service, ticket, verb, address: each its own 404, also without a token."""
    api = server.city_url
    for path, code in (
        ("/api/v1/cities/atlantis", "unknown_city"),
        ("/api/v1/cities/atlantis/board", "unknown_city"),
        (f"{api}/branches/atlantis/desks/1", "unknown_branch"),
        (f"{api}/branches/center/desks/99", "unknown_desk"),
        (f"{api}/nothing", "not_found"),
        ("/etc/passwd", "not_found"),
        ("/pages/../settings.py", "not_found"),
        ("/pages/%2e%2e/settings.py", "not_found"),
        ("/pages/board/%00.js", "not_found"),
        ("/widget/.git", "not_found"),
    ):
        reply = server.ask("GET", path)
        assert (reply.status, reply.code) == (404, code), path
    admin = server.token("admin")
    for path, body, code in (
        (f"{api}/branches/atlantis/tickets", {"service": "extract"}, "unknown_branch"),
        (f"{api}/branches/center/tickets", {"service": "atlantis"}, "unknown_service"),
        (f"{api}/branches/center/desks/1/fly", {}, "unknown_verb"),
        (f"{api}/branches/center/fly", {}, "unknown_verb"),
        (f"{api}/branches/center/desks/99/open", {}, "unknown_desk"),
        (f"{api}/tickets/atlantis/left", {}, "unknown_ticket"),
        (f"{api}/tickets/{'a' * 5000}/left", {}, "unknown_ticket"),
    ):
        reply = server.command(path, body, token=admin)
        assert (reply.status, reply.code) == (404, code), path
    reply = server.command(f"{api}/branches/atlantis/tickets", {"service": "extract"})
    assert reply.code == "unknown_branch", "places are public"


def test_what_is_not_offered_or_not_open(server: RunningServer) -> None:
    """A service of another branch; a branch that is closed today; an unknown class."""
    assert server.issue("village", "passport").code in ("service_not_offered", "branch_closed")
    assert server.issue("village", "extract").code == "branch_closed"
    path, reception = f"{server.branch_url('center')}/tickets", server.token("reception", "center")
    unknown = server.command(path, {"service": "extract", "priority": "vip"}, token=reception)
    assert (unknown.status, unknown.code) == (422, "unknown_priority_class")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "malformed_json"),
        (b"\xff\xfe", "malformed_json"),
        (b'{"service": "\xff"}', "malformed_json"),
        (b"{" * 8000, "malformed_json"),
        (b"[" * 8000, "invalid_field"),
        (b"null", "invalid_field"),
        (b'"service"', "invalid_field"),
        (b"", "invalid_field"),
    ],
)
def test_bodies_that_are_no_command(server: RunningServer, body: bytes, code: str) -> None:
    """No JSON, no object."""
    assert post(server, body, content_type="application/json").code == code


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "service"),
        ({"service": 7}, "service"),
        ({"service": None}, "service"),
        ({"service": ["extract"]}, "service"),
        ({"service": "extract", "priority": False}, "priority"),
        ({"service": "extract", "services": {}}, "services"),
        ({"service": "extract", "service_id": 1}, "service_id"),
        ({"service": "extr\x00act"}, "service"),
        ({"service": "\x1b[31mextract"}, "service"),
        ({"service": "x" * 10_000}, "service"),
    ],
)
def test_wrong_fields_are_named(server: RunningServer, body: Any, field: str) -> None:
    """In the reader's language."""
    reply = post(server, body, accept_language="en")
    assert (reply.status, reply.code, reply.json["field"]) == (422, "invalid_field", field)
    assert reply.json["detail"].startswith(f"Field {field}: ")


def test_bodies_that_are_too_large(server: RunningServer) -> None:
    """A megabyte, a string of 100,000 characters, and one that does not say how long it is."""
    assert post(server, b" " * 1_000_000, content_type="application/json").code == "body_too_large"
    assert post(server, {"service": "x" * 100_000}).code == "body_too_large"
    address = urlsplit(server.base_url)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=10)
    headers = {**JSON, **KEY, "authorization": f"Bearer {server.token('kiosk', 'center')}"}
    chunks = (b" " * 1000 for _ in range(40))
    connection.request("POST", f"{server.branch_url('center')}/tickets", chunks, headers, encode_chunked=True)
    assert connection.getresponse().status == 413
    connection.close()


def test_other_kinds_of_bodies(server: RunningServer) -> None:
    """Forms and plain text are not taken."""
    for kind in ("application/x-www-form-urlencoded", "text/plain", "application/xml", ""):
        assert post(server, b'{"service": "extract"}', content_type=kind).code == "unsupported_media_type"


@pytest.mark.parametrize("key", ["short", "with space inside", "a" * 129, "a" * 20_000, "\u00e9" * 10])
def test_idempotency_keys(server: RunningServer, key: str) -> None:
    """Too short, too long, not visible ASCII."""
    reply = post(server, {"service": "extract"}, idempotency_key=key)
    assert (reply.status, reply.code) == (400, "idempotency_key_invalid")


def test_a_command_without_a_key(server: RunningServer) -> None:
    """Nothing is done that could not be repeated safely."""
    path = f"{server.branch_url('center')}/tickets"
    reply = server.ask("POST", path, {"service": "extract"}, token=server.token("kiosk", "center"))
    assert (reply.status, reply.code) == (400, "idempotency_key_missing")


@pytest.mark.parametrize("version", ["x", "*", "-1", "1.5", "9" * 50])
def test_versions(server: RunningServer, version: str) -> None:
    """If-Match is a number."""
    assert post(server, {"service": "extract"}, if_match=version).code == "if_match_invalid"


@pytest.mark.parametrize(
    "token", ["nonsense", "qb.0123456789.short", "qb." + "0" * 10 + "." + "A" * 43, "\u00e9", "a" * 20_000]
)
def test_tokens(server: RunningServer, token: str) -> None:
    """What is no token of this city."""
    reply = server.ask("GET", server.desk_url("center", "1"), token=token)
    assert (reply.status, reply.code) == (401, "token_invalid")
    other = server.ask("GET", server.desk_url("center", "1"), headers={"authorization": "Basic YTpi"})
    assert other.code == "token_invalid"


def test_methods(server: RunningServer) -> None:
    """405 with what is allowed."""
    for method, path in (
        ("DELETE", server.city_url),
        ("PUT", f"{server.branch_url('center')}/tickets"),
        ("GET", f"{server.desk_url('center', '1')}/call-next"),
        ("POST", "/"),
        ("PATCH", "/api/v1/cities"),
    ):
        reply = server.ask(method, path)
        assert (reply.status, reply.code) == (405, "method_not_allowed"), (method, path)
        assert reply.headers["allow"]


def test_both_languages(server: RunningServer) -> None:
    """Ukrainian unless English is asked for."""
    path = f"{server.city_url}/branches/atlantis/desks/1"
    assert server.ask("GET", path).json["detail"] == "Невідомий підрозділ: atlantis"
    english = server.ask("GET", path, headers={"accept-language": "en-GB,en;q=0.9,uk;q=0.1"})
    assert english.json["detail"] == "Unknown branch: atlantis"
    assert english.headers["content-language"] == "en"


def test_raw_nonsense_on_the_wire(server: RunningServer) -> None:
    """Bytes that are no HTTP, a request that stops in the middle, a huge first line."""
    address = urlsplit(server.base_url)
    for sent in (
        b"\x00\x01\x02\x03\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /api/v1/cities HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n\r\n",
        b"POST /api/v1/cities HTTP/1.1\r\nhost: a\r\ncontent-length: -5\r\n\r\n",
    ):
        with socket.create_connection((str(address.hostname), address.port), timeout=5) as link:
            try:
                link.sendall(sent)
                link.shutdown(socket.SHUT_WR)
                link.recv(1000)
            except OSError:
                pass


def test_problems_never_echo_at_length(server: RunningServer) -> None:
    """An id of thousands of characters and control characters comes back short and printable."""
    reply = server.ask("GET", f"/api/v1/cities/{'%0a%1b' * 3}{'x' * 5000}")
    detail = json.loads(reply.body)["detail"]
    assert len(detail) < 400 and detail.isprintable()


async def closed_by(server: RunningServer, send: str | bytes) -> int | None:
    """The code with which the live socket is closed after a client said this."""
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{server.base_url}{server.city_url}/live") as live,
    ):
        await (live.send_str(send) if isinstance(send, str) else live.send_bytes(send))
        async for _ in live:
            pass
        return live.close_code


@pytest.mark.parametrize(
    ("send", "code"),
    [
        ('{"type": "nonsense"}', 1003),
        (b"\x00\x01", 1003),
        ("{", 1007),
        ("x" * 100_000, 1009),
    ],
)
async def test_frames_on_the_live_socket(server: RunningServer, send: str | bytes, code: int) -> None:
    """Unknown, binary, malformed, too large: closed with a code of its own, and everybody else goes on."""
    assert await closed_by(server, send) == code


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/cities/atlantis/live", 404),
        ("/api/v1/cities/dolyna/live?branch=atlantis", 404),
        ("/api/v1/cities/dolyna/live?service=atlantis", 404),
        ("/nothing", 403),
    ],
)
async def test_sockets_to_nowhere(server: RunningServer, path: str, status: int) -> None:
    """Refused before the handshake."""
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(server.base_url + path)
        assert refused.value.status == status
