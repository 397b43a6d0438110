"""Schemas of the wire's types."""

from __future__ import annotations

import json

from balancer.city.definition import public_definition
from balancer.messages import DeskAnswer, TicketAnswer, TicketStatusAnswer
from balancer.routes.schema.types import PUBLIC_CITY, components, public_city, reference
from tests.city_files import small_city


def test_a_type_brings_all_that_it_holds() -> None:
    """By name, with clean descriptions."""
    schemas = components([DeskAnswer])
    assert {"DeskAnswer", "DeskView", "StaffTicket"} <= set(schemas)
    assert not schemas["StaffTicket"]["description"].startswith(" ")


def test_a_union_is_any_of_its_types() -> None:
    """An answer may be the holder's or staff's."""
    union = reference(TicketStatusAnswer | TicketAnswer)
    assert [each["$ref"].rpartition("/")[2] for each in union["anyOf"]] == [
        "TicketStatusAnswer",
        "TicketAnswer",
    ]
    assert set(components([TicketStatusAnswer | TicketAnswer])) >= {"TicketStatusAnswer", "TicketAnswer"}


def test_the_public_city_is_described_as_it_is() -> None:
    """Every field that is sent is in the schema and the other way round; classes and policies are in
    neither."""
    schemas, sent = public_city(), json.loads(json.dumps(public_definition(small_city())))
    assert set(sent) == set(schemas[PUBLIC_CITY]["properties"]) == set(schemas[PUBLIC_CITY]["required"])
    branch = sent["branches"][0]
    assert set(branch) == set(schemas["Branch"]["properties"])
    assert {"Policy", "PriorityClass"}.isdisjoint(schemas)
    assert "priority" not in json.dumps(schemas)
