"""The head of a request is bounded in size and time, on a real server."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import uvicorn

from balancer.routes import bounded_http
from balancer.routes.bounded_http import HTTP_SETTINGS
from tests.waiting import wait_until


async def echo(scope: Any, receive: Any, send: Any) -> None:
    """Answers with the number of headers and bytes that came."""
    size, more = 0, True
    while more:
        message = await receive()
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    body = b"%d %d" % (len(scope["headers"]), size)
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]}
    )
    await send({"type": "http.response.body", "body": body})


Talk = Callable[[bytes], Awaitable[bytes]]


@pytest.fixture
async def talk() -> AsyncIterator[Talk]:
    """Sends raw bytes on a new connection and reads until the server closes it."""
    config = uvicorn.Config(echo, port=0, log_config=None, lifespan="off", **HTTP_SETTINGS)
    server = uvicorn.Server(config)
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign, assignment]
    serving = asyncio.create_task(server.serve())
    await wait_until(lambda: server.started, what="the server")
    port = server.servers[0].sockets[0].getsockname()[1]

    async def send(data: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        with contextlib.closing(writer):
            writer.write(data)
            return await asyncio.wait_for(reader.read(), 10)

    yield send
    server.should_exit = True
    await serving


def get(*headers: bytes) -> bytes:
    return b"\r\n".join([b"GET / HTTP/1.1", b"host: a", b"connection: close", *headers, b"", b""])


async def test_ordinary_requests_pass(talk: Talk) -> None:
    """Also one with a large head and one with a body larger than any head may be."""
    assert (await talk(get())).endswith(b"2 0")
    assert (await talk(get(b"x: " + b"a" * 20_000))).endswith(b"3 0")
    length = bounded_http.HEAD_LIMIT * 4
    body = get(b"content-length: %d" % length) + b"b" * length
    assert (await talk(body)).endswith(b"3 %d" % length)


async def test_a_head_without_end_is_refused(talk: Talk) -> None:
    """One endless header, many headers, an endless address: 431, and the connection is closed."""
    for endless in (
        b"GET / HTTP/1.1\r\nx: " + b"a" * 500_000,
        b"GET / HTTP/1.1\r\n" + b"x: y\r\n" * 100_000,
        b"GET /" + b"a" * 500_000,
    ):
        with contextlib.suppress(ConnectionError):  # the rest may still be on its way
            assert (await talk(endless)).startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize("sent", [b"", b"GET / HTT", get()[:-2]])
async def test_a_head_that_never_ends_is_cut_off(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    """Whoever drips bytes does not hold a connection for ever."""
    monkeypatch.setattr(bounded_http, "HEAD_SECONDS", 0.05)
    with contextlib.suppress(ConnectionError):
        assert await talk(sent) == b""
