"""What staff may read of a city at `GET /api/v1/cities/{city}`: the public definition, their own branch also
while it is on trial or in training, and the priority classes where they may give one.
"""

from __future__ import annotations

from typing import Any

import msgspec

from balancer.city.model import City
from balancer.city.public import public_branch, public_definition

GIVES_PRIORITY = frozenset({"desk", "reception", "supervisor", "admin"})


def staff_definition(city: City, role: str, branch: str | None) -> dict[str, Any]:
    """The definition for a token of that role. `branch`: how far it reaches, None = every branch."""
    found = public_definition(city)
    seen = [each for each in city.branches if each.is_public or branch in (None, each.branch)]
    found["branches"] = [public_branch(each) for each in seen]
    if role in GIVES_PRIORITY:
        found["priority_classes"] = msgspec.to_builtins(city.priority_classes)
    return found
