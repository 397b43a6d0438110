"""Kharkiv with invented loads that show every state of a branch at once, the same every time."""

from __future__ import annotations

import random

from balancer.city.definition import load_city
from balancer.city.public import public_definition
from tests.browser.cities import CLOSES, NOON, wait
from tests.browser.scripted_city import Json

SEED = 20261123
TOMORROW = "2026-11-24T09:00:00+02:00"
STATES: dict[str, Json] = {
    "nemyshl": {"state": "paused", "reason": "alarm"},
    "rcp": {"state": "shelter"},
    "slobid": {"power": "off"},
    "vrm-rohan": {"state": "closed", "opens_at": TOMORROW, "closes_at": None, "waiting": 0, "desks_open": 0},
    "saltiv": {"state": "tickets_closed", "opens_at": TOMORROW},
    "vrm-oleksiivka": {"closes_at": "2026-11-23T14:30:00+02:00"},
}


def kharkiv() -> tuple[Json, dict[str, Json]]:
    """Kharkiv's definition and invented loads, the same every time."""
    dice = random.Random(SEED)
    definition = public_definition(load_city("kharkiv"))
    return definition, {each["branch"]: _load(each, dice) for each in definition["branches"]}


def _load(branch: Json, dice: random.Random) -> Json:
    crowd = dice.choice([0.3, 0.6, 1.0, 1.5, 2.5])
    queues = []
    for queue in branch["queues"]:
        waiting = int(dice.expovariate(1 / (4 * crowd)))
        estimate = (
            None if branch["branch"] == "industr" else wait(round(1 + waiting * dice.uniform(1.5, 5), 1))
        )
        queues.append(
            {"queue": queue["queue"], "waiting": waiting, "serving": dice.randint(0, 3), "wait": estimate}
        )
    desks = len(branch["desks"])
    return {
        "branch": branch["branch"],
        "seq": 1,
        "as_of": NOON,
        "state": "open",
        "power": "on",
        "reason": None,
        "opens_at": None,
        "closes_at": CLOSES,
        "waiting": sum(each["waiting"] for each in queues),
        "serving": sum(each["serving"] for each in queues),
        "desks_open": dice.randint(desks // 3 + 1, desks),
        "desks_total": desks,
        "queues": queues,
        "last_called": [],
        **STATES.get(branch["branch"], {}),
    }
