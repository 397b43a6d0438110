"""What anybody may read of a city's definition at `GET /api/v1/cities/{city}`: no priority classes."""

from __future__ import annotations

from typing import Any

import msgspec

from balancer.city.model import Branch, City


def public_definition(city: City) -> dict[str, Any]:
    """The definition without priority classes and inner time-outs, ready for JSON."""
    return {
        "city": city.city,
        "name": city.name,
        "time_zone": city.time_zone,
        "contact": city.contact,
        "remote_tickets": city.remote_tickets,
        "demo": city.demo,
        "version": city.version,
        "levels": msgspec.to_builtins(city.levels),
        "categories": msgspec.to_builtins(city.categories),
        "agencies": msgspec.to_builtins(city.agencies),
        "services": msgspec.to_builtins(city.services),
        "branches": [_branch(branch) for branch in city.branches],
    }


def _branch(branch: Branch) -> dict[str, Any]:
    public: dict[str, Any] = msgspec.to_builtins(branch)
    policy = public.pop("policy")
    public["air_raid"] = policy["air_raid"]
    return public
