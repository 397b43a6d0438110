"""What anybody may read of a city's definition at `GET /api/v1/cities/{city}`: no priority classes, no branch
on trial or in training.
"""

from __future__ import annotations

from typing import Any

import msgspec

from balancer.city.model import Branch, City

SHOWN_OF_POLICY = ("air_raid", "service_amber_minutes", "service_red_minutes")


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
        "standards": msgspec.to_builtins(city.standards),
        "notices": msgspec.to_builtins(city.notices),
        "rights": city.rights,
        "map_tiles": msgspec.to_builtins(city.map_tiles),
        "languages": city.languages,
        "categories": msgspec.to_builtins(city.categories),
        "agencies": msgspec.to_builtins(city.agencies),
        "services": msgspec.to_builtins(city.services),
        "branches": [public_branch(branch) for branch in city.branches if branch.is_public],
    }


def public_branch(branch: Branch) -> dict[str, Any]:
    """One branch of it, with what visitors and staff may know of its policy."""
    public: dict[str, Any] = msgspec.to_builtins(branch)
    policy = public.pop("policy")
    for shown in SHOWN_OF_POLICY:
        public[shown] = policy[shown]
    return public
