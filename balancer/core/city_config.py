"""A city's definition flattened to what scripts ask of it: one small JSON a question, so that each costs one
lookup.

branch/<branch>             policy in ms, desks, queues, remote (may citizens take tickets from afar)
desk/<branch>/<desk>        queues (skills)
queue/<branch>/<queue>      letter
offer/<branch>/<service>    queue, letter, needs_power
service/<service>           needs_power
priority/<priority>         head_start_ms
"""

from __future__ import annotations

from typing import Any

import msgspec

from balancer.city.definition import Branch, City

SECOND_MS, MINUTE_MS = 1_000, 60_000


def flatten(city: City) -> dict[str, str]:
    """Field of the config hash → its JSON."""
    fields: dict[str, Any] = {
        f"service/{each.service}": {"needs_power": each.needs_power} for each in city.services
    }
    for each in city.priority_classes:
        fields[f"priority/{each.priority}"] = {"head_start_ms": each.head_start_minutes * MINUTE_MS}
    power = {each.service: each.needs_power for each in city.services}
    for branch in city.branches:
        fields |= _branch(branch, power, city.remote_tickets)
    return {field: msgspec.json.encode(value).decode() for field, value in fields.items()}


def _branch(branch: Branch, power: dict[str, bool], remote: bool) -> dict[str, Any]:
    name = branch.branch
    fields: dict[str, Any] = {f"branch/{name}": _policy(branch) | {"remote": remote}}
    for desk in branch.desks:
        fields[f"desk/{name}/{desk.desk}"] = {"queues": desk.queues}
    for queue in reversed(branch.queues):  # of two queues that name a service, the first serves it
        fields[f"queue/{name}/{queue.queue}"] = {"letter": queue.letter}
        for service in queue.services:
            fields[f"offer/{name}/{service}"] = {
                "queue": queue.queue,
                "letter": queue.letter,
                "needs_power": power[service],
            }
    return fields


def _policy(branch: Branch) -> dict[str, Any]:
    policy = branch.policy
    return {
        "recalls_max": policy.recalls_max,
        "recall_gap_ms": policy.recall_gap_seconds * SECOND_MS,
        "no_show_after_ms": policy.no_show_after_seconds * SECOND_MS,
        "no_show_chances": policy.no_show_chances,
        "no_show_back": policy.no_show_back,
        "reinstate_ms": policy.reinstate_within_minutes * MINUTE_MS,
        "park_default_ms": policy.park_default_minutes * MINUTE_MS,
        "carry_over": policy.carry_over,
        "intent_expires_ms": policy.intent_expires_minutes * MINUTE_MS,
        "air_raid": policy.air_raid,
        "resume_delay_ms": policy.resume_delay_minutes * MINUTE_MS,
        "desks": [desk.desk for desk in branch.desks],
    }
