"""Definitions and loads for the scripted city."""

from __future__ import annotations

from typing import Any

from tests.browser.scripted_city import Json

NOON = "2026-11-23T13:42:07+02:00"
CLOSES = "2026-11-23T18:00:00+02:00"
SERVICES = [
    ("id-card-exchange", "Обмін на ID-картку", "Exchange for an ID card", "passport", True),
    ("foreign-passport", "Закордонний паспорт", "Foreign passport", "passport", True),
    ("residence", "Реєстрація місця проживання", "Registration of residence", "home", False),
    ("advice", "Консультація", "Advice", "home", False),
]
BRANCHES = {
    "centre": ("Міський центр", "City Centre", 12.0),
    "kyivskyi": ("Київський", "Kyivskyi", 25.0),
    "saltiv": ("Салтівський", "Saltivskyi", 48.0),
    "olex": ("ВРМ «Олексіївка»", "Oleksiivka", 18.0),
}


def small_city() -> tuple[Json, dict[str, Json]]:
    """Four branches; only the last does not make passports."""
    definition = {
        "city": "kharkiv",
        "name": {"uk": "Харків", "en": "Kharkiv"},
        "time_zone": "Europe/Kyiv",
        "contact": "0 800-304-304",
        "demo": False,
        "levels": {"moderate_minutes": 15, "busy_minutes": 40},
        "categories": [
            {"category": "passport", "name": {"uk": "Паспортні", "en": "Passports"}},
            {"category": "home", "name": {"uk": "Місце проживання", "en": "Residence"}},
        ],
        "services": [
            {
                "service": service,
                "name": {"uk": uk, "en": en},
                "category": category,
                "needs_power": power,
                "online_url": None,
            }
            for service, uk, en, category, power in SERVICES
        ],
        "branches": [_branch(branch) for branch in BRANCHES],
    }
    return definition, {branch: load(branch, p50) for branch, (_, _, p50) in BRANCHES.items()}


def _branch(branch: str) -> Json:
    uk, en, _ = BRANCHES[branch]
    queues = [
        {
            "queue": "home",
            "letter": "A",
            "name": {"uk": "Місце проживання", "en": "Residence"},
            "services": ["residence", "advice"],
        }
    ]
    if branch != "olex":
        passports = {"queue": "passport", "letter": "P", "name": {"uk": "Паспорти", "en": "Passports"}}
        queues.append({**passports, "services": ["id-card-exchange", "foreign-passport"]})
    return {
        "branch": branch,
        "name": {"uk": uk, "en": en},
        "kind": "unit",
        "lat": 50.0,
        "lon": 36.2,
        "address": {"uk": "вул. Сумська, 25", "en": "25 Sumska Street"},
        "facilities": ["ramp", "shelter"],
        "demo": branch == "olex",
        "queues": queues,
        "desks": [
            {
                "desk": "1",
                "name": {"uk": "Місце 1", "en": "Desk 1"},
                "queues": [queue["queue"] for queue in queues],
            }
        ],
    }


def wait(p50: float) -> Json:
    """An estimate around that middle."""
    return {"p10": round(p50 * 0.4, 1), "p50": p50, "p90": round(p50 * 1.5 + 2, 1)}


def queues_of(branch: str, p50: float | None, waiting: int = 8) -> list[Json]:
    """The queues of a branch, the passports' with that middle."""
    queues = [{"queue": "home", "waiting": 2, "serving": 1, "wait": wait(5.0)}]
    if branch != "olex":
        passports = {"queue": "passport", "waiting": waiting, "serving": 2}
        queues.append({**passports, "wait": None if p50 is None else wait(p50)})
    return queues


def load(branch: str, p50: float, **more: Any) -> Json:
    """A branch that is open on a Monday afternoon."""
    return {
        "branch": branch,
        "seq": 10,
        "as_of": NOON,
        "state": "open",
        "power": "on",
        "reason": None,
        "opens_at": None,
        "closes_at": CLOSES,
        "waiting": 10,
        "serving": 3,
        "desks_open": 3,
        "desks_total": 5,
        "queues": queues_of(branch, p50),
        "last_called": [],
        **more,
    }
