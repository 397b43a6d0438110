"""The outermost layer: headers on every answer, a problem instead of a bare 500, requests counted."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from balancer.routes.doors import DOORS
from balancer.routes.front import Front
from balancer.telemetry import REGISTRY


async def exchange(
    app: Any, method: str = "GET", path: str = "/x", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """One request through the layer; status, headers and body."""
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": raw}
    await Front(app, DOORS)(scope, receive, send)
    named = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], named, b"".join(message.get("body", b"") for message in sent[1:])


async def hello(scope: Any, receive: Any, send: Any) -> None:
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-security-policy", b"mine")]}
    )
    await send({"type": "http.response.body", "body": b"hello"})


async def broken(scope: Any, receive: Any, send: Any) -> None:
    raise ZeroDivisionError("a secret detail")


async def cut(scope: Any, receive: Any, send: Any) -> None:
    await hello(scope, receive, send)
    raise ZeroDivisionError("in the middle")


async def test_what_an_answer_has_of_its_own_stays() -> None:
    """Everything else is added."""
    status, headers, body = await exchange(hello)
    assert (status, body) == (200, b"hello")
    assert headers["content-security-policy"] == "mine"
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers


async def test_a_defect_is_a_problem_with_a_mark(caplog: pytest.LogCaptureFixture) -> None:
    """The client learns a mark, the log under that mark what happened."""
    with caplog.at_level(logging.ERROR):
        status, headers, body = await exchange(broken, accept_language="en")
    told = json.loads(body)
    assert (status, told["code"], headers["x-content-type-options"]) == (500, "internal_error", "nosniff")
    assert "secret detail" not in body.decode()
    (record,) = caplog.records
    assert told["instance"] == f"urn:request:{record.request}"  # type: ignore[attr-defined]
    assert record.exc_info is not None and record.exc_info[0] is ZeroDivisionError


async def test_an_answer_that_breaks_in_the_middle_is_cut() -> None:
    """Nothing could mend it: the server closes the connection."""
    with pytest.raises(ZeroDivisionError):
        await exchange(cut)


async def test_a_preflight_is_answered_where_browsers_may_come_from_anywhere() -> None:
    """Elsewhere it goes on to a 405."""
    tickets = "/api/v1/cities/dolyna/branches/center/tickets"
    status, headers, _ = await exchange(hello, "OPTIONS", tickets, access_control_request_method="POST")
    assert (status, headers["access-control-allow-origin"]) == (204, "*")
    status, _, body = await exchange(hello, "OPTIONS", tickets, access_control_request_method="DELETE")
    assert (status, body) == (200, b"hello")


async def test_requests_are_counted() -> None:
    """By door and status."""
    named = {"door": "other", "status": "200"}
    before = REGISTRY.get_sample_value("balancer_requests_total", named) or 0.0
    await exchange(hello)
    assert REGISTRY.get_sample_value("balancer_requests_total", named) == before + 1


async def test_sockets_pass_unchanged() -> None:
    """The layer is for requests only."""
    seen = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    await Front(app, DOORS)({"type": "websocket"}, None, None)  # type: ignore[arg-type]
    assert seen == ["websocket"]
