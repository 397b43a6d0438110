"""The documents of the wire, for programs and, as one plain page without scripts, for people."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from balancer.errors import PROBLEMS
from balancer.routes.caching import Held
from balancer.routes.door import API
from balancer.routes.doors import DOORS
from balancer.routes.pages import NOWHERE, POLICY
from balancer.routes.schema.asyncapi import asyncapi
from balancer.routes.schema.openapi import TAGS, encoded, openapi

CACHE = "no-cache"


@cache
def openapi_bytes() -> bytes:
    """The OpenAPI document of this server."""
    return encoded(openapi(DOORS))


@cache
def asyncapi_bytes() -> bytes:
    """The AsyncAPI document of this server."""
    return encoded(asyncapi())


@cache
def page_bytes() -> bytes:
    """The page for people."""
    return page_of(openapi(DOORS), asyncapi()).encode()


def page_of(http: dict[str, Any], live: dict[str, Any]) -> str:
    """HTML of the two documents and of the table of refusals."""
    operations = [
        (method, path, operation)
        for path, methods in http["paths"].items()
        for method, operation in methods.items()
    ]
    sections = "".join(
        f'<section><h2 id="about-{tag}">{escape(tag.capitalize())}</h2><p>{escape(text)}</p>'
        + "".join(_operation(*each, http["components"]) for each in operations if tag in each[2]["tags"])
        + "</section>"
        for tag, text in TAGS.items()
    )
    links = "".join(f'<a href="#about-{tag}">{escape(tag.capitalize())}</a> ' for tag in TAGS)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Queue balancer: the API</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="/pages/assets/icon.svg">'
        '<link rel="stylesheet" href="/pages/assets/tokens.css">'
        '<link rel="stylesheet" href="/pages/assets/page.css">'
        '<link rel="stylesheet" href="/pages/docs/docs.css"></head><body><main>'
        f"<h1>{escape(http['info']['title'])}: the API</h1><p>{escape(http['info']['description'])}</p>"
        f'<p class="links"><a href="{API}/openapi.json">OpenAPI</a> '
        f'<a href="{API}/asyncapi.json">AsyncAPI</a></p>'
        f'<nav aria-label="Sections">{links}<a href="#live">Live</a> <a href="#types">Types</a> '
        f'<a href="#refusals">Refusals</a></nav>{sections}{_live(live)}{_types(http, live)}{_refusals()}'
        "</main></body></html>\n"
    )


def _operation(method: str, path: str, operation: dict[str, Any], parts: dict[str, Any]) -> str:
    roles = operation.get("x-roles")
    who = f'<p class="roles">{escape(", ".join(roles))}</p>' if roles else '<p class="roles">everybody</p>'
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    query = [each for each in operation.get("parameters", ()) if each.get("in") == "query"]
    asked = "".join(
        f"<li><code>?{escape(each['name'])}=</code> {escape(each['description'])}</li>" for each in query
    )
    answers = "".join(
        f"<li><code>{escape(status)}</code> {_answer(answer, parts)}</li>"
        for status, answer in operation["responses"].items()
        if status != "default"
    )
    return (
        f'<details id="{escape(operation["operationId"])}"><summary>'
        f'<code class="method">{method.upper()}</code> '
        f"<code>{escape(path)}</code> <span>{escape(operation['summary'])}</span></summary>{who}"
        + (f"<p>Takes {_link(body)}</p>" if body else "")
        + (f"<ul>{asked}</ul>" if asked else "")
        + f"<ul>{answers}</ul></details>"
    )


def _answer(answer: dict[str, Any], parts: dict[str, Any]) -> str:
    if "$ref" in answer:
        answer = parts["responses"][answer["$ref"].rpartition("/")[2]]
    content = answer.get("content", {}).get("application/json")
    return _link(content["schema"]) if content else _marked(answer.get("description", ""))


def _marked(text: str) -> str:
    """Escaped text with its `quoted` parts as code."""
    pieces = escape(text).split("`")
    return "".join(f"<code>{piece}</code>" if place % 2 else piece for place, piece in enumerate(pieces))


def _link(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return " or ".join(_link(each) for each in schema["anyOf"])
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#type-{name}">{name}</a>'
    if schema.get("type") == "array":
        return f"list of {_link(schema.get('items', {}))}"
    if "enum" in schema:
        return " | ".join(f"<code>{escape(str(each))}</code>" for each in schema["enum"])
    return escape(str(schema.get("type", "any value")))


def _live(live: dict[str, Any]) -> str:
    rows = "".join(
        f"<li><code>{escape(name)}</code> {_link(message['payload'])}: {escape(message['summary'])}</li>"
        for name, message in live["components"]["messages"].items()
    )
    address = escape(live["channels"]["live"]["address"])
    told = "".join(f"<p>{escape(line)}</p>" for line in live["info"]["description"].split("\n") if line)
    return f'<section><h2 id="live">Live</h2><p><code>WS {address}</code></p><ul>{rows}</ul>{told}</section>'


def _types(http: dict[str, Any], live: dict[str, Any]) -> str:
    schemas = {**live["components"]["schemas"], **http["components"]["schemas"]}
    rows = "".join(_type(name, schema) for name, schema in sorted(schemas.items()))
    return f'<section><h2 id="types">Types</h2>{rows}</section>'


def _type(name: str, schema: dict[str, Any]) -> str:
    required = schema.get("required", ())
    fields = "".join(
        f"<tr><td><code>{escape(field)}</code></td><td>{_link(kind)}</td>"
        f"<td>{'always' if field in required else 'may be left out'}</td></tr>"
        for field, kind in schema.get("properties", {}).items()
    )
    table = f"<table>{fields}</table>" if fields else f"<p>{_link(schema)}</p>"
    text = _marked(schema.get("description", ""))
    return f'<h3 id="type-{escape(name)}">{escape(name)}</h3><p>{text}</p>{table}'


def _refusals() -> str:
    rows = "".join(
        f'<tr id="{code}"><td><code>{code}</code></td><td>{row.status}</td>'
        f'<td lang="uk">{escape(row.uk)}</td><td>{escape(row.en)}</td></tr>'
        for code, row in PROBLEMS.items()
    )
    head = "<tr><th>code</th><th>status</th><th>українською</th><th>in English</th></tr>"
    return f'<section><h2 id="refusals">Refusals</h2><table>{head}{rows}</table></section>'


@cache
def _held(made: Callable[[], bytes]) -> Held:
    return Held(made())


def _sent(request: Request, made: Callable[[], bytes], kind: str, policy: str | None = None) -> Response:
    sent = {"cache-control": CACHE, "access-control-allow-origin": "*"}
    return _held(made).reply(
        request.headers, kind, sent | ({"content-security-policy": policy} if policy else {})
    )


async def openapi_json(request: Request) -> Response:
    """The OpenAPI document."""
    return _sent(request, openapi_bytes, "application/json")


async def asyncapi_json(request: Request) -> Response:
    """The AsyncAPI document."""
    return _sent(request, asyncapi_bytes, "application/json")


async def docs(request: Request) -> Response:
    """The page for people."""
    return _sent(request, page_bytes, "text/html; charset=utf-8", POLICY + NOWHERE)


ROUTES = [
    Route("/docs", docs),
    Route(API + "/openapi.json", openapi_json),
    Route(API + "/asyncapi.json", asyncapi_json),
]
