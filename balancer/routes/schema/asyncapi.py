"""The AsyncAPI 3.0 document of the live socket."""

from __future__ import annotations

from typing import Any

from balancer.errors import PROBLEMS
from balancer.messages import Beat, BranchFrame, Hello, Reconnect
from balancer.routes.door import CITY
from balancer.routes.schema.openapi import VERSION
from balancer.routes.schema.types import components, reference

FRAMES: dict[str, tuple[Any, str]] = {
    "hello": (Hello, "The first frame."),
    "branch": (
        BranchFrame,
        "One branch as it is now: first every branch that is watched, then each that changes.",
    ),
    "beat": (Beat, "A sign of life, so that a quiet city is not taken for a dead one."),
    "reconnect": (Reconnect, "This process is about to stop: connect anew after that time."),
}
CLOSES = {1000: "The client went.", 1012: "The server restarts: reconnect.", 1006: "Cut off: reconnect."}
RULES = (
    "Frames are JSON text. A branch frame is the branch's whole small state: an equal or newer seq replaces "
    "what the client has, within one epoch; there is nothing to replay and nothing to merge. A slow client "
    "skips states. "
    "A client sends nothing. Close codes 4000-4499 and 1006, 1012 mean reconnect, 4500-4999 mean stop."
)


def asyncapi() -> dict[str, Any]:
    """The document."""
    closes = {**CLOSES, **{row.close: row.en for row in PROBLEMS.values() if row.close}}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Queue balancer, live",
            "version": VERSION,
            "description": f"{RULES}\n\n"
            + "\n".join(f"- {code}: {text}" for code, text in sorted(closes.items())),
            "license": {"name": "MIT"},
        },
        "defaultContentType": "application/json",
        "channels": {
            "live": {
                "address": CITY + "/live",
                "description": "Everybody may watch; nothing here is secret.",
                "parameters": {"city": {"description": "Id of the city."}},
                "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in FRAMES},
                "bindings": {"ws": {"method": "GET", "query": _query()}},
            }
        },
        "operations": {
            "watch": {
                "action": "send",
                "summary": "The server sends hello, one frame a branch, then changes.",
                "channel": {"$ref": "#/channels/live"},
                "messages": [{"$ref": f"#/channels/live/messages/{name}"} for name in FRAMES],
            }
        },
        "components": {
            "messages": {
                name: {"name": name, "summary": text, "payload": reference(kind)}
                for name, (kind, text) in FRAMES.items()
            },
            "schemas": components(kind for kind, _ in FRAMES.values()),
        },
    }


def _query() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "service": {"type": "string", "description": "Only branches that offer this service."},
            "branch": {"type": "string", "description": "Only these branches, by commas."},
        },
    }
