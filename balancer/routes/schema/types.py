"""JSON Schemas of every type that the documents name."""

from __future__ import annotations

import inspect
import types
from collections.abc import Iterable
from typing import Any, Union, get_args, get_origin

import msgspec

from balancer.city.definition import City
from balancer.city.public import SHOWN_OF_POLICY

REF = "#/components/schemas/{name}"
PUBLIC_CITY = "PublicCity"


def components(wanted: Iterable[Any]) -> dict[str, Any]:
    """Name → schema of these types and of all that they hold, by name."""
    named = [kind for each in wanted if each is not dict for kind in (get_args(each) or (each,))]
    _, schemas = msgspec.json.schema_components(named, ref_template=REF)
    return dict(sorted((name, _told(schema)) for name, schema in schemas.items()))


def reference(kind: Any) -> dict[str, Any]:
    """A schema that points to the component of a type, or to any of a union's."""
    if get_origin(kind) in (Union, types.UnionType):
        return {"anyOf": [reference(each) for each in get_args(kind)]}
    return {"$ref": REF.format(name=kind.__name__)}


CITY_ALONE = ("policy", "priority_classes", "travel", "travel_points")


def public_city() -> dict[str, Any]:
    """Schemas of `GET /api/v1/cities/{city}`: the city's own types without what only staff may know."""
    schemas = components([City])
    city = schemas.pop("City")
    branch = schemas["Branch"]
    for schema, secret in ((city, CITY_ALONE), (branch, ("policy",))):
        for name in secret:
            del schema["properties"][name]
        schema["required"] = sorted(schema["properties"])
    for shown in SHOWN_OF_POLICY:
        branch["properties"][shown] = schemas["Policy"]["properties"][shown]
        branch["required"].append(shown)
    for name in ("Policy", "PriorityClass", "Travel", "TravelPoint"):
        del schemas[name]
    city["title"] = PUBLIC_CITY
    return {PUBLIC_CITY: city, **schemas}


def _told(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with its docstring as one clean paragraph per paragraph."""
    if "description" in schema:
        schema["description"] = inspect.cleandoc(schema["description"])
    return schema
