"""The OpenAPI document: valid, current in docs/wire, and true to the doors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

from balancer.errors import PROBLEMS
from balancer.routes.access import ACCESS
from balancer.routes.doors import DOORS
from balancer.routes.schema.openapi import encoded, openapi, refusals

FILE = Path(__file__).parents[2] / "docs" / "wire" / "openapi.json"


@pytest.fixture(scope="module")
def document() -> Any:
    return json.loads(encoded(openapi(DOORS)))


def test_it_is_valid(document: Any) -> None:
    """By the specification's own schema."""
    validate(document)
    assert document["openapi"].startswith("3.1")


def test_the_committed_one_is_current() -> None:
    """After a change: `make wire`."""
    assert FILE.read_bytes() == encoded(openapi(DOORS)), "docs/wire/openapi.json is old: run `make wire`"


def test_every_door_is_in_it(document: Any) -> None:
    """With its roles, its body and its success."""
    for door in DOORS:
        operation = document["paths"][door.path][door.method.lower()]
        assert operation["operationId"] == door.operation
        assert str(door.status) in operation["responses"]
        assert ("requestBody" in operation) == door.is_command
        if door.action:
            assert operation["x-roles"] == sorted(ACCESS[door.action])


def test_commands_name_their_headers(document: Any) -> None:
    """Idempotency-Key is required, If-Match is not."""
    parameters = document["components"]["parameters"]
    assert parameters["IdempotencyKey"]["required"] and not parameters["IfMatch"]["required"]
    issue = document["paths"]["/api/v1/cities/{city}/branches/{branch}/tickets"]["post"]
    named = {parameter["$ref"].rpartition("/")[2] for parameter in issue["parameters"]}
    assert {"city", "branch", "IdempotencyKey", "IfMatch"} <= named


def test_refusals_are_those_of_the_scripts() -> None:
    """What a script says stands in its door's list; nothing is listed that the table does not know."""
    by_action = {door.action: refusals(door) for door in DOORS if door.action}
    assert {"recalls_exhausted", "recall_too_soon", "stale_version", "wrong_state"} <= set(
        by_action["recall"]
    )
    assert {"unknown_service", "service_not_offered", "tickets_closed"} <= set(by_action["issue"])
    assert {"secret_invalid", "ticket_gone"} <= set(by_action["cancel"])
    assert {"branch_state"} <= set(by_action["alarm"])
    for codes in by_action.values():
        assert set(codes) <= PROBLEMS.keys() and len(codes) == len(set(codes))


def test_who_may_enter_without_a_token(document: Any) -> None:
    """Public reads need nothing; a ticket its secret; a desk a token."""
    paths = document["paths"]
    assert paths["/api/v1/cities"]["get"]["security"] == []
    assert {"secret": []} in paths["/api/v1/cities/{city}/tickets/{ticket}"]["get"]["security"]
    desk = "/api/v1/cities/{city}/branches/{branch}/desks/{desk}/call-next"
    assert paths[desk]["post"]["security"] == [{"token": []}]
