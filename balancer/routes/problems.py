"""From any refusal to application/problem+json (RFC 9457), in the language that Accept-Language wants."""

from __future__ import annotations

import math
import secrets
from typing import Any

import msgspec
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import Response

from balancer.errors import PROBLEMS, BalancerError, title_of
from balancer.messages import ProblemView
from balancer.telemetry import REFUSALS
from balancer.wording.languages import LOCALES, Language, language_in

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 1
CODE_OF_STATUS = {
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    415: "unsupported_media_type",
    429: "rate_limited",
    503: "overloaded",
}
_encoder = msgspec.json.Encoder()


def language_of(headers: Headers) -> Language:
    """The best of the spoken languages by Accept-Language (RFC 9110 quality values), Ukrainian when equal."""
    wishes = _wishes(",".join(headers.getlist("accept-language")))
    return max(LOCALES, key=lambda language: wishes.get(language, wishes.get("*", 0.0)))


def _wishes(header: str) -> dict[str, float]:
    """Primary language → its highest quality; ranges that make no sense are passed over."""
    wishes: dict[str, float] = {}
    for part in header[:1000].split(","):
        tag, _, parameters = part.partition(";")
        language = tag.strip().lower().partition("-")[0]
        quality = _quality(parameters)
        if language and quality is not None:
            wishes[language] = max(quality, wishes.get(language, 0.0))
    return wishes


def _quality(parameters: str) -> float | None:
    name, _, value = parameters.partition("=")
    if not name.strip():
        return 1.0
    try:
        quality = float(value)
    except ValueError:
        return None
    return quality if name.strip().lower() == "q" and math.isfinite(quality) else None


def problem(error: BalancerError, headers: Headers, *, instance: str | None = None) -> Response:
    """The response for a refusal: its status, its body in the reader's language, and when to try again."""
    row, asked = PROBLEMS[error.code], language_of(headers)
    detail = error.text(asked)
    language = language_in(detail, asked)
    body = ProblemView(
        type=f"/docs#{error.code}",
        title=str(title_of(error.code, language)),
        status=row.status,
        code=error.code,
        detail=str(detail),
        field=error.params.get("field"),
        state=error.state,
        instance=instance,
    )
    sent = {"content-language": language, "vary": "Accept-Language", "cache-control": "no-store"}
    if row.status in (429, 503):
        sent["retry-after"] = str(error.params.get("seconds", RETRY_SECONDS))
    if row.status == 401:
        sent["www-authenticate"] = "Bearer"
    return Response(_encoder.encode(body), row.status, sent, MEDIA_TYPE)


async def answer_refusal(connection: HTTPConnection, error: Exception) -> Response:
    """Starlette's handler for every BalancerError."""
    assert isinstance(error, BalancerError)
    REFUSALS.labels(error.code).inc()
    return problem(error, connection.headers)


async def answer_http(connection: HTTPConnection, error: Exception) -> Response:
    """Starlette's handler for its own 404 and 405; their headers (Allow) are kept."""
    assert isinstance(error, HTTPException)
    code = CODE_OF_STATUS.get(
        error.status_code, "internal_error" if error.status_code >= 500 else "not_found"
    )
    response = problem(BalancerError(code, limit="", seconds=RETRY_SECONDS), connection.headers)
    response.headers.update(error.headers or {})
    return response


def unexpected(headers: Headers) -> tuple[Response, str]:
    """The response for a defect of ours, and the id under which the log tells more."""
    mark = secrets.token_hex(6)
    return problem(BalancerError("internal_error"), headers, instance=f"urn:request:{mark}"), mark


PROBLEM_HANDLERS: dict[Any, Any] = {BalancerError: answer_refusal, HTTPException: answer_http}
