"""The AsyncAPI document: current in docs/wire, whole, and true to the frames."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from balancer.messages import Beat, Hello, Reconnect
from balancer.routes.schema.asyncapi import FRAMES, asyncapi
from balancer.routes.schema.openapi import encoded

FILE = Path(__file__).parents[2] / "docs" / "wire" / "asyncapi.json"


@pytest.fixture(scope="module")
def document() -> Any:
    return json.loads(encoded(asyncapi()))


def test_the_committed_one_is_current() -> None:
    """After a change: `make wire`."""
    assert FILE.read_bytes() == encoded(asyncapi()), "docs/wire/asyncapi.json is old: run `make wire`"


def test_every_reference_leads_somewhere(document: Any) -> None:
    """Channels, operations, messages and schemas hang together."""

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            if "$ref" in part:
                place = document
                for step in part["$ref"].removeprefix("#/").split("/"):
                    place = place[step]
            for each in part.values():
                walk(each)
        elif isinstance(part, list):
            for each in part:
                walk(each)

    walk(document)
    assert document["asyncapi"] == "3.0.0"
    assert set(document) == {
        "asyncapi",
        "info",
        "defaultContentType",
        "channels",
        "operations",
        "components",
    }
    (operation,) = document["operations"].values()
    assert operation["action"] == "send" and len(operation["messages"]) == len(FRAMES)


def test_a_frame_s_type_is_its_message_s_name(document: Any) -> None:
    """What a client reads in `type` is what the document calls it."""
    schemas = document["components"]["schemas"]
    for name, (kind, _) in FRAMES.items():
        assert schemas[kind.__name__]["properties"]["type"]["enum"] == [name]
    made = [
        Hello(1, "dolyna", "e", 0, "2026-11-23T10:00:00+02:00", 1.0, 15.0),
        Beat("2026-11-23T10:00:00+02:00", 7),
        Reconnect(3.5),
    ]
    for frame in made:
        sent = json.loads(msgspec.json.encode(frame))
        assert set(schemas[type(frame).__name__]["required"]) <= set(sent)


def test_close_codes_are_told(document: Any) -> None:
    """Whoever writes a client learns when to come back."""
    for code in ("1003", "1007", "1009", "4012", "4013", "4503"):
        assert f"- {code}: " in document["info"]["description"]
