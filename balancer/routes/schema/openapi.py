"""The OpenAPI 3.1 document, made from the doors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from balancer.core.scripts import city_script
from balancer.core.transitions import STATE_ERRORS, rows_of
from balancer.errors import PROBLEMS, title_of
from balancer.messages import Health, NoFields, ProblemView
from balancer.routes.access import ACCESS, CITIZEN, HELD
from balancer.routes.door import Door
from balancer.routes.schema.types import PUBLIC_CITY, REF, components, public_city, reference

VERSION = "1.0.0"
PLACE = re.compile(r"\{(\w+)\}")
PLACES = {
    "city": "Id of the city.",
    "branch": "Id of the branch.",
    "desk": "Id of the desk within its branch.",
    "ticket": "Id of the ticket.",
    "intent": "Id of the intent.",
    "device": "Id of the device.",
    "service": "Id of the service.",
}
UNKNOWN = {name: f"unknown_{name}" for name in PLACES}
WHO = ("token_missing", "token_invalid", "forbidden", "rate_limited")
PUBLIC = ("rate_limited", "overloaded")
COMMAND = (
    "malformed_json",
    "idempotency_key_missing",
    "idempotency_key_invalid",
    "if_match_invalid",
    "body_too_large",
    "body_too_slow",
    "unsupported_media_type",
    "invalid_field",
    "idempotency_key_reused",
    "stale_version",
    "rate_limited",
    "store_unavailable",
    "unconfirmed",
    "store_full",
)
EVERYWHERE = {PROBLEMS[code].status for code in (*WHO, *COMMAND)} - {403, 409}
REFUSE = re.compile(r"refuse\((.*)")
QUOTED = re.compile(r"'(\w+)'")
TAGS = {
    "city": "What a city is.",
    "board": "Every branch, live.",
    "advice": "Where to go, and being on the way.",
    "tickets": "Visitors, kiosks, reception.",
    "desks": "The desk's own verbs.",
    "branches": "What a supervisor decides for a branch.",
    "devices": "Screens and kiosks: how one is let in, heard of, ended.",
    "planner": "What will come, how many desks it takes, and what if.",
    "health": "For whoever runs the server.",
}
INTRODUCTION = (
    "Every command carries an Idempotency-Key: for 24 hours a repeat under that key gets the first answer, "
    "word for word. Refusals are application/problem+json with a stable code, in Ukrainian or English by "
    "Accept-Language. Instants are RFC 3339 with offset, waits are minutes. offset is a position in the "
    "city's event log."
)


def openapi(doors: Sequence[Door]) -> dict[str, Any]:
    """The document of these doors."""
    paths: dict[str, dict[str, Any]] = {}
    for door in doors:
        paths.setdefault(door.path, {})[door.method.lower()] = _operation(door)
    paths.update(_health())
    wanted = [ProblemView, Health, *(kind for door in doors for kind in (door.body, door.answer) if kind)]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Queue balancer",
            "version": VERSION,
            "description": INTRODUCTION,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": text} for name, text in TAGS.items()],
        "paths": paths,
        "components": {
            "schemas": dict(sorted({**public_city(), **components(wanted)}.items())),
            "responses": {"Problem": _refused("A refusal."), **_shared_responses()},
            "parameters": {**_path_parameters(), **_header_parameters()},
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A device's or a member of staff's.",
                },
                "secret": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The secret of that one ticket, intent or device.",
                },
            },
        },
    }


def encoded(document: dict[str, Any]) -> bytes:
    """A document as it stands in docs/wire: indented JSON with a last line break."""
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _operation(door: Door) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": door.operation,
        "tags": [door.tag],
        "summary": door.summary,
        "parameters": _parameters(door),
        "responses": _responses(door),
        "security": _security(door),
    }
    if door.action is not None:
        operation["x-roles"] = sorted(ACCESS[door.action])
    if door.body is not None:
        operation["requestBody"] = {
            "required": door.body is not NoFields and bool(_required(door.body)),
            "content": {"application/json": {"schema": reference(door.body)}},
        }
    return operation


def _required(body: type[msgspec.Struct]) -> list[str]:
    return [field.name for field in msgspec.structs.fields(body) if field.required]


def _parameters(door: Door) -> list[dict[str, Any]]:
    queries: list[dict[str, Any]] = [
        {"name": name, "in": "query", "description": text, "schema": {"type": "string"}}
        for name, text in door.query.items()
    ]
    headers = ["AcceptLanguage", *(["IdempotencyKey", "IfMatch"] if door.is_command else [])]
    shared = [*PLACE.findall(door.path), *headers]
    return [*({"$ref": f"#/components/parameters/{name}"} for name in shared), *queries]


def _path_parameters() -> dict[str, Any]:
    return {
        name: {
            "name": name,
            "in": "path",
            "required": True,
            "description": text,
            "schema": {"type": "string"},
        }
        for name, text in PLACES.items()
    }


def _header_parameters() -> dict[str, Any]:
    def header(name: str, required: bool, text: str, **schema: Any) -> dict[str, Any]:
        return {
            "name": name,
            "in": "header",
            "required": required,
            "description": text,
            "schema": {"type": "string", **schema},
        }

    return {
        "IdempotencyKey": header(
            "Idempotency-Key",
            True,
            "New for every command, the same for its repeats.",
            minLength=8,
            maxLength=128,
            pattern="^[!-~]+$",
        ),
        "IfMatch": header(
            "If-Match",
            False,
            "The version that the caller has seen; another one is stale_version.",
            pattern='^"?\\d+"?$',
        ),
        "AcceptLanguage": header("Accept-Language", False, "uk, en or a further one; else uk.", default="uk"),
    }


def _responses(door: Door) -> dict[str, Any]:
    responses: dict[str, Any] = {str(door.status): _success(door)}
    if door.answer is dict:
        responses["304"] = {"description": "Not changed since the ETag in If-None-Match."}
    for status, codes in sorted(_by_status(refusals(door)).items()):
        shared = status in EVERYWHERE and set(codes) <= set(_by_status((*WHO, *COMMAND))[status])
        responses[str(status)] = (
            {"$ref": f"#/components/responses/{_name(status)}"} if shared else _refused(_told(codes))
        )
    responses["default"] = {"$ref": "#/components/responses/Problem"}
    return responses


def _by_status(codes: Iterable[str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for code in dict.fromkeys(codes):
        found.setdefault(PROBLEMS[code].status, []).append(code)
    return found


def _shared_responses() -> dict[str, Any]:
    """Refusals that most doors have in common, one response a status."""
    common = _by_status((*WHO, *COMMAND))
    return {_name(status): _refused(_told(common[status])) for status in sorted(EVERYWHERE)}


def _name(status: int) -> str:
    return f"Refused{status}"


def _told(codes: Iterable[str]) -> str:
    return "; ".join(f"`{code}`: {title_of(code, 'en')}" for code in codes)


def _success(door: Door) -> dict[str, Any]:
    if door.answer is None:
        content = {} if door.status == 204 else {"text/event-stream": {"schema": {"type": "string"}}}
        return {"description": "OK", "content": content}
    schema = {"$ref": REF.format(name=PUBLIC_CITY)} if door.answer is dict else reference(door.answer)
    success: dict[str, Any] = {"description": "OK", "content": {"application/json": {"schema": schema}}}
    if door.status == 201:
        success["headers"] = {"Location": {"schema": {"type": "string"}, "description": "Where it is."}}
    return success


def refusals(door: Door) -> list[str]:
    """The codes with which a door may refuse: what its guard asks, then what its script says."""
    codes = [UNKNOWN[name] for name in PLACE.findall(door.path)]
    if "{ticket}" in door.path:
        codes += ["secret_invalid", "ticket_gone"]
    if "{intent}" in door.path or "{device}" in door.path:
        codes += ["secret_invalid"]
    codes += door.refuses
    if not door.is_command:
        return list(dict.fromkeys([*codes, *(WHO if door.action else ("token_invalid",)), *PUBLIC]))
    assert door.action is not None
    if CITIZEN in ACCESS[door.action]:
        codes += PUBLIC
    return list(dict.fromkeys([*codes, *WHO, *COMMAND, *_script_refusals(door.action)]))


def _script_refusals(verb: str) -> list[str]:
    """The codes that stand in the verb's script and its shared steps, and those of its states."""
    if not rows_of(verb):
        return []
    named = [word for call in REFUSE.findall(city_script(verb).script.text) for word in QUOTED.findall(call)]
    states = [STATE_ERRORS[row.subject] for row in rows_of(verb)]
    return [code for code in [*named, *states] if code in PROBLEMS]


def _refused(text: str) -> dict[str, Any]:
    return {"description": text, "content": {"application/problem+json": {"schema": reference(ProblemView)}}}


def _security(door: Door) -> list[dict[str, list[str]]]:
    if door.action is None:
        return []
    if CITIZEN not in ACCESS[door.action]:
        return [{"token": []}]
    held = any(f"{{{kind}}}" in door.path for kind in HELD)
    return [{"token": []}, {"secret": []} if held else {}]


def _health() -> dict[str, Any]:
    alive = {
        "description": "The process is alive.",
        "content": {"text/plain": {"schema": {"type": "string"}}},
    }
    body = {"content": {"application/json": {"schema": reference(Health)}}}
    return {
        "/livez": {
            "get": {
                "operationId": "livez",
                "tags": ["health"],
                "summary": "Is the process alive",
                "security": [],
                "responses": {"200": alive},
            }
        },
        "/readyz": {
            "get": {
                "operationId": "readyz",
                "tags": ["health"],
                "summary": "May it get traffic",
                "security": [],
                "responses": {
                    "200": {"description": "Yes.", **body},
                    "503": {"description": "Not yet, or no longer.", **body},
                },
            }
        },
    }
